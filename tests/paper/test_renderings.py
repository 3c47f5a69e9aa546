"""One report, many files: PDF, Word, Markdown and the encodings from before Unicode give the same figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from viparse.normalize.encodings import CHARMAPS

from extractor.domain.document import Document
from extractor.domain.figure import Base, Figure, Measure, Status
from extractor.paper.pdf.reader import read_pdf
from extractor.paper.read import read_in_process
from extractor.paper.structure.assemble import assemble
from extractor.paper.text.reader import read_text_bytes
from extractor.paper.word.reader import read_docx
from extractor.pipeline import extract_document
from tests.paper.press import Press
from tests.paper.tables.test_ruled import fill
from tests.paper.word_files import word_file

CORPUS = Path(__file__).parents[2] / "corpus"
RENDERED = sorted(CORPUS / f"{path.stem}{suffix}" for path in CORPUS.glob("*.md") for suffix in (".docx", ".pdf"))
RENDERED = [path for path in RENDERED if path.is_file()]
_RAISED = re.compile("[¹²³⁰⁴-⁹]+")
ENOUGH = 0.995  # of the figures: a letter that an encoding does not have may cost a name


@cache
def figures_of(path: Path) -> tuple[Figure, ...]:
    return extract_document(read_in_process(path)).figures


def share(one: Sequence[object], other: Sequence[object]) -> float:
    """Of all figures, those that stand in both in the same order."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return 2 * sum(block.size for block in matcher.get_matching_blocks()) / (len(one) + len(other))


def written(figures: Sequence[Figure]) -> list[object]:
    """What was read, without places in the text and on paper."""
    fields = ("indicator", "qualifier", "parent", "value", "value_max", "bound", "total", "unit", "status", "period")
    where = ("section", "footnote")
    return [
        (
            *(getattr(figure, name) for name in fields + where),
            tuple((c.kind, c.base, c.value, c.value_max, c.unit) for c in figure.comparisons),
        )
        for figure in figures
    ]


def numbers(figures: Sequence[Figure]) -> list[object]:
    return [
        (f.value, f.value_max, f.total, f.unit, f.status, tuple((c.kind, c.base, c.value) for c in f.comparisons))
        for f in figures
    ]


@pytest.mark.parametrize("path", RENDERED, ids=lambda path: path.name)
def test_every_rendering_of_the_corpus_gives_the_figures_of_its_source(path: Path) -> None:
    source = figures_of(path.with_suffix(".md"))
    assert len(source) > 50
    assert share(written(figures_of(path)), written(source)) == 1


@pytest.mark.parametrize("ending", ["docx", "md"])
def test_renderings_of_the_real_report(ending: str, shared: Path) -> None:
    report = shared / "reports" / "kien-an-2023-q1.pdf"
    assert share(written(figures_of(report)), written(figures_of(report.with_suffix(f".{ending}")))) >= ENOUGH


def test_the_real_report_in_an_old_encoding(shared: Path) -> None:
    """The file holds the first third of the report: all its figures are the PDF's, and none is missing between them."""
    old = numbers(figures_of(shared / "reports" / "kien-an-2023-q1.tcvn3.docx"))
    new = numbers([f for f in figures_of(shared / "reports" / "kien-an-2023-q1.pdf") if f.footnote is None])
    assert len(old) > 60
    assert share(old, new[: len(old)]) >= ENOUGH


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "vps"])
@pytest.mark.parametrize("slug", ["minh-giang-2023-q1", "dai-khe-2010"])
def test_a_report_typed_in_an_old_encoding(slug: str, encoding: str) -> None:
    text = _RAISED.sub(_typed_mark, (CORPUS / f"{slug}.md").read_text(encoding="utf-8"))
    typed = {new: old for old, new in CHARMAPS[encoding].pairs}
    if encoding == "tcvn3":  # which has no capitals with accents; fonts drew them
        typed = {letter.upper(): code for letter, code in typed.items() if letter.upper() != letter} | typed
    old = read_text_bytes("".join(typed.get(letter, letter) for letter in text).encode("utf-8"), "cũ.md")
    new = read_text_bytes(text.encode("utf-8"), "mới.md")
    assert (old.encoding, new.encoding) == (encoding, None)
    found, expected = (extract_document(assemble(flow.pieces)).figures for flow in (old, new))
    assert len(expected) > 100
    assert share(numbers(found), numbers(expected)) >= ENOUGH


