"""The checks on figures of a real quarter of a district, copied by hand: which rules fail, which only remark.

Numbers and names are the real ones; sentences around them are ours. ``V`` stands for the figures as the report's table
has them: month, quarter, share of plan, growth or ratio against last year.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extractor.domain.document import Footnote, Section
from extractor.domain.figure import Figure, Status
from extractor.domain.finding import Finding, Level
from extractor.statistics import check, normalise
from extractor.statistics.checks import weigh
from extractor.statistics.intervals import implied_last_year, implied_plan
from tests.statistics.reports import Writer

MONEY = "triệu đồng"
PRIMARY = "Giá trị sản xuất nông, lâm, thủy sản"
REVENUE = "Tổng thu cân đối ngân sách"

ROWS: list[tuple[str, str | None, str | None, str, str, str, str, str]] = [
    # name, qualifier, parent, month, quarter, % of plan, how against last year, %
    ("Giá trị sản xuất công nghiệp", "do quận quản lý", None, "55.100", "162.409", "21,53", "growth", "9,7"),
    ("Tổng mức bán lẻ hàng hóa", None, None, "853.937", "2.774.696", "21,9", "growth", "23"),
    ("Doanh thu dịch vụ, lưu trú và ăn uống", None, None, "142.810", "433.720", "20,51", "growth", "28,4"),
    (PRIMARY, None, None, "7.990", "24.333", "17,39", "growth", "1,3"),
    (REVENUE, None, None, "15.257", "56.057", "10,9", "ratio", "78,3"),
    ("Tổng chi ngân sách", None, None, "41.106", "140.905", "24,8", "ratio", "150,3"),
    ("Giải ngân đầu tư công", None, None, "16.306", "28.693", "23,7", "", ""),
    ("Nông nghiệp", None, PRIMARY, "5.340", "16.663", "16,32", "growth", "1,8"),
    ("Thủy sản", None, PRIMARY, "2.650", "7.670", "20,65", "growth", "0,4"),
    ("Thuế ngoài quốc doanh", None, REVENUE, "7.667", "27.185", "27,2", "ratio", "98,3"),
    ("Thuế thu nhập cá nhân", None, REVENUE, "2.100", "6.943", "16,1", "ratio", "92"),
    ("Lệ phí trước bạ", None, REVENUE, "3.000", "10.179", "14,1", "ratio", "420"),
    ("Phí, lệ phí", None, REVENUE, "340", "3.694", "52,8", "ratio", "104,7"),
    ("Thu sử dụng đất", None, REVENUE, "1.000", "3.513", "1,4", "ratio", "13"),
]

IMPLIED = {  # name → plan, value of last year; in millions, as tables of the trade give them
    "Giá trị sản xuất công nghiệp": (("754160.7", "754515.7"), ("147980", "148116")),
    "Tổng mức bán lẻ hàng hóa": (("12640982", "12698840"), ("2246717", "2265058")),
    PRIMARY: (("139882", "139968"), ("24008.4", "24033.1")),
    "Nông nghiệp": (("102067", "102136"), ("16359.8", "16376.9")),
    REVENUE: (("511932", "516659"), ("71546", "71639")),
    "Lệ phí trước bạ": (("71933", "72452"), ("2420.6", "2426.6")),
    "Thu sử dụng đất": (("242241", "260259"), ("26019", "28108")),
    "Tổng chi ngân sách": (("567020", "569315"), ("93718", "93781")),
}


@pytest.fixture(scope="module")
def written() -> Writer:
    w = Writer()
    note_of = {PRIMARY: "1", REVENUE: "3"}
    for name, qualifier, parent, month, quarter, plan, how, last in ROWS:
        note = note_of.get(parent or "")
        against = {how: last} if how else {}
        text = (
            f"{name}: tháng 03 ước {month} {MONEY}, quý 1 ước {quarter} {MONEY}, đạt {plan}% kế hoạch, {last}% cùng kỳ"
        )
        at = w.say(text, section="II.1", footnote=note)
        common = {"qualifier": qualifier, "parent": parent, "footnote": note, "at": at}
        w.add(name, month, MONEY, "2023-03", quote=f"{month} {MONEY}", **common)
        w.add(name, quarter, MONEY, "2023-Q1", quote=f"{quarter} {MONEY}", plan=plan, **against, **common)
    _fines(w)
    _culture(w)
    _people(w)
    _projects(w)
    return w


def _fines(w: Writer) -> None:
    raids = "ra quân làm trật tự đường hè"
    day = "2023-01-01/2023-03-08"
    done = {"status": Status.ACTUAL, "section": "II.2.1"}
    w.add(raids, "106", "lượt", day, footnote="4", **done)
    w.add("xử phạt hành chính", "100.000", "đồng", day, parent=raids, footnote="4", **done)
    fines = "Quyết định xử phạt vi phạm hành chính về hoạt động xây dựng"
    at = w.say("Ban hành 05 Quyết định xử phạt, tổng số tiền là 130.500.000 đồng.", section="II.2.1")
    w.add(fines, "5", "Quyết định", at=at, quote="05 Quyết định", **done)
    w.add("tổng số tiền", "130.500.000", "đồng", parent=fines, at=at, **done)
    at = w.say("Từ ngày 16/12/2023 đến ngày 15/03/2023 cấp 78 giấy phép xây dựng.", section="II.2.1")
    w.add("giấy phép xây dựng nhà ở riêng lẻ", "78", "giấy phép", "2023-12-16/2023-03-15", at=at, **done)
    at = w.say("107 hồ sơ cấp lần đầu (từ 01/01/2023 đến 29/3/2023 giải quyết 73 hồ sơ).", section="II.2.2")
    w.add("giải quyết", "73", "hồ sơ", "2023-01-01/2023-03-29", parent="hồ sơ cấp lần đầu", at=at, status=Status.ACTUAL)
    note = "Hộ thứ nhất: 17.500.000đồng; hộ thứ hai: 17.500.000 đồng; hai công ty: 95.000.000 đồng, 35.000.000 đồng."
    at = w.say(note, section="II.2.1", footnote="5")
    for i, amount in enumerate(("17.500.000đồng", "17.500.000 đồng", "95.000.000 đồng", "35.000.000 đồng")):
        value = amount.removesuffix("đồng").strip()
        w.add(f"người bị phạt {i}", value, "đồng", quote=amount, at=at, footnote="5", **done)
        at += 20


def _culture(w: Writer) -> None:
    done = {"status": Status.ACTUAL, "section": "II.3"}
    at = w.say("giải quyết 524/760 hồ sơ đạt 69%, tỷ lệ văn bản ký số đạt 98,9% (1871/1891 văn bản).", section="II.4.1")
    w.add("hồ sơ", "524", "hồ sơ", at=at, quote="524/760 hồ sơ", total="760", share="69", **done)
    w.add("tỷ lệ văn bản ký số", "98,9", "%", at=at, quote="98,9%", **done)
    w.add("văn bản", "1.871", "văn bản", at=at, quote="1871/1891 văn bản", total="1.891", **done)
    at = w.say("33 giáo viên tham dự, trong đó: 33/33 giáo viên được công nhận, 06 giáo viên được khen.", footnote="8")
    entrants = "giáo viên tham dự"
    w.add(entrants, "33", "giáo viên", at=at, footnote="8", **done)
    known = {"quote": "33/33 giáo viên", "total": "33", "parent": entrants}
    w.add("công nhận", "33", "giáo viên", at=at + 30, footnote="8", **known, **done)
    w.add("khen", "6", "giáo viên", at=at, quote="06 giáo viên", parent=entrants, footnote="8", **done)
    w.say("Ngày 30/12/2022, tổ chức hội nghị.", section="II.3.1")
    w.say("Ngày 27/12/2022, tiếp xúc báo chí.", section="II.3.1")
    w.say("kỷ niệm 93 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2023), 63 năm Ngày Bác về (18/01/1960 - 18/01/2023)")
    w.say("68 năm Ngày Thầy thuốc Việt Nam 27/02/1955 - 27/02/2023; 113 năm ngày Quốc tế phụ nữ 8/3; ", section="II.3")
    w.say("kỷ niệm 76 năm ngày Thương binh liệt sĩ 27/7.", section="IV.3")
    w.say("Chợ hoa từ ngày 14/01/2023 đến 15h00 ngày 21/01/2023 (tức từ ngày 23 đến ngày 30 tháng Chạp)")
    w.say("chúc Tết ngày 06 Tết (tức ngày 27/01/2023); trồng cây ngày 27/01/2023 (tức ngày 6 tháng Giêng)")
    at = w.say("tại 06 Đình, Đền: Quy Tứ (Phù Liễn), đình Đẩu Sơn, đình Khúc Trì, Phù Lưu, đền Kiến Vũ, đình Trữ Khê;")
    w.add("Đình, Đền", "6", "Đình, Đền", at=at, quote="06 Đình, Đền", **done)
    w.say("theo Nghị định 110/NĐ-CP ngày 29/8/2018 và số 33/NĐ-CP ngày 27/3/2015 của Chính phủ", section="II.4")
    w.say("Ngày 18/1/2022, công ty có Văn bản số 96/2021/CV-PTDA xin thôi.", section="II.5.2")
    w.say("Quyết định số 767/QĐ-UBND ngày 18/3/2021; Chương trình số 01/Ctr-UBND ngày 17/02/2023.", section="II.5.2")
    w.say("Ngày 18/3/2021, có Quyết định số 767/QĐ-UBND; Chương trình số 01/Ctr-UBND ngày 17/02/2023.", section="IV")


def _people(w: Writer) -> None:
    done = {"status": Status.ACTUAL, "section": "II.3.4"}
    gifts = "suất quà"
    at = w.say(
        "9.711 suất quà, tổng số tiền 14.539.700.000 đồng (trong đó: ngân sách là 4.727 suất = 12.470.000.000 đồng,"
        " nguồn vận động: 4.984 suất = 2.069.700.000 đồng)",
        section="II.3.4",
    )
    w.add(gifts, "9.711", "suất", at=at, quote="9.711 suất", **done)
    money = "tổng số tiền"
    w.add(money, "14.539.700.000", "đồng", at=at, parent=gifts, **done)
    for name, count, amount in (
        ("nguồn ngân sách trung ương, thành phố và quận", "4.727", "12.470.000.000"),
        ("nguồn vận động", "4.984", "2.069.700.000"),
    ):
        w.add(name, count, "suất", at=at, parent=gifts, **done)
        w.add(name, amount, "đồng", at=at, parent=money, **done)
    at = w.say("chi trả cho 4.147 lượt người có công, tổng số tiền: 7.536.775.000 đồng", section="II.3.4")
    w.add("người có công", "4.147", "lượt", at=at, **done)
    w.add("tổng số tiền", "7.536.775.000", "đồng", at=at, parent="người có công", **done)
    at = w.say(
        "tiếp 56 lượt/34 người/28 vụ việc. Tiếp nhận 28 đơn trong đó 2 khiếu nại (1 đơn thuộc thẩm quyền), 1 tố cáo,"
        " 25 kiến nghị; tổng số 49 đơn, đã giải quyết 9 đơn.",
        section="II.4.4",
        footnote="10",
    )
    note = {"status": Status.ACTUAL, "section": "II.4.4", "footnote": "10"}
    for name, value, unit in (("tiếp công dân", "56", "lượt"), ("người được tiếp", "34", "người")):
        w.add(name, value, unit, at=at, parent="tiếp công dân" if unit == "người" else None, **note)
    w.add("đơn", "28", "đơn", at=at, quote="28 đơn", parent="Tiếp nhận đơn", **note)
    for name, value in (("khiếu nại", "2"), ("tố cáo", "1"), ("kiến nghị", "25")):
        w.add(name, value, "đơn", at=at, quote=f"{value} {name}", parent="đơn", **note)
    w.add("thuộc thẩm quyền", "1", "đơn", at=at, quote="1 đơn", parent="khiếu nại", **note)
    w.add("tổng số đơn", "49", "đơn", at=at, quote="49 đơn", **note)
    w.add("đã giải quyết", "9", "đơn", at=at, quote="9 đơn", parent="tổng số đơn", **note)
    w.say("(trong đó có 01 buổi tiếp dân nhưng không có công dân; và một lượt khác.", section="II.4.4", footnote="10")


def _projects(w: Writer) -> None:
    plan = {"status": Status.PLAN, "period": "2023"}
    w.add("Kế hoạch vốn", "90.000", MONEY, section="II.5.1.a", **plan)
    w.add("Kế hoạch vốn", "59.434,454", MONEY, section="II.5.1.b", **plan)
    for name, value in (("Ngân sách thành phố", "38.473"), ("Ngân sách quận Kiến An", "20.961,454")):
        w.add(name, value, MONEY, parent="Kế hoạch vốn", section="II.5.1.b", **plan)
    at = w.say(
        "Giải ngân đến ngày 08/3/2023: 33.344,915 triệu đồng (trong đó Ngân sách quận Kiến An: 21.097,757 triệu đồng; "
        "ngân sách thành phố: 12.247,158 triệu đồng), trong đó thuộc kế hoạch năm 2023 ngân sách quận là "
        "10.759,211 triệu đồng; ngân sách thành phố: 12.247,158 triệu đồng.",
        section="II.5.1.b",
    )
    done = {"period": "../2023-03-08", "status": Status.ACTUAL, "section": "II.5.1.b", "at": at}
    w.add("Giải ngân", "33.344,915", MONEY, **done)
    for name, value in (
        ("Ngân sách quận Kiến An", "21.097,757"),
        ("ngân sách thành phố", "12.247,158"),
        ("vốn thuộc kế hoạch năm 2023 từ ngân sách quận", "10.759,211"),
    ):
        w.add(name, value, MONEY, parent="Giải ngân", **done)
    again = {**done, "at": at + 200}
    w.add("vốn thuộc kế hoạch năm 2023 từ ngân sách thành phố", "12.247,158", MONEY, parent="Giải ngân", **again)


@pytest.fixture(scope="module")
def figures(written: Writer) -> tuple[Figure, ...]:
    return normalise(tuple(written.figures), written.report)


@pytest.fixture(scope="module")
def findings(written: Writer, figures: tuple[Figure, ...]) -> tuple[Finding, ...]:
    from dataclasses import replace

    text = written.text
    after = {"1": f"24.333 {MONEY}", "3": f"56.057 {MONEY}", "5": "130.500.000 đồng"}
    notes = []
    for mark in map(str, range(1, 12)):
        quote = after.get(mark)
        notes.append(Footnote(mark, text.index(quote) + len(quote) if quote else 1, 0, 1))
    task = text.index("kỷ niệm 76")
    plans = Section("IV", "IV.", "PHƯƠNG HƯỚNG NHIỆM VỤ", 1, None, task, task + 40)
    document = replace(written.document(), footnotes=tuple(notes), sections=(plans,))
    return check(figures, document)


def of(findings: Sequence[Finding], level: Level) -> list[Finding]:
    return [f for f in findings if f.level is level]


def test_exactly_the_two_fails(findings: tuple[Finding, ...]) -> None:
    fails = of(findings, Level.FAIL)
    assert sorted(f.code for f in fails) == ["PERIOD_BACKWARDS", "SUM_MISMATCH"]
    fines = next(f for f in fails if f.code == "SUM_MISMATCH")
    assert fines.gap == Decimal(34500000)
    assert "165.000.000" in fines.message
    assert "130.500.000" in fines.message
    assert "16/12/2022" in next(f for f in fails if f.code == "PERIOD_BACKWARDS").message


def test_exactly_the_warnings(findings: tuple[Finding, ...]) -> None:
    warnings = of(findings, Level.WARN)
    assert sorted(f.code for f in warnings) == [
        "NUMBER_WITHOUT_YEAR",
        "NUMBER_WITHOUT_YEAR",
        "NUMBER_YEAR_DIFFERS",
        "PLAN_PARTS_MISMATCH",
    ]
    plan = next(f for f in warnings if f.code == "PLAN_PARTS_MISMATCH")
    assert plan.gap is not None
    assert 591_800_000 <= plan.gap <= 591_900_000


def test_what_is_only_remarked(findings: tuple[Finding, ...], figures: tuple[Figure, ...]) -> None:
    remarks = of(findings, Level.INFO)
    names = {f.id: f.indicator for f in figures}
    told = sorted((f.code, names.get(f.figures[0], "") if f.figures else "") for f in remarks)
    assert told == [
        ("BRACKET_OPEN", ""),
        ("DATES_OUT_OF_ORDER", ""),
        ("GROWTH_OUTLIER", "Lệ phí trước bạ"),
        ("GROWTH_OUTLIER", "Thu sử dụng đất"),
        ("ISSUE_DATE_BOUND", "giải quyết"),
        ("NUMBER_CASE", ""),
        ("ORDER_UNUSUAL", "tổng số đơn"),
        ("OVER_PLAN", "Ngân sách quận Kiến An"),
        ("PROGRESS_FAST", "Phí, lệ phí"),
        ("PROGRESS_SLOW", "Thu sử dụng đất"),
        ("SCOPE_DIFFERS", "Giải ngân đầu tư công"),
        ("UNIT_COST_UNUSUAL", "xử phạt hành chính"),
    ]
    slow = next(f for f in remarks if f.code == "PROGRESS_SLOW")
    assert "10,9 %" in slow.message
    assert "Tổng thu" in slow.message


def test_the_passes(findings: tuple[Finding, ...]) -> None:
    count: dict[str, int] = {}
    for f in of(findings, Level.PASS):
        count[f.code] = count.get(f.code, 0) + 1
    assert count["MONTH_INSIDE"] == 14
    assert count["PART_ABSENT_ZERO"] == 2  # forestry, month and quarter
    assert count["PERCENT_MATCH"] == 2
    assert count["ANNIVERSARY_MATCH"] == 5
    assert count["LUNAR_MATCH"] == 4
    assert count["GROWTH_INSIDE"] == 1
    assert count["LAST_YEAR_PARTS_MATCH"] == 2
    assert count["LIST_LENGTH_MATCH"] == 1
    assert count["NUMBER_ONE_DATE"] == 2
    assert count["SUM_MATCH"] == 5  # gifts, their money, plan of a project, its disbursement, petitions
    assert count["PARTS_WITHIN"] >= 2


@pytest.mark.parametrize("name", IMPLIED)
def test_implied_intervals(figures: tuple[Figure, ...], name: str) -> None:
    figure = next(f for f in figures if f.indicator == name and f.period == "2023-Q1")
    plan, last = implied_plan(figure), implied_last_year(figure)
    assert plan is not None
    assert last is not None
    for interval, printed in ((plan, IMPLIED[name][0]), (last, IMPLIED[name][1])):
        for value, text in zip(interval.pair, printed, strict=True):
            step = Decimal(text).as_tuple().exponent
            assert isinstance(step, int)
            assert abs(value / 1000000 - Decimal(text)) <= Decimal(1).scaleb(step), (name, value, text)


def test_findings_weigh_on_figures(figures: tuple[Figure, ...], findings: tuple[Finding, ...]) -> None:
    weighed = {f.id: f for f in weigh(figures, findings)}
    for figure in figures:
        changed = weighed[figure.id]
        assert (changed.value, changed.amount, changed.period, changed.quote) == (
            *(figure.value, figure.amount, figure.period, figure.quote),
        )
    fined = next(f for f in figures if f.value == Decimal(130500000))
    assert weighed[fined.id].confidence == 0.5
    assert "sum_mismatch" in weighed[fined.id].doubts
