"""The screen of series: what its switches put into them."""

from __future__ import annotations

import pytest

from extractor.archive.store import Store
from tests.statistics.places.test_former_units import observed
from tests.ui.drawing import drawn

REPORTS = (
    ("tỉnh Hải Dương", "2023", "20000"),
    ("thành phố Hải Phòng", "2023", "90000"),
    ("thành phố Hải Phòng", "2025", "130000"),
)


@pytest.mark.parametrize(("former", "longest"), [("", 1), ("1", 2)])
def test_former_units_are_added_up_on_request(
    filled: Store, monkeypatch: pytest.MonkeyPatch, former: str, longest: int
) -> None:
    seen = [o for one in REPORTS for o in observed(*one)]
    monkeypatch.setattr(Store, "observations", lambda *_, **__: (seen, 0))

    def script() -> None:
        from extractor.ui.screens.series import show

        show()

    app = drawn(script, all="1", former=former)
    assert not app.exception
    assert [toggle.value for toggle in app.toggle] == [True, former == "1"]
    assert app.selectbox[0].options[0].endswith(f"({longest})")
