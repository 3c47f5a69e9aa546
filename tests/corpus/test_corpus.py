"""The sample reports are what their README says: gold stands in the text, slips are there, sums agree."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
import zipfile
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from extractor.paper.sniff.format import SUFFIXES

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = sorted(path.stem for path in (CORPUS / "gold").glob("*.jsonl"))
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FIELDS = [
    *("line", "footnote", "section", "indicator", "qualifier", "parent", "period", "status", "kind"),
    *("value", "value_max", "bound", "total", "unit", "comparisons", "quote"),
]
VARIABLE = {f"{field}_alt" for field in [*FIELDS, "value_unit"]}
PERIOD = re.compile(
    r"\d{4}(?:-(?:\d\d|Q[1-4]|[HS][12]|M\d\d/M\d\d))?|\d{4}/\d{4}|\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?|\.\./\d{4}-\d\d-\d\d"
    r"|\d{4}-\d\d/\d{4}-\d\d"
)
BASES = {"plan", "same_period_last_year", "previous_period", "total", "other"}
KINDS = {"ratio", "change", "point_change", "multiple", "abs_change"}
CHECKS = {"S1", "S2", "D1", "D2", "Q1", "Q2", "Q3", "Y1", "Y2", "U1", "U2", "U5", "V1", "C1", "C2", "P2", "T1"}


def test_what_the_demo_reads_of_the_folder_is_its_reports() -> None:
    """``make demo`` takes in the whole folder: what else lies there must be no file that it opens."""
    opened = [path for path in CORPUS.rglob("*") if path.suffix in SUFFIXES and path.name != "README.md"]
    assert {path.name.partition(".")[0] for path in opened} == {*GOLD}
    assert {path.parent for path in opened} == {CORPUS}


def test_poor_paper_is_small_has_a_floor_and_holds_pictures_alone() -> None:
    poor = sorted(path for path in CORPUS.iterdir() if "." in path.stem)
    floors = json.loads((CORPUS / "scores.json").read_text(encoding="utf-8"))
    assert [path.name.split(".")[1] for path in poor] == ["tilted", "stamp", "photocopy"]
    for path in poor:
        slug = path.name.partition(".")[0]
        assert path.stat().st_size < 400_000
        assert path.name in floors
        with pypdfium2.PdfDocument(CORPUS / f"{slug}.pdf") as born:
            assert _letters_of_pages(path) == [0] * len(born)


def _letters_of_pages(path: Path) -> list[int]:
    """How many letters each page of a file holds that can be selected: none, where it is a picture."""
    if path.suffix == ".tif":
        with Image.open(path) as picture:
            return [0] * getattr(picture, "n_frames", 1)
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().count_chars() for page in pdf]


def gold(slug: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / "gold" / f"{slug}.jsonl").read_text(encoding="utf-8").splitlines()]


def markdown(slug: str) -> list[str]:
    return (CORPUS / f"{slug}.md").read_text(encoding="utf-8").split("\n")


def rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def render() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_render", CORPUS / "render.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------------------------------------------------- gold


@pytest.mark.parametrize("slug", GOLD)
def test_every_line_has_the_fields_of_the_guide(slug: str) -> None:
    for record in gold(slug):
        assert set(FIELDS) <= set(record), record
        assert set(record) - set(FIELDS) <= VARIABLE | {"optional", "table"}, record
        assert record["status"] in {"plan", "estimate", "actual", "projection"}
        assert record["kind"] in {"performance", "count", "spec"}
        assert record["bound"] in {None, "approx", "min", "max"}
        assert record["indicator"] and record["indicator"] == record["indicator"].strip()
        assert record["period"] is None or PERIOD.fullmatch(record["period"]), record
        assert all(isinstance(record[name], list) for name in record if name.endswith("_alt"))
        assert record["value"] is not None or (record["unit"] is None and record["comparisons"]), record
        assert record["kind"] == "performance" or not record["comparisons"], record
        for comparison in record["comparisons"]:
            assert comparison["base"] in BASES and comparison["kind"] in KINDS and comparison["unit"], record
            assert not isinstance(comparison["value"], str), record


@pytest.mark.parametrize("slug", GOLD)
def test_every_quote_stands_at_its_line_and_in_order(slug: str) -> None:
    lines, found = markdown(slug), []
    at: dict[int, int] = defaultdict(int)
    for record in gold(slug):
        number = record["line"]
        pattern = re.escape(record["quote"])
        bounded = rf"(?<![\d,]){pattern}(?!\d)" if record["quote"][0].isdigit() else pattern
        hit = re.compile(bounded).search(lines[number - 1], at[number])
        assert hit, f"{slug}:{number}: {record['quote']!r} is not there, or stands before the line above it"
        at[number] = hit.start() + 1
        found.append(number)
    assert all(a <= b for a, b in pairwise(found))


@pytest.mark.parametrize("slug", GOLD)
def test_every_value_is_the_number_of_its_quote(slug: str) -> None:
    for record in gold(slug):
        if record["value"] is None or "value_unit_alt" in record:
            continue
        printed = [
            Decimal(n.replace(".", "").replace(",", ".")) for n in re.findall(r"\d[\d.]*(?:,\d+)?", record["quote"])
        ]
        expected = [record[name] for name in ("value", "total", "value_max") if record[name] is not None]
        assert abs(Decimal(str(expected[0]))) == printed[0], record
        assert {Decimal(str(n)) for n in expected} <= set(printed) | {Decimal(str(expected[0]))} | _stated(record), (
            record
        )


def _stated(record: dict[str, Any]) -> set[Decimal]:
    """The denominator that stands outside the quote, as in ``trong 11 nhóm, có 7 nhóm``."""
    return {Decimal(str(record["total"]))} if record["total"] is not None and "/" not in record["quote"] else set()


@pytest.mark.parametrize("slug", GOLD)
def test_every_comparison_is_printed_near_its_value(slug: str) -> None:
    lines = markdown(slug)
    body = "\n".join(lines)
    for record in gold(slug):
        for comparison in record["comparisons"]:
            if comparison.get("implied"):
                continue
            digits = str(abs(Decimal(str(comparison["value"])))).replace(".", ",")
            whole = f"{abs(int(comparison['value'])):,}".replace(",", ".")
            assert re.search(rf"(?<!\d)0?(?:{re.escape(digits)}|{re.escape(whole)})(?!\d)", body), record


@pytest.mark.parametrize("slug", GOLD)
def test_every_section_and_note_is_in_the_report(slug: str) -> None:
    lines = markdown(slug)
    paths = outline(lines)
    for record in gold(slug):
        assert record["section"] is None or record["section"] in paths, record
        if mark := record["footnote"]:
            assert lines[record["line"] - 1].startswith(str(mark).translate(RAISED)), record
        else:
            assert lines[record["line"] - 1][0] not in "⁰¹²³⁴⁵⁶⁷⁸⁹", record


def outline(lines: list[str]) -> set[str]:
    """The paths that the numbering of a report allows, read the simplest way that can work."""
    paths: set[str] = set()
    roman = arabic = place = ""
    stars: dict[str, int] = defaultdict(int)
    for line in lines:
        line = line.lstrip("#* ") if re.match(r"[#*]+\s*\**[IVX\d]", line) else line
        if m := re.match(r"([IVX]+)[.\-/]\s", line):
            roman = place = m[1]
            arabic = ""
        elif (m := re.match(r"(\d+(?:\.\d+)+)\.?\s", line)) or (m := re.match(r"(\d+)[./]\s", line)):
            arabic = place = f"{roman}.{m[1]}" if roman else m[1]
        elif m := re.match(r"([a-zđ])[)/]\s", line):
            place = f"{arabic or roman}.{m[1]}"
        elif re.match(r"\*{3} |\* ", line):
            stars[arabic or roman] += 1
            place = f"{arabic or roman}.*{stars[arabic or roman]}"
        paths.add(place)
    return paths


@pytest.mark.parametrize("slug", GOLD)
def test_few_lines_are_left_to_taste(slug: str) -> None:
    records = gold(slug)
    assert sum(bool(record.get("optional")) for record in records) <= len(records) / 15


# ------------------------------------------------------------------------------------------------------------ slips


def test_each_slip_is_in_its_report() -> None:
    for slip in rows("findings/samples.csv"):
        assert slip["check"] in CHECKS, slip
        assert slip["quote"] in "\n".join(markdown(slip["report"])), slip
        if slip["against"]:
            assert slip["against_quote"] in "\n".join(markdown(slip["against"])), slip


def test_there_are_slips_of_each_kind() -> None:
    slips = rows("findings/samples.csv")
    checks = [slip["check"] for slip in slips]
    assert {"S1", "D1", "U1", "U2"} <= set(checks)
    conflicts = [slip["report"].rsplit("-", 2)[0] for slip in slips if slip["check"] == "U1"]
    assert max(conflicts.count(place) for place in conflicts) >= 2
    assert all(slip["says"] for slip in slips)


# --------------------------------------------------------------------------------------------------- what must agree


def truth() -> dict[str, dict[str, Decimal]]:
    """The table of hidden values in the README: plan and last year's values by indicator."""
    table = re.findall(
        r"^\| (?:– )?([^|]+?) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", readme(), re.MULTILINE
    )
    names = ("plan", "2023-Q1", "2023-H1", "2023-M01/M09")
    return {
        fold(name): dict(zip(names, (Decimal(n.replace(".", "")) for n in numbers), strict=True))
        for name, *numbers in table
    }


