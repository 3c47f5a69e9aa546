"""The header of a table → what each of its columns holds.

In: for each column the cells above it from the top down, and the period of the table. Out: a ``Column`` each: a value
of some period and status, a comparison (of which period, with which base), the measure itself, or what stands beside
the figures. The hard idea: a header is read part by part. ``so với`` and the slash of ``TH/KH`` cut it into what is
compared and what with, so that one head over several bases gives each column its own; a year above a month completes
it; and a part that says neither when nor how is what is measured, with the unit in its brackets. Numbers of cells are
never read here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import regex

from extractor.domain.figure import Base, Status
from extractor.domain.letters import ONE_CAPITAL
from extractor.domain.lexicon import read_rows
from extractor.domain.period import in_year, just_before, relation, shift_years, year_before, year_of
from extractor.domain.unit import MEASURES
from extractor.language.lexer.periods import PeriodMention, find_periods
from extractor.language.lexer.phrase_matcher import find_cues
from extractor.language.lexer.quantities import counted_in, family_of, unit_of
from extractor.language.lexer.tokens import compiled, heading_words, openings_of, tokenize, words_of
from extractor.language.reader.surroundings import BASES

WHOLE = r"(?<!\p{{L}}){}(?!\p{{L}})"
FRAMES = {
    "index": "^{}$", "unit": r"^{}\b", "plan": WHOLE, "same": WHOLE, "estimate": WHOLE, "performed": WHOLE,
    "name": "(?!{no_name}){}", "detail": r"^(?:\s*(?:[-–+*•]|{})\s*:?)+\s*", "same_words": WHOLE, "absolute": WHOLE,
    "against": r"(?<!\p{{L}})(?!{no_against}){}(?!\p{{L}})", "place": r"^{}(?!\p{{L}})", "price": r"^{}(?!\p{{L}})",
    "parted": r"^{}\s*:?\s*", "parted_by": r"^{}(?!\p{{L}})[^:]*:?\s*", "now": WHOLE, "filler": WHOLE,
    "area": r"^{}(?!\p{{L}})", "ditto": r"^[-–\s]*{}[-–.\s]*$", "rate": r"^{}(?!\p{{L}})",
    "identity": r"^{}[\W\d]*$", "accumulated": r"^{}\W*$", "sum": r"^{}\W*$",
    "difference": r"^{}(?!\p{{L}})[^\p{{L}}]*$",
    "growth": "(?!{no_growth}){}", "previous": r"(?<!{brought}\s){}", "own_name": r"^{}(?!\p{{L}})",
    "extended": r"(?<!\p{{L}}){}(?:\s+\p{{L}}+)?\s*$",
}  # fmt: skip
"""Where in a header, or at the head of a row's name, the words of a role stand; those of others stand anywhere."""


@cache
def words_for(role: str) -> regex.Pattern[str]:
    """What finds the words of a role of ``vocabulary/headings.csv``, in any case."""
    excepted = {name: heading_words(name) for name in ("no_name", "no_against", "no_growth", "brought")}
    shape = FRAMES.get(role, "{}").format(heading_words(role), **excepted)
    return regex.compile(shape, regex.IGNORECASE)


def says(header: str, role: str) -> bool:
    """Whether a header has a word of a role.

    >>> [role for role in ("plan", "estimate", "ratio", "share") if says("Ước TH so KH năm (%)", role)]
    ['plan', 'estimate', 'ratio']
    """
    return words_for(role).search(header) is not None


class Column(NamedTuple):
    """What a column holds: ``role`` is index, group, name, unit, note, value, ratio or measure."""

    role: str
    header: str
    period: str | None = None
    status: Status = Status.ACTUAL
    base: Base = Base.OTHER
    growth: bool = False
    unit: str | None = None  # the one that the header itself gives
    measure: str = ""  # the words that name what is measured, a place or a part
    counted: str | None = None  # the noun that these words count: "hộ" of "Số hộ nghèo"
    place: bool = False  # these words are a place
    whole: bool = False  # of a ratio: the period is a whole year, which any value of that year may stand for
    absolute: bool = False  # of a ratio: a difference in the unit of the row
    is_share: bool = False  # of a ratio: its header says no more than "Tỷ lệ (%)"
    doubts: tuple[str, ...] = ()  # of what its header tells
    parts: tuple[str, ...] = ()  # the cells above it, from the top down

    @property
    def over(self) -> str:
        """The head that it shares with the columns beside it; empty where it has its own."""
        return self.parts[0] if len(self.parts) > 1 else ""


