"""A short report with a dozen figures, built by hand: what the archive's and the app's tests stand on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from extractor.domain.document import Block, BlockKind, Box, Document, Footnote, Placement, Report, Section, Source
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Base, Comparison, Digit, Figure, Kind, Measure, Status
from extractor.domain.finding import Finding, Level

PARAGRAPHS = (
    "I. TÌNH HÌNH KINH TẾ",
    "1. Công nghiệp",
    "Giá trị sản xuất công nghiệp quý 1 ước thực hiện 162.409 triệu đồng, đạt 21,53% kế hoạch.",
    "2. Thương mại",
    "Tổng mức bán lẻ hàng hóa quý 1 ước đạt 2.561.811 triệu đồng; trồng 800 cây, treo 65 băng rôn.",
    "II. VĂN HÓA - XÃ HỘI",
    "Tổ chức 65 băng rôn, 12 buổi với 1.250 lượt người; giải quyết 9/10 hồ sơ; tỷ lệ hộ nghèo còn 2,31%.",
    "Hỗ trợ 4.727 suất quà trị giá 12.470.000.000 đồng cho gia đình chính sách, người có hoàn cảnh đặc biệt khó khăn.",
    "Số hộ kinh doanh cá thể đăng ký mới là 118 hộ, tăng 12 hộ.",
)

PLAN = (  # quote, indicator, value, unit, more
    ("162.409 triệu đồng", "Giá trị sản xuất công nghiệp", "162409", "triệu đồng", {"status": Status.ESTIMATE}),
    ("2.561.811 triệu đồng", "Tổng mức bán lẻ hàng hóa", "2561811", "triệu đồng", {"status": Status.ESTIMATE}),
    ("800 cây", "Trồng cây", "800", "cây", {}),
    ("65 băng rôn", "Treo băng rôn", "65", "băng rôn", {}),
    ("65 băng rôn", "Tổ chức băng rôn", "65", "băng rôn", {"doubts": ("weak_indicator",), "confidence": 0.55}),
    ("12 buổi", "Tổ chức buổi", "12", "buổi", {"confidence": 0.9}),
    ("1.250 lượt người", "Lượt người dự", "1250", "lượt người", {}),
    ("9/10 hồ sơ", "Giải quyết hồ sơ", "9", "hồ sơ", {"total": Decimal(10)}),
    ("2,31%", "Tỷ lệ hộ nghèo", "2.31", "%", {"decimals": 2}),
    ("4.727 suất", "Suất quà hỗ trợ", "4727", "suất", {}),
    ("12.470.000.000 đồng", "Suất quà hỗ trợ", "12470000000", "đồng", {}),
    ("118 hộ", "Số hộ kinh doanh cá thể đăng ký mới", "118", "hộ", {"confidence": 0.8}),
)


@dataclass(frozen=True)
class Draft:
    """What a test may want otherwise than usual."""

    paragraphs: tuple[str, ...] = PARAGRAPHS
    plan: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = PLAN
    report: Report = field(
        default_factory=lambda: Report(
            number="12/BC-UBND",
            place="Hòa Bình",
            date="2023-03-20",
            title="Kết quả thực hiện nhiệm vụ quý I năm 2023",
            issuer="ỦY BAN NHÂN DÂN QUẬN HÒA BÌNH",
            area="quận Hòa Bình",
            period="2023-Q1",
        )
    )
    content: bytes = b"bao cao quy 1"
    name: str = "bao-cao-quy-1.md"
    format: str = "markdown"
    pages: int = 0
    confidence: float = 1.0  # of recognition


def build(draft: Draft | None = None, **changes: Any) -> tuple[Extraction, bytes]:
    """An extraction and the bytes of its file."""
    wanted = replace(draft or Draft(), **changes)
    text, spans = _lay_out(wanted.paragraphs)
    sections = (
        Section("I", "I.", "TÌNH HÌNH KINH TẾ", 1, None, 0, _end(spans, 4)),
        Section("I.1", "1.", "Công nghiệp", 2, "I", spans[1][0], _end(spans, 2)),
        Section("I.2", "2.", "Thương mại", 2, "I", spans[3][0], _end(spans, 4)),
        Section("II", "II.", "VĂN HÓA - XÃ HỘI", 1, None, spans[5][0], len(text)),
    )
    blocks = tuple(
        Block(start, end, BlockKind.HEADING if n in (0, 1, 3, 5) else BlockKind.PARAGRAPH, _section(sections, start))
        for n, (start, end) in enumerate(spans)
    )
    figures = tuple(_figures(text, wanted, sections))
    document = Document(
        text=text,
        blocks=blocks,
        sections=sections,
        footnotes=(Footnote("1", spans[7][0] + 20, spans[8][0], spans[8][1]),),
        report=wanted.report,
        placements=_placements(text, wanted),
        source=Source(
            wanted.name,
            hashlib.sha256(wanted.content).hexdigest(),
            wanted.format,
            len(wanted.content),
            pages=wanted.pages,
        ),
    )
    findings = (
        Finding("PLAN_RATIO", Level.WARN, "162.409 triệu đồng không khớp với 21,53% kế hoạch.", (figures[0].id,)),
    )
    twelve = text.find("12 hộ.")
    digits = (Digit(twelve, twelve + 2, "12", "unexplained"),) if twelve >= 0 else ()
    return Extraction(document, figures, findings, digits), wanted.content


def _lay_out(paragraphs: tuple[str, ...]) -> tuple[str, list[tuple[int, int]]]:
    spans, position = [], 0
    for paragraph in paragraphs:
        spans.append((position, position + len(paragraph)))
        position += len(paragraph) + 1
    return "\n".join(paragraphs), spans


def _end(spans: list[tuple[int, int]], index: int) -> int:
    return spans[index][1]


def _section(sections: tuple[Section, ...], offset: int) -> str | None:
    inside = [s for s in sections if s.start <= offset < s.end]
    return min(inside, key=lambda s: s.end - s.start).path if inside else None


def _figures(text: str, draft: Draft, sections: tuple[Section, ...]) -> list[Figure]:
    found, position = [], 0
    for n, (quote, indicator, value, unit, more) in enumerate(draft.plan):
        start = text.index(quote, position)
        position = start + len(quote)
        comparison = text.find("21,53% kế hoạch")
        found.append(
            Figure(
                id=f"{draft.name[:3]}-{n}",
                kind=Kind.PERFORMANCE if n < 2 else Kind.COUNT,
                indicator=indicator,
                value=Decimal(value),
                unit=unit,
                quote=quote,
                start=start,
                end=position,
                period=draft.report.period,
                period_from="stated",
                area=draft.report.area,
                section=_section(sections, start),
                page=1 if draft.pages else None,
                boxes=(Box(1, 72, 80 + 30 * n, 200, 95 + 30 * n),) if draft.pages else (),
                comparisons=(
                    Comparison(
                        Base.PLAN,
                        Measure.RATIO,
                        Decimal("21.53"),
                        "%",
                        "21,53%",
                        comparison,
                        comparison + 6,
                        decimals=2,
                    ),
                )
                if n == 0
                else (),
                **more,
            )
        )
    return found


def _placements(text: str, wanted: Draft) -> tuple[Placement, ...]:
    return (Placement(0, len(text), Box(1, 72, 72, 520, 780), wanted.confidence),) if wanted.pages else ()