def _typed_mark(raised: re.Match[str]) -> str:
    """A note's mark as people typed it before Unicode: the codes of raised digits are letters there."""
    plain = unicodedata.normalize("NFKC", raised[0])
    return plain if raised.string[raised.start() - 1] == "m" else f"[{plain}]"


# ------------------------------------------------------------------------------------------------------------- annex


@dataclass(frozen=True)
class Row:
    """A line of an annex with the columns of the real one; a cell of "-" or nothing is None."""

    name: str
    unit: str
    plan: Decimal | None
    done: Decimal | None
    of_plan: Decimal | None
    of_last_year: Decimal | None


def number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(".", "").replace(",", ".")) if cell.strip("- ") else None


def rows_in(document: Document) -> list[Row]:
    """The rows that hold numbers, off the cells alone."""
    [table] = document.tables
    grid: dict[int, list[str]] = {}
    for cell in table.cells:
        if not cell.header:
            grid.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return [Row(cells[1], cells[2], *map(number, cells[3:])) for cells in grid.values() if any(cells[2:])]


def check_annex(document: Document) -> int:
    """Every cell with a number is a figure or a figure's comparison, with the right meaning, and nothing else is."""
    [table] = document.tables
    found = [f for f in extract_document(document).figures if table.start <= f.start < table.end]
    cells = 0
    for row in rows_in(document):
        for value, status, comparisons in (
            (row.plan, Status.PLAN, []),
            (
                row.done,
                Status.ESTIMATE,
                [
                    (base, value)
                    for base, value in ((Base.PLAN, row.of_plan), (Base.SAME_PERIOD, row.of_last_year))
                    if value is not None
                ],
            ),
        ):
            if value is None:
                continue
            figure = found.pop(0)
            assert (figure.value, figure.unit, figure.status) == (value, row.unit, status), row
            assert figure.indicator and figure.indicator in row.name, row
            assert [(c.base, c.value) for c in figure.comparisons] == comparisons, row
            assert all(c.kind is Measure.RATIO for c in figure.comparisons)
            assert figure.period == ("2023" if status is Status.PLAN else "2023-Q1")
            cells += 1 + len(comparisons)
    assert not found
    return cells


ANNEX = [
    ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2023", "Ước thực hiện quý I/2023", "% so KH", "% so cùng kỳ"],
    ["I", "KINH TẾ", "", "", "", "", ""],
    ["1", "Giá trị sản xuất công nghiệp", "Triệu đồng", "754.338", "162.409", "21,53", "109,7"],
    ["", "- Nông nghiệp", "Triệu đồng", "102.102", "16.663", "16,32", "101,8"],
    ["2", "Giải ngân vốn đầu tư công", "Triệu đồng", "121.067", "28.693", "23,7", ""],
    ["II", "XÃ HỘI", "", "", "", "", ""],
    ["1", "Số học sinh dự thi", "Học sinh", "-", "269", "-", "-"],
    ["2", "Tỷ lệ văn bản ký số", "%", "100", "98,9", "98,9", "101,7"],
    ["3", "Số lượt tiếp công dân", "Lượt", "-", "56", "-", "112,0"],
]  # fmt: skip
TITLE = ["BÁO CÁO", "Tình hình kinh tế - xã hội quý I năm 2023", "Phụ lục: Kết quả thực hiện quý I năm 2023"]


def test_the_annex_of_the_real_report(shared: Path) -> None:
    document = read_in_process(shared / "reports" / "kien-an-2023-q1.with-table.pdf")
    assert check_annex(document) == 100


def word_table(rows: list[list[str]]) -> str:
    def cell(text: str) -> str:
        return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    return f"<w:tbl>{''.join(f'<w:tr>{str().join(map(cell, row))}</w:tr>' for row in rows)}</w:tbl>"


def test_an_annex_in_word() -> None:
    title = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TITLE)
    document = assemble(read_docx(word_file(title + word_table(ANNEX)), "phụ lục.docx").pieces)
    assert check_annex(document) == 18


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "unruled"])
def test_an_annex_on_paper(ruled: bool) -> None:
    press = Press().page(842, 595)
    for line, text in enumerate(TITLE):
        press.text(300, 60 + 20 * line, text, bold=True)
    xs, top, high = [60, 90, 290, 390, 500, 640, 710, 800], 120, 22
    fill(press, top, ANNEX, xs=xs, high=high)
    if ruled:
        bottom = top + high * len(ANNEX)
        for index in range(len(ANNEX) + 1):
            press.line(xs[0], top + high * index, xs[-1], top + high * index)
        for x in xs:
            press.line(x, top, x, bottom)
    assert check_annex(assemble(read_pdf(press.bytes()).pieces)) == 18


