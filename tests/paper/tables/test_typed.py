"""Tables typed with tabs or spaces: found where lines break alike, left alone where nothing tells whose a number is."""

from __future__ import annotations

import pytest

from extractor.language import read_figures
from extractor.paper.structure.assemble import assemble
from extractor.paper.tables.typed import find_typed
from extractor.paper.text.reader import read_text

ROWS = [
    ["STT", "Chỉ tiêu", "ĐVT", "KH 2023", "TH 9 tháng", "TH/KH (%)"],
    ["I", "KINH TẾ"],
    ["1", "Diện tích lúa", "ha", "412", "409", "99,3"],
    ["2", "Hộ đạt gia đình văn hóa", "hộ", "1.150", "1.094", "95,1"],
]
TYPED = {
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "spaces": "\n".join("   ".join(row) for row in ROWS),
    "columns": "\n".join(
        "".join(word.ljust(width) for word, width in zip(row, (6, 28, 8, 10, 12, 10), strict=False)) for row in ROWS
    ),
}


@pytest.mark.parametrize("how", TYPED)
def test_a_typed_table_gives_its_figures(how: str) -> None:
    text = f"Kết quả thực hiện các chỉ tiêu như sau:\n{TYPED[how]}\n\nSố liệu do các ngành cung cấp.\n"
    figures, _ = read_figures(assemble(read_text(text)), report_period="2023-M01/M09")
    assert [(f.indicator, f.value, f.unit, f.period, [str(c.value) for c in f.comparisons]) for f in figures] == [
        ("Diện tích lúa", 412, "ha", "2023", []),
        ("Diện tích lúa", 409, "ha", "2023-M01/M09", ["99.3"]),
        ("Hộ đạt gia đình văn hóa", 1150, "hộ", "2023", []),
        ("Hộ đạt gia đình văn hóa", 1094, "hộ", "2023-M01/M09", ["95.1"]),
    ]


def test_what_lacks_at_the_end_of_a_row_is_blank_only_behind_tabs() -> None:
    tabbed = ["Xã\tSố hộ\tGhi chú", "An Lạc\t118\tmới", "Bình Minh\t96"]
    assert [(cell.row, cell.column, cell.text) for _, _, cells in find_typed(tabbed) for cell in cells][-2:] == [
        (2, 1, "96"),
        (2, 2, ""),
    ]
    assert [*find_typed([line.replace("\t", "   ") for line in tabbed])] == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Trong  năm  2023 huyện đạt 12 vụ", "tăng  3 vụ so  với cùng  kỳ", "và giảm  2 vụ"],
        ["- Số vụ:\t12", "- Số người:\t14", "- Số hộ:\t9"],
        ["Họ tên\tChức vụ\tĐơn vị", "Trần An\tTrưởng phòng\tPhòng Nội vụ", "Lê Bình\tPhó phòng\tPhòng Tư pháp"],
    ],
    ids=["words set wide", "two parts", "no numbers"],
)
def test_other_lines_are_no_table(lines: list[str]) -> None:
    assert [*find_typed(lines)] == []
