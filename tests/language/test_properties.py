"""What holds for any text: no exception, quotes in their place, silence in references, work that grows with length."""

from __future__ import annotations

import cProfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import extract_text
from extractor.commands.doctor import is_compiled
from extractor.domain.figure import Figure
from extractor.language import read_figures
from extractor.paper import read_passage
from tests.language.reading import items_of
from tests.language.words import passages

anything = st.text(st.one_of(st.characters(), st.sampled_from("0123456789.,/()%-–+: \n\tđồngtấăâêôơưỳ")), max_size=120)


def whole(text: str, figures: list[Figure]) -> None:
    """Every figure stands where it says it stands."""
    for figure in figures:
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.quote
        assert 0 < figure.confidence < 1
        for comparison in figure.comparisons:
            assert text[comparison.start : comparison.end] == comparison.quote


@given(anything)
@settings(max_examples=200)
def test_any_text_is_read(text: str) -> None:
    whole(text, extract_text(text))


@given(
    passages(40), st.sampled_from(["2023", "2023-Q1", None]), st.sampled_from(["Thu ngân sách (so cùng kỳ)", "(", None])
)
@settings(max_examples=200)
def test_any_run_of_phrases_is_read(text: str, report_period: str | None, heading: str | None) -> None:
    figures = extract_text(text, report_period=report_period, heading=heading)
    whole(text, figures)
    assert [f.id for f in figures] == [f.id for f in extract_text(text, report_period=report_period, heading=heading)]


REFERENCES = [
    "Quyết định số 41/QĐ-UBND ngày 12/3/2023",
    "Nghị định 10/2019/NĐ-CP",
    "Điều 12, 13 và 14",
    "bản đồ tỷ lệ 1/2000",
    "Đề án 06",
    "lớp 6,7,8",
    "dịch vụ công mức độ 3, 4",
    "số 214/6 đường Trần Phú",
    "lúc 8h30'",
    "kỷ niệm 92 năm Ngày thành lập",
    "Covid-19",
    "xếp thứ 17/63",
]


@given(passages(10), st.sampled_from(REFERENCES), passages(10))
@settings(max_examples=200)
def test_no_figure_inside_a_labelled_reference(before: str, reference: str, after: str) -> None:
    text = f"{before} ; {reference} và việc khác ; {after}"
    start = len(before) + 3
    labelled = [
        (r.start, r.end) for r in items_of(text).references if start <= r.start and r.end <= start + len(reference)
    ]
    assert labelled
    for figure in extract_text(text):
        assert not any(figure.start < b and a < figure.end for a, b in labelled)


def calls(work: Callable[[], object]) -> int:
    """How many Python functions ``work`` calls: a measure of work that no clock disturbs."""
    profile = cProfile.Profile(builtins=False)
    profile.runcall(work)
    return sum(function.callcount for function in profile.getstats())


PIECES = [
    "7",
    "7 ",
    "1.",
    "1/2/",
    "(",
    "()",
    "(1% ",
    "tăng 1%, ",
    "Tôm 310 tấn; ",
    "thu phí ",
    "trong đó ",
    "1 tỷ ",
    "năm 2022, ",
]


@pytest.mark.skipif(is_compiled(), reason="machine code makes no calls that can be counted")
@pytest.mark.parametrize("piece", PIECES)
def test_work_grows_with_the_length(piece: str) -> None:
    def read(size: int) -> Callable[[], object]:
        document, _ = read_passage(piece * (size // len(piece)))
        return lambda: read_figures(document)

    calls(read(2_000))  # words met for the first time are folded once
    small, large = calls(read(8_000)), calls(read(16_000))
    assert large <= 2.3 * small + 1_000


@pytest.mark.parametrize("piece", ["7", "(", ")", "thu phí đạt ", "1."])
def test_two_hundred_kilobytes_come_to_an_end(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    whole(text, extract_text(text))
