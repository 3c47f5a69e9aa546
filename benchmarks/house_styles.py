"""Made reports of three offices, each with a style of its own, and their gold.

In: a style, how many reports, a seed. Out: the reports in the order of time, each a list of passages with gold. An
office says a thing in the same words each time, with other numbers. A style is a few sentences with places for numbers,
told in the way of a typed table (``short``), of a commune of the nineties (``older``), and of a dashboard with English
numbers (``sheet``). What a place in a sentence means is said by its name, so the gold is right by construction.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Any

Gold = dict[str, Any]
Subject = tuple[str, str, int]
"""A name, its unit, and how large it usually is."""

Told = tuple[Subject, str]
"""A subject, and the sentence that tells of it."""

STOCK = 36
"""Passages that an office has to say."""

SAID = 0.6
"""The part of them that one report says."""

PERIOD = "2023"


@dataclass(frozen=True)
class Style:
    """How an office writes: its sentences, what it speaks of, and how it prints numbers."""

    sentences: Sequence[str]
    subjects: Sequence[Subject]
    print_number: Callable[[Decimal], str]


def _vietnamese(value: Decimal) -> str:
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def _english(value: Decimal) -> str:
    return f"{value:,}"


STYLES: Mapping[str, Style] = {
    "short": Style(
        (
            "{name}: TH {value}/KH {plan} {unit}, = {ratio}%; CK +{rise}%.",
            "{name} {value} {unit} (KH {plan}, đạt {ratio}%; CK -{fall}%).",
            "{name}: KH {plan} {unit}, TH {value} {unit} = {ratio}%, CK +{rise}%.",
            "{name} {value} {unit}, = {ratio}% KH, CK +{more} {unit}.",
        ),
        (
            *(("Thu NSNN", "trđ", 21_400), ("Chi TX", "trđ", 9_800), ("Thu CTN", "trđ", 4_100)),
            *(("Đàn trâu", "con", 1_530), ("Đàn lợn", "con", 14_200), ("Gia cầm", "con", 96_000)),
            *(("Lúa ĐX", "ha", 1_234), ("Ngô", "ha", 860), ("Rừng trồng", "ha", 45), ("Cao su", "tấn", 2_310)),
            *(("Thẻ BHYT", "thẻ", 31_200), ("Giải quyết VL", "LĐ", 640), ("Kết nạp đảng viên", "đ/c", 87)),
        ),
        _vietnamese,
    ),
    "older": Style(
        (
            "Về {name}: trên giao {plan} {unit}, đã làm được {value} {unit}, bằng {ratio} phần trăm.",
            "Phần {name} làm được {value} {unit}, hụt kế hoạch {short} {unit}.",
            "Khoản {name} gom được {value} {unit}, trội hơn cùng kỳ {more} {unit}.",
            "Riêng {name} mới được {value} {unit}, còn thiếu {short} {unit} mới đủ chỉ tiêu.",
        ),
        (
            *(("thuế nông nghiệp", "tấn", 128), ("quỹ an ninh quốc phòng", "triệu đồng", 24), ("đắp đê", "m3", 5_200)),
            *(("trồng cây gây rừng", "ha", 62), ("khai hoang", "ha", 17), ("nộp sản lượng", "tấn", 310)),
            *(("huy động công ích", "công", 8_400), ("thu hồi nợ tập thể", "triệu đồng", 46), ("xây lò gạch", "lò", 9)),
            *(
                ("bình dân học vụ", "học viên", 214),
                ("giao quân", "thanh niên", 32),
                ("tiêm phòng gia súc", "mũi", 3_700),
            ),
        ),
        _vietnamese,
    ),
    "sheet": Style(
        (
            "{name} ghi nhận {value} {unit} (KH: {plan} {unit}), ↑{rise}% so CK.",
            "{name} khép kỳ ở {value} {unit}, nhích {rise}% so với cùng kỳ, về đích {ratio}% kế hoạch.",
            "{name} lùi {fall}% so với cùng kỳ, còn {value} {unit}.",
            "{name}: {value} {unit}; YoY +{rise}%; KPI {ratio}%.",
        ),
        (
            *(
                ("Doanh thu lưu trú", "tỷ đồng", 1_284),
                ("Khách quốc tế", "lượt", 45_310),
                ("Thuê bao 4G", "thuê bao", 88_200),
            ),
            *(("Điện thương phẩm", "MWh", 12_600), ("Hàng qua cảng", "tấn", 71_500), ("Vốn FDI", "triệu USD", 1_420)),
            *(("Nước sạch", "m3", 64_800), ("Hồ sơ trực tuyến", "hồ sơ", 23_900), ("Xe buýt", "chuyến", 5_460)),
            *(
                ("Dư nợ tín dụng", "tỷ đồng", 8_350),
                ("Bưu phẩm", "kiện", 17_020),
                ("Doanh nghiệp mới", "doanh nghiệp", 1_130),
            ),
        ),
        _english,
    ),
}

PLAN, LAST_YEAR = "plan", "same_period_last_year"
COMPARED = {
    "ratio": (PLAN, "ratio", 1),
    "short": (PLAN, "abs_change", -1),
    "rise": (LAST_YEAR, "change", 1),
    "fall": (LAST_YEAR, "change", -1),
    "more": (LAST_YEAR, "abs_change", 1),
}
"""A place in a sentence that compares → base, kind and sign."""


def made_reports(name: str, count: int, seed: int) -> list[list[Gold]]:
    """So many reports of an office in the order of time, each a part of what it has to say."""
    style, stock = STYLES[name], random.Random(f"{seed}:{name}")
    pairs = [(subject, sentence) for subject in style.subjects for sentence in style.sentences]
    told = [_two(pairs, stock) for _ in range(STOCK)]
    reports = []
    for number in range(count):
        chance = random.Random(f"{seed}:{name}:{number}")
        said = sorted(chance.sample(range(STOCK), round(STOCK * SAID)))
        reports.append([_passage(f"{name}{place:03}-{number}", style, told[place], chance) for place in said])
    return reports


def _two(pairs: Sequence[Told], chance: random.Random) -> tuple[Told, Told]:
    """Two things to say, of two subjects."""
    first = chance.choice(pairs)
    return first, chance.choice([other for other in pairs if other[0] != first[0]])


def _passage(name: str, style: Style, told: Sequence[Told], chance: random.Random) -> Gold:
    text, figures = "", list[Gold]()
    for subject, sentence in told:
        said, found = _say(style, subject, sentence, chance)
        text, figures = f"{text} {said}".strip(), [*figures, *found]
    return {"id": name, "text": text, "heading": None, "report_period": PERIOD, "figures": figures}


def _say(style: Style, subject: Subject, sentence: str, chance: random.Random) -> tuple[str, list[Gold]]:
    """A sentence with numbers, and the figures that it tells."""
    name, unit, size = subject
    numbers = {**_amounts(size, chance), **_shares(chance)}
    said = sentence.format(name=name, unit=unit, **{place: style.print_number(n) for place, n in numbers.items()})
    places = [place for _, place, _, _ in Formatter().parse(sentence) if place in numbers]
    figures = []
    for place, status in (("value", "actual"), (PLAN, PLAN)):
        if place in places:
            figure = {"indicator": name, "period": PERIOD, "status": status, "value": numbers[place], "unit": unit}
            figures.append(
                {
                    **figure,
                    "value_max": None,
                    "bound": None,
                    "comparisons": [],
                    "quote": style.print_number(numbers[place]),
                }
            )
    figures[0]["comparisons"] = [*_compared(places, numbers, unit, style)]
    return said, sorted(figures, key=lambda figure: places.index(PLAN if figure["status"] == PLAN else "value"))


def _amounts(size: int, chance: random.Random) -> dict[str, Decimal]:
    """What was reached, planned, gained and missed: whole numbers of about the usual size."""
    value = Decimal(round(size * chance.uniform(0.8, 1.3)))
    part = Decimal(max(1, round(size * chance.uniform(0.02, 0.15))))
    return {
        "value": value,
        "plan": Decimal(round(size * chance.uniform(1.0, 1.2))) + 1,
        "more": part,
        "short": part + 1,
    }


def _shares(chance: random.Random) -> dict[str, Decimal]:
    return {place: Decimal(chance.randint(11, 299)) / 10 for place in ("rise", "fall")} | {
        "ratio": Decimal(chance.randint(701, 1299)) / 10
    }


def _compared(places: Sequence[str], numbers: Mapping[str, Decimal], unit: str, style: Style) -> Iterator[Gold]:
    """What the sentence says of the amount that was reached."""
    for place in places:
        if place in COMPARED:
            base, kind, sign = COMPARED[place]
            of = unit if kind == "abs_change" else "%"
            yield {
                "base": base,
                "kind": kind,
                "value": sign * numbers[place],
                "unit": of,
                "quote": style.print_number(numbers[place]),
            }
