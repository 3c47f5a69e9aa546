"""Records out of drafts: ids, offsets, kinds, precision, doubts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import extract_text
from extractor.domain.figure import Figure, Kind
from extractor.language.confidence import PLAIN, REMAINS, confidence

TEXT = "Quý I thu phí đạt 12,50 tỷ đồng, bằng 24% dự toán; cấp 78 giấy phép; hố đào sâu 4 m."


def test_ids_are_stable_and_differ() -> None:
    once, again = extract_text(TEXT), extract_text(TEXT)
    assert [f.id for f in once] == [f.id for f in again]
    assert len({f.id for f in once}) == len(once)


def test_what_is_printed_carries_its_precision() -> None:
    figure = extract_text(TEXT)[0]
    assert (figure.value, figure.decimals) == (Decimal("12.50"), 2)
    assert str(figure.value) == "12.50"


KINDS = [
    ("Thu phí đạt 12 tỷ đồng, bằng 24% dự toán.", Kind.PERFORMANCE),
    ("Thu phí ước đạt 12 tỷ đồng.", Kind.PERFORMANCE),
    ("Quý I/2022 thu phí 12 tỷ đồng.", Kind.PERFORMANCE),
    ("Cấp 78 giấy phép.", Kind.COUNT),
    ("Chiều cao 4 m.", Kind.SPEC),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kinds(text: str, kind: Kind) -> None:
    assert [f.kind for f in extract_text(text)] == [kind]


def test_figures_come_in_reading_order_and_in_their_place() -> None:
    figures = extract_text(TEXT)
    assert [f.start for f in figures] == sorted(f.start for f in figures)
    assert [TEXT[f.start : f.end] for f in figures] == [f.quote for f in figures]


LABELS = """Thu ngân sách trên địa bàn:

4.718.305.926 đồng

1. Tổng thu ngân sách địa phương:

5.902.174.660 đồng

- Ngân sách cấp tỉnh:

3.104.882.517 đồng
"""


def test_a_number_alone_on_its_line_is_named_by_the_label_before() -> None:
    assert [(f.indicator, str(f.value)) for f in extract_text(LABELS)] == [
        ("Thu ngân sách trên địa bàn", "4718305926"),
        ("Tổng thu ngân sách địa phương", "5902174660"),
        ("Ngân sách cấp tỉnh", "3104882517"),
    ]


DOUBTS = [
    ("Thu phí đạt 24 910 triệu đồng.", "spaced_thousands"),
    ("Thu phí đạt l2 triệu đồng.", "ocr_digit"),
    ("Tỷ lệ hộ nghèo còn 9 ,7 %.", "ocr_spacing"),
    ("Thu ngân sách đạt 12 triêu đồng.", "ocr_unit"),
    ("Thu ngân sách đạt 12 triệu đông.", "ocr_unit"),
    ("Có hai mươi ba hộ nghèo.", "number_words"),
    ("Thu phí đạt 12 tỷ đồng, tăng 3%.", "base_assumed"),
]


@pytest.mark.parametrize(("text", "doubt"), DOUBTS)
def test_a_doubt_is_named_and_lowers_the_confidence(text: str, doubt: str) -> None:
    [figure] = extract_text(text)
    assert doubt in figure.doubts
    assert figure.confidence < confidence(())


def test_nothing_is_ever_certain_and_every_doubt_counts_once() -> None:
    assert confidence(()) == PLAIN < 1
    for doubt in REMAINS:
        assert 0 < confidence([doubt]) < PLAIN
        assert confidence([doubt, doubt]) == confidence([doubt])
    assert confidence(["base_assumed", "indicator_missing"]) < min(
        confidence(["base_assumed"]), confidence(["indicator_missing"])
    )


def test_the_record_is_plain() -> None:
    record = extract_text(TEXT)[0].to_dict()
    assert (record["value"], record["amount"], record["amount_unit"]) == ("12.50", "12500000000", "VND")
    assert {f.name for f in Figure.__dataclass_fields__.values()} == set(record)
