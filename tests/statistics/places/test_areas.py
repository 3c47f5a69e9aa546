"""A printed name, a day and a superior are one version of one unit, or a place of its own where they are not enough."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.statistics.places import areas, registry


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("quận Kiến An", date(2023, 3, 31), "d307"),
        ("Kiến An", date(2023, 3, 31), "d307"),
        ("phường Kiến An", date(2025, 9, 30), "c11443-2025"),
        ("Hải Phòng", date(2025, 6, 30), "p31"),
        ("Hải Phòng", date(2025, 7, 1), "p31-2025"),
        ("Tỉnh Đồng Nai", date(2026, 1, 1), "p75-2025"),
        ("thành phố Đồng Nai", date(2026, 5, 1), "p75-2026"),
        ("tỉnh Yên Bái", date(2025, 8, 1), "~tỉnh yên bái"),
        ("huyện Không Có", date(2023, 1, 1), "~huyện không có"),
        ("cả nước", date(2023, 1, 1), "vn"),
        ("TP. Đà Nẵng", date(2023, 1, 1), "p48"),
        ("tỉnh Hà Tây", date(2007, 12, 31), "p-ha-tay"),
        ("tỉnh Hải Hưng", date(1995, 12, 31), "p-hai-hung"),
        ("tỉnh Cần Thơ", date(2002, 12, 31), "p-can-tho"),
        ("tỉnh Đắk Lắk", date(2003, 6, 30), "p-dak-lak"),
        ("tỉnh Đắk Lắk", date(2004, 6, 30), "p66"),
    ],
)
def test_a_place_is_the_version_in_force(name: str, day: date, expected: str) -> None:
    assert areas.resolve_area(name, on=day).id == expected


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1990, 6, 1), 44),
        (date(1991, 9, 1), 49),
        (date(1992, 6, 1), 53),
        (date(1997, 6, 1), 61),
        (date(2004, 6, 1), 64),
        (date(2008, 9, 1), 63),
        (date(2025, 6, 30), 63),
        (date(2025, 7, 1), 34),
        (date(2026, 5, 1), 34),
    ],
)
def test_provinces_that_stood_on_a_day(day: date, count: int) -> None:
    assert sum(a.level == "province" and a.stood(day) for a in registry.areas().values()) == count


def test_every_province_that_ended_became_another_on_the_next_day() -> None:
    ended = {a.id for a in registry.areas().values() if a.level == "province" and a.valid_to}
    assert ended == {change.old for change in registry.changes() if change.old.startswith("p")}
    assert registry.former_units("p31-2025") == ("p30", "p31")
    assert registry.former_units("p01") == ("p01-1991", "p-ha-tay")
    assert registry.former_units("p49") == ()  # split off, not merged


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2019, 12, 1), 713),
        (date(2021, 6, 1), 705),
        (date(2024, 10, 1), 704),
        (date(2025, 1, 1), 696),
        (date(2025, 6, 30), 696),
        (date(2025, 7, 1), 0),
    ],
)
def test_districts_that_stood_on_a_day(day: date, count: int) -> None:
    assert sum(a.level == "district" and a.stood(day) for a in registry.areas().values()) == count


@pytest.mark.parametrize(("day", "count"), [(date(2025, 6, 30), 10_035), (date(2025, 7, 1), 3_321)])
def test_communes_that_stood_on_a_day(day: date, count: int) -> None:
    assert sum(a.stood(day) for a in registry.communes().values()) == count


def test_every_commune_of_a_district_went_somewhere_when_districts_ended() -> None:
    ended = {a.id for a in registry.communes().values() if a.valid_to}
    islands = {c.old for c in registry.changes() if c.new.startswith("c") and c.old.startswith("d")}
    assert ended | islands == {c.old for c in registry.changes() if c.new.startswith("c")}
    assert len(islands) == 5


@pytest.mark.parametrize(
    ("name", "within", "day", "expected"),
    [
        ("xã Tân Lập", "UBND HUYỆN VŨ THƯ", date(2023, 12, 31), "c13240"),
        ("xã Tân Lập", "huyện Yên Mỹ", date(2023, 12, 31), "c12073"),
        ("xã Tân Lập", "huyện Yên Hạ", date(2023, 12, 31), "~xã tân lập ‹ huyện yên hạ"),
        ("xã Tân Lập", None, date(2023, 12, 31), "~xã tân lập"),
        ("phường Kiến An", "thành phố Hải Phòng", date(2025, 9, 30), "c11443-2025"),
        ("phường Kiến An", "thành phố Hải Phòng", date(2025, 6, 30), "c11443-2025"),  # its own report on the first half
        ("phường Nam Sơn", "quận Kiến An", date(2025, 12, 31), "c11437"),  # the plan of its last year
        ("phường Quán Trữ", "quận Kiến An", date(2024, 6, 30), "~phường quán trữ ‹ quận kiến an"),
        ("huyện Châu Thành", "UBND tỉnh An Giang", date(2020, 12, 31), "d892"),
        ("huyện Châu Thành", "UBND tỉnh Long An", date(2020, 12, 31), "d808"),
        ("huyện Châu Thành", None, date(2020, 12, 31), "~huyện châu thành"),
        ("huyện Cao Lãnh", "tỉnh Đồng Tháp", date(2020, 12, 31), "d873"),
        ("thành phố Cao Lãnh", "tỉnh Đồng Tháp", date(2020, 12, 31), "d866"),
        ("huyện Phong Điền", "tỉnh Thừa Thiên Huế", date(2023, 12, 31), "d476"),
        ("huyện Quảng Điền", "thành phố Huế", date(2025, 6, 30), "d477"),
        ("quận Tân Bình", "xã An Thuận", date(2023, 12, 31), "d766"),
        ("Tân Bình", "xã An Thuận", date(2023, 12, 31), "~tân bình"),
        ("thành phố Vinh", "tỉnh Nghệ An", date(2024, 6, 30), "d412"),
        ("thành phố Vinh", "tỉnh Nghệ An", date(2024, 12, 31), "d412-2024"),
        ("quận 9", "thành phố Hồ Chí Minh", date(2020, 12, 31), "d-quan-9"),
        ("thành phố Thủ Đức", "thành phố Hồ Chí Minh", date(2021, 12, 31), "d769"),
    ],
)
def test_a_place_below_the_province_is_known_by_its_superior(
    name: str, within: str | None, day: date, expected: str
) -> None:
    assert areas.resolve_area(name, on=day, within=within).id == expected


def test_parts_that_came_or_went_leave_no_whole_former_units() -> None:
    assert registry.former_units("d356-2024") == ("d356", "d358")  # Nam Định and Mỹ Lộc
    assert registry.former_units("d205-2024") == ("d205",)  # a town that became a city
    assert registry.former_units("d412-2024") == ()  # Vinh took communes of Nghi Lộc too
    assert registry.former_units("c11443-2025") == ()  # half of five wards
    assert registry.former_units("c12595-2025") == ("c12595", "c12601", "c12604", "c12622")


def test_communes_of_one_name_are_told_apart_by_their_superiors() -> None:
    one = areas.resolve_area("xã Tân Lập", within="ỦY BAN NHÂN DÂN HUYỆN YÊN HẠ")
    other = areas.resolve_area("xã Tân Lập", within="huyện Đại Khê")
    assert (one.id, one.level) == ("~xã tân lập ‹ huyện yên hạ", "commune")
    assert one.id != other.id
    assert areas.resolve_area("xã Tân Lập").id == "~xã tân lập"
    assert areas.resolve_area("huyện Yên Hạ", within="tỉnh Thanh Giang").id == "~huyện yên hạ"
