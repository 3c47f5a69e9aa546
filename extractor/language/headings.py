"""What a heading hands down to the text under it: subject, period, year, base, status of a plan.

``Vận tải (so cùng kỳ)`` gives a base, ``Xuất khẩu hàng hóa tháng 11/2015 so với cùng kỳ năm trước`` a subject, a
period and a base, ``PHƯƠNG HƯỚNG, MỤC TIÊU NHIỆM KỲ 2015-2020`` the status of a plan. What a heading does not say
comes from the one above.
"""

from __future__ import annotations

import regex

from extractor.language.bases import BASES
from extractor.language.drafts import Context, Subject
from extractor.language.mentions import read_block, scan
from extractor.language.numerals import Style
from extractor.language.subjects import find_phrase, subject_of

PLAN = regex.compile(
    r"^kế hoạch|phương hướng|mục tiêu|nhiệm vụ trọng tâm|chỉ tiêu chủ yếu|kế hoạch phát triển"
    r"|nhiệm vụ(?:,| và)? giải pháp|dự kiến kế hoạch",
    regex.IGNORECASE,
)
RESULT = regex.compile(r"kết quả|đánh giá|tình hình thực hiện|tình hình|ước thực hiện|đạt được", regex.IGNORECASE)
LABEL = regex.compile(r"^\s*(?:[IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/]\s*|^\s*[-+*•]\s*")
GENERAL = regex.compile(
    r"^(?:về|công tác|lĩnh vực|tình hình|kết quả(?: thực hiện| gieo trồng)?"
    r"|một số(?: chỉ tiêu| sản phẩm)?|đánh giá)\s+",
    regex.IGNORECASE,
)


UNIT = regex.compile(r"(?:ĐVT|Đvt|[Đđ]ơn vị(?: tính)?)\s*:?\s*(?P<unit>[^();]+)")


def heading_context(title: str, style: Style, report_period: str | None, above: Context) -> Context:
    """The context under ``title``, where ``above`` holds outside it."""
    text = LABEL.sub("", title, count=1)
    reading = read_block(scan([text])[0], style, report_period=report_period)
    context = above
    unit = UNIT.search(text)
    if unit is not None:
        context = context.under(unit=unit.group("unit").strip())
    labels = list(
        dict.fromkeys(
            p.label for i, p in enumerate(reading.periods) if p.label and not _in_base(reading.items, p.start)
        )
    )
    if len(labels) == 1:
        context = context.under(period=labels[0])
    years = {p.label[:4] for p in reading.periods if p.label and p.stated_year and p.label[:4].isdigit()}
    if len(years) == 1:
        context = context.under(year=int(next(iter(years))))
    bases = tuple(BASES[i.value] for i in reading.items if i.kind == "compare" and i.value != "total")
    cut = any(i.kind == "cut" for i in reading.items)
    if bases and cut:
        context = context.under(bases=bases)
    if PLAN.search(text) and not RESULT.search(text):
        context = context.under(plan_section=True, period=context.period if labels or above.plan_section else None)
        labels = labels or []
    elif RESULT.search(text):
        context = context.under(plan_section=False)
    stop = next(
        (n for n, i in enumerate(reading.items) if i.kind in ("cut", "period") or i.value == "("), len(reading.items)
    )
    phrase = find_phrase(reading.items, 0, stop, text) if stop else None
    if phrase is None:
        return context.under(subject=None) if above.subject is not None else context
    subject = subject_of(reading.items, phrase, text)
    words = GENERAL.sub("", text[: reading.items[stop - 1].end].strip(" :.")).strip() or subject.text
    if len(words.split()) > 14 or text.isupper():
        return context.under(subject=None)
    return context.under(subject=Subject(words, rate=subject.rate, plan=False))


def _in_base(items: tuple[object, ...], start: int) -> bool:
    """Whether the period at ``start`` belongs to a base ("so với tháng 12/2014")."""
    before = [i for i in items if getattr(i, "end", 0) <= start]
    if not before:
        return False
    kind = getattr(before[-1], "kind", "")
    return kind == "cut" or (kind == "compare" and len(before) > 1 and getattr(before[-2], "kind", "") == "cut")