def readme() -> str:
    return (CORPUS / "README.md").read_text(encoding="utf-8")


def fold(name: str) -> str:
    """One spelling: without brackets, ``hoà`` as ``hòa``, ``Tổng thu`` as ``thu``."""
    name = re.sub(r"\s*\(.*?\)", "", name.lower())
    for old, new in (("hoá", "hóa"), ("thuỷ", "thủy"), ("tổng chi", "chi"), ("tổng thu", "thu")):
        name = name.replace(old, new)
    return name.strip()


@pytest.mark.parametrize("slug", [slug for slug in GOLD if slug.startswith("minh-giang")])
def test_shares_of_plan_and_growth_come_from_one_truth(slug: str) -> None:
    known, slips = truth(), " ".join(slip["quote"] for slip in rows("findings/samples.csv") if slip["report"] == slug)
    checked = 0
    for record in gold(slug):
        hidden = known.get(fold(record["indicator"]))
        if hidden is None or record["value"] is None or record["period"] not in hidden:
            continue
        plans = (
            [hidden["plan"], Decimal(430000)]
            if fold(record["indicator"]) == "thu ngân sách nhà nước"
            else [hidden["plan"]]
        )
        value = Decimal(str(record["value"]))
        for comparison in record["comparisons"]:
            printed = Decimal(str(comparison["value"]))
            if str(abs(printed)).replace(".", ",") in slips:
                continue
            exponent = printed.as_tuple().exponent
            assert isinstance(exponent, int)
            half = Decimal(1).scaleb(min(exponent, 0)) / 2
            if comparison["base"] == "plan":
                expected = [100 * value / plan for plan in plans]
            else:
                ratio = 100 * value / hidden[record["period"]]
                expected = [ratio if comparison["kind"] == "ratio" else ratio - 100]
            assert any(abs(e - printed) <= half for e in expected), (record, expected)
            checked += 1
    assert checked >= 15