PERIOD_UNSURE = "period_unsure"
BESIDE = ("index", "note", "unit")
"""The roles of columns that stand beside the figures."""
COMPARED = {"previous": Base.PREVIOUS, "same": Base.SAME_PERIOD, "plan": Base.PLAN, "share": Base.TOTAL}
"""The words that tell what a column compares with; the first that a header holds count."""

_BRACKET = regex.compile(r"\(([^()]*)\)")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_YEAR_AT_END = regex.compile(r"(?:19|20)\d\d\s*$")
_YEAR_AT_START = regex.compile(r"^\s*(?:\p{L}+\s+){0,2}\p{L}*\s*(?P<year>(?:19|20)\d\d)")


_MONTHS = regex.compile(r"(?<![\p{L}\d])(\d{1,2})\s?T(?!\p{L})[\s/]*((?=(?:19|20)\d\d))?")
"""Months written short: "9T/2022", "6T 2023"."""


@cache
def _word_of(role: str) -> str:
    """The word that a short form of a time leaves out."""
    return next(row["word"] for row in read_rows("vocabulary/headings.csv") if row["role"] == role)


def _written_out(short: regex.Match[str]) -> str:
    return f"{short[1]} {_word_of('months')}{' ' if short[2] is None else '/'}"


_MONTH = regex.compile(
    r"(?:^T\.?\s?|(?<![\p{L}\d])T\.?)(1[0-2]|0?[1-9])(?=$|\s?[/.]\s?(?:19|20)\d\d(?!\d)|\s+\p{Ll}|\s*[()])"
)
"""A month written short: "T1", "Ước T12/2023", "T5 so với T4 (%)"."""


def _month_written_out(short: regex.Match[str]) -> str:
    return f"{_word_of('months').capitalize()} {short[1]}"


_DATE = regex.compile(r"(?<![\d/.])(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9])/(?:19|20)\d\d(?!\d)")


def _days_written_out(part: str) -> str:
    """A part of a header, its dates as the days that they are where no word says so.

    >>> _days_written_out("So với 01/4/2023 (%)"), _days_written_out("Đến 30/9/2023")
    ('So với ngày 01/4/2023 (%)', 'Đến 30/9/2023')
    """
    told = [(p.start, p.end) for p in find_periods(part, None)]
    bare = (d.start() for d in _DATE.finditer(part) if not any(start <= d.start() < end for start, end in told))
    for at in sorted(bare, reverse=True):
        part = f"{part[:at]}{_word_of('day')} {part[at:]}"
    return part


def _with_unit(parts: list[str]) -> list[str]:
    """The parts of a header; a unit that stands in a row of its own goes into brackets behind what it measures.

    What is counted ("Bác sĩ") is a part of what stands above it, unless it is written small as units are.

    >>> _with_unit(["Năng suất", "tạ/ha"]), _with_unit(["Hộ nghèo", "Số hộ"]), _with_unit(["Cán bộ y tế", "Bác sĩ"])
    (['Năng suất (tạ/ha)'], ['Hộ nghèo', 'Số hộ'], ['Cán bộ y tế', 'Bác sĩ'])
    """
    above, last = parts[-2:] if len(parts) > 1 else ("", "")
    is_unit = unit_of(last) is not None and status_of(last) is None and unit_in(above) is None
    is_unit = is_unit and (last == last.lower() or family_of(last) in MEASURES - {"time"})
    return [*parts[:-2], f"{parts[-2]} ({parts[-1]})"] if is_unit else parts


_COUNTED_TIME = regex.compile(r"\d|(?<!\p{L})[IVX]+(?!\p{L})")


