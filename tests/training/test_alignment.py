"""The numbers of a passage find the fields of its gold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractor.paper import read_document
from extractor.training.lessons import learn_from, teach, teach_report


def figure(value: float | None, quote: str, *comparisons: dict[str, Any], **more: Any) -> dict[str, Any]:
    name = more.pop("indicator", "Thu ngân sách")
    return {"indicator": name, "value": value, "quote": quote, "comparisons": list(comparisons), "unit": None, **more}


RATIO = {"base": "plan", "kind": "ratio", "value": 52.4, "unit": "%"}
GROWTH = {"base": "same_period_last_year", "kind": "change", "value": -8.1, "unit": "%"}


def test_value_and_its_comparisons_are_found() -> None:
    text = "Thu ngân sách đạt 128,4 tỷ đồng, bằng 52,4% dự toán, giảm 8,1% so với cùng kỳ."
    teacher = teach({"text": text, "figures": [figure(128.4, "128,4 tỷ đồng", RATIO, GROWTH)]})
    labels = sorted(teacher.alignment.labels.items())
    assert [(label.value, label.comparison) for _, label in labels] == [(0, None), (None, (0, 0)), (None, (0, 1))]


def test_equal_numbers_go_to_their_quotes_in_order() -> None:
    text = "Phường A có 12 hộ nghèo, phường B có 12 hộ cận nghèo."
    figures = [
        figure(12, "12 hộ nghèo", indicator="hộ nghèo", unit="hộ"),
        figure(12, "12 hộ cận nghèo", indicator="hộ cận nghèo", unit="hộ"),
    ]
    teacher = teach({"text": text, "figures": figures})
    assert [label.value for _, label in sorted(teacher.alignment.labels.items())] == [0, 1]


def test_plan_below_the_stroke_is_a_figure_of_its_own() -> None:
    text = "Giải quyết việc làm cho 985/1.900 lao động KH."
    figures = [
        figure(985, "985/1.900 lao động", indicator="Giải quyết việc làm", unit="lao động"),
        figure(1900, "1.900 lao động", indicator="Giải quyết việc làm", unit="lao động"),
    ]
    [label] = teach({"text": text, "figures": figures}).alignment.labels.values()
    assert (label.value, label.plan) == (0, 1)


def test_number_that_measures_nothing_has_no_label() -> None:
    teacher = teach({"text": "Tổ dân phố số 12 họp tại nhà văn hóa số 5.", "figures": []})
    assert teacher.alignment.labels == {}


def test_lessons_count_what_no_candidate_gives() -> None:
    strange = figure(128.4, "128,4 tỷ đồng", indicator="một tên không đứng trong câu")
    lessons = learn_from([{"text": "Thu ngân sách đạt 128,4 tỷ đồng.", "figures": [strange]}])
    assert lessons.missed["part"] == 1
    assert lessons.recall("part") < 1


def test_report_teaches_names_that_stand_above_the_block(tmp_path: Path) -> None:
    path = tmp_path / "bao-cao.md"
    path.write_text(
        "BÁO CÁO\nTình hình kinh tế - xã hội quý I năm 2023\n\n"
        "I. KẾT QUẢ\n\n1. Thu ngân sách\n\n- Ước đạt 12 tỷ đồng.\n",
        encoding="utf-8",
    )
    teacher = teach_report(read_document(path), [figure(12, "12 tỷ đồng", unit="tỷ đồng")])
    assert teacher.report_period == "2023-Q1"
    assert teacher.asked["inherit"] == 1 and not teacher.missed["inherit"]
    assert [lesson.passage for lesson in teacher.lessons["inherit"]] == ["bao-cao.md"]
