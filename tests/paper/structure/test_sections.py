"""Labels, outline, titles, list nesting: paragraphs in, sections and blocks out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.document import BlockKind, Document
from extractor.domain.letters import ALPHABET
from extractor.paper.structure.assemble import assemble
from extractor.paper.structure.flow import GridCell, Piece
from extractor.paper.structure.labels import item_mark, read_labels, roman_value


def build(text: str, **flags: bool) -> Document:
    return assemble([Piece(line, **flags) for line in text.strip().split("\n")])


def paths(text: str) -> list[str]:
    return [section.path for section in build(text).sections]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("I. A\n1. B:\n2. C:\nII. D\n1. E:", "I I.1 I.2 II II.1"),
        ("I- A\n1/ B:\na/ C:\nb/ D:\n2/ E:", "I I.1 I.1.a I.1.b I.2"),
        ("II. A\n5. B:\n5.1. C:\na) D:\nb) E:\n5.2. F\n5.2.1. G\n5.2.2. H\n6. I:",
         "II II.5 II.5.1 II.5.1.a II.5.1.b II.5.2 II.5.2.1 II.5.2.2 II.6"),
        ("A. X\nI. Y\n1. Z:\nB. U\nI. V", "A A.I A.I.1 B B.I"),
        ("PHẦN THỨ NHẤT\nKẾT QUẢ\nI. A\nII. B\nPHẦN THỨ HAI\nNHIỆM VỤ\nI. C", "P1 P1.I P1.II P2 P2.I"),
        ("Phần I. KẾT QUẢ\nI. A\nII. B\nPhần II. NHIỆM VỤ\nIII. C", "P1 P1.I P1.II P2 P2.III"),
        ("II. A\nII.1. B:\nII.1.1. C:\nII.2. D:", "II II.1 II.1.1 II.2"),
        ("1. A:\na) B:\na.1) C:\na.2) D:\nb) E:", "1 1.a 1.a.1 1.a.2 1.b"),
        ("I. A\n1. B:\n1) C:\n2) D:\n2. E:", "I I.1 I.1.1 I.1.2 I.2"),
        ("I. A\n1. B:\nd) Một:\nđ) Hai:\ne) Ba:\ng) Bốn:", "I I.1"),
        ("III. A\n* Bên cạnh kết quả, còn hạn chế:\n- x\n* Nguyên nhân:\n- y\nIV. B", "III III.*1 III.*2 IV"),
    ],
)  # fmt: skip
def test_paths_follow_the_labels(printed: str, expected: str) -> None:
    assert paths(printed) == expected.split()


def test_letters_count_in_the_order_of_the_law() -> None:
    text = "1. Các việc:\n" + "\n".join(f"{letter}) Việc {letter}:" for letter in ALPHABET)
    assert paths(text) == ["1", *(f"1.{letter}" for letter in ALPHABET)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("3. Xã hội:\n3.1 Tổ chức lễ hội:\n3.2. Giáo dục:", "3 3.1 3.2"),  # a dot left out
        ("l. Xã hội\n1.1 Lễ hội: Đạt 3 giải.\n1.2 Giáo dục: Có 5 trường.\n2. Y tế:", "1.1 1.2 2"),  # no parent
        ("I. A\n1. B:\n3. C:\n4. D:", "I I.1 I.3 I.4"),  # a number skipped
        ("I. A\n1. B:\n2. C:\n2. D:\n3. E:", "I I.1 I.2 I.2(2) I.3"),  # a number twice
        ("I. A\nIII. B", "I III"),
        ("2. A:\n2.1.1. B:", "2 2.1.1"),  # a level left out
        ("5. A:\n5.1. B:\n6. C:\n5.1. D:", "5 5.1 6 6.1"),  # printed under the wrong number
        ("1. A:\n1.1. B:\n2.1. C:\n2.2. D:", "1 1.1 2.1 2.2"),  # the heading "2." left out
        ("I. A\n1. Gồm các việc sau:\n1. Trồng lúa:\n2. Trồng ngô:\n2. Việc khác:", "I I.1 I.1.1 I.1.2 I.2"),
        ("I. A\n5. Kinh tế:\n6. Xã hội:", "I I.5 I.6"),  # an excerpt
    ],
)
def test_slips_keep_their_place(printed: str, expected: str) -> None:
    result = paths(printed)
    assert result == expected.split()
    assert len(set(result)) == len(result)


@pytest.mark.parametrize(
    "line",
    [
        "06 Đình, Đền được tu bổ.",
        "100% chỉ tiêu được hoàn thành.",
        "2023 là năm bản lề của nhiệm kỳ.",
        "9/10 phường đạt chuẩn.",
        "1.046 ha ngô đạt 16,1% kế hoạch.",
        "5.2 tỷ đồng từ ngân sách huyện.",
        "30/4 và 1/5 được tổ chức trang trọng.",
        "15 xã đạt chuẩn nông thôn mới.",
        "C. Mác và Ph. Ăngghen được trích dẫn nhiều lần trong tài liệu.",
        "V.I. Lênin được nhắc đến.",
        "Phần lớn các chỉ tiêu đều đạt.",
        "Biểu dương 05 tập thể.",
        "Mục tiêu chung đã rõ.",
    ],
)
def test_a_number_that_begins_a_sentence_opens_no_section(line: str) -> None:
    document = build(f"I. KẾT QUẢ\n1. Kinh tế:\n{line}")
    assert [section.path for section in document.sections] == ["I", "I.1"]
    assert document.text[document.blocks[-1].start : document.blocks[-1].end] == line


def test_a_run_in_title_ends_at_its_colon() -> None:
    document = build("3. Xã hội:\n3.2. Công tác giáo dục (cấp quận: đợt 1): Chỉ đạo các trường: sơ kết học kỳ I.")
    heading, rest = document.blocks[1:]
    assert (heading.kind, rest.kind) == (BlockKind.HEADING, BlockKind.PARAGRAPH)
    assert document.text[heading.start : heading.end] == "3.2. Công tác giáo dục (cấp quận: đợt 1):"
    assert document.text[rest.start : rest.end] == "Chỉ đạo các trường: sơ kết học kỳ I."
    assert document.text[heading.content :].startswith("Công tác")
    assert rest.parent == 1
    assert document.sections[1].title == "Công tác giáo dục (cấp quận: đợt 1)"
    assert document.sections[1].label == "3.2."


def test_a_numbered_sentence_is_a_section_that_reads_as_a_paragraph() -> None:
    document = build(
        "IV. NHIỆM VỤ\n1. Thu ngân sách quý I ước đạt 15.257 triệu đồng, bằng 24% dự toán.\n2. Giữ vững an ninh."
    )
    assert [(block.kind, block.section) for block in document.blocks] == [
        (BlockKind.HEADING, "IV"),
        (BlockKind.PARAGRAPH, "IV.1"),
        (BlockKind.HEADING, "IV.2"),
    ]
    assert document.sections[1].title == "Thu ngân sách quý I ước đạt 15.257 triệu đồng, bằng 24% dự toán"


def test_a_short_first_sentence_is_a_run_in_title() -> None:
    document = build("1. Trồng trọt:\n1.1. Cây ngô. Diện tích 3.100 ha. Sản lượng 12.000 tấn.")
    assert document.sections[1].title == "Cây ngô"
    assert [document.text[b.start : b.end] for b in document.blocks[1:]] == [
        "1.1. Cây ngô.",
        "Diện tích 3.100 ha. Sản lượng 12.000 tấn.",
    ]


def test_a_form_once_seen_is_known() -> None:
    text = "A- KINH TẾ\n1- Lúa: Tốt.\n2- Sản lượng ngô đạt 46.000 tấn.\nB- XÃ HỘI\n1- Thu ngân sách đạt 12 tỷ đồng."
    assert paths(text) == ["A", "A.1", "A.2", "B", "B.1"]


def test_a_long_numbered_sentence_is_titled_by_its_first_clause() -> None:
    tail = " theo chỉ đạo của cấp trên và hướng dẫn của các ngành liên quan" * 4
    document = build(f"I. A\n1. Tổ chức sơ kết giữa nhiệm kỳ thực hiện Nghị quyết Đại hội (theo Kế hoạch số 65){tail}.")
    assert document.sections[-1].title == "Tổ chức sơ kết giữa nhiệm kỳ thực hiện Nghị quyết Đại hội"


def test_a_table_of_contents_names_no_section() -> None:
    assert paths("MỤC LỤC\nI. KẾT QUẢ ............ 2\nII. HẠN CHẾ……………… 5\nI. KẾT QUẢ\nTốt.\nII. HẠN CHẾ\nKhông.") == [
        "I",
        "II",
    ]


def test_dots_that_lead_to_a_figure_are_text() -> None:
    assert build("- Lúa ............ 412").text == "- Lúa ............ 412"


def test_lists_know_what_they_detail() -> None:
    document = build(
        "1. Vốn đầu tư:\n- Kế hoạch vốn, trong đó:\n"
        "+ Ngân sách tỉnh;\n+ Ngân sách huyện.\n- Giải ngân.\nĐoạn văn.\n- Khác."
    )
    depths = [(block.depth, block.parent) for block in document.blocks]
    assert depths == [(0, None), (1, 0), (2, 1), (2, 1), (1, 0), (0, None), (1, 0)]


def test_a_lead_in_is_the_parent_of_its_list() -> None:
    document = build("I. KẾT QUẢ\nĐã thực hiện các việc sau:\n- Một.\n- Hai.")
    assert [block.parent for block in document.blocks] == [None, None, 1, 1]


def test_dashes_below_a_plus_and_beside_it() -> None:
    nested = build("- Nhiệm vụ:\n+ Việc lớn:\n• nhỏ một\n• nhỏ hai\n+ Việc khác\n- Nhiệm vụ sau")
    assert [(block.depth, block.parent) for block in nested.blocks] == [
        (1, None),
        (2, 0),
        (3, 1),
        (3, 1),
        (2, 0),
        (1, None),
    ]
    orphan = build("+ Một\n- Hai\n- Ba")
    assert [block.depth for block in orphan.blocks] == [2, 1, 1]


def test_an_annex_behind_the_signature_is_body_again() -> None:
    grid = (
        GridCell(0, 0, "Chỉ tiêu", header=True),
        GridCell(0, 1, "ha", header=True),
        GridCell(1, 0, "Lúa"),
        GridCell(1, 1, "412"),
    )
    lines = [
        "I. KẾT QUẢ",
        "Đã xong./.",
        "Nơi nhận:",
        "- Lưu: VT.",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
        "PHỤ LỤC I",
        "MỘT SỐ CHỈ TIÊU",
    ]
    document = assemble([*(Piece(line) for line in lines), Piece("", grid=grid)])
    assert [section.path for section in document.sections] == ["I", "PL1"]
    assert document.sections[-1].title == "MỘT SỐ CHỈ TIÊU"
    table = document.tables[0]
    assert table.section == "PL1"
    assert [document.text[cell.start : cell.end] for cell in table.cells] == ["Chỉ tiêu", "ha", "Lúa", "412"]
    assert document.text[table.start : table.end] == "Chỉ tiêu\tha\nLúa\t412"


@given(st.integers(1, 399))
def test_roman_numbers_have_one_spelling(value: int) -> None:
    ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
    written = "C" * (value // 100) + tens[value // 10 % 10] + ones[value % 10]
    assert roman_value(written) == value


@pytest.mark.parametrize("wrong", ["IIII", "VX", "IC", "", "ABC", "VV"])
def test_misspelt_roman_numbers_are_none(wrong: str) -> None:
    assert roman_value(wrong) == 0


@given(st.text(alphabet="-+*•–()1209.,/:aIVXđ Cần", max_size=12))
def test_labels_never_reach_beyond_their_text(text: str) -> None:
    for label in read_labels(text):
        assert 0 < label.end <= len(text)
        assert label.text
    if found := item_mark(text):
        assert 0 < found[1] <= len(text)