def _with_time(parts: list[str]) -> list[str]:
    """The parts of a header; a kind of time that stands above its number goes in front of that.

    >>> _with_time(["Năm học", "Sơ bộ 2023-2024"]), _with_time(["Quý", "II"]), _with_time(["Lớp", "2023-2024"])
    (['Sơ bộ Năm học 2023-2024'], ['Quý II'], ['Lớp', '2023-2024'])
    """
    for at, (above, below) in enumerate(pairwise(parts)):
        number = _COUNTED_TIME.search(below)
        if number is None or _COUNTED_TIME.search(above):
            continue
        joined = f"{below[: number.start()]}{above} {below[number.start() :]}"
        if any(p.start == number.start() for p in find_periods(joined, None)):
            return [*parts[:at], joined, *parts[at + 2 :]]
    return parts


def _spelt_out(parts: Sequence[str]) -> list[str]:
    """The parts of a header, short forms written out, a kind of time and a unit where they are read."""
    written = [_days_written_out(_MONTHS.sub(_written_out, _MONTH.sub(_month_written_out, part))) for part in parts]
    return _with_unit(_with_time(written))


def read_column(parts: Sequence[str], period: str | None) -> Column:
    """The role that the parts of a header, from the top down, give their column."""
    parts = _spelt_out(parts)
    header = " ".join(parts)
    beside = next((role for role in (*BESIDE, "identity") if says(header, role)), None)
    if beside is not None:
        return Column(beside if beside in BESIDE else "note", header)
    if (base := index_base(header, period)) is not None:
        return _index_column([*map(without_base, parts)], header, base, period)
    versus = _versus(parts, period)
    if versus is not None:
        return _below_base(parts, _compared(header, *versus, period), period)
    label, _ = label_in(parts, period)
    if _differs(parts):
        return _difference(parts, header, label, period)
    is_performed = says(header, "performed")
    if is_rate(parts):
        return Column("measure", header, label, unit=unit_in(header) or "%", measure=_measured(parts, period))
    if says(header, "ratio") and ("%" in header or not is_performed):
        return _ratio(parts, header, label, period)
    if says(header, "name") and not label and not is_performed:
        return Column("name", header)
    return _value_column(parts, header, label, period)


# ------------------------------------------------------------------------------------------------- comparisons


def _versus(parts: Sequence[str], period: str | None) -> tuple[str, str] | None:
    """What a header compares, and what with; None where it has no word for that.

    >>> _versus(["Chỉ số giá tháng 9 so với (%)", "Tháng 8"], "2023-09")
    ('Chỉ số giá tháng 9', '(%) Tháng 8')
    >>> _versus(["So sánh (%)", "ƯTH/KH"], "2023"), _versus(["TH tháng 9/2023"], "2023")
    (('So sánh (%) ƯTH', 'KH'), None)
    >>> _versus(["6 tháng/DT"], "2023-H1"), _versus(["Số hộ/KH"], "2023-H1")
    (('6 tháng', 'DT'), None)
    """
    header = " ".join(parts)
    if found := words_for("against").search(header):
        return header[: found.start()].rstrip(" ,;:"), header[found.end() :].lstrip(" :")
    is_said = "%" in header or says(header, "ratio")
    for number, part in enumerate(parts):
        taken = [(p.start, p.end) for p in find_periods(part, period)] + [m.span() for m in _BRACKET.finditer(part)]
        for slash in regex.finditer("/", part):
            left, right = part[: slash.start()], part[slash.end() :]
            if any(start <= slash.start() < end for start, end in taken) or not _is_quotient(left, right, period):
                continue
            if not is_said and any(map(_says_what, (left, right))):
                continue
            return " ".join([*parts[:number], left]), " ".join([right, *parts[number + 1 :]])
    return None


def _says_what(words: str) -> bool:
    """Whether words say more than when and how: what is measured."""
    rest = rest_of(words, None)
    for role in ("same", "previous", "performed", "estimate", "plan"):
        rest = words_for(role).sub("", rest)
    return any(map(str.isalpha, rest))


def _is_quotient(left: str, right: str, period: str | None) -> bool:
    """Whether a slash parts a performance or a time from a plan, another time or another year."""
    over = says(left, "performed") or says(left, "plan") or _YEAR_AT_END.search(left) is not None
    over = over or bool(find_periods(left, period))
    under = any(says(right, role) for role in ("plan", "same", "previous", "performed"))
    return over and (under or _YEAR_AT_START.match(right) is not None)


