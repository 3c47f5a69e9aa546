"""The curve of corrections, report by report, and where a learned version begins to read."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.learning import take_in
from extractor.archive.canonical_json import canonical
from extractor.archive.row_types import Filter
from extractor.archive.store import Store
from extractor.ui.screens.quality import curve_chart, effort_row
from tests.archive.learning.office import actor, passage, review
from tests.ui.drawing import drawn


@pytest.fixture
def office(empty: Store) -> Store:
    """A store whose three reports were corrected by the package's reading, and a fourth accepted by version 1."""
    review(empty, range(3))
    empty.learn(canonical({"weights": {}}), over=0, actor=actor(empty))
    take_in(empty, passage(42), actor(empty))
    [record] = empty.queue(Filter(item=4))
    empty.accept(record.id, record.version, actor=actor(empty))
    return empty


def test_curve_marks_where_a_version_begins(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    specs: list[Any] = []
    monkeypatch.setattr("extractor.ui.screens.quality.st.vega_lite_chart", lambda spec, **_: specs.append(spec))

    def script() -> None:
        from extractor.ui.screens.quality import show_curve

        show_curve({})

    drawn(script)
    spec, months = specs
    assert [(row["rate"], row["of"]) for row in months["data"]["values"]] == [(75.0, "3 / 4")]
    assert months["layer"][0]["encoding"]["x"]["title"] == "Tháng duyệt"
    assert [row["rate"] for row in spec["data"]["values"]] == [100.0, 100.0, 100.0, 0.0]
    rules = spec["layer"][1]["data"]["values"]
    assert [(row["place"], row["version"]) for row in rules] == [(4, "phiên bản 1")]


def test_curve_is_drawn_by_the_library(office: Store) -> None:
    import vl_convert

    rows = [effort_row(place, f"{place}/BC", one) for place, one in enumerate(office.efforts(), 1)]
    picture = vl_convert.vegalite_to_svg(curve_chart(rows, rows[:1]) | {"width": 400})
    assert "Lần sửa trên 100 số liệu" in picture
    assert "phiên bản 0" in picture
