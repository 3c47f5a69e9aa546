"""A scan with its words laid over it: found where they stand, and nothing to see of them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from extractor.domain.document import Box, Document, Placement
from extractor.domain.errors import InvalidInput, UnreadableFile
from extractor.paper.ocr.searchable_pdf import lay_over, words_of, write_searchable
from extractor.paper.pdf.matrix import Matrix
from extractor.paper.read import read_in_process
from extractor.paper.structure.placements import boxes_of
from tests.paper.press import Press

TEXT = "Quý I năm 2023 thu ngân sách ước thực hiện 56.057 triệu đồng, đạt 10,9% kế hoạch năm của huyện."


@pytest.fixture(params=[0, 90, 180, 270])
def scan(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Document]:
    """A picture that lies turned in its file and is shown upright, and what a perfect recogniser makes of it."""
    press = Press().page()
    y, _ = press.paragraph(80, TEXT)
    press.paragraph(y + 20, TEXT)
    born = tmp_path / "in.pdf"
    born.write_bytes(press.bytes())
    document = read_in_process(born)
    words = [
        Placement(*match.span(), boxes_of(document, *match.span())[1][0], 0.9)
        for match in re.finditer(r"\S+", document.text)
    ]
    path = tmp_path / "quet.pdf"
    with pypdfium2.PdfDocument(born) as pdf:
        picture = pdf[0].render(scale=2).to_pil().rotate(request.param, expand=True)
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=144)
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        pdf[0].set_rotation(request.param)
        pdf.save(path)
    return path, replace(document, placements=tuple(words))


def drawn(data: bytes | Path) -> bytes:
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[0].render(scale=1).to_pil().tobytes()


def test_words_are_found_in_their_boxes_and_the_page_looks_as_before(
    scan: tuple[Path, Document], tmp_path: Path
) -> None:
    path, document = scan
    target = tmp_path / "tim.pdf"
    write_searchable(path, document, target)
    assert drawn(target) == drawn(path)
    again = read_in_process(target)
    assert again.text == document.text
    for theirs in document.placements:
        [box] = boxes_of(again, theirs.start, theirs.end)[1]
        for side in ("x0", "top", "x1", "bottom"):
            assert getattr(box, side) == pytest.approx(getattr(theirs.box, side), abs=6)


def test_more_letters_than_one_font_holds() -> None:
    letters = "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "".join(map(chr, range(0x400, 0x500)))
    words = [(letters[at : at + 40], Box(1, 50, 40 + at, 500, 52 + at)) for at in range(0, len(letters), 40)]
    with pypdfium2.PdfDocument.new() as pdf:
        pdf.new_page(595, 842)
        out = io.BytesIO()
        pdf.save(out)
    with pypdfium2.PdfDocument(lay_over(out.getvalue(), words)) as pdf:
        found = pdf[0].get_textpage().get_text_range()
    assert all(word in found for word, _ in words)


def test_a_page_with_writing_gets_no_second_layer(tmp_path: Path) -> None:
    press = Press().page()
    press.paragraph(80, TEXT)
    path = tmp_path / "a.pdf"
    path.write_bytes(press.bytes())
    document = read_in_process(path)
    with pytest.raises(InvalidInput):
        write_searchable(path, document, tmp_path / "b.pdf")
    with pypdfium2.PdfDocument(lay_over(press.bytes(), words_of(document))) as pdf:
        assert pdf[0].get_textpage().get_text_range().count("56.057") == 1


def test_what_is_no_pdf_is_refused(scan: tuple[Path, Document], tmp_path: Path) -> None:
    torn = tmp_path / "hong.pdf"
    torn.write_bytes(b"%PDF-1.7 torn")
    with pytest.raises(UnreadableFile):
        write_searchable(torn, scan[1], tmp_path / "b.pdf")


def test_a_matrix_and_its_inverse_lead_back() -> None:
    at = Matrix(2, 0.5, -1, 3, 40, 7)
    assert at.then(at.inverse()) == pytest.approx(Matrix())
    assert Matrix(0, 0, 0, 0, 1, 1).inverse() == Matrix(0, 0, 0, 0, 1, 1)