def _compared(header: str, left: str, right: str, period: str | None) -> Column:
    """A column of comparisons whose header says what is compared and what with."""
    label = label_in([left], period)[0] or _day_in([left], period)
    if label is None and (year := _YEAR_AT_END.search(left)):
        label = year[0].strip()
    if label is None and says(left, "now"):
        label = period
    whole = label is not None and len(label) == 4
    base = _base_of(right, label or period, period)
    growth = says(header, "growth")
    measure = rest_of(left, period) if label and _says_what(left) else ""
    status = Status.PLAN if says(left, "plan") and not says(left, "performed") else Status.ACTUAL
    measure = "" if status is Status.PLAN else measure
    return Column(
        "ratio", header, label, status, base, growth, measure=measure, whole=whole, absolute=_is_absolute(header)
    )


_INDEX = regex.compile(r"(?P<open>\()?(?P<base>[^()=]*\p{L}[^()=]*)=\s*100(?!\d)\s*%?(?(open)\s*[,;]?\s*%?\)|)")
"""What an index is held against: "(Năm trước = 100)"."""


def index_base(words: str, period: str | None) -> Base | None:
    """What the words of a head, a row or a caption hold an index against; None where they tell of no index.

    >>> index_base("Chỉ số phát triển (Năm trước = 100) - %", "2023"), index_base("Năm 2010 = 100", "2023")
    (<Base.SAME_PERIOD: 'same_period_last_year'>, <Base.OTHER: 'other'>)
    >>> index_base("(4)=(3)/(1)", "2023") is None
    True
    """
    found = _INDEX.search(words)
    return _base_of(found["base"].strip(), period, period) if found else None


def without_base(words: str) -> str:
    """The words without what they hold an index against."""
    return " ".join(_INDEX.sub(" ", words).split())


def in_index(columns: Sequence[Column], base: Base | None) -> list[Column]:
    """The columns below words that make an index of their values; as they are where ``base`` is None."""
    return [
        column._replace(role="ratio", base=base, unit=None) if base and column.role in ("value", "measure") else column
        for column in columns
    ]


def _index_column(parts: list[str], header: str, base: Base, period: str | None) -> Column:
    """A column whose head makes an index of it: "Chỉ số giá tháng 9 (Tháng trước = 100)"."""
    label, _ = label_in(parts, period)
    return Column("ratio", header, label, base=base, measure=_measured(parts, period))


def _below_base(parts: Sequence[str], column: Column, period: str | None) -> Column:
    """A comparison whose base stands in an upper head, and what is compared below it, a time or a measure.

    "So cùng kỳ (%)" above "Quý I", "So sánh TH/DT (%)" above "Thu nội địa", "9 tháng so với cùng kỳ" above "Lượng".
    """
    upper, last = _versus(parts[:-1], period), parts[-1]
    base = _base_of(upper[1], period, period) if upper else Base.OTHER
    if base is Base.OTHER or says(last, "same") or _versus([last], period):
        return column
    label, _ = label_in([last], period)
    if label is None:
        return column if column.measure or _says_how(last) else column._replace(measure=_measured([last], period))
    return column._replace(period=label, base=base) if base is Base.SAME_PERIOD and column.period is None else column


def _says_how(words: str) -> bool:
    """Whether words tell how two numbers are compared, and not what is measured: "Số tuyệt đối", "Tăng, giảm (%)"."""
    return any(says(_BRACKET.sub("", words), role) for role in ("absolute", "growth", "difference", "ratio"))


def _ratio(parts: Sequence[str], header: str, label: str | None, period: str | None) -> Column:
    """A column of comparisons whose header has one of their words, and does not say what with: "Tỷ lệ (%)"."""
    stated = label if says(header, "share") else None
    base = _base(header, label, period)
    is_change = any(map(_tells_change, parts[:-1]))
    growth, absolute = is_change or says(header, "growth"), _is_absolute(header)
    share = base is Base.OTHER and says(parts[-1], "rate") and not is_change
    return Column("ratio", header, stated, base=base, growth=growth, absolute=absolute, is_share=share)


def _difference(parts: Sequence[str], header: str, label: str | None, period: str | None) -> Column:
    """A column of differences: of the measure that its last words name, or of the figure before it."""
    base = _base(header, label, period)
    if _is_difference_of(parts):
        return Column("ratio", header, base=base, growth=True, measure=_measured(parts[-1:], period), absolute=True)
    return Column("ratio", header, label, base=base, growth=True, absolute="%" not in header)


