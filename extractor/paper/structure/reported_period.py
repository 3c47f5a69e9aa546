"""The period that a report is about, out of its title.

In comes a title, out comes a label (``2023-03``, ``2023-Q1``, ``2023-H1``, ``2023-M01/M09``, ``2023``, ``2022/2023``,
``2016/2020``) or None. A title names what is reported and often what is planned next; the planned part is cut off
first, and of what is left the longest period holds. This reads titles only: periods inside the text are language's.
"""

from __future__ import annotations

import re

from extractor.domain.lexicon import worth
from extractor.domain.period import months_label
from extractor.paper.structure.labels import roman_value
from extractor.paper.structure.part_words import compiled

_COUNT = r"(?:\d{1,2}|{months}|{titled})"
_YEAR = r"(?:\s*(?:/|-|\.|,|\s)?\s*(?:{year}\s+)?(?P<y>(?:19|20)\d\d))?"
_PLAN = r"(?i){plan_break}\s+{plan_lead}{plan}\b"
_SPAN = r"(?P<from>(?:19|20)\d\d)\s*[-–/]\s*(?P<to>(?:19|20)\d\d)"
_FORMS = {
    form: f"(?i){shape}"
    for form, shape in {
        "span": rf"{{plan_years}}\s*:?\s*\(?{_SPAN}",
        "school": rf"{{school_year}}\s+{_SPAN}",
        "quarter": r"{quarter_word}\s*(?P<n>IV|I{1,3}|[1-4])\b" + _YEAR,
        "months": rf"(?P<n>{_COUNT})\s+{{month}}"
        r"(?:\s+(?:{beginning}|(?P<late>{ending}))(?=\s+{year}|\W|$))?"
        rf"(?!\s*\d)(?:\s+(?:{{beginning}}\s+)?{{year}})?{_YEAR}",
        "month": rf"{{month}}\s*(?P<n>{_COUNT})\b(?!\s+{{year}}\s+{{month}}){_YEAR}",
        "year": r"{year}\s+(?P<y>(?:19|20)\d\d)(?!\s*[-–]\s*(?:19|20)?\d\d)",
    }.items()
}
_ANY_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?!\d)")


def read_period(title: str, year: str | None = None) -> str | None:
    """The label of the reported period; ``year`` is that of the date, for titles that name none.

    >>> read_period("BÁO CÁO THÁNG 3 VÀ QUÝ I NĂM 2023; PHƯƠNG HƯỚNG NHIỆM VỤ QUÝ II NĂM 2023")
    '2023-Q1'
    >>> read_period("Kết quả thực hiện kế hoạch 6 tháng đầu năm và nhiệm vụ, giải pháp 6 tháng cuối năm 2022")
    '2022-H1'
    """
    text = " ".join(title.split())
    cut = compiled(_PLAN).search(text)
    reported = text[: cut.start()] if cut else text
    years = _ANY_YEAR.findall(reported) or _ANY_YEAR.findall(text)
    fallback = years[-1] if years else year
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    for form, shape in _FORMS.items():
        for match in compiled(shape).finditer(reported):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            reading = None if form == "span" and _names_term(reported, match.span()) else _label(form, match, fallback)
            if reading:
                found.append(reading)
                taken.append(match.span())
    return max(found, key=lambda reading: reading[0])[1] if found else None


def _names_term(title: str, span: tuple[int, int]) -> bool:
    """Whether a span of years only says which council or board is meant: none of its work is told.

    >>> read_period("Tờ trình về nhân sự HĐND tỉnh khóa IX, nhiệm kỳ 2021-2026") is None
    True
    >>> read_period("Tổng kết hoạt động của HĐND tỉnh khóa VIII, nhiệm kỳ 2016-2021")
    '2016/2021'
    """
    is_term = compiled(r"(?i){office_term}").match(title, span[0]) is not None
    return is_term and compiled(r"(?i){told_term}").search(title[: span[0]]) is None


def _label(form: str, match: re.Match[str], fallback: str | None) -> tuple[int, str] | None:
    """Months and label of one period, or None where it has no year or no such number."""
    if form in ("span", "school"):
        start, end = int(match["from"]), int(match["to"])
        if end <= start:
            return None
        return (12 if form == "school" else 1), f"{start}/{end}"  # a span of years is a plan's; it holds only alone
    year = match["y"] or fallback
    if not year:
        return None
    if form == "year":
        return (12, year)
    spelt = " ".join(match["n"].lower().split())
    number = int(spelt) if spelt.isdigit() else roman_value(spelt.upper()) or worth(spelt, "titled", "months")
    if form == "quarter":
        return 3, months_label(int(year), 3 * number - 2, 3 * number)
    if not 1 <= number <= 12:
        return None
    if form == "month":
        return 1, months_label(int(year), number, number)
    if match["late"]:
        return (6, months_label(int(year), 7, 12)) if number == 6 else None
    return number, months_label(int(year), 1, number)
