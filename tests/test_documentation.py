"""The documents say what is there: commands parse, fields exist, files are where they are named, examples run."""

from __future__ import annotations

import argparse
import doctest
import importlib.util
import json
import re
import shlex
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from extractor.commands.command_line import build_parser
from extractor.domain.figure import Base, Figure, Status
from extractor.pipeline import extract

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs").glob("*/*.md")])
FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
QUOTED = re.compile(r"`([^`\n]+)`")
IN_A_FOLDER = re.compile(r"(?:extractor|models|corpus|docs|tests|benchmarks|\.ci)/[\w./*-]+")
IN_A_ROOM = re.compile(r"(?:domain|paper|language|statistics|archive|ui|commands)/[\w./]+\.py")
BY_ITSELF = re.compile(r"[\w-]+\.(?:py|md|csv|jsonl|lock|svg)|pyproject\.toml|\.importlinter|Makefile")
SWITCH = re.compile(r"SOLIEU_[A-Z]+")
ASSIGNED = re.compile(r"\w+=\S*")


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """The language and the text of each fenced block."""
    for _, language, block in FENCED.findall(page.read_text(encoding="utf-8")):
        yield language, block


def command_lines(page: Path) -> Iterator[list[str]]:
    """The words of each line to be typed at a prompt, what is set for it before the command left out."""
    for language, block in blocks(page):
        for line in block.splitlines() if language in {"", "sh", "bash"} else ():
            for part in re.split(r"\s(?:&&|\|)\s", line.split(" #")[0]):
                words = shlex.split(part)
                while words and ASSIGNED.fullmatch(words[0]):
                    words.pop(0)
                if words:
                    yield words


def quoted(page: Path) -> set[str]:
    """What stands in backticks in running text."""
    return set(QUOTED.findall(FENCED.sub("", page.read_text(encoding="utf-8"))))


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
class TestPage:
    def test_links_lead_somewhere(self, page: Path) -> None:
        broken = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
        assert not broken

    def test_files_that_are_named_are_there(self, page: Path) -> None:
        named = [name for name in quoted(page) if IN_A_FOLDER.fullmatch(name)]
        named += [f"extractor/{name}" for name in quoted(page) if IN_A_ROOM.fullmatch(name)]
        named += [word for words in command_lines(page) for word in words if IN_A_FOLDER.match(word)]
        assert [name for name in named if not list(ROOT.glob(name.partition("::")[0].rstrip("/")))] == []

    def test_files_that_are_named_without_a_folder_are_somewhere(self, page: Path) -> None:
        ours = ("", "extractor/**/", "models/**/", "corpus/**/", "docs/**/", "tests/**/", "benchmarks/")
        named = {name for name in quoted(page) if BY_ITSELF.fullmatch(name)}
        assert [name for name in named if not any(next(ROOT.glob(place + name), None) for place in ours)] == []

    def test_commands_parse(self, page: Path) -> None:
        parser = build_parser("vi")
        for words in command_lines(page):
            if words[0] == "solieu":
                parser.parse_args(words[1:])

    def test_commands_named_in_a_sentence_have_these_options(self, page: Path) -> None:
        helps = {name: command.format_help() for name, command in subcommands().items()}
        for quote in quoted(page):
            words = quote.split()
            if words[0] != "solieu" or len(words) == 1 or not re.fullmatch(r"[a-z-]+", words[1]):
                continue
            told = helps[words[1]] if words[1] in helps else build_parser("vi").format_help()
            assert words[1] in helps or words[1].startswith("--"), quote
            assert [word for word in words if word.startswith("--") and word not in told] == []

    def test_what_the_commands_call_is_there(self, page: Path) -> None:
        """Targets of make, modules after ``-m``, programs of ``.venv``, and tests by their name."""
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
        for words in command_lines(page):
            if words[0] == "make":
                assert words[1] in targets, words
            if "-m" in words and words[0].rpartition("/")[2] == "python":
                assert importlib.util.find_spec(words[words.index("-m") + 1]), words
            if words[0].startswith(".venv/bin/"):
                assert (Path(sys.executable).parent / words[0].rpartition("/")[2]).exists(), words
            for word in words:
                file, double, test = word.partition("::")
                if double:
                    assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), word

    def test_variables_that_are_named_are_read(self, page: Path) -> None:
        code = "".join(
            path.read_text(encoding="utf-8")
            for folder in ("extractor", "docs/deploy")
            for path in (ROOT / folder).rglob("*")
            if path.suffix in {".py", ".yaml", ".example", ".template"}
        )
        read = set(SWITCH.findall(code))
        assert set(SWITCH.findall(page.read_text(encoding="utf-8"))) - read == set()

    def test_python_examples_run(self, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(ROOT)
        code = [block for language, block in blocks(page) if language == "python" and block.lstrip().startswith(">>>")]
        test = doctest.DocTestParser().get_doctest("\n".join(code), {}, page.name, str(page), 0)
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        told: list[str] = []
        runner.run(test, out=told.append)
        assert not runner.failures, "".join(told)


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command by its name."""
    actions = build_parser("vi")._actions
    return next(dict(action.choices) for action in actions if isinstance(action, argparse._SubParsersAction))


WAY = ROOT / "docs" / "how-a-report-is-read.md"


def test_the_way_of_a_report_runs_through_every_room() -> None:
    page = WAY.read_text(encoding="utf-8")
    rooms = {"paper", "language", "statistics", "archive", "ui"}
    assert {room for room in rooms if f"extractor/{room}/" in page} == rooms
    assert page.count("```python\n>>>") >= 12


def test_the_record_at_the_end_of_the_way_is_the_one_that_is_written() -> None:
    [shown] = [json.loads(block) for language, block in blocks(WAY) if language == "json"]
    figures = [figure.to_dict() for figure in extract(ROOT / "corpus" / "dai-khe-2011.pdf").figures]
    [written] = [figure for figure in figures if figure["id"] == shown["id"]]
    comparisons = [
        {name: value[name] for name in told}
        for value, told in zip(written["comparisons"], shown["comparisons"], strict=True)
    ]
    assert {name: written[name] for name in shown} | {"comparisons": comparisons} == shown


@pytest.mark.parametrize("drawing", sorted((ROOT / "docs").glob("*.svg")), ids=name_of)
def test_a_drawing_is_complete_in_itself(drawing: Path) -> None:
    text = drawing.read_text(encoding="utf-8")
    top = ElementTree.fromstring(text)
    assert top.tag == "{http://www.w3.org/2000/svg}svg"
    assert top.find("{*}title") is not None
    assert re.findall(r"(?:https?:|url\((?!#)|@import|@font-face|<script|<image)[^\s>]*", text) == [
        'http://www.w3.org/2000/svg"'
    ]


def test_the_glossary_says_each_term_once_in_both_languages() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    lines = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line] for line in lines]
    rows = [row for row in rows if row[0] != "English"]
    assert [row for row in rows if len(row) != 4 or not all(row)] == []
    assert [row for row in rows if not row[2].endswith(".") or not row[3].endswith(".")] == []
    terms = [row[0] for row in rows]
    assert len(terms) >= 40
    assert len(set(terms)) == len(terms)
    said = {row[0]: row[2] for row in rows}
    assert all(status.value in said["status"] for status in Status)
    assert len(said["base"].split(": ")[1].split(", ")) == len(Base)


def test_the_readme_explains_every_field_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Một số liệu gồm gì")[1].split("##")[0]
    explained = {
        name
        for line in table.splitlines()
        for name in re.findall(r"`(\w+)`", line.split("|")[1] if "|" in line else "")
    }
    assert explained == {field.name for field in fields(Figure)}


def test_the_readme_names_every_command_and_make_target() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    listed = set(re.findall(r"^\| `solieu ([\w-]+)", readme, re.MULTILINE))
    told = build_parser("vi").format_help()
    assert listed == set(re.findall(r"^    ([a-z-]+)  ", told, re.MULTILINE))