def _differs(parts: Sequence[str]) -> bool:
    return _is_difference_of(parts) or _is_difference(parts)


def _is_difference(parts: Sequence[str]) -> bool:
    """Whether the last words of a header say up and down and nothing else; a rise alone may be a flow.

    >>> _is_difference(["Tăng (+), giảm (-)"]), _is_difference(["So sánh", "+,-"]), _is_difference(["Tăng", "Trong kỳ"])
    (True, True, False)
    >>> _is_difference(["Chênh lệch", "Giá trị"]), _is_difference(["Thực hiện", "Giá trị"])
    (True, False)
    """
    last = parts[-1] if parts else ""
    if says(_BRACKET.sub("", last), "difference") or (is_amount(last) and any(map(_tells_change, parts[:-1]))):
        return True
    return _says_both_ways(last) and not any(map(str.isalpha, _BRACKET.sub("", words_for("growth").sub("", last))))


def _is_difference_of(parts: Sequence[str]) -> bool:
    """Whether the words above the last say up and down, and the last of what, with its unit or what it counts.

    >>> _is_difference_of(["Tăng (+), giảm (-)", "Số vụ (vụ)"]), _is_difference_of(["Tăng (+), giảm (-)", "(%)"])
    (True, False)
    >>> _is_difference_of(["Tăng, giảm", "Số vụ"]), _is_difference_of(["Tăng", "Số vụ"])
    (True, False)
    """
    unit = unit_in(parts[-1]) or counted_in(parts[-1]) if len(parts) > 1 else None
    return unit is not None and unit != "%" and _says_both_ways(parts[-2]) and rest_of(parts[-1], None) != ""


def is_amount(words: str) -> bool:
    """Whether words of a header say no more than that there is a value: "Giá trị", "Số lượng"."""
    return says(words, "amount_word") and not any(map(str.isalpha, words_for("filler").sub("", words)))


def _tells_change(words: str) -> bool:
    """Whether a head makes differences and growths of what stands below it: "Chênh lệch", "Tăng (+), giảm (-)"."""
    return _says_both_ways(words) or says(_BRACKET.sub("", words), "difference")


def _says_both_ways(words: str) -> bool:
    """Whether words say up and down, or a sign of them: a rise alone may be a flow."""
    said = words_for("growth").findall(words)
    return len(said) > 1 or any(not any(map(str.isalpha, word)) for word in said)


def _is_absolute(header: str) -> bool:
    """Whether a column of comparisons holds differences: its words say so, or its bracket is a unit other than %."""
    unit = unit_in(header)
    return says(header, "absolute") or ("%" not in header and unit is not None and not unit.startswith("%"))


def _base_of(words: str, compared: str | None, period: str | None) -> Base:
    """What stands behind ``so với``: a time, related to the one compared, or the words of a base."""
    mentions = [p for p in find_periods(words, period) if p.label]
    if says(words, "same_words"):
        return Base.SAME_PERIOD
    told = _base_as_told(_BRACKET.sub("", words))
    if told is Base.OTHER:  # "cuối năm 2022" is no year
        return told
    if says(words, "plan"):
        return Base.PLAN
    if mentions:
        return _base_of_mention(mentions[-1], compared)
    told = told or next((base for role, base in COMPARED.items() if says(words, role)), None)
    if told is None and (year := _YEAR_AT_START.match(words)):
        return _base_in_year(year["year"], compared)
    return told or Base.OTHER


@cache
def _base_as_told(words: str) -> Base | None:
    """The base that words begin with, as sentences name one; the longest counts.

    >>> _base_as_told("cuối năm trước"), _base_as_told("năm học trước"), _base_as_told("tháng 8")
    (<Base.OTHER: 'other'>, <Base.SAME_PERIOD: 'same_period_last_year'>, None)
    """
    cues = find_cues([[token.norm for token in tokenize(words)]])[0]
    told = [(end, value) for start, end, label, value in cues if label == "compare" and start == 0]
    return BASES[max(told)[1]] if told else None


