"""Sums of former units: on request, of all of them or none, marked, and the series breaks at the seam."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extractor.statistics import build_series, observe, with_former_units
from extractor.statistics.observations import Observation
from extractor.statistics.places.areas import resolve_area
from extractor.statistics.series import DERIVED
from tests.statistics.test_series import report

MONEY = "triệu đồng"
COMMUNES = ("xã Cộng Hòa", "xã Canh Tân", "xã Hòa Tiến", "xã Tân Hòa")


def observed(place: str, year: str, value: str, name: str = "Thu ngân sách nhà nước trên địa bàn") -> list[Observation]:
    one = report(place, f"{int(year) + 1}-01-15", (name, value, MONEY, year, {"area": place}))
    return list(observe(one))


def test_former_units_are_summed_only_where_all_have_the_period() -> None:
    printed = build_series(
        [
            *observed("tỉnh Hải Dương", "2023", "20000"),
            *observed("thành phố Hải Phòng", "2023", "90000"),
            *observed("thành phố Hải Phòng", "2024", "95000"),
            *observed("thành phố Hải Phòng", "2025", "130000"),
        ]
    )
    assert {s.key[1] for s in printed} == {"p30", "p31", "p31-2025"}
    merged = next(s for s in with_former_units(printed) if s.key[1] == "p31-2025")
    points = {p.period.label: p.chosen for p in merged.points if p.chosen}
    assert list(points) == ["2023", "2025"]  # 2024 lacks Hải Dương
    assert points["2023"].value == Decimal(110_000_000_000)
    assert points["2023"].origin == DERIVED
    assert "Hải Dương" in points["2023"].status_word
    assert [b.on.isoformat() for b in merged.breaks] == ["2025-07-01"]


@pytest.mark.parametrize("name", ["Tỷ lệ hộ nghèo"])
def test_rates_are_never_added(name: str) -> None:
    both = [
        replace(o, unit="%", value=Decimal(3))
        for place in ("tỉnh Hải Dương", "thành phố Hải Phòng")
        for o in observed(place, "2023", "3", name)
    ]
    assert {s.key[1] for s in with_former_units(build_series(both))} == {"p30", "p31"}


def test_commune_without_superior_joins_the_only_one_that_has_one() -> None:
    known = [replace(o, area="~xã a ‹ huyện b", area_name="xã A, huyện b") for o in observed("xã A", "2022", "10")]
    bare = [replace(o, area="~xã a", area_name="xã A") for o in observed("xã A", "2023", "11")]
    other = [replace(o, area="~xã a ‹ huyện c", area_name="xã A, huyện c") for o in observed("xã A", "2021", "9")]
    assert [s.key[1] for s in build_series([*known, *bare])] == ["~xã a ‹ huyện b"]
    assert len(build_series([*known, *bare, *other])) == 3


def test_communes_that_became_one_are_summed() -> None:
    def of_commune(name: str, superior: str, year: int, value: str) -> list[Observation]:
        area = resolve_area(name, on=date(year, 12, 31), within=superior)
        return [replace(o, area=area.id, area_name=area.name) for o in observed(name, str(year), value)]

    old = [o for name in COMMUNES for o in of_commune(name, "UBND huyện Hưng Hà", 2023, "5000")]
    printed = build_series([*old, *of_commune("xã Ngự Thiên", "tỉnh Hưng Yên", 2025, "26000")])
    merged = next(s for s in with_former_units(printed) if s.key[1] == "c12595-2025")
    points = {p.period.label: p.chosen.value for p in merged.points if p.chosen and p.chosen.value}
    assert points == {"2023": Decimal(20_000_000_000), "2025": Decimal(26_000_000_000)}
    assert [b.on.isoformat() for b in merged.breaks] == ["2025-07-01"]
    without_one = build_series([o for o in old if "Canh Tân" not in o.area_name])
    assert {s.key[1] for s in with_former_units(without_one)} == {"c12595", "c12604", "c12622"}


def test_a_unit_of_a_new_name_goes_on_only_on_request() -> None:
    printed = build_series(
        [*observed("thị xã Đông Triều", "2023", "900"), *observed("thành phố Đông Triều", "2024", "950")]
    )
    assert {s.key[1] for s in printed} == {"d205", "d205-2024"}
    renamed = next(s for s in with_former_units(printed) if s.key[1] == "d205-2024")
    assert [p.period.label for p in renamed.points] == ["2023", "2024"]
    assert renamed.points[0].chosen is not None and renamed.points[0].chosen.origin == DERIVED
