"""Encodings from before Unicode: every letter there and back, and hands off everything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sniff.format import judge
from extractor.paper.sniff.legacy_encoding import (
    capital_font,
    decode,
    decode_detected,
    detect,
    font_encoding,
    refuse_lost_glyphs,
)
from extractor.paper.sniff.syllables import is_syllable, vietnamese_share
from extractor.paper.structure.offsets import compose, rewrite

TCVN3 = "Gi¸ trÞ s¶n xuÊt c«ng nghiÖp ­íc ®¹t 1.284 triÖu ®ång, ®¹t 97,5% kÕ ho¹ch"
DECODED = "Giá trị sản xuất công nghiệp ước đạt 1.284 triệu đồng, đạt 97,5% kế hoạch"


@pytest.mark.parametrize(
    ("text", "encoding", "decoded"),
    [
        (TCVN3, "tcvn3", DECODED),
        (TCVN3.replace("\u00ad", "\u2212").replace("µ", "μ"), "tcvn3", DECODED),  # as a PDF's font gives it
        ("Thu ngaân saùch 9 thaùng ñaït 4.215 trieäu ñoàng", "vni", "Thu ngân sách 9 tháng đạt 4.215 triệu đồng"),
        (
            "UÛY BAN NHAÂN DAÂN HUYEÄN, AÙnh saùng, aúm, kyõ thuaät, mî",
            "vni",
            "ỦY BAN NHÂN DÂN HUYỆN, Ánh sáng, ẳm, kỹ thuật, mỵ",
        ),
    ],
)
def test_known_samples(text: str, encoding: str, decoded: str) -> None:
    assert decode_detected(text)[:2] == (decoded, encoding)


@pytest.mark.parametrize("encoding", ["viscii", "vps"])
def test_eight_bit_sets_read_as_latin(encoding: str) -> None:
    from viparse.normalize.encodings import CHARMAPS

    back = {new: old for old, new in CHARMAPS[encoding].pairs}
    sentence = "Giá trị sản xuất công nghiệp ước đạt kế hoạch, tổng diện tích gieo trồng vượt dự kiến đề ra"
    assert decode_detected("".join(back.get(c, c) for c in sentence))[:2] == (sentence, encoding)


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nam có 5 xã",  # Vietnamese whose letters all lie in Latin-1
        "Giá trị sản xuất ước đạt 5 tỷ",
        "Giá trị sản xuất",
        "café résumé à la carte",
        "El niño comió años después en España",
        "Größe und Maß für die Straße",
        "5 − 10 = −5",
        "© 2023 Công ty",
        "25 m², 1.000 m², 7 km², 3 m³",
        "",
    ],
)
def test_what_is_no_legacy_text_stays(text: str) -> None:
    assert detect(text) is None
    assert decode_detected(text)[0] == text


def test_a_minus_between_numbers_stays_a_minus() -> None:
    assert decode("n\u2212íc: 5 \u2212 10; \u22125,2%", "tcvn3")[0] == "nước: 5 \u2212 10; \u22125,2%"


def test_accents_in_words_of_capitals() -> None:
    assert (
        decode("II. KÕT QU¶ THùC HIÖN NHIÖM Vô N¡M Vµ QUý I", "tcvn3")[0]
        == "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ NĂM VÀ QUÝ I"
    )
    assert decode("Tæng thu, Vô mïa ë x·", "tcvn3")[0] == "Tổng thu, Vụ mùa ở xã"
    assert decode("b¸o c¸o", "tcvn3", capitals=True)[0] == "BÁO CÁO"


def test_every_span_finds_its_way_home() -> None:
    for text in (TCVN3, "Thu ngaân saùch ñaït 4.215 trieäu ñoàng"):
        decoded, encoding, back = decode_detected(text)
        assert encoding
        for start in range(len(decoded)):
            a, b = back.original(start, start + 1)
            assert decode(text[a:b], encoding)[0].lower() == decoded[start].lower()


def test_fonts() -> None:
    assert [font_encoding(f) for f in (".VnArial", "VNI-Helve", "ABCDEF+.VnTime", "Arial", None)] == [
        "tcvn3",
        "vni",
        "tcvn3",
        None,
        None,
    ]
    assert [capital_font(f) for f in (".VnTimeH", ".VnTime", "HH", None)] == [True, False, False, False]


def test_lost_glyphs_are_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        refuse_lost_glyphs("B\ufffdo c\ufffdo k\ufffdt qu\ufffd th\ufffdc hi\ufffdn", "a.pdf")
    assert caught.value.result is Result.REFUSED
    refuse_lost_glyphs("Báo cáo một \ufffd lỗi", "a.pdf")


@given(st.text(max_size=60))
def test_composing_keeps_every_span(text: str) -> None:
    import unicodedata

    composed, back = compose(text)
    assert composed == unicodedata.normalize("NFC", text)
    for at in range(len(composed)):
        a, b = back.original(at, at + 1)
        assert 0 <= a < b <= len(text)
    assert back.original(0, len(composed)) == (0, len(text))


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=3)), max_size=4)
)
def test_rewriting_keeps_the_letters_between(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, last = [], 0
    for start, size, new in sorted(wanted):
        if start >= last and start + size <= len(text):
            edits.append((start, start + size, new))
            last = start + size
    changed, back = rewrite(text, edits)
    for at, letter in enumerate(changed):
        a, b = back.original(at, at + 1)
        assert text[a:b] == letter or any((a, b) == (s, e) for s, e, _ in edits)


@pytest.mark.parametrize(
    "word",
    ["nghiệp", "Thuỷ", "thủy", "quý", "giếng", "khoảng", "ưu", "huyện", "xuất", "oan", "yếu", "gì", "đường", "khuỷu"],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["plan", "Website", "nghiÖp", "straße", "năn̂", "qwx", "bcd"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_languages_lie_far_apart() -> None:
    assert vietnamese_share(DECODED) > 0.8
    assert vietnamese_share("It was the best of times, it was the worst of times, an old man to go on") < 0.05


@pytest.mark.parametrize("encoding", ["viscii", "vps"])
def test_bytes_that_control_elsewhere_are_letters_of_a_text_in_an_encoding_that_has_them(encoding: str) -> None:
    from viparse.normalize.encodings import CHARMAPS

    back = {new: old for old, new in CHARMAPS[encoding].pairs}
    words = "HUYỆN MỸ ẲN, THỊ XÃ ĐẪM: giá trị sản xuất công nghiệp ước đạt kế hoạch, diện tích gieo trồng vượt"
    head = "".join(back.get(c, c) for c in words).encode("latin-1")
    assert any(byte < 32 for byte in head)
    assert judge(head, b"", "bao-cao.txt") == "text"
    for spoiled in (head + b"\x00", head + b"\x07", b"\x02\x06" + bytes(range(128, 256))):
        with pytest.raises(UnreadableFile):
            judge(spoiled, b"", "bao-cao.txt")