def _base_of_mention(mention: PeriodMention, compared: str | None) -> Base:
    """The base that a printed time is to the time compared; a later month without a year is last year's."""
    label = mention.label
    if mention.form == "year" and label:
        return _base_in_year(label, compared)
    if not mention.stated_year and relation(compared, label) == "other":
        before = year_before(label)
        label = before if relation(compared, before) == "previous" else label
    return base_in_time(compared, label)


def base_in_time(compared: str | None, label: str | None) -> Base:
    """The base that one period is to another."""
    return {"same": Base.SAME_PERIOD, "previous": Base.PREVIOUS}.get(relation(compared, label), Base.OTHER)


def _base_in_year(year: str, compared: str | None) -> Base:
    """The same period of last year where it is the year before."""
    now = year_of(compared)
    return Base.SAME_PERIOD if now is not None and int(year) == now - 1 else Base.OTHER


def _base(header: str, label: str | None, report: str | None) -> Base:
    """What a column compares with, by its words, else by a year that is not the report's."""
    told = next((base for role, base in COMPARED.items() if says(header, role)), None)
    another_year = label is not None and year_of(label) != year_of(report)
    return told or (Base.SAME_PERIOD if another_year else Base.OTHER)


# ------------------------------------------------------------------------------------------------- values


def label_in(parts: Sequence[str], period: str | None) -> tuple[str | None, PeriodMention | None]:
    """The period that the parts of a header give, the lowest first; a year above completes a month below.

    >>> label_in(["Năm 2022", "Tháng 9"], "2023-M01/M09")[0], label_in(["9 tháng cùng kỳ"], "2023-M01/M09")[0]
    ('2022-09', '2022-M01/M09')
    >>> label_in(["Số vụ năm trước chuyển sang"], "2023")[0] is None
    True
    """
    label, found, year = None, None, None
    for part in parts:
        mentions = [p for p in _times_in(part, period, year) if p.label and p.form != "day"]
        if not mentions:
            bare = _YEAR.fullmatch(part.strip()) or (status_of(part) is not None and _YEAR_AT_END.search(part))
            label, year = (bare[0].strip(), int(bare[0])) if bare else (label, year)
            continue
        last = mentions[-1]
        if label is not None and last.form == "year" and len(label) > 4:
            label = shift_years(label, int(str(last.label)) - (year_of(label) or 0))  # "Tháng 9" above "Năm 2022"
        else:
            label = last.label
        found, year = last, year_of(label)
        if says(part, "same_words"):
            label = _in_last_year(label, last, period)
    return label, found


def _in_last_year(label: str | None, told: PeriodMention, period: str | None) -> str | None:
    """The label of "cùng kỳ" with the time ``told`` beside it: the report's period in that year, or that of last year.

    >>> label_in(["Cùng kỳ 2022"], "2023-M01/M10")[0], label_in(["Cùng kỳ năm 2022"], "2023")[0]
    ('2022-M01/M10', '2022')
    """
    if told.form == "year" and told.stated_year:
        return in_year(period, year_of(label))
    return year_before(label) if not told.stated_year and year_of(label) == year_of(period) else label


def _times_in(part: str, period: str | None, year: int | None = None) -> list[PeriodMention]:
    """The times that a part of a header gives; the one from which something was carried over is none of them."""
    carried = openings_of("carried_over")
    found = ((p, part[: p.start], f"{part[p.end :].lstrip()} ") for p in find_periods(part, period, year))
    return [p for p, before, behind in found if not (behind.startswith(carried) or says(before, "extended"))]


def _value_column(parts: Sequence[str], header: str, label: str | None, period: str | None) -> Column:
    """What a column of values holds by its period, by the words of a plan or a performance, or by what it measures."""
    unit, measure = unit_in(header), _measured(parts, period)
    counted = next(filter(None, (counted_in(rest_of(part, period)) for part in reversed(parts))), None)
    kept: dict[str, Any] = {"unit": unit, "measure": measure, "counted": counted, "place": says(measure, "place")}
    status = next((told for part in reversed(parts) if (told := status_of(part)) is not None), None)
    if status is Status.PLAN:
        label = label or (year_before(period) if _is_earlier(header) else None)
        return Column("value", header, label or _year_alone(period), Status.PLAN, **kept)
    if label is None:
        label, kept["doubts"] = _time_besides(parts, header, period)
    if label or status is not None:
        return Column("value", header, label or period, status or Status.ACTUAL, **kept)
    return Column("measure" if header else "note", header, **kept)


