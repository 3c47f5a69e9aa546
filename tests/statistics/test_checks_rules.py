"""Each rule on the smallest report that makes it speak, and on the neighbour that must leave it silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extractor.domain.document import (
    Block,
    BlockKind,
    Box,
    Document,
    Footnote,
    Placement,
    Remark,
    Report,
    Section,
    Source,
)
from extractor.domain.figure import Base, Bound, Comparison, Figure, Measure, Status
from extractor.domain.finding import Finding, Level
from extractor.statistics import check, intervals, normalise, weigh
from extractor.statistics.checks.lunar import lunar_day
from extractor.statistics.checks.scanned import check_likeness
from tests.statistics.reports import Writer

MONEY = "triệu đồng"
PRIMARY = "Giá trị sản xuất nông, lâm, thủy sản"
SECTORS = ("Nông nghiệp", "Lâm nghiệp", "Thủy sản")


def findings_of(w: Writer, **changes: object) -> dict[str, Finding]:
    """The findings by code (the first of each)."""
    document: Document = replace(w.document(), **changes)
    found = check(normalise(tuple(w.figures), document.report), document)
    return {f.code: f for f in reversed(found)}


def codes(w: Writer, **changes: object) -> set[str]:
    return set(findings_of(w, **changes))


def primary(*values: str, total: str, growth: str | None = None, parts: tuple[str, ...] = ()) -> Writer:
    """Gross output of the primary sector and its parts."""
    w = Writer()
    own = {"growth": growth} if growth else {}
    w.add(PRIMARY, total, MONEY, **own)
    for i, (name, value) in enumerate(zip(SECTORS, values, strict=False)):
        w.add(name, value, MONEY, parent=PRIMARY, **({"growth": parts[i]} if parts else {}))
    return w


def test_exhaustive_parts_add_up() -> None:
    assert "SUM_MATCH" in codes(primary("5.000", "1.000", "3.000", total="9.000"))
    wrong = findings_of(primary("5.000", "1.000", "3.300", total="9.000"))["SUM_MISMATCH"]
    assert (wrong.level, wrong.rule) == (Level.FAIL, "S1/1")
    assert "9.300" in wrong.message
    assert "9,300" in wrong.message_en
    assert "SUM_MISMATCH" in codes(primary("5.000", "1.000", "2.700", total="9.000"))


def test_rounded_parts_may_miss_by_their_halves() -> None:
    assert "SUM_MATCH" in codes(primary("5.000", "1.000", "3.000", total="9.002"))
    assert "SUM_CUT" in codes(primary("5.000", "1.000", "3.000", total="9.004"))
    assert "SUM_MISMATCH" in codes(primary("5.000", "1.000", "3.000", total="9.005"))


def test_a_part_that_is_not_given_is_zero_or_the_rest() -> None:
    w = Writer()
    w.add(PRIMARY, "8.000", MONEY)
    w.add("Nông nghiệp", "5.000", MONEY, parent=PRIMARY)
    w.add("Thủy sản", "3.000", MONEY, parent=PRIMARY)
    assert "lâm nghiệp" in findings_of(w)["PART_ABSENT_ZERO"].message
    w.add(PRIMARY, "9.000", MONEY, "2023-03")
    w.add("Nông nghiệp", "5.000", MONEY, "2023-03", parent=PRIMARY)
    w.add("Thủy sản", "3.000", MONEY, "2023-03", parent=PRIMARY)
    assert findings_of(w)["PART_ABSENT"].level is Level.INFO


def test_what_two_missing_parts_are_nobody_can_say() -> None:
    w = Writer()
    w.add(PRIMARY, "9.000", MONEY)
    w.add("Nông nghiệp", "5.000", MONEY, parent=PRIMARY)
    assert "PART_ABSENT" not in codes(w)


def test_a_season_is_over_when_it_is_over() -> None:
    w = Writer(period="2011-H1")
    w.add("Vụ chiêm xuân gieo cấy", "3.455", "ha", "2011-H1", plan="100,7")
    assert "PROGRESS_FAST" not in codes(w)
    w.add("Trồng rừng", "1.100", "ha", "2011-H1", plan="100,7")
    assert "PROGRESS_FAST" in codes(w)


def test_only_spending_more_than_planned_is_remarkable() -> None:
    for name, told in (("Giải ngân", True), ("Tổng thu ngân sách xã", False)):
        w = Writer(period="2012")
        w.add(name, "4.860", MONEY, "2012", status=Status.PLAN)
        w.add(name, "5.214", MONEY, "2012", status=Status.ACTUAL)
        assert ("OVER_PLAN" in codes(w)) is told


def test_some_items_stay_within_their_total() -> None:
    def revenue(tax: str) -> Writer:
        w = Writer()
        w.add("Tổng thu cân đối ngân sách", "56.057", MONEY)
        w.add("Thuế ngoài quốc doanh", tax, MONEY, parent="Tổng thu cân đối ngân sách")
        w.add("Lệ phí trước bạ", "10.000", MONEY, parent="Tổng thu cân đối ngân sách")
        return w

    assert "46.057" not in findings_of(revenue("27.185"))["PARTS_WITHIN"].message
    assert "18.872" in findings_of(revenue("27.185"))["PARTS_WITHIN"].message
    assert findings_of(revenue("47.185"))["PARTS_EXCEED"].level is Level.FAIL


def test_a_list_that_is_announced_as_complete_adds_up() -> None:
    def gifts(word: str) -> dict[str, Finding]:
        w = Writer()
        at = w.say(f"quà trị giá 78 đồng, {word}: tỉnh 22 đồng; huyện 19 đồng; xã 27 đồng.")
        w.add("quà trị giá", "78", "đồng", at=at)
        for name, value in (("tỉnh", "22"), ("huyện", "19"), ("xã", "27")):
            w.add(name, value, "đồng", at=at, parent="quà trị giá")
        return findings_of(w)

    assert gifts("gồm")["SUM_MISMATCH"].gap == Decimal(10)
    assert gifts("trong đó")["PARTS_WITHIN"].level is Level.PASS


def test_parts_of_another_status_period_area_or_sentence_are_not_added() -> None:
    for change in (
        {"status": Status.PLAN},
        {"period": "2023-03"},
        {"area": "phường Nam Sơn"},
        {"unit": "tấn"},
    ):
        w = Writer()
        w.add("Tổng kinh phí", "9.000", MONEY)
        part = {"unit": MONEY, "parent": "Tổng kinh phí", **change}
        unit = str(part.pop("unit"))
        w.add("ngân sách", "9.500", unit, **part)
        assert not codes(w) & {"PARTS_EXCEED", "SUM_MISMATCH", "PARTS_WITHIN"}, change
    w = Writer()
    at = w.say("Tổng kinh phí 9.000 triệu đồng. Năm trước chi hỗ trợ 9.500 triệu đồng.")
    w.add("Tổng kinh phí", "9.000", MONEY, at=at)
    w.add("hỗ trợ", "9.500", MONEY, at=at, parent="Tổng kinh phí")
    assert "PARTS_EXCEED" not in codes(w)


def test_a_part_of_a_stated_period_is_none_of_a_total_that_names_none_beside_parts_that_name_none() -> None:
    def told(period: str | None) -> set[str]:
        w = Writer()
        at = w.say("Có 221 triệu đồng (đất đai 196 triệu đồng, nhà ở 25 triệu đồng; cùng kỳ có 419 triệu đồng).")
        w.add("Tổng kinh phí", "221", MONEY, at=at, period=None)
        for name, value, of in (("đất đai", "196", None), ("nhà ở", "25", None), ("xử lý", "419", period)):
            w.add(name, value, MONEY, at=at, parent="Tổng kinh phí", period=of)
        return codes(w)

    assert "PARTS_EXCEED" not in told("2019-H1")


def test_two_lists_of_one_total_are_not_added_together() -> None:
    w = Writer()
    at = w.say("Kinh phí 10 đồng (trong đó: tỉnh 6 đồng, huyện 4 đồng), trong đó xây dựng là 9 đồng.")
    w.add("Kinh phí", "10", "đồng", at=at)
    for name, value in (("tỉnh", "6"), ("huyện", "4"), ("xây dựng", "9")):
        w.add(name, value, "đồng", at=at, parent="Kinh phí")
    found = codes(w)
    assert "SUM_MATCH" in found
    assert "PARTS_EXCEED" not in found


def test_a_note_details_the_figure_before_its_mark() -> None:
    w = Writer()
    at = w.say("Ban hành quyết định với số tiền là 130 đồng.")
    w.add("số tiền", "130", "đồng", at=at)
    note = w.say("Một: 95 đồng; hai: 70 đồng.", footnote="1")
    for value in ("95", "70"):
        w.add(f"người {value}", value, "đồng", at=note, footnote="1")
    anchor = w.text.index("130 đồng") + len("130 đồng")
    wrong = findings_of(w, footnotes=(Footnote("1", anchor, note, note + 10),))["SUM_MISMATCH"]
    assert wrong.gap == Decimal(35)
    far = (Footnote("1", anchor + 40, note, note + 10),)
    assert "SUM_MISMATCH" not in codes(w, footnotes=far)


def test_counted_things_may_overlap() -> None:
    w = Writer()
    at = w.say("33 giáo viên, trong đó 33 giáo viên được công nhận, 6 giáo viên được khen.")
    w.add("giáo viên dự thi", "33", "giáo viên", at=at)
    w.add("công nhận", "33", "giáo viên", at=at + 14, parent="giáo viên dự thi")
    w.add("khen", "6", "giáo viên", at=at, parent="giáo viên dự thi")
    assert not {"PARTS_EXCEED", "SUM_MISMATCH"} & codes(w)


def test_the_catalogue_relates_what_the_text_does_not() -> None:
    def grain(rice: str, maize: str) -> Writer:
        w = Writer(period="2010")
        w.add("Sản lượng lúa", rice, "tấn", "2010", section="I.1")
        w.add("Sản lượng ngô", maize, "tấn", "2010", section="I.2")
        w.add("Tổng sản lượng lương thực có hạt", "46.398,8", "tấn", "2010", section="I.3")
        return w

    wrong = findings_of(grain("37.342,8", "9.047"))["SUM_MISMATCH"]
    assert (wrong.level, wrong.gap) == (Level.FAIL, Decimal(9))
    assert "SUM_MATCH" in codes(grain("37.351,8", "9.047"))
    alone = grain("46.500", "9.047")
    del alone.figures[1]
    assert findings_of(alone)["PARTS_EXCEED"].level is Level.FAIL


def test_a_part_in_the_wrong_unit_is_a_slip() -> None:
    w = Writer()
    w.add("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", "426.837", MONEY)
    w.add("Doanh thu dịch vụ lưu trú, ăn uống", "318.460", "tỷ đồng")
    found = findings_of(w)
    assert (found["PART_UNIT_SLIP"].rule, found["PART_UNIT_SLIP"].level) == ("U2/1", Level.FAIL)
    assert "PARTS_EXCEED" not in found, "the same slip, told by the check that says more about it"


def test_estimate_in_one_place_and_result_in_another_only_warn() -> None:
    def told(status: Status) -> Level:
        w = Writer()
        at = w.say("Tổng chi ngân sách quý I là 140.905 triệu đồng.", section="I")
        w.add("Tổng chi ngân sách", "140.905", MONEY, section="I", at=at, status=status)
        at = w.say("Chi ngân sách: tổng chi ngân sách quý I ước 149.905 triệu đồng.", section="II.3")
        w.add("Tổng chi ngân sách", "149.905", MONEY, section="II.3", at=at)
        return findings_of(w)["TWO_PLACES_DIFFER"].level

    assert told(Status.ESTIMATE) is Level.FAIL
    assert told(Status.ACTUAL) is Level.WARN


def test_periods_of_one_report_add_up() -> None:
    def told(third: str) -> set[str]:
        w = Writer(period="2023-M01/M09")
        w.add("Giải ngân vốn đầu tư công", "49.870", MONEY, "2023-H1")
        w.add("Giải ngân vốn đầu tư công", third, MONEY, "2023-Q3")
        w.add("Giải ngân vốn đầu tư công", "82.615", MONEY, "2023-M01/M09")
        return codes(w)

    assert "PERIODS_ADD_UP" in told("32.745")
    assert "PERIODS_DIFFER" in told("33.745")


def test_one_report_implies_one_plan() -> None:
    def told(share: str) -> set[str]:
        w = Writer(period="2023-M01/M06")
        w.add("Tổng chi ngân sách", "140.905", MONEY, "2023-Q1", plan="24,8")
        w.add("Tổng chi ngân sách", "284.000", MONEY, "2023-M01/M06", plan=share)
        return codes(w)

    assert "PLAN_MOVED" not in told("50,0")
    assert "PLAN_MOVED" in told("5,0")


def test_a_printed_plan_lies_in_the_implied_one() -> None:
    def planned(given: str) -> set[str]:
        w = Writer()
        w.add("Tổng chi ngân sách", "140.905", MONEY, plan="24,8")
        w.add("Tổng chi ngân sách", given, MONEY, "2023", status=Status.PLAN)
        return codes(w)

    assert "PLAN_MATCH" in planned("568.000")
    assert "PLAN_MISMATCH" in planned("580.000")
    assert "PLAN_MISMATCH" in planned("568")  # triệu for tỷ


def test_a_plan_of_another_year_or_scope_is_another_plan() -> None:
    w = Writer()
    w.add("Tổng chi ngân sách", "140.905", MONEY, plan="24,8")
    w.add("Tổng chi ngân sách", "900.000", MONEY, "2024", status=Status.PLAN)
    w.add("Tổng chi ngân sách", "900.000", MONEY, "2023", status=Status.PLAN, qualifier="ngân sách thành phố")
    assert not codes(w) & {"PLAN_MATCH", "PLAN_MISMATCH"}


def test_what_is_striven_for_is_not_the_plan_that_percentages_are_of() -> None:
    def planned(words: str) -> set[str]:
        w = Writer()
        w.add("Tổng chi ngân sách", "140.905", MONEY, plan="24,8")
        at = w.say(f"{words} tổng chi ngân sách đạt 590.000 triệu đồng.")
        w.add("tổng chi ngân sách", "590.000", MONEY, "2023", status=Status.PLAN, at=at)
        return codes(w)

    assert "PLAN_MISMATCH" in planned("Dự toán giao")
    assert "PLAN_MISMATCH" not in planned("Phấn đấu cả năm")
    assert "PLAN_MISMATCH" not in planned("Mục tiêu năm 2023 là")


def test_the_plan_of_a_project_or_a_place_is_not_that_of_all() -> None:
    w = Writer(period="2023-H1", area="thành phố Bảo Hà")
    total = w.add("Giải ngân vốn đầu tư công", "6.547", "tỷ đồng", "2023-H1", plan="33")
    w.add("Kế hoạch vốn đầu tư công", "19.840", "tỷ đồng", "2023", status=Status.PLAN, section="II.1")
    for owner in ("a) Dự án cầu Bến Rừng", "Quận Hồng Châu"):
        at = w.say(f"{owner}: kế hoạch vốn 620 tỷ đồng; giải ngân 401 tỷ đồng, đạt 64,7%.", section="II.3")
        w.add("Kế hoạch vốn đầu tư công", "620", "tỷ đồng", "2023", status=Status.PLAN, at=at, section="II.3")
        w.add("Giải ngân vốn đầu tư công", "401", "tỷ đồng", "2023-H1", at=at, section="II.3", plan="64,7")
    assert not codes(w) & {"PLAN_MISMATCH", "PLAN_MOVED", "TWO_PLACES_DIFFER", "PARTS_EXCEED"}
    w.add("Giải ngân vốn đầu tư công", "2.103", "tỷ đồng", "2023-Q1", plan="64,7")
    assert findings_of(w)["PLAN_MOVED"].figures[0] == total.id


def fined(decisions: str, *items: tuple[str, str, str], total: str) -> Writer:
    """Decisions with their fines, in all and in each field: the count before the money, or behind it in brackets."""
    w = Writer()
    parts = "; ".join(f"{name}: {count} quyết định, {money} đồng" for name, count, money in items)
    at = w.say(f"Ban hành {decisions} quyết định xử phạt với số tiền {total} đồng ({parts}).")
    w.add("quyết định", decisions, "quyết định", at=at)
    w.add("số tiền", total, "đồng", at=at)
    for name, count, money in items:
        place = w.text.index(name, at)
        w.add(name, count, "quyết định", parent="quyết định", at=place)
        w.add(name, money, "đồng", parent="số tiền", at=place)
    return w


def test_a_list_that_its_counts_show_to_be_complete_adds_up_in_money_too() -> None:
    fields = (("xây dựng", "2", "50.000.000"), ("đất đai", "1", "20.000.000"), ("môi trường", "3", "58.000.000"))
    assert "SUM_MATCH" in codes(fined("6", *fields, total="128.000.000"))
    for total in ("138.000.000", "118.000.000"):
        told = findings_of(fined("6", *fields, total=total))["SUM_MISMATCH"]
        assert told.level is Level.FAIL
        assert "đủ 6 quyết định" in told.message
        assert "all 6 quyết định" in told.message_en
    assert "SUM_MISMATCH" not in codes(fined("9", *fields, total="138.000.000")), "three more are not listed"


def test_a_slip_is_told_once() -> None:
    w = Writer(period="2022-M01/M09")
    name = "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"
    w.add(name, "2.783.200", MONEY, "2022-M01/M09")
    w.add(name, "1.824.800", MONEY, "2022-H1")
    w.add(name, "958.400", "tỷ đồng", "2022-Q3")
    loud = [f for f in findings_of(w).values() if f.level in (Level.FAIL, Level.WARN)]
    assert [(f.code, f.level) for f in loud] == [("UNIT_SLIP", Level.FAIL)]
    cited = Writer()
    for _ in range(3):
        cited.say("Thực hiện Nghị định số 99/NĐ-CP ngày 30/12/2020 của Chính phủ.")
    document = cited.document()
    assert [f.code for f in check((), document) if f.level is Level.WARN] == ["NUMBER_WITHOUT_YEAR"]


def test_growth_of_a_total_lies_between_its_parts() -> None:
    inside = primary("5.000", "1.000", "3.000", total="9.000", growth="1,5", parts=("1,8", "1,0", "0,9"))
    assert "GROWTH_INSIDE" in codes(inside)
    outside = primary("5.000", "1.000", "3.000", total="9.000", growth="2,9", parts=("1,8", "1,0", "0,9"))
    assert findings_of(outside)["GROWTH_OUTSIDE"].level is Level.FAIL


def test_a_month_is_no_more_than_the_quarter_that_holds_it() -> None:
    def pair(month: str, quarter: str, **more: object) -> set[str]:
        w = Writer()
        w.add("Tổng chi ngân sách", month, MONEY, "2023-03", **more)
        w.add("Tổng chi ngân sách", quarter, MONEY, "2023-Q1")
        return codes(w)

    assert "MONTH_INSIDE" in pair("41.106", "140.905")
    assert "MONTH_EXCEEDS" in pair("411.060", "140.905")
    assert "MONTH_EXCEEDS" not in pair("411.060", "140.905", status=Status.PLAN)
    w = Writer()
    w.add("Tổng dư nợ tín dụng", "500", "tỷ đồng", "2023-03")
    w.add("Tổng dư nợ tín dụng", "400", "tỷ đồng", "2023-Q1")
    assert not codes(w) & {"MONTH_INSIDE", "MONTH_EXCEEDS"}  # a stock is no flow


def test_a_percentage_follows_from_its_fraction() -> None:
    def share(percent: str) -> set[str]:
        w = Writer()
        w.add("hồ sơ", "524", "hồ sơ", total="760", share=percent)
        return codes(w)

    assert "PERCENT_MATCH" in share("69")
    assert "PERCENT_MATCH" in share("68,9")
    assert "PERCENT_CUT" in share("68")
    assert "PERCENT_MISMATCH" in share("96")


def test_a_bound_is_no_percentage_of_a_fraction_and_a_count_has_no_decimals() -> None:
    def told(total: str, unit: str, bound: Bound | None = None, *, value: str = "12", share: str = "45") -> set[str]:
        w = Writer()
        f = w.add("xã", value, unit, total=total, share=share)
        w.figures[-1] = replace(f, comparisons=(replace(f.comparisons[0], bound=bound),))
        return codes(w)

    assert "PERCENT_MISMATCH" in told("21", "xã")
    assert "PERCENT_MISMATCH" not in told("21", "xã", Bound.MAX)
    assert told("1,912", "học sinh", value="684", share="35,8") >= {"STOP_MISREAD"}
    assert "PERCENT_MISMATCH" in told("1,912", "học sinh", value="684", share="38,5")


def test_a_rate_is_held_against_the_fraction_behind_it() -> None:
    w = Writer()
    at = w.say("tỷ lệ ký số đạt 89,9% (1871/1891 văn bản)")
    w.add("tỷ lệ ký số", "89,9", "%", at=at, quote="89,9%")
    w.add("văn bản", "1.871", "văn bản", at=at, quote="1871/1891 văn bản", total="1.891")
    assert findings_of(w)["PERCENT_MISMATCH"].level is Level.FAIL


def test_a_part_is_no_more_than_its_whole() -> None:
    w = Writer()
    w.add("phường", "11", "phường", total="10")
    w.add("lúa", "120", "ha", total="118")
    found = [f for f in check(normalise(tuple(w.figures), w.report), w.document()) if f.code == "PART_EXCEEDS_WHOLE"]
    assert [f.level for f in found] == [Level.FAIL, Level.INFO]  # more than was assigned can be done


def test_shares_make_a_hundred() -> None:
    def shares(*values: str) -> set[str]:
        w = Writer()
        w.add("Tổng giá trị sản xuất", "100", "tỷ đồng")
        for i, value in enumerate(values):
            w.add(f"ngành {i}", "10", "tỷ đồng", parent="Tổng giá trị sản xuất", share=value)
        return codes(w)

    assert "SHARES_MATCH" in shares("15,8", "46,3", "37,9")
    assert "SHARES_MISMATCH" in shares("15,8", "46,3", "36,9")
    assert not shares("15,8", "46,3") & {"SHARES_MATCH", "SHARES_MISMATCH"}


def test_share_of_a_part_before_it_is_no_share_of_the_total() -> None:
    def told(printed: str) -> set[str]:
        w = Writer()
        w.add("hồ sơ tiếp nhận", "2.416", "hồ sơ")
        for name, value, share in (
            ("trực tuyến", "2.189", "90,6"),
            ("trả", "2.397", "99,2"),
            ("đúng hạn", "2.391", printed),
        ):
            w.add(name, value, "hồ sơ", parent="hồ sơ tiếp nhận", share=share)
        return codes(w)

    assert "PERCENT_MISMATCH" not in told("99,7")  # of those that went out
    assert "PERCENT_MISMATCH" in told("97,9")


@pytest.mark.parametrize("told_of", ["62", "1.240"])
def test_share_whose_whole_stands_in_the_clause_before_is_only_warned_of(told_of: str) -> None:
    def told(last: str, parting: str = "; ") -> Level | None:
        w = Writer()
        at = w.say(f"Còn 62 hộ nghèo/1.240 hộ, chiếm 5,0%{parting}cận nghèo 74 hộ, chiếm {last}%.")
        share = {told_of: {"share": "5,0"}}
        w.add("hộ nghèo", "62", "hộ nghèo", at=at, **share.get("62", {}))
        w.add("hộ", "1.240", "hộ", at=at, **share.get("1.240", {}))
        w.add("cận nghèo", "74", "hộ", at=at, share=last)
        found = findings_of(w).get("PERCENT_MISMATCH")
        return found.level if found else None

    assert told("6,7") is Level.WARN
    assert told("6,0") is None
    assert told("119,4") is None  # of the 62 before it
    assert told("6,7", ". Xã có ") is None  # another sentence may speak of another whole


def test_shares_of_parts_that_have_wholes_of_their_own_are_not_told() -> None:
    def told(*parts: tuple[str, str, str]) -> set[str]:
        w = Writer()
        at = w.say(
            "Có 46/92 trường chuẩn, đạt 50% (" + ", ".join(f"{n} {v} trường, đạt {s}%" for n, v, s in parts) + ")."
        )
        w.add("trường chuẩn", "46", "trường", at=at, total="92", share="50", quote="46/92 trường")
        for name, value, share in parts:
            w.add(name, value, "trường", at=w.text.index(name, at), share=share)
        return codes(w)

    assert "PERCENT_MISMATCH" not in told(("mầm non", "11", "32,4"), ("tiểu học", "24", "72,7"))
    assert "PERCENT_MISMATCH" in told(("mầm non", "11", "32,4"))
    assert "PERCENT_MISMATCH" not in told(("mầm non", "785", "88"))  # more than the 92 are none of them


def test_fractions_whose_shares_make_a_hundred_but_are_not_theirs_are_of_another_whole() -> None:
    def told(*printed: str) -> set[str]:
        w = Writer()
        for name, value, share in (("đạt dự toán", "12", printed[0]), ("không đạt", "5", printed[1])):
            w.add(name, value, "khoản", total="17", share=share)
        return codes(w)

    assert "PERCENT_MISMATCH" not in told("90,43", "9,57")  # of the money
    assert "PERCENT_MISMATCH" in told("90,43", "29,41")
    assert "PERCENT_MISMATCH" in told("90,43", "9,9")


def test_second_share_of_one_part_is_of_another_whole() -> None:
    w = Writer()
    w.add("ấp văn hóa", "96", "ấp", total="96", share="100")
    first = w.figures[0]
    other = replace(first.comparisons[0], value=Decimal("98.26"), decimals=2)
    w.figures[0] = replace(first, comparisons=(first.comparisons[0], other))
    assert "PERCENT_MISMATCH" not in codes(w)
    w.figures[0] = replace(first, comparisons=(other,))
    assert "PERCENT_MISMATCH" in codes(w)


def test_percentage_in_the_next_sentence_is_not_that_of_the_fraction() -> None:
    def told(between: str) -> set[str]:
        w = Writer()
        text = f"Ngộ độc xảy ra tại 41/63 tỉnh{between}10%."
        at = w.say(text)
        start = at + text.index("10%")
        share = Comparison(Base.TOTAL, Measure.RATIO, Decimal(10), "%", "10%", start, start + 3)
        w.add("tỉnh", "41", "tỉnh", total="63", at=at, quote="41/63 tỉnh")
        w.figures[-1] = replace(w.figures[-1], comparisons=(share,))
        return codes(w)

    assert "PERCENT_MISMATCH" not in told(". So với cùng kỳ, số vụ giảm ")
    assert "PERCENT_MISMATCH" in told(", chiếm ")


def test_part_of_a_part_is_not_added_to_it() -> None:
    def told(share: str) -> set[str]:
        parts = (("nộp ngân sách", "2,9", {}), ("thu được", "2,2", {"share": share}), ("giảm", "0,4", {}))
        w = Writer()
        w.say(
            "Kiến nghị xử lý 3,6 tỷ đồng, trong đó nộp ngân sách 2,9 tỷ đồng, thu được 2,2 tỷ đồng, giảm 0,4 tỷ đồng."
        )
        w.add("kiến nghị xử lý", "3,6", "tỷ đồng", at=0)
        for name, value, compared in parts:
            w.add(name, value, "tỷ đồng", parent="kiến nghị xử lý", at=0, **compared)
        return codes(w)

    assert "PARTS_EXCEED" not in told("76")  # 2,2 of the 2,9
    assert "PARTS_EXCEED" in told("61")  # of the 3,6


def test_part_with_its_share_that_exceeds_the_total_is_of_another() -> None:
    def told(**share: str) -> set[str]:
        w = Writer()
        w.add("Kim ngạch xuất khẩu", "26,48", "triệu USD")
        w.add("Kim ngạch xuất khẩu khu vực có vốn đầu tư nước ngoài", "55,7", "triệu USD", **share)
        return codes(w)

    assert "PARTS_EXCEED" not in told(share="58,6")
    assert "PARTS_EXCEED" in told()


def test_many_times_its_whole_in_one_unit_is_misread_more_likely_than_a_slip() -> None:
    def told(whole: str, part: str) -> dict[str, Finding]:
        w = Writer()
        w.add("Sản lượng thịt hơi xuất chuồng", whole, "tấn")
        w.add("Sản lượng thịt lợn hơi xuất chuồng", part, "tấn")
        return findings_of(w)

    assert told("74,2", "10.842")["PARTS_EXCEED"].level is Level.INFO
    assert "PART_UNIT_SLIP" not in told("74,2", "10.842")
    assert "PART_UNIT_SLIP" in told("74,215", "10.842")  # three decimals may be a stop
    assert told("7.420", "10.842")["PARTS_EXCEED"].level is Level.FAIL


def test_rate_of_a_change_beside_a_share_may_be_the_share_s() -> None:
    def told(**share: str) -> Level:
        w = Writer()
        text = "Có 38.900 hộ, tăng 1.214 hộ (tăng 0,8%)."
        at = w.say(text)
        w.add("hộ văn hóa", "38.900", "hộ", at=at, **share)
        change, rate = (at + text.index(words) for words in ("tăng 1.214 hộ", "tăng 0,8%"))
        changes = (
            Comparison(Base.SAME_PERIOD, Measure.ABSOLUTE, Decimal(1214), "hộ", "tăng 1.214 hộ", change, change + 13),
            Comparison(Base.SAME_PERIOD, Measure.CHANGE, Decimal("0.8"), "%", "tăng 0,8%", rate, rate + 9, decimals=1),
        )
        w.figures[-1] = replace(w.figures[-1], comparisons=(*w.figures[-1].comparisons, *changes))
        return findings_of(w)["CHANGES_DIFFER"].level

    assert told(share="79,8") is Level.INFO
    assert told() is Level.FAIL


def test_plan_that_another_office_gave_is_another_plan() -> None:
    def told(giver: str) -> set[str]:
        w = Writer(period="2023")
        text = f"So với dự toán {giver} giao là 2.514 tỷ đồng."
        w.add("Thu ngân sách nhà nước", "2.514", "tỷ đồng", "2023", status=Status.PLAN, at=w.say(text))
        w.add("Thu ngân sách nhà nước", "1.760", "tỷ đồng", "2023", plan="48,2")
        by = replace(w.figures[-1].comparisons[0], base_text="dự toán địa phương giao")
        w.figures[-1] = replace(w.figures[-1], comparisons=(by,))
        return codes(w)

    assert "PLAN_MISMATCH" not in told("Trung ương")
    assert "PLAN_MISMATCH" in told("địa phương")


def test_plans_by_source_of_money_are_plans_of_each_source() -> None:
    def told(*owners: str) -> set[str]:
        w = Writer()
        for owner, value in zip(owners, ("941,2", "4.923,5"), strict=True):
            text = f"- {owner}: kế hoạch vốn đầu tư công {value} tỷ đồng."
            w.add("Kế hoạch vốn đầu tư công", value, "tỷ đồng", at=w.say(text))
        return codes(w)

    assert "TWO_PLACES_DIFFER" not in told("Nguồn nước ngoài (ODA)", "Nguồn ngân sách tỉnh")
    assert "TWO_PLACES_DIFFER" in told("Theo báo cáo", "Theo nghị quyết")


def test_shares_that_follow_from_their_values_leave_something_out() -> None:
    def shares(kinh: str) -> set[str]:
        w = Writer()
        w.add("dân số", "998.640", "người")
        w.add("dân tộc Kinh", kinh, "người", parent="dân số", share="94,4")
        w.add("dân tộc Raglai", "35.952", "người", parent="dân số", share="3,6")
        return codes(w)

    assert "SHARES_MISMATCH" not in shares("942.716")
    assert "SHARES_MISMATCH" in shares("972.716")


def test_share_with_fewer_decimals_than_its_row_is_a_round_one() -> None:
    def told(last: str) -> Level:
        w = Writer()
        at = w.say(f"Cơ cấu kinh tế: 53,6%; 26,4%; {last}%.")
        for quote in ("53,6%", "26,4%", f"{last}%"):
            w.add("cơ cấu", quote[:-1], "%", at=w.text.index(quote, at), quote=quote)
        return findings_of(w)["SHARES_MISMATCH" if last == "21" else "SHARES_MATCH"].level

    assert told("21") is Level.WARN
    assert told("20") is Level.PASS


def test_a_range_runs_forwards_and_before_the_report() -> None:
    w = Writer(date="2023-03-30")
    at = w.say("Từ ngày 16/12/2023 đến ngày 15/03/2023 cấp 78 giấy phép.")
    w.add("giấy phép", "78", "giấy phép", "2023-12-16/2023-03-15", at=at, status=Status.ACTUAL)
    found = findings_of(w)
    assert found["PERIOD_BACKWARDS"].figures == ("f001",)
    assert "DATE_AFTER_ISSUE" not in found, "that the range starts after the report is the same slip"
    w = Writer(date="2023-03-30")
    at = w.say("Từ ngày 16/4/2023 đến ngày 15/5/2023 cấp 78 giấy phép.")
    w.add("giấy phép", "78", "giấy phép", "2023-04-16/2023-05-15", at=at, status=Status.ACTUAL)
    assert findings_of(w)["DATE_AFTER_ISSUE"].level is Level.FAIL
    w = Writer(date="2023-03-30")
    w.say("Từ ngày 16/12/2022 đến ngày 15/03/2023 cấp 78 giấy phép.")
    assert not codes(w)


def test_plans_may_lie_after_the_report() -> None:
    w = Writer(date="2023-03-30")
    w.say("PHƯƠNG HƯỚNG", title=True)
    at = w.say("Tổ chức lễ hội từ ngày 10/5/2023 đến ngày 15/5/2023.")
    section = Section("IV", "IV.", "PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II", 1, None, 0, at + 60)
    assert "DATE_AFTER_ISSUE" not in codes(w, sections=(section,))
    assert findings_of(w)["DATE_AFTER_ISSUE"].level is Level.INFO


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("93 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2023)", "ANNIVERSARY_MATCH"),
        ("92 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2023)", "ANNIVERSARY_MISMATCH"),
        ("kỷ niệm 76 năm ngày Thương binh liệt sĩ 27/7", "ANNIVERSARY_MATCH"),
        ("chuẩn bị kỷ niệm 77 năm ngày Thương binh liệt sĩ (27/7)", "ANNIVERSARY_MATCH"),
        ("năm 2021 đã kỷ niệm 74 năm ngày Thương binh liệt sĩ (27/7)", "ANNIVERSARY_MATCH"),
        ("năm 2021 đã kỷ niệm 76 năm ngày Thương binh liệt sĩ (27/7)", "ANNIVERSARY_MISMATCH"),
        ("kỷ niệm 72 năm ngày Thương binh liệt sĩ (27/7)", "ANNIVERSARY_MISMATCH"),
        ("kỷ niệm 75 năm ngày Thương binh liệt sĩ 27/7", "ANNIVERSARY_MISMATCH"),
        ("ngày 27/01/2023 (tức ngày 6 tháng Giêng)", "LUNAR_MATCH"),
        ("ngày 28/01/2023 (tức ngày 6 tháng Giêng)", "LUNAR_MISMATCH"),
        ("Văn bản số 96/2021/CV-PTDA ngày 18/1/2022", "NUMBER_YEAR_DIFFERS"),
        ("Nghị định số 110/NĐ-CP ngày 29/8/2018", "NUMBER_WITHOUT_YEAR"),
        ("Chương trình số 01/Ctr-UBND", "NUMBER_CASE"),
        ("QĐ số 767/QĐ-UBND ngày 18/3/2021 và 767/QĐ-UBND ngày 18/3/2021", "NUMBER_ONE_DATE"),
        ("QĐ số 767/QĐ-UBND ngày 18/3/2021 và 767/QĐ-UBND ngày 19/3/2021", "NUMBER_TWO_DATES"),
        ("tổ chức tiếp dân (trong đó có một buổi không có công dân.", "BRACKET_OPEN"),
    ],
)
def test_what_the_text_alone_tells(text: str, code: str) -> None:
    w = Writer()
    w.say(text)
    assert code in codes(w)


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết số 04/2022/NQ-HĐND ngày 20/01/2022; Quyết định số 239/QĐ-UBND ngày 22/02/2023.",
        "Chỉ thị số 01/CT-UBND ngày 02/01/2023 của UBND tỉnh; Chỉ thị số 01/CT-UBND ngày 05/01/2023 của UBND huyện.",
        "tỷ lệ 1/500, 56 lượt/34 người, quý I/2023, 28/6.",
        "a) Mục một; b) mục hai (có ngoặc).",
        "trong 5 năm qua, từ 2018 đến 2023",
    ],
)
def test_what_the_text_alone_does_not_tell(text: str) -> None:
    w = Writer()
    w.say(text)
    assert codes(w) <= {"NUMBER_ONE_DATE"}


@pytest.mark.parametrize(
    ("again", "is_told"),
    [
        ("Trong 7 nhóm hàng tăng giá, lương thực tăng nhiều nhất.", True),
        ("Trong 6 nhóm hàng tăng giá, lương thực tăng nhiều nhất.", False),
        ("Trong 7 nhóm tăng giá mạnh, lương thực tăng nhiều nhất.", False),  # another thing
        ("Trong 3 nhóm tăng giá, lương thực tăng nhiều nhất.", False),  # another figure is that number
        ("Cả nước ổn định. Trong 7 nhóm hàng tăng giá, lương thực tăng nhiều nhất.", False),  # two sentences on
    ],
)
def test_a_number_taken_up_again_in_the_next_sentence_is_the_same(again: str, is_told: bool) -> None:
    w = Writer()
    at = w.say(f"Có 06 nhóm tăng giá, 3 nhóm giảm giá. {again}")
    w.add("nhóm tăng giá", "06", "nhóm", at=at)
    w.add("nhóm giảm giá", "3", "nhóm", at=at)
    assert ("TWO_PLACES_DIFFER" in codes(w)) is is_told


def test_one_figure_in_two_places() -> None:
    def two(other: str, unit: str, section: str = "III") -> set[str]:
        w = Writer()
        w.add("Tổng chi ngân sách", "140.905", MONEY)
        w.add("Tổng chi ngân sách", other, unit, section=section)
        return codes(w)

    assert "TWO_PLACES_AGREE" in two("140,9", "tỷ đồng")
    assert "TWO_PLACES_DIFFER" in two("149.905", MONEY)
    assert not two("149.905", MONEY, "II.2") & {"TWO_PLACES_AGREE", "TWO_PLACES_DIFFER"}


def test_one_number_of_two_issuers_may_have_two_dates() -> None:
    def told(second: str) -> set[str]:
        w = Writer()
        w.say(f"Quyết định số 12/QĐ-UBND ngày 14/02/2023 của UBND tỉnh; Quyết định số 12/QĐ-UBND ngày {second}.")
        return codes(w)

    assert "NUMBER_TWO_DATES" in told("15/02/2023")
    assert "NUMBER_TWO_DATES" not in told("27/03/2023")


def test_plan_of_a_part_that_is_not_given_is_missing_from_the_plans_too() -> None:
    def told(total: str, plan: str) -> Level:
        w = Writer()
        w.add("Thu ngân sách nhà nước trên địa bàn", total, MONEY, plan=plan)
        for name, value, plan in (("Thu nội địa", "1.124,7", "91,8"), ("Thu từ dầu thô", "316,6", "94,6")):
            w.add(name, value, MONEY, parent="Thu ngân sách nhà nước trên địa bàn", plan=plan)
        return findings_of(w)["PLAN_PARTS_MISMATCH"].level

    assert told("1.486,3", "92,4") is Level.INFO
    assert told("1.441,3", "89,6") is Level.WARN  # all that was collected stands in the two, but their plans do not fit


def test_one_slip_in_the_text_and_in_the_annex_is_told_once() -> None:
    w = Writer()
    for section in ("II.1", "III"):
        w.add(PRIMARY, "24.333", MONEY, plan="14,78", section=section)
        for name, value, plan in (("Nông nghiệp", "16.663", "16,32"), ("Thủy sản", "7.670", "20,65")):
            w.add(name, value, MONEY, parent=PRIMARY, plan=plan, section=section)
    found = check(normalise(tuple(w.figures), w.report), w.document())
    assert sum(f.rule.startswith("P4") and f.level is Level.WARN for f in found) == 1


def test_a_word_against_its_sign() -> None:
    w = Writer()
    at = w.say("Thu ngân sách 56 tỷ đồng, giảm 5,2% so cùng kỳ")
    figure = w.add("Thu ngân sách", "56", "tỷ đồng", at=at, growth="5,2")
    start = w.text.index("giảm")
    comparison = replace(figure.comparisons[0], start=start, end=start + 9)
    w.figures[0] = replace(figure, comparisons=(comparison,))
    assert findings_of(w)["VERB_AGAINST_SIGN"].level is Level.WARN
    w.figures[0] = replace(figure, comparisons=(replace(comparison, value=Decimal("-5.2")),))
    assert "VERB_AGAINST_SIGN" not in codes(w)


def test_notes_and_sections_are_numbered_through() -> None:
    w = Writer()
    w.say("Bài.")
    assert "NOTES_MATCH" in codes(w, footnotes=(Footnote("1", 1, 0, 1), Footnote("2", 2, 0, 1)))
    assert "NOTE_NUMBER_GAP" in codes(w, footnotes=(Footnote("1", 1, 0, 1), Footnote("3", 2, 0, 1)))
    assert "NOTE_WITHOUT_MARK" in codes(w, footnotes=(Footnote("1", None, 0, 1),))
    assert "NOTE_NUMBER_GAP" not in codes(w, footnotes=(Footnote("2", 1, 0, 1), Footnote("1", 2, 0, 1)))

    def sections(*labels: str) -> tuple[Section, ...]:
        return tuple(Section(x, x, "Mục", 1, None, 0, 1) for x in labels)

    assert "SECTION_NUMBER_GAP" in codes(w, sections=sections("I.", "II.", "IV."))
    assert "SECTION_NUMBER_GAP" not in codes(w, sections=sections("I.", "II.", "III.", "IV."))
    assert "SECTION_NUMBER_GAP" not in codes(w, sections=sections("2.1.", "2.2", "2.3."))


def test_the_neighbour_of_a_total_is_no_part_of_it() -> None:
    def spent(last: str) -> set[str]:
        w = Writer()
        at = w.say(f"Chi thường xuyên 3.412 tỷ đồng, trong đó chi giáo dục 1.443 tỷ đồng; {last} 2.284 tỷ đồng.")
        w.add("Chi thường xuyên", "3.412", "tỷ đồng", at=at)
        w.add("chi giáo dục", "1.443", "tỷ đồng", at=at, parent="Chi thường xuyên")
        w.add(last, "2.284", "tỷ đồng", at=at, parent="Chi thường xuyên")
        return codes(w)

    assert "PARTS_EXCEED" in spent("chi y tế")
    assert "PARTS_EXCEED" not in spent("Chi đầu tư")


def listed(total: str, text: str, *parts: tuple[str, str]) -> dict[str, Finding]:
    """What is said of a total and the parts that one sentence lists."""
    w = Writer()
    at = w.say(f"Diện tích nuôi tôm {total} ha, {text}.")
    w.add("Diện tích nuôi tôm", total, "ha", at=at)
    for name, value in parts:
        w.add(name, value, "ha", at=w.text.index(name, at), parent="Diện tích nuôi tôm")
    return findings_of(w)


def test_what_follows_parts_that_make_up_the_total_is_no_part() -> None:
    parts = (("tôm sú", "6.215"), ("tôm thẻ", "2.425"), ("thiệt hại", "734"))
    told = listed("8.640", "trong đó tôm sú 6.215 ha, tôm thẻ 2.425 ha; thiệt hại 734 ha", *parts)
    assert "SUM_MATCH" in told
    assert "PARTS_EXCEED" not in told
    wrong = listed("8.460", "trong đó tôm sú 6.215 ha, tôm thẻ 2.425 ha", *parts[:2])
    assert wrong["PARTS_EXCEED"].level is Level.FAIL


def test_where_a_list_ends_is_not_sure_behind_a_semicolon() -> None:
    parts = (("kinh doanh", "2.108"), ("cây chuối", "318"))
    assert listed("2.416", "trong đó kinh doanh 2.108 ha; cây chuối 318 ha", *parts)["PARTS_EXCEED"].level is Level.INFO
    assert listed("2.416", "trong đó kinh doanh 2.108 ha, cây chuối 318 ha", *parts)["PARTS_EXCEED"].level is Level.FAIL
    parts = (("kinh doanh", "2.108"), ("trồng mới", "318"), ("cây chuối", "74"))
    words = "trong đó kinh doanh 2.108 ha, trồng mới 318 ha; cây chuối 74 ha"
    assert listed("2.416", words, *parts)["PARTS_EXCEED"].level is Level.FAIL  # what stands before it is too much


def test_part_by_name_alone_that_exceeds_its_whole_is_of_something_else() -> None:
    told = listed("97", "thấp hơn mực nước dâng bình thường (111 ha)", ("mực nước", "111"))
    assert told["PARTS_EXCEED"].level is Level.INFO
    far = (("kinh doanh", "2.108"), ("trồng mới", "1.318"))
    assert listed("2.416", "trong đó kinh doanh 2.108 ha, trồng mới 1.318 ha", *far)["PARTS_EXCEED"].level is Level.INFO


def test_counts_in_a_bracket_behind_their_total_are_its_kinds() -> None:
    def herd(between: str) -> Finding | None:
        w = Writer()
        at = w.say(f"Tổng đàn trâu, bò 1.128 con{between}bò 994 con, trâu 143 con).")
        w.add("Tổng đàn trâu, bò", "1.128", "con", at=at + len("Tổng đàn trâu, bò "), quote="1.128 con")
        for name, value in (("bò", "994"), ("trâu", "143")):
            quote = f"{value} con"
            w.add(name, value, "con", at=w.text.index(quote), quote=quote, parent="Tổng đàn trâu, bò")
        return findings_of(w).get("PARTS_EXCEED")

    found = herd(" (")
    assert found is not None
    assert found.level is Level.WARN
    assert herd(", tiêm phòng (") is None  # such counts may overlap


def test_change_is_no_whole_and_what_the_catalogue_puts_beside_it_is_no_part() -> None:
    w = Writer()
    at = w.say("Diện tích lúa giảm ở huyện Yên Lộ (-341 ha), lúa mùa 73.214 ha.")
    w.add("Diện tích lúa", "-341", "ha", at=at)
    w.add("lúa mùa", "73.214", "ha", at=at + 48, parent="Diện tích lúa")
    assert "PARTS_EXCEED" not in codes(w)
    w = Writer()
    at = w.say("Thu nội địa 9.214 tỷ đồng, trong đó 6/16 khoản vượt; kế đến là dầu thô 9.546 tỷ đồng.")
    w.add("Thu nội địa", "9.214", "tỷ đồng", at=at)
    w.add("thu từ dầu thô", "9.546", "tỷ đồng", at=at + 60, parent="Thu nội địa")
    assert not codes(w) & {"PARTS_EXCEED", "SUM_MISMATCH"}


def test_sentence_that_begins_with_trong_do_goes_on_with_its_total() -> None:
    w = Writer()
    other = w.say("Cây lạc: diện tích gieo trồng 36 ha.")
    w.add("diện tích gieo trồng", "36", "ha", at=other)
    at = w.say("Cây ngô: diện tích gieo trồng 78 ha. Trong đó lấy hạt 55,2 ha, sinh khối 32,8 ha.")
    w.add("diện tích gieo trồng", "78", "ha", at=at)
    for name, value in (("lấy hạt", "55,2"), ("sinh khối", "32,8")):
        w.add(name, value, "ha", at=w.text.index(name), parent="diện tích gieo trồng")
    assert findings_of(w)["PARTS_EXCEED"].figures[0] == "f002"


def test_fraction_in_brackets_behind_a_rise_is_now_and_then() -> None:
    def told(words: str) -> set[str]:
        w = Writer()
        at = w.say(f"{words} (171/133 vụ).")
        w.add("Phạm pháp hình sự", "171", "vụ", total="133", at=at + len(words) + 2, quote="171/133 vụ")
        return codes(w)

    assert "PART_EXCEEDS_WHOLE" not in told("Phạm pháp hình sự tăng 38 vụ")
    assert "PART_EXCEEDS_WHOLE" in told("Đã điều tra phạm pháp hình sự")


def test_percentage_behind_a_semicolon_is_not_that_of_the_fraction_before_it() -> None:
    def told(between: str) -> set[str]:
        w = Writer()
        text = f"Đạt 24/28 chỉ tiêu{between} đạt 100%."
        at = w.say(text)
        share = Comparison(
            Base.TOTAL, Measure.RATIO, Decimal(100), "%", "đạt 100%", at + text.index("đạt"), at + len(text)
        )
        w.add("chỉ tiêu", "24", "chỉ tiêu", total="28", at=at + 4, quote="24/28 chỉ tiêu")
        w.figures[-1] = replace(w.figures[-1], comparisons=(share,))
        return codes(w)

    assert "PERCENT_MISMATCH" not in told("; giao vốn 3 chương trình")
    assert "PERCENT_MISMATCH" in told(",")


def test_a_list_behind_gom_may_leave_out_much_but_not_little() -> None:
    def told(total: str) -> Level:
        parts = (("tôm sú", "5.000"), ("tôm thẻ", "3.000"))
        return listed(total, "gồm tôm sú 5.000 ha, tôm thẻ 3.000 ha", *parts)["SUM_MISMATCH"].level

    assert (told("8.900"), told("12.900")) == (Level.WARN, Level.INFO)


def test_an_average_is_no_total() -> None:
    w = Writer()
    w.add("Thu nhập bình quân tháng", "6,6", MONEY)
    for name, value in (("lao động nam", "7,0"), ("lao động nữ", "6,1")):
        w.add(name, value, MONEY, parent="Thu nhập bình quân tháng")
    assert "PARTS_EXCEED" not in codes(w)


def test_what_was_done_of_a_fraction_is_no_plan() -> None:
    w = Writer(period="2016-M01/M11")
    w.add("Tổng chi ngân sách", "23.450", MONEY, "2016-M01/M11", plan="93,8")
    w.add("Tổng chi ngân sách", "23.450", MONEY, "2016", status=Status.PLAN, total="25.000")
    assert "PLAN_MISMATCH" not in codes(w)


def test_a_date_inside_a_sentence_is_not_that_of_the_next_document() -> None:
    def told(text: str) -> set[str]:
        w = Writer()
        w.say(text)
        return codes(w)

    assert "NUMBER_YEAR_DIFFERS" in told("Ngày 12/3/2020, UBND quận ban hành Quyết định 45/2021/QĐ-UBND.")
    assert "NUMBER_YEAR_DIFFERS" not in told("Căn cứ Luật Tổ chức chính quyền ngày 19/6/2015, Thông tư 85/2021/TT-BTC.")


def test_a_mark_without_a_note_and_a_note_without_a_mark_are_told() -> None:
    w = Writer()
    w.say("Trồng mới 210 ha rừng[4], diện tích 12 km², 30m³ gỗ.")
    assert codes(w) == {"MARK_WITHOUT_NOTE"}
    assert codes(w, footnotes=(Footnote("4", 20, 0, 1),)) == {"NOTES_MATCH"}
    w = Writer()
    w.say("[5] Kế hoạch trồng 400 ha.")
    assert codes(w) == {"NOTE_WITHOUT_MARK"}
    w = Writer()
    w.say("Thu ngân sách 92 tỷ đồng³.")
    assert codes(w) == {"MARK_WITHOUT_NOTE"}


def codes_of_lists(told: set[str]) -> set[str]:
    return {code for code in told if code.startswith("LIST_")}


def test_a_list_has_the_length_it_announces() -> None:
    def listed(count: str, names: str, where: str = "tại") -> set[str]:
        w = Writer()
        at = w.say(f"{where} {count} phường: {names}.")
        w.add("phường", count, "phường", at=at)
        return codes(w)

    assert "LIST_LENGTH_MATCH" in listed("03", "Nam Sơn, Bắc Sơn (khu cũ), Văn Đẩu")
    assert "LIST_LENGTH_DIFFERS" in listed("04", "Nam Sơn, Bắc Sơn, Văn Đẩu")
    assert "LIST_LENGTH_MATCH" in listed("03", "Nam Sơn, Bắc Sơn và Văn Đẩu")
    assert "LIST_LENGTH_MATCH" in listed("02", "Hòa Bình, Phú và Lộc")
    assert not codes_of_lists(listed("04", "Nam Sơn, Bắc Sơn và"))
    assert not codes_of_lists(listed("10", "Nam Sơn và Bắc Sơn, huyện Yên Lâm; Văn Đẩu, huyện Sơn Yên"))  # it goes on
    assert not codes_of_lists(listed("03", "Nam Sơn, Bắc Sơn", "các xã có"))  # each of them
    assert not listed("04", "Nam Sơn, Bắc Sơn,...") & {"LIST_LENGTH_MATCH", "LIST_LENGTH_DIFFERS"}


def test_approximate_figures_are_wide() -> None:
    w = Writer()
    w.add("Tổng chi ngân sách", "140.905", MONEY)
    w.add("Tổng chi ngân sách", "hơn 130".removeprefix("hơn "), "tỷ đồng", section="III", bound=Bound.MIN)
    assert "TWO_PLACES_DIFFER" not in codes(w)
    figure: Figure = w.figures[1]
    interval = intervals.printed_interval(figure)
    assert interval is not None
    assert interval.high == Decimal("143000000000.0")


def test_a_pass_halves_the_remaining_doubt_and_a_weak_one_does_not() -> None:
    w = primary("5.000", "1.000", "3.000", total="9.000")
    figures = tuple(replace(f, confidence=0.8) for f in normalise(tuple(w.figures), w.report))
    weighed = weigh(figures, check(figures, w.document()))
    assert {f.confidence for f in weighed} == {0.9}
    w = Writer()
    w.add("phường", "9", "phường", total="10")
    figures = tuple(replace(f, confidence=0.8) for f in normalise(tuple(w.figures), w.report))
    assert weigh(figures, check(figures, w.document()))[0].confidence == 0.8


@pytest.mark.parametrize(
    ("solar", "expected"),
    [
        ("2023-01-22", (1, 1, False)),
        ("2023-03-22", (1, 2, True)),
        ("2025-07-25", (1, 6, True)),
        ("2007-02-17", (1, 1, False)),
        ("1985-01-21", (1, 1, False)),  # a month before the Chinese new year of 1985
        ("2020-05-23", (1, 4, True)),
        ("2000-02-05", (1, 1, False)),
        ("2033-12-22", (1, 11, True)),
    ],
)
def test_the_lunar_calendar(solar: str, expected: tuple[int, int, bool]) -> None:
    found = lunar_day(date.fromisoformat(solar))
    assert (found.day, found.month, found.leap) == expected


def test_lunar_days_follow_each_other() -> None:
    start = date(1990, 1, 1).toordinal()
    before = lunar_day(date.fromordinal(start))
    for ordinal in range(start + 1, start + 14_000):
        after = lunar_day(date.fromordinal(ordinal))
        if after.day == 1:
            assert before.day in {29, 30}
            assert after.month in {before.month, before.month % 12 + 1}
        else:
            assert (after.day, after.month, after.leap) == (before.day + 1, before.month, before.leap)
        before = after


def scanned(confidence: float, number: str = "280/BC-UBND", day: str = "2024-11-22") -> Document:
    head = Block(0, 30, BlockKind.LETTERHEAD)
    report = Report(number=number, date=day)
    placed = (Placement(0, 30, Box(1, 60, 60, 300, 72), confidence),)
    return Document("Số: 280/BC-UBND ngày 22 ......", (head,), report=report, placements=placed)


def test_number_and_day_of_a_scanned_letterhead_are_not_stated_as_sure() -> None:
    [told] = check((), scanned(0.93))
    assert (told.code, told.level, told.rule) == ("LETTERHEAD_BY_HAND", Level.WARN, "N1/1")
    assert "280/BC-UBND, 2024-11-22" in told.message
    assert check((), scanned(1.0)) == ()
    assert check((), scanned(0.93, "/BC-UBND", "2024-11")) == ()


def test_a_stamp_over_text_is_told_once_with_its_box() -> None:
    remarks = tuple(Remark(at, at + 3, "under_stamp", "2 290 100 380 190") for at in (4, 9))
    document = replace(scanned(1.0), remarks=remarks)
    [told] = check((), document)
    assert (told.code, told.level, told.start, told.end) == ("STAMP_OVER_TEXT", Level.INFO, 4, 12)
    assert "290 – 100 – 380 – 190" in told.message


def test_every_figure_of_a_file_that_does_not_speak_as_a_report_is_doubted() -> None:
    recipe = (
        "Cho 800 g thịt vào nồi, thêm 500 ml nước dừa, 3 thìa nước mắm, đun lửa nhỏ 60 phút, nêm lại cho vừa ăn. " * 3
    )
    spoken = "Thu ngân sách trên địa bàn huyện 9 tháng đạt 500 tỷ đồng, bằng 60% kế hoạch, tăng 3% so với cùng kỳ. " * 3
    source = Source("a.txt", "", "text", 1)
    figures = tuple(primary("5.000", "1.000", total="9.000").figures)
    [told] = check_likeness(figures, Document(recipe, source=source))
    assert (told.level, told.rule, told.figures) == (Level.WARN, "N3/1", tuple(f.id for f in figures))
    doubted = weigh(figures, [told])
    assert all(
        "unlike_a_report" in f.doubts and f.confidence < g.confidence for f, g in zip(doubted, figures, strict=True)
    )
    headed = Report(issuer="UBND huyện", number="12/BC-UBND")
    assert not [*check_likeness(figures, Document(recipe, source=source, report=headed))]
    assert not [*check_likeness(figures, Document(spoken, source=source))]
    assert not [*check_likeness(figures, Document(recipe))]


def test_what_is_left_of_something_else_is_far_from_what_is_left_here() -> None:
    w = Writer()
    at = w.say("Thụ lý 6.218 vụ, giải quyết 5.209 vụ, còn tồn 24 vụ.")
    for name, value, before in (
        ("thụ lý", "6.218", "Thụ lý "),
        ("giải quyết", "5.209", "giải quyết "),
        ("tồn", "24", "tồn "),
    ):
        w.add(name, value, "vụ", at=at + w.text[at:].index(f"{before}{value}") + len(before))
    assert not codes(w) & {"REST_DIFFERS", "REST_MATCH"}


def test_parts_whose_own_shares_leave_some_are_not_all() -> None:
    def told(second: str) -> set[str]:
        w = Writer()
        w.add("Tổng số việc phải thi hành", "19.246", "việc")
        for name, value, share in (
            ("có điều kiện thi hành", "14.128", "73,41"),
            ("chưa có điều kiện thi hành", "4.936", second),
        ):
            w.add(name, value, "việc", parent="Tổng số việc phải thi hành", share=share)
        return codes(w)

    assert "SUM_MISMATCH" not in told("25,65")
    assert "SUM_MISMATCH" in told("26,59")


def test_plan_of_quite_another_size_is_that_of_something_else() -> None:
    def level(given: str) -> Level:
        w = Writer()
        w.add("Tổng chi ngân sách", "140.905", MONEY, plan="24,8")
        w.add("Tổng chi ngân sách", given, MONEY, "2023", status=Status.PLAN)
        return findings_of(w)["PLAN_MISMATCH"].level

    assert level("5.680.000") is Level.INFO
    assert level("586.000") is Level.FAIL
    assert level("568") is Level.FAIL  # triệu for tỷ


def test_rate_that_tells_what_it_is_of_is_not_that_of_the_change_before() -> None:
    def told(what: str) -> set[str]:
        w = Writer()
        text = f"Khởi tố 2.316 bị can, tăng 104 bị can (tương đương 20,9%{what})."
        at = w.say(text)
        w.add("khởi tố", "2.316", "bị can", at=at)
        change, rate = (at + text.index(words) for words in ("tăng 104 bị can", "20,9%"))
        changes = (
            Comparison(Base.SAME_PERIOD, Measure.ABSOLUTE, Decimal(104), "bị can", "tăng 104", change, change + 15),
            Comparison(Base.SAME_PERIOD, Measure.CHANGE, Decimal("20.9"), "%", "20,9%", rate, rate + 5, decimals=1),
        )
        w.figures[-1] = replace(w.figures[-1], comparisons=changes)
        return codes(w)

    assert "CHANGES_DIFFER" in told("")
    assert "CHANGES_DIFFER" not in told(" số vụ")


def test_one_unit_of_several_is_told_only_where_it_is_of_another_size() -> None:
    def told(unit: str, value: str) -> set[str]:
        w = Writer()
        at = w.say(f"Thu 90 tỷ đồng, trong đó tỉnh 60 tỷ đồng; huyện {value} {unit}.")
        w.add("Thu", "90", "tỷ đồng", at=at)
        w.add("tỉnh", "60", "tỷ đồng", at=at, parent="Thu")
        w.add("huyện", value, unit, at=at, parent="Thu")
        return codes(w)

    assert "UNIT_OF_ONE" in told("triệu đồng", "30")
    assert "UNIT_OF_ONE" not in told("tỷ", "30")
    assert "UNIT_OF_ONE" not in told("triệu đồng", "45")
