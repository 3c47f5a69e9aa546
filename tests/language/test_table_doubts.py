"""What a figure of a scanned table leans on, and the doubts that a word read unsurely hands down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractor.domain.document import Box, Document, Placement, Remark
from extractor.domain.figure import Figure
from extractor.language import read_figures
from extractor.language.table_doubts import Leaning
from extractor.language.table_headers import Column
from extractor.paper.structure.assemble import assemble
from extractor.paper.text.reader import read_text

TABLE = """Biểu 3. Kết quả tiêm phòng. Đơn vị tính: liều

| Xã | Kế hoạch năm 2023 | Thực hiện năm 2023 | So với kế hoạch (%) |
|---|---|---|---|
| Tân Khê | 120 | 96 | 80,0 |
| Đại Khê | 250 | 245 | 98,0 |
| Lam Khê | 300 | 270 | 90,0 |
"""


def recognised(source: str, doubtful: str = "", code: str = "low_confidence") -> Document:
    """The table as if it had been read from a picture, one of its words unsurely."""
    document = assemble(read_text(source))
    at = document.text.index(doubtful) if doubtful else 0
    seen = Placement(document.tables[0].start, document.tables[0].end, Box(1, 0, 0, 9, 9), 0.9)
    remarks = [Remark(at, at + len(doubtful), code)] if doubtful else []
    return replace(document, placements=(seen,), remarks=(*document.remarks, *remarks))


def figures(document: Document) -> dict[str, Figure]:
    return {figure.quote: figure for figure in read_figures(document, report_period="2023")[0]}


@pytest.mark.parametrize(
    ("word", "code", "doubted", "doubt"),
    [
        ("Đại Khê", "low_confidence", {"250", "245"}, "indicator_uncertain"),
        ("Thực hiện năm 2023", "low_confidence", {"96", "245", "270"}, "period_unsure"),
        ("Kế hoạch năm 2023", "head_unsure", {"120", "250", "300"}, "unit_unsure"),
        ("So với kế hoạch", "readers_disagree", {"96", "245", "270"}, "base_unsure"),
        ("liều", "low_confidence", {"120", "96", "250", "245", "300", "270"}, "unit_unsure"),
    ],
)
def test_figures_that_lean_on_a_doubtful_word_are_doubted_and_no_others(
    word: str, code: str, doubted: set[str], doubt: str
) -> None:
    found = figures(recognised(TABLE, word, code))
    assert {quote for quote, figure in found.items() if doubt in figure.doubts} == doubted


@pytest.mark.parametrize(("sure", "is_doubted"), [(0.61, True), (0.95, False)])
def test_a_unit_read_less_surely_than_print_is_doubted(sure: float, is_doubted: bool) -> None:
    document = recognised(TABLE)
    at = document.text.index("liều")
    unit = Placement(at, at + 4, Box(1, 0, 0, 9, 9), sure)
    document = replace(document, placements=(unit, *document.placements))
    assert {"unit_unsure" in figure.doubts for figure in figures(document).values()} == {is_doubted}


def test_a_table_that_was_read_surely_hands_down_no_doubt() -> None:
    handed = {"indicator_uncertain", "unit_unsure", "period_unsure", "base_unsure"}
    assert not any(handed & {*figure.doubts} for figure in figures(recognised(TABLE)).values())


@pytest.mark.parametrize(
    ("was", "read", "doubt"),
    [
        ("Đại Khê", "Đạiị Khê", "indicator_uncertain"),
        ("Đại Khê", "Thủy sản đông lanh", "indicator_uncertain"),
        ("liều", "liêu", "unit_unsure"),
        ("(%)", "%)", "base_unsure"),
        ("Thực hiện năm 2023", "rT Tở Los(c", "period_unsure"),
    ],
)
def test_what_no_report_writes_is_doubted_however_sure_it_was(was: str, read: str, doubt: str) -> None:
    found = figures(recognised(TABLE.replace(was, read)))
    assert doubt in found["245"].doubts
    born = {f.quote: f for f in read_figures(assemble(read_text(TABLE.replace(was, read))), report_period="2023")[0]}
    assert doubt not in born["245"].doubts


def test_a_column_of_a_picture_without_a_head_was_not_read_whole() -> None:
    nameless = Column("value", "")
    assert Leaning(is_recognised=True).of_head(nameless, TABLE, []) == ("period_unsure", "unit_unsure")
    assert Leaning().of_head(nameless, TABLE, []) == ()