def _year_alone(period: str | None) -> str | None:
    year = year_of(period)
    return str(year) if year else None


def _time_besides(parts: Sequence[str], header: str, period: str | None) -> tuple[str | None, tuple[str, ...]]:
    """What a header that prints no time says of it, and the doubt of that: last year, the period before, a day, now."""
    if _is_earlier(header):
        return year_before(period), ()
    if any(map(_says_only_before, parts)):
        before = just_before(period)
        return before, () if before else (PERIOD_UNSURE,)
    return _day_in(parts, period) or (period if says(header, "now") else None), ()


def _is_earlier(header: str) -> bool:
    """Whether a header speaks of last year, and not of what last year carried over."""
    return says(header, "same") and not any(words in header for words in words_of("carried_over"))


def _day_in(parts: Sequence[str], period: str | None) -> str | None:
    """The one day that a header names: "Giá ngày 01/12"."""
    days = [p.label for part in parts for p in find_periods(part, period) if p.form == "day"]
    return days[0] if len(days) == 1 else None


def status_of(part: str) -> Status | None:
    """The status that one part of a header gives; None where it speaks of none, or of an action that is measured."""
    if says(part, "measured") or (says(part, "area") and family_of(unit_in(part)) == "area"):
        return None
    if says(part, "plan"):
        return Status.PLAN
    if says(part, "performed") and counted_in(part) is None:  # "Số tiêu chí đạt"
        return Status.ESTIMATE if says(part, "estimate") else Status.ACTUAL
    return Status.ESTIMATE if says(part, "estimate") else None


def _measured(parts: Sequence[str], period: str | None) -> str:
    """The words of a header that say neither when nor how: what is measured.

    >>> _measured(["Năm 2023", "Diện tích (ha)"], "2023"), _measured(["Ước thực hiện 9 tháng năm 2023"], "2023")
    ('Diện tích', '')
    >>> _measured(["Kế hoạch vốn năm 2023", "Giao đầu năm"], "2023"), _measured(["Kéo dài từ năm 2022 sang"], "2023")
    ('Giao đầu năm', 'Kéo dài từ năm 2022 sang')
    """
    told = [status_of(part) for part in parts]
    names = (n for n, status in enumerate(told) if status is None or (status is Status.PLAN and status in told[:n]))
    return " ".join(filter(None, (rest_of(parts[n], period) for n in names)))


def rest_of(part: str, period: str | None) -> str:
    """One part of a header without its times, brackets and words that only frame it."""
    text = words_for("parted").sub("", words_for("parted_by").sub("", words_for("now").sub("", part)))
    if _says_only_before(text):
        return ""
    times = _times_in(text, period)
    keeps_years = len(times) < len(find_periods(text, period))  # from which something was carried over
    for mention in reversed(times):
        text = text[: mention.start] + text[mention.end :]
    text = _BRACKET.sub(" ", text) if keeps_years else _YEAR.sub("", _BRACKET.sub(" ", text))
    text = " ".join(text.split()).strip(" :,;.-–/%")
    return "" if not any(map(str.isalpha, words_for("filler").sub("", text))) else text


def _says_only_before(words: str) -> bool:
    """Whether words tell an earlier time and nothing besides: "Kỳ trước chuyển sang" is a measure of its own.

    >>> _says_only_before("TH cùng kỳ năm 2022"), _says_only_before("Kỳ trước chuyển sang")
    (True, False)
    """
    rest = words
    for role in ("same", "previous", "performed", "estimate", "plan", "filler"):
        rest = words_for(role).sub("", rest)
    return rest != words and (says(words, "same") or says(words, "previous")) and not any(map(str.isalpha, rest))


