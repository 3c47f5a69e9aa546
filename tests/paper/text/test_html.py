"""Web pages: paragraphs, tables with their spans, notes; nothing that a reader of the page would not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.read import read_document
from extractor.paper.text.html import read_html
from tests.waiting import starts_processes

PAGE = """<!DOCTYPE html><html><head><title>x</title><meta charset="utf-8"><style>p {color: red}</style></head><body>
<script>var figures = "999 tỷ đồng";</script>
<h1>BÁO CÁO</h1><p>Quý I năm 2023 thu <b>ngân sách</b> ước
 56.057&nbsp;triệu đồng<sup>[1]</sup>, đạt 10,9% kế&#160;hoạch; chi 5 * 3 và #4 &lt; 5.</p>
<p style="display:none">888 tỷ đồng</p>
<ul><li>Lúa 5 ha</li><li>Ngô 6 ha</li></ul>
<table border=1><tr><th rowspan=2>Chỉ tiêu</th><th colspan="2">Năm</th></tr><tr><th>2022</th><th>2023</th></tr>
<tr><td><p>Thu phí</p></td><td>12</td><td>13,5</td></tr></table>
<p><sup>[1]</sup> Thuế 27.185 triệu đồng.</p></body></html>"""


def test_a_page_reads_as_it_is_shown() -> None:
    flow = read_html(PAGE.encode(), "a.html")
    texts = [piece.text for piece in flow.pieces if piece.text]
    assert texts[:2] == [
        "BÁO CÁO",
        "Quý I năm 2023 thu ngân sách ước 56.057 triệu đồng, đạt 10,9% kế hoạch; chi 5 * 3 và #4 < 5.",
    ]
    assert texts[2:4] == ["- Lúa 5 ha", "- Ngô 6 ha"]
    assert [(piece.note, piece.text) for piece in flow.pieces if piece.note] == [("1", "Thuế 27.185 triệu đồng.")]
    [mark] = flow.pieces[1].marks
    assert flow.pieces[1].text[: mark.offset].endswith("triệu đồng")
    [grid] = [piece.grid for piece in flow.pieces if piece.grid]
    assert [(cell.text, cell.rows, cell.columns, cell.header) for cell in grid[:3]] == [
        ("Chỉ tiêu", 2, 1, True),
        ("Năm", 1, 2, True),
        ("2022", 1, 1, True),
    ]
    assert [cell.text for cell in grid[4:]] == ["Thu phí", "12", "13,5"]
    assert not any(hidden in piece.text for piece in flow.pieces for hidden in ("999", "888", "color"))


@starts_processes
def test_a_page_is_known_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.txt"
    path.write_text(PAGE, encoding="utf-8")
    document = read_document(path)
    assert document.source is not None
    assert document.source.format == "html"
    assert "56.057 triệu đồng" in document.text


def test_windows_letters_come_out_composed() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset=windows-1258"><p>Hµ</p></html>'
    data = page.replace("Hµ", "Vi\xea\u0323t Nam").encode("cp1258")
    assert [piece.text for piece in read_html(data, "a.html").pieces] == ["Việt Nam"]


@pytest.mark.parametrize(
    ("data", "result"), [("<div>" * 5000 + "12 ha", Result.REFUSED), ("<html></html>", Result.EMPTY)]
)
def test_pages_without_end_or_words_are_refused(data: str, result: Result) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_html(data.encode(), "a.html")
    assert caught.value.result is result
