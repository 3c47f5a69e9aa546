"""Random passages out of the words that reports are made of, so that a property meets real turns of phrase."""

from __future__ import annotations

from hypothesis import strategies as st

NAMES = [
    "Sản lượng tôm",
    "Thu nội địa",
    "số vụ cháy",
    "đàn trâu",
    "Tỷ lệ hộ nghèo",
    "giấy phép",
    "trong đó",
    "Nhật Bản",
]
CUES = [
    "đạt", "bằng", "tăng", "giảm", "vượt", "chiếm", "gấp", "ước", "dự kiến", "so với cùng kỳ", "kế hoạch",
    "so với tháng trước", "lần lượt", "về", "hơn", "khoảng", "từ", "xuống còn", "và", "là", "có", "trên địa bàn", "tại",
    "của", "mỗi", "Điều", "lớp",
]  # fmt: skip
TIMES = [
    "tháng 3",
    "quý I",
    "6 tháng đầu năm",
    "năm 2022",
    "ngày 12/3",
    "đến 20/9",
    "từ ngày 15/12/2022 đến ngày 14/3/2023",
]
NUMBERS = [
    "12",
    "1.284",
    "1.284,5",
    "12,4",
    "05",
    "211/123 vụ",
    "6-8",
    "8,5",
    "1.234.56",
    "24 910",
    "l2",
    "0",
    "41/QĐ-UBND",
]
UNITS = ["%", "tấn", "tỷ đồng", "vụ", "người", "con", "điểm phần trăm", "lần", "hồ sơ", "ha", "đồng/kg", "", "xã"]
MARKS = [",", ";", ".", ":", "(", ")", "\n- ", "\n+ ", "/", " - ", "+", "-", "“", "”", "¹", "\n\n"]


def passages(most: int = 24, joints: tuple[str, ...] = (" ", " ", " ", "")) -> st.SearchStrategy[str]:
    """Up to ``most`` pieces, joined by spaces more often than not."""
    piece = st.sampled_from([*NAMES, *CUES, *TIMES, *NUMBERS, *NUMBERS, *UNITS, *MARKS])
    pairs = st.lists(st.tuples(piece, st.sampled_from(joints)), max_size=most)
    return pairs.map(lambda found: "".join(a + b for a, b in found))