def is_rate(parts: Sequence[str]) -> bool:
    """Whether a header names what is measured in per cent: "Tỷ lệ hộ nghèo (%)", "Tiến độ (%)"; "Tỷ lệ (%)" does not.

    >>> is_rate(["Tỷ lệ hộ nghèo (%)"]), is_rate(["Hộ nghèo", "Tỷ lệ (%)"]), is_rate(["Tỷ lệ đạt KH (%)"])
    (True, False, False)
    >>> is_rate(["Tiến độ (%)"]), is_rate(["So sánh (%)"]), is_rate(["Tháng 9 (%)"])
    (True, False, False)
    """
    last = parts[-1] if parts else ""
    rest = words_for("rate").sub("", _BRACKET.sub("", last)).strip(" %:,.")
    if any(says(rest, role) for role in ("performed", "plan", "same", "previous", "growth", "share", "against")):
        return False
    if says(last, "rate"):
        return len(rest.split()) > 1
    return unit_in(last) == "%" and not says(rest, "ratio") and rest_of(rest, None) != ""


def unit_in(header: str) -> str | None:
    """The unit that a header's last bracket gives: "Diện tích (ha)", "Giá trị (ĐVT: tỷ đồng)".

    >>> unit_in("Diện tích (ha)"), unit_in("So sánh (%)"), unit_in("Hộ nghèo (theo chuẩn mới)")
    ('ha', '%', None)
    """
    for found in reversed(_BRACKET.findall(header)):
        words = words_for("unit").sub("", found).strip(" :")
        if unit_of(words):
            return words
    return None


CAPTION_UNIT = r"(?m)(?P<first>^[(*\s]*)?{unit_label}[^\S\n]*(?P<colon>:)?[^\S\n]*(?P<unit>[^();\n]+)(?P<more>;)?"


def unit_of_caption(caption: str) -> str | None:
    """The unit that a line above gives the whole table, by its label or in a bracket; None where it gives several.

    >>> unit_of_caption("Biểu 2. Đơn vị tính: triệu đồng"), unit_of_caption("Đơn vị tính: ha, tạ/ha, tấn")
    ('triệu đồng', None)
    >>> unit_of_caption("Biểu 5. Thu ngân sách (triệu đồng)"), unit_of_caption("Biểu 6. Hộ nghèo (theo xã)")
    ('triệu đồng', None)
    >>> unit_of_caption("Biểu 7. Đất theo đơn vị hành chính (Đơn vị tính: ha)")
    'ha'
    """
    labelled = [(match, match["unit"].strip(" .*")) for match in compiled(CAPTION_UNIT).finditer(caption)]
    told = [pair for pair in labelled if pair[0]["colon"] or pair[0]["first"] is not None or unit_of(pair[1])]
    if not told:
        return unit_in(caption)
    match, words = next((pair for pair in told if pair[0]["colon"]), told[0])
    several = [unit_of(each.strip()) for each in words.split(",")]
    return None if match.group("more") or (len(several) > 1 and all(several)) else words


def title_of_caption(caption: str) -> str | None:
    """What a caption says the table is about, without its label and its unit.

    >>> title_of_caption("Biểu 3. Dân số phân theo huyện (người)"), title_of_caption("Đơn vị tính: ha")
    ('Dân số phân theo huyện', None)
    """
    return " ".join(_BRACKET.sub(" ", _title_in(caption)).split()).strip(" :.;-–*") or None


def _title_in(caption: str) -> str:
    """The first line of a caption that says more than its label, the unit or in brackets, without the label."""
    lines = (line for line in caption.split("\n") if not compiled(UNIT_LINE).match(line))
    titles = (compiled(CAPTION_LABEL).sub("", line) for line in lines)
    return next((title for title in titles if _BRACKET.sub("", title).strip(" :.;-–*")), "")


UNIT_LINE = r"(?i)\s*[(*]*{unit_label}"
CAPTION_LABEL = rf"^\W*{{caption}}\s*(?:[\d.IVXLC]+\b|[{ONE_CAPITAL}]\b)*[\s.:–-]*"


def period_of_caption(caption: str, report: str | None) -> str | None:
    """The period that a caption gives the table: "Biểu 8. Gieo trồng năm 2022"; what it compares with is none."""
    title = _title_in(caption)
    against = words_for("against").search(title)
    mentions = find_periods(title[: against.start()] if against else title, report)
    told = [
        p.label
        for p in mentions
        if p.form in ("month", "quarter", "months", "to_month", "half", "year", "range", "to_day")
    ]
    return told[0] if len(told) == 1 else None
