"""The list of findings over several reports: order, one line a slip, what is masked, what each file holds."""

from __future__ import annotations

import ast
import csv
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.domain.finding import Finding, Level
from extractor.domain.messages import sentences
from extractor.statistics import check
from extractor.statistics.finding_list import COLUMNS, FindingList, Line, write_findings
from extractor.statistics.flat_rows import Names
from tests.statistics.reports import Writer

MONEY = "triệu đồng"
TOTAL = "Giá trị sản xuất nông, lâm, thủy sản"


def report(period: str, number: str, *values: str, seed: str, date: str) -> Extraction:
    """A report of one total and its three parts, checked."""
    w = Writer(period=period, date=date)
    w.report = replace(w.report, number=number)
    w.add(TOTAL, values[0], MONEY, period)
    for name, value in zip(("Nông nghiệp", "Lâm nghiệp", "Thủy sản"), values[1:], strict=False):
        w.add(name, value, MONEY, period, parent=TOTAL)
    w.figures = [f.changed(id=f"{seed}{f.id}") for f in w.figures]
    read = w.extraction()
    source = replace(read.document.source, sha256=seed * 32, name=f"{seed}.md") if read.document.source else None
    document = replace(read.document, source=source)
    return Extraction(document, read.figures, check(read.figures, document))


def listed(*reports: Extraction, least: Level = Level.WARN, **how: object) -> tuple[Line, ...]:
    told = FindingList(**how)
    for one in reports:
        told.add(one)
    return told.lines(least)


RIGHT = report("2022", "9/BC-UBND", "9.000", "5.000", "1.000", "3.000", seed="aa", date="2022-12-30")
WRONG = report("2022", "12/BC-UBND", "9.400", "5.000", "1.000", "3.000", seed="bb", date="2023-01-30")


def test_list_reports_agree_is_empty() -> None:
    assert listed(RIGHT) == ()
    assert {line.level for line in listed(RIGHT, least=Level.PASS)} == {"pass"}


def test_list_two_checks_of_one_figure_is_one_line_with_both_sentences() -> None:
    [line] = listed(RIGHT, WRONG)
    assert (line.level, line.code, line.rule, line.file, line.report) == (
        *("fail", "SUM_MISMATCH", "S1"),
        *("bb.md", "12/BC-UBND"),
    )
    assert "9.400" in line.message
    assert "hai báo cáo" in line.also, "the two reports contradict each other in the same total"
    assert line.advice == sentences("checks.csv")["advice.S1"][0]
    assert "9.400 triệu đồng" in line.quotes
    assert (line.left, line.right) == ("9.399.500.000 – 9.400.500.000", "8.998.500.000 – 9.001.500.000")


def test_list_two_copies_of_one_report_are_one_line() -> None:
    copy = report("2022", "12/BC-UBND", "9.400", "5.000", "1.000", "3.000", seed="cc", date="2023-01-30")
    assert len(listed(WRONG, copy)) == 1


def test_list_is_ordered_by_level_then_report() -> None:
    warned = replace(RIGHT, findings=(Finding("LIST_LENGTH_DIFFERS", Level.WARN, "a", rule="T1/1"),))
    other = report("2021", "1/BC-UBND", "9.400", "5.000", "1.000", "3.000", seed="dd", date="2022-01-30")
    levels = [(line.level, line.report) for line in listed(warned, WRONG, other)]
    assert levels == [("fail", "1/BC-UBND"), ("fail", "12/BC-UBND"), ("warn", "9/BC-UBND")]


def test_list_masks_names_of_persons_unless_told() -> None:
    fined = Finding("SUM_MISMATCH", Level.FAIL, "Ông Trần Văn Mẫu bị phạt 15 đồng", rule="S1/1")
    named = replace(RIGHT, findings=(fined,))
    assert "Mẫu" not in listed(named)[0].message
    assert "Mẫu" in listed(named, names=Names.KEPT)[0].message


def test_files_hold_every_line_and_no_formula(tmp_path: Path) -> None:
    lines = [replace(line, message="=1+1") for line in listed(RIGHT, WRONG)]
    for name in ("a.xlsx", "a.csv", "a.json"):
        write_findings(lines, tmp_path / name, name.partition(".")[2])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    head, row = sheet.iter_rows(values_only=True)
    assert (head[0], row[0], row[4]) == ("Mức", "không khớp", "'=1+1")
    assert row[9] == 400000000, "the gap is a number"
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as rows:
        [kept] = csv.DictReader(rows)
    assert tuple(kept) == COLUMNS
    assert (kept["level"], kept["message"], kept["gap"]) == ("fail", "'=1+1", "400000000.0")
    [record] = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (record["message"], record["figures"][0]) == ("=1+1", "bbf001")
    with pytest.raises(InvalidInput):
        write_findings(lines, tmp_path / "a.odt", "odt")


def test_every_rule_has_its_advice(root: Path) -> None:
    """What a check may tell loudly is told with what to do: each rule that the code names has its row."""
    rules = {"F1"}
    for path in (root / "extractor" / "statistics").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"finding", "finding_across"}:
                rules |= {a.value for a in node.args[1:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    never_loud = {"U3", "U4", "U5", "T4"}
    assert len(rules) > 25
    assert {f"advice.{rule}" for rule in rules - never_loud} <= set(sentences("checks.csv"))
