"""The documents say what is there: commands parse, fields exist, files are where they are named, examples run."""

from __future__ import annotations

import doctest
import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from extractor.commands.command_line import build_parser
from extractor.domain.figure import Figure

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:extractor|models|corpus|docs|tests|benchmarks)/[\w./*-]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
class TestPage:
    def test_links_lead_somewhere(self, page: Path) -> None:
        broken = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
        assert not broken

    def test_files_that_are_named_are_there(self, page: Path) -> None:
        named = FILE.findall(page.read_text(encoding="utf-8"))
        missing = [name for name in named if not list(ROOT.glob(name.rstrip("/")))]
        assert not missing

    def test_commands_parse(self, page: Path) -> None:
        parser = build_parser("vi")
        for language, block in FENCED.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines() if language in {"", "sh", "bash"} else ():
                words = shlex.split(line, comments=True)
                if words[:1] == ["solieu"]:
                    parser.parse_args(words[1:])

    def test_python_examples_run(self, page: Path) -> None:
        text = page.read_text(encoding="utf-8")
        examples = "\n".join(re.findall(r"^```python\n(>>>.*?)^```", text, re.MULTILINE | re.DOTALL))
        test = doctest.DocTestParser().get_doctest(examples, {}, page.name, str(page), 0)
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        told: list[str] = []
        runner.run(test, out=told.append)
        assert not runner.failures, "".join(told)


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