def test_three_indicators_run_over_six_periods_of_one_place() -> None:
    periods: dict[str, set[str]] = defaultdict(set)
    for slug in GOLD:
        if slug.startswith("minh-giang"):
            for record in gold(slug):
                if record["value"] is not None and record["period"] and record["status"] == "estimate":
                    periods[fold(record["indicator"])].add(record["period"])
    assert sum(len(found) >= 6 for found in periods.values()) >= 3


# ---------------------------------------------------------------------------------------------------------- renderings


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.docx")), ids=lambda p: p.name)
def test_the_word_file_is_made_from_the_markdown_of_today(path: Path, render: ModuleType, tmp_path: Path) -> None:
    fresh = tmp_path / path.name
    render.to_docx(path.with_suffix(".md"), fresh)
    with zipfile.ZipFile(path) as committed, zipfile.ZipFile(fresh) as made:
        assert committed.namelist() == made.namelist()
        for name in made.namelist():
            assert committed.read(name) == made.read(name), f"render {path.name} again: {name} differs"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.docx")), ids=lambda p: p.name)
def test_each_mark_has_its_note(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        body, notes = (archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    marks = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    assert marks == re.findall(r'<w:footnote w:id="(\d+)"', notes)
    assert len(marks) == sum(line[:1] in tuple("⁰¹²³⁴⁵⁶⁷⁸⁹") for line in markdown(path.stem))


@pytest.mark.parametrize("path", sorted(p for p in CORPUS.glob("*.pdf") if p.stem in GOLD), ids=lambda p: p.name)
def test_the_printed_file_holds_every_figure(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as document:
        text = ""
        for page in document.pages:
            text += page.extract_text() + "\n"
            page.close()
    squeezed = re.sub(r"\s", "", text)
    for record in gold(path.stem):
        number = re.findall(r"[\d.,/]*\d", record["quote"])[0]  # its unit may stand behind a mark or on the next page
        assert number in squeezed, record


def test_two_reports_come_in_more_than_one_format_besides_markdown_or_in_two() -> None:
    formats = [sum((CORPUS / f"{slug}{suffix}").is_file() for suffix in (".md", ".docx", ".pdf")) for slug in GOLD]
    assert sum(n >= 2 for n in formats) >= 2
    assert all(n >= 1 for n in formats)


def test_a_paragraph_that_notes_or_a_page_end_had_cut_is_whole_again(render: ModuleType) -> None:
    blocks = ["1.1. Thu gom: Đã xử lý", "¹ Ghi chú.", "04 vụ, đã thăm", "và tặng quà.", "2. Mục sau", "3 ha lúa"]
    paper = render.read("\n\n".join(["BÁO CÁO\nThử", *blocks]))
    assert paper.body == ["1.1. Thu gom: Đã xử lý 04 vụ, đã thăm và tặng quà.", "2. Mục sau", "3 ha lúa"]
    assert paper.notes == {"¹": "Ghi chú."}
