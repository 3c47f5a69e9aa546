"""The catalogue: aliases decide, parents scope, contrasts veto, units agree; likeness only ever proposes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain import lexicon
from extractor.domain.errors import InvalidModels
from extractor.statistics import catalogue, matching
from extractor.statistics.catalogue import indicators, name_key, parts_of, same_noun
from extractor.statistics.matching import check_catalogue, contrast, match_indicator
from extractor.statistics.places import areas, registry

MONEY = "triệu đồng"
PRIMARY = "Giá trị sản xuất nông, lâm, thủy sản"
REVENUE = "Tổng thu cân đối ngân sách"


def test_the_catalogue_holds_together() -> None:
    entries, spellings, pairs = check_catalogue()
    assert entries >= 900
    assert spellings >= 1900
    assert pairs >= 70


def test_each_indicator_has_a_spelling_of_its_own_with_an_example() -> None:
    spelt = {alias.indicator for alias in catalogue.aliases()}
    assert set(indicators()) - spelt == {"transfer_target"}  # readers take "có mục tiêu" for the word for an aim


@pytest.mark.parametrize(
    ("name", "parent", "unit", "qualifier", "expected"),
    [
        ("Giá trị sản xuất công nghiệp", None, MONEY, "do quận quản lý", "go_industry_managed"),
        ("GTSX công nghiệp", None, "tỷ đồng", None, "go_industry"),
        ("Tổng mức bán lẻ hàng hóa", None, MONEY, None, "retail_goods"),
        ("TỔNG MỨC BÁN LẺ HÀNG HOÁ", None, MONEY, None, "retail_goods"),
        ("Doanh thu dịch vụ, lưu trú và ăn uống", None, MONEY, None, "serv_accom_food"),
        ("Nông nghiệp", PRIMARY, MONEY, None, "go_agri"),
        ("Thuỷ sản", PRIMARY, MONEY, None, "go_fishery"),
        ("Phí, lệ phí", REVENUE, MONEY, None, "fees"),
        ("Thu sử dụng đất", REVENUE, MONEY, None, "rev_landuse"),
        ("Tổng chi ngân sách", None, MONEY, None, "exp_local"),
        ("Thu ngân sách nhà nước trên địa bàn huyện", None, "tỷ đồng", None, "rev_state"),
        ("hộ nghèo", None, "hộ", None, "poor_households"),
        ("tổng số hộ nghèo", None, "hộ", None, "poor_households"),
        ("Tỉ lệ hộ nghèo", None, "%", None, "poor_rate"),
        ("người chết", "vụ tai nạn giao thông", "người", None, "traffic_deaths"),
        ("công nghiệp", "Giá trị sản xuất", "tỷ đồng", None, "go_industry"),
        ("thép", None, "nghìn tấn", None, "prod_steel"),
        ("giày, dép", None, "triệu đôi", None, "prod_footwear"),
        ("cà phê", None, "ha", None, "area_coffee"),
        ("cà phê nhân", None, "tấn", None, "prod_coffee"),
        ("cà phê", "Kim ngạch xuất khẩu", "triệu USD", None, "exp_coffee"),
        ("nhóm giao thông", "CPI", None, None, "cpi_transport"),
        ("dư nợ ngắn hạn", None, "tỷ đồng", None, "credit_short"),
        ("trường", None, "trường", None, "schools"),
        ("học sinh", None, "em", None, "pupils"),
        ("tổng giá trị sản xuất nông - lâm - ngư nghiệp", None, "tỷ đồng", None, "go_primary"),
        ("đậu phộng", None, "ha", None, "area_groundnut"),
        ("lúa vụ mùa", None, "ha", None, "area_rice_autumn"),
        ("phát hiện ca mắc sởi", None, "ca", None, "measles_cases"),
    ],
)
def test_an_alias_decides(name: str, parent: str | None, unit: str, qualifier: str | None, expected: str) -> None:
    match = match_indicator(name, parent=parent, unit=unit, qualifier=qualifier)
    assert (match.match, match.indicator_id) == ("alias", expected)


@pytest.mark.parametrize(
    ("name", "unit", "near", "expected"),
    [
        ("chết", "người", ("traffic_accidents",), "traffic_deaths"),
        ("chết", "người", ("fires",), "fire_deaths"),
        ("năng suất", "tạ/ha", ("area_maize", "area_rice_autumn"), "yield_maize"),
        ("xử phạt trường hợp", "trường hợp", ("pavement_raids",), "pavement_fined"),
        ("tổ chức ra quân làm trật tự đường hè trên địa bàn quận", "lượt", (), "pavement_raids"),
        ("Gia đình văn hóa", "hộ", (), "cultural_families_n"),
        ("Gia đình văn hóa", "%", (), "cultural_families"),
        ("chết", "người", ("poor_households",), None),
        ("công trình trường học", "công trình", (), None),
        ("Quỹ Vì người nghèo", "triệu đồng", (), "solidarity_fund"),
        ("lớp", "lớp", ("schools_usec",), "classes"),  # secondary schools are schools
        ("lớp", "lớp", ("culture_houses",), None),
        ("giải quyết xong", "việc", ("judgments_unenforceable",), "judgments_enforced"),
        ("nuôi trồng", "tấn", ("fish_catch",), "fish_aqua"),
    ],
)
def test_neighbours_padding_and_units_say_what_is_meant(
    name: str, unit: str, near: tuple[str, ...], expected: str | None
) -> None:
    match = match_indicator(name, unit=unit, near=near)
    assert (match.indicator_id if match.match == "alias" else None) == expected


def test_what_each_one_gets_is_not_what_all_get() -> None:
    assert match_indicator("Quỹ Vì người nghèo", parent="Mỗi nhà", unit="triệu đồng").match != "alias"


@pytest.mark.parametrize(
    ("name", "parent", "unit"),
    [
        ("Nông nghiệp", None, MONEY),  # known only under its parent
        ("tổng số tiền", "chi trả trợ cấp", "đồng"),  # a sum of money of something else
        ("đơn", None, "đơn"),
        ("hộ nghèo", None, MONEY),  # money for poor households is not their number
        ("Tổng thu", None, "người"),
        ("dịch vụ", "Tổng mức bán lẻ hàng hóa", "tỷ đồng"),  # not "tổng mức bán lẻ hàng hóa và dịch vụ", its whole
        ("thôn đạt chuẩn thôn nông thôn mới", None, "thôn"),  # no district, though "nông thôn" holds the noun
        ("", None, None),
    ],
)
def test_what_no_alias_decides_is_left_open(name: str, parent: str | None, unit: str | None) -> None:
    assert match_indicator(name, parent=parent, unit=unit).match != "alias"


@pytest.mark.parametrize(
    ("name", "parent"),
    [("đơn thuộc thẩm quyền", "khiếu nại"), ("đơn khiếu nại", "đã giải quyết"), ("đơn tố cáo", "đơn thuộc thẩm quyền")],
)
def test_a_part_of_another_part_is_not_the_part_of_the_whole(name: str, parent: str) -> None:
    assert match_indicator(name, parent=parent, unit="đơn").match == "none"
    assert match_indicator(name, parent="Tiếp nhận đơn", unit="đơn").match == "alias"


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("công nghiệp - xây dựng", "%", "structure_secondary"),
        ("công nghiệp - xây dựng", None, None),  # "công nghiệp - xây dựng tăng 12,6%"
        ("Tỷ lệ hộ nghèo", None, "poor_rate"),  # "tỷ lệ hộ nghèo giảm 1,7%"
        ("huấn luyện", "dân quân", "militia_trained"),
        ("học sinh bỏ học", "em", "dropouts"),
        ("lãi suất cho vay", "%/năm", "lending_rate"),
    ],
)
def test_the_unit_says_what_a_name_leaves_out(name: str, unit: str | None, expected: str | None) -> None:
    match = match_indicator(name, unit=unit)
    assert (match.indicator_id if match.match == "alias" else None) == expected


@pytest.mark.parametrize(
    ("name", "unit", "expected"),
    [
        ("doanh nghiệp mới được thành lập", "doanh nghiệp", "ent_new"),  # an empty word, another order
        ("lượng khách quốc tế", "lượt", "visitors_intl"),
        ("sản lượng lương thực cây có hạt hằng năm", "tấn", "prod_grain"),  # "lượng" is a part of "sản lượng"
        ("tỷ lệ trẻ em dưới 05 tuổi suy dinh dưỡng", "%", "malnutrition"),
        ("bản, làng, tổ dân phố văn hóa", "tổ dân phố", "cultural_units_n"),  # a list of settlements is one kind
        ("Số bác sĩ/vạn dân", "bác sĩ", "doctors_per_10k"),
        ("Số bác sĩ/vạn dân", "bác sĩ/vạn dân", "doctors_per_10k"),
        ("Số bác sĩ/vạn dân", "giường/vạn dân", None),
        ("diện tích", "ha", None),  # what is left of "tổng diện tích gieo trồng" is no name
        ("Số gỗ bị xẻ", "m3", None),  # no sawn wood
    ],
)
def test_words_that_say_nothing_and_their_order_are_left_out(name: str, unit: str, expected: str | None) -> None:
    match = match_indicator(name, unit=unit)
    assert (match.indicator_id if match.match == "alias" else None) == expected


def test_words_put_together_are_not_turned_round() -> None:
    assert match_indicator("đất rừng diện tích", unit="ha").indicator_id == "forest_area"
    assert match_indicator("đất rừng diện tích", unit="ha", whole=False).match != "alias"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("xã đạt chuẩn nông thôn mới", "ntm_rate"),
        ("hộ nghèo", "poor_rate"),
        ("giải ngân vốn đầu tư công", "pubinv_disb_rate"),
        ("hợp tác xã", None),
    ],
)
def test_a_printed_per_cent_is_the_share_of_what_is_named(name: str, expected: str | None) -> None:
    match = match_indicator(name, unit="%")
    assert (match.indicator_id if match.match == "alias" else None) == expected


def test_a_counted_noun_is_another_only_as_whole_words() -> None:
    assert same_noun("hộ gia đình", "hộ")
    assert not same_noun("hợp tác xã", "trường hợp")


def test_a_misprint_is_proposed_with_its_margin() -> None:
    match = match_indicator("Giá tri sản xuất công nghiêp", unit=MONEY)
    assert (match.match, match.indicator_id) == ("proposed", "go_industry")
    assert match.score is not None
    assert match.margin is not None
    assert 72 <= match.score < 100


@pytest.mark.parametrize(
    ("name", "unit"), [("dư nợ", MONEY), ("giá trị sản xuất", MONEY), ("khiếu nại đúng", "vụ việc")]
)
def test_a_name_with_fewer_or_other_words_is_not_proposed(name: str, unit: str) -> None:
    assert match_indicator(name, unit=unit).match == "none"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổng thu ngân sách", "Tổng chi ngân sách"),
        ("Giá trị sản xuất nông nghiệp", "Giá trị sản xuất công nghiệp"),
        ("Kim ngạch xuất khẩu", "Kim ngạch nhập khẩu"),
        ("Tỷ lệ hộ nghèo", "Số hộ nghèo"),
        ("Số hộ cận nghèo", "Số hộ nghèo"),
        ("Dân số nam", "Dân số nữ"),
    ],
)
def test_one_syllable_vetoes(one: str, other: str) -> None:
    assert contrast(name_key(one), name_key(other))
    assert contrast(name_key(other), name_key(one))
    assert contrast(name_key(one), name_key(one)) is None


@given(st.sampled_from(sorted(indicators())), st.integers(0, 30), st.sampled_from("aăeêoôuưiynhgct"))
def test_a_misspelt_name_is_never_decided_as_another(identity: str, place: int, letter: str) -> None:
    name = indicators()[identity].name_vi
    spoilt = name[: place % len(name)] + letter + name[place % len(name) + 1 :]
    match = match_indicator(spoilt, unit=indicators()[identity].unit)
    if match.match == "alias":
        assert match.indicator_id == identity or match_indicator(name).indicator_id == match.indicator_id


def test_partitions_know_their_parts() -> None:
    assert parts_of("go_primary") == {"sector": ("go_agri", "go_forestry", "go_fishery")}
    assert parts_of("rev_balance") == {}


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of models/ that a test may spoil."""
    import shutil

    copy = tmp_path / "models"
    shutil.copytree(lexicon.data_folder("models"), copy)
    monkeypatch.setattr(lexicon, "data_folder", lambda name: tmp_path / name)
    caches = [
        *(
            lexicon.read_rows,
            lexicon._own_rows,
            catalogue.indicators,
            catalogue.aliases,
            catalogue.parts_of,
            matching.decided,
        ),
        *(matching._spellings, matching._contrasts, catalogue._abbreviations, catalogue.name_key, matching._match),
        *(matching._sides, matching._contrasting, matching._anywhere, matching._bearing),
        *(areas._by_name, areas._communes_by_name, areas.resolve_area, areas._names_of, registry.areas),
        *(registry.communes, registry.changes, registry.former_units, registry._made_of, registry._became),
    ]
    for each in caches:
        each.cache_clear()
    yield copy
    for each in caches:
        each.cache_clear()