@pytest.mark.parametrize(
    "above",
    [
        ["Biểu 1: Thu chi ngân sách", "Đơn vị tính: triệu đồng"],
        ["Biểu 1: Thu chi ngân sách (đơn vị tính: triệu đồng)"],
        ["PHỤ LỤC I", "(Kèm theo Báo cáo số 5/BC-UBND ngày 5 tháng 4 năm 2023)", "ĐVT: triệu đồng"],
        ["Đơn vị tính: triệu đồng"],
    ],
)
def test_the_unit_above_a_table_is_that_of_its_numbers(above: list[str]) -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Kế hoạch năm 2023", "Thực hiện quý I/2023"],
        ["1", "Thu ngân sách", "514.284", "56.057"],
        ["2", "Chi ngân sách", "568.165", "140.905"],
        ["3", "Giải ngân", "121.067", "28.693"],
    ]
    press = Press().page(842, 595)
    for line, text in enumerate([*TITLE[:2], *above]):
        press.text(300, 60 + 20 * line, text, bold=line < 2)
    fill(press, 160, rows, xs=[60, 90, 290, 430, 570], high=22)
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in [*TITLE[:2], *above])
    for pieces in (
        read_pdf(press.bytes()).pieces,
        read_docx(word_file(paragraphs + word_table(rows)), "a.docx").pieces,
    ):
        document = assemble(pieces)
        [table] = document.tables
        figures = [f for f in extract_document(document).figures if f.start >= table.start]
        assert [(f.value, f.unit) for f in figures] == [
            (number(cell), "triệu đồng") for row in rows[1:] for cell in row[2:]
        ]


def test_a_header_of_two_rows_and_a_row_that_numbers_the_columns_in_word() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    start, below, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    head = "".join(cell(text, start) for text in ("TT", "Chỉ tiêu", "ĐVT"))
    head += cell("Quý I năm 2023", wide) + cell("So sánh (%)", wide)
    under = cell("", below) * 3 + "".join(map(cell, ("Kế hoạch", "Thực hiện", "So KH", "Tăng, giảm so CK")))
    group = cell("I") + cell("NÔNG NGHIỆP", '<w:gridSpan w:val="6"/>')
    rows = [
        ["A", "B", "C", "1", "2", "3=2/1", "4"],
        ["1", "Lúa", "ha", "1.200", "1.150", "95,8", "-2,5"],
        ["", "Trong đó: lúa lai", "ha", "", "150", "", "…"],
        ["2", "Ngô", "ha", "-", "80", "-", "+12,0"],
    ]
    numbering, *body = ("".join(map(cell, row)) for row in rows)
    table = "".join(f"<w:tr>{row}</w:tr>" for row in (head, under, numbering, group, *body))
    title = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TITLE)
    document = assemble(read_docx(word_file(f"{title}<w:tbl>{table}</w:tbl>"), "phụ lục.docx").pieces)
    found = [
        (f.indicator, str(f.value), [(c.kind, c.base, str(c.value)) for c in f.comparisons])
        for f in extract_document(document).figures
    ]
    assert found == [
        ("Lúa", "1200", []),
        ("Lúa", "1150", [(Measure.RATIO, Base.PLAN, "95.8"), (Measure.CHANGE, Base.SAME_PERIOD, "-2.5")]),
        ("lúa lai", "150", []),
        ("Ngô", "80", [(Measure.CHANGE, Base.SAME_PERIOD, "12.0")]),
    ]


def test_a_table_without_rules_over_pages_with_groups_below_its_header() -> None:
    head = ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2023", "Thực hiện quý I/2023", "% so KH"]
    press = Press()
    for page in range(2):
        group = ["", f"NGÀNH {'AB'[page]}", "", "", "", ""]
        rows = [
            [str(i + 1), f"Sản phẩm {'abcdefgh'[i + 4 * page]}", "Tấn", f"1.{i}00", f"{i}00", f"{i},5"]
            for i in range(1, 4)
        ]
        fill(press.page(842, 595), 60, [head, group, *rows], xs=[60, 90, 300, 380, 500, 640, 720], high=20)
    document = assemble(read_pdf(press.bytes()).pieces)
    [table] = document.tables
    assert {cell.row for cell in table.cells if cell.header} == {0}
    assert document.text.count("Chỉ tiêu") == 1
    figures = extract_document(document).figures
    assert [(f.indicator, len(f.comparisons)) for f in figures] == [
        (f"Sản phẩm {letter}", count) for letter in "bcdfgh" for count in (0, 1)
    ]