def append(path: Path, row: list[str]) -> int:
    """Add a row; returns its number in the file."""
    with path.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerow(row)
    return len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("file", "row", "says"),
    [
        ("catalogue/aliases.csv", ["thuế TNCN", "fees", "", "Thuế TNCN 6 tỷ đồng", "", ""], "tax_pit"),
        ("catalogue/aliases.csv", ["tiền lạ", "khong_co", "", "Tiền lạ 5 đồng", "", ""], "khong_co"),
        (
            "catalogue/indicators.csv",
            ["grdp", "", "", "Tên", "Name", "X", "money", "đồng", "flow", "", "", "", ""],
            "grdp",
        ),
        (
            "catalogue/indicators.csv",
            ["x", "", "", "Tên lạ", "Odd", "X", "money", "đồng", "flow", "y", "sum", "p", ""],
            "y",
        ),
        (
            "catalogue/indicators.csv",
            ["x", "", "", "Tên lạ", "Odd", "X", "area", "ha", "flow", "grdp", "sum", "p", ""],
            "đơn vị",
        ),
        (
            "catalogue/indicators.csv",
            ["x", "", "", "Tên lạ", "Odd", "X", "money", "đồng", "flow", "x", "subset", "", ""],
            "vòng",
        ),
        ("vocabulary/contrasts.csv", ["trăng", "sao", "Sản lượng trăng", "Sản lượng trăng"], "ví dụ"),
        ("catalogue/abbreviations.csv", ["xyz", "xây dựng", "vốn XDCB"], "xyz"),
    ],
)
def test_a_wrong_row_is_named(models: Path, file: str, row: list[str], says: str) -> None:
    number = append(models / file, row)
    with pytest.raises(InvalidModels) as caught:
        check_catalogue()
    assert (caught.value.file, caught.value.row) == (file, number)
    assert says in caught.value.vi


def test_a_change_without_a_seam_is_named(models: Path) -> None:
    number = append(models / "catalogue/area_changes.csv", ["p04", "p31-2025", "2025-07-01", "merge", "?"])
    with pytest.raises(InvalidModels) as caught:
        check_catalogue()
    assert (caught.value.file, caught.value.row) == (registry.CHANGES, number)


def test_part_in_another_division_of_the_whole_is_not_the_entry() -> None:
    assert match_indicator("cá", parent="Sản lượng thủy sản", unit="tấn").indicator_id == "prod_fish"
    assert match_indicator("cá", parent="Sản lượng thủy sản nuôi trồng", unit="tấn").match == "none"
