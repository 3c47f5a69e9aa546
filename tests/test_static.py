"""What the source itself promises: read as syntax trees, so that no code path has to be hit to find a breach."""

from __future__ import annotations

import ast
import configparser
import re
import re._constants as sre  # type: ignore[import-not-found, unused-ignore]
import re._parser as sre_parser  # type: ignore[import-not-found, unused-ignore]
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.domain.messages import sentences

ROOT = Path(__file__).parent.parent
PACKAGE = sorted([*(ROOT / "extractor").rglob("*.py"), ROOT / "app.py"])
PURE_ROOMS = ("paper", "language", "statistics")


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of a call's function, names only."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def imports(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


@pytest.mark.parametrize("path", PACKAGE, ids=lambda p: p.relative_to(ROOT).as_posix())
class TestEachModule:
    def test_no_text_of_a_report_becomes_markup(self, path: Path) -> None:
        tree = parse(path)
        named = [node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html"]
        drawn = [call for name, call in calls(tree) if name in {"st.html", "st.iframe", "components.html"}]
        built = [
            call
            for name, call in calls(tree)
            if name in {"st.markdown", "st.write", "st.title", "st.header", "st.subheader", "st.caption"}
            and call.args
            and not _is_ours(call.args[0])
        ]
        assert not [place(path, node) for node in [*named, *drawn, *built]]

    def test_nothing_that_was_read_is_executed(self, path: Path) -> None:
        forbidden = {"pickle", "cPickle", "joblib", "shelve", "marshal", "dill", "cloudpickle", "torch"}
        tree = parse(path)
        taken = [name for name, _ in imports(tree) if name.split(".")[0] in forbidden]
        risky = {"eval", "exec", "yaml.load", "pandas.read_pickle", "pd.read_pickle", "os.system", "os.popen"}
        done = [place(path, call) for name, call in calls(tree) if name in risky]
        shells = [
            place(path, call)
            for name, call in calls(tree)
            for word in call.keywords
            if name.startswith("subprocess.") and word.arg == "shell" and getattr(word.value, "value", True)
        ]
        assert not taken + done + shells

    def test_sql_is_never_glued_together(self, path: Path) -> None:
        glued = [
            place(path, call)
            for name, call in calls(parse(path))
            if name.rpartition(".")[2] in {"execute", "executemany", "exec_driver_sql", "scalar", "scalars", "text"}
            and call.args
            and (isinstance(call.args[0], ast.BinOp) or _is_filled_string(call.args[0]))
        ]
        assert not glued

    def test_no_network_is_reached(self, path: Path) -> None:
        clients = {"requests", "httpx", "urllib3", "aiohttp", "ftplib", "smtplib", "telnetlib", "socketserver"}
        taken = [
            n for n, _ in imports(parse(path)) if n.split(".")[0] in clients or n in {"urllib.request", "http.client"}
        ]
        assert not taken

    def test_patterns_cannot_explode(self, path: Path) -> None:
        bad = []
        for name, call in calls(parse(path)):
            if name.split(".")[0] in {"re", "regex"} and call.args and isinstance(call.args[0], ast.Constant):
                pattern = call.args[0].value
                if isinstance(pattern, str) and _nests_repeats(pattern):
                    bad.append(f"{place(path, call)}: {pattern}")
        assert not bad

    def test_only_commands_print(self, path: Path) -> None:
        if "commands" not in path.parts:
            assert not [place(path, call) for name, call in calls(parse(path)) if name in {"print", "pprint.pprint"}]

    def test_file_is_named_after_its_subject(self, path: Path) -> None:
        assert path.stem not in {"utils", "util", "helpers", "common", "misc", "manager"}


def _is_ours(text: ast.expr) -> bool:
    """A literal, or a sentence of the interface tables."""
    if isinstance(text, ast.Constant):
        return True
    if isinstance(text, ast.JoinedStr):
        return all(_is_ours(part) for part in text.values)
    if isinstance(text, ast.IfExp):
        return _is_ours(text.body) and _is_ours(text.orelse)
    if isinstance(text, ast.FormattedValue):
        return _is_ours(text.value)
    return isinstance(text, ast.Call) and dotted(text.func).rpartition(".")[2] in {"say", "t", "name_of", "plain"}


def _is_filled_string(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def _nests_repeats(pattern: str) -> bool:
    """An unbounded repeat inside another, with nothing between the turns that must match: (a+)+, (a+b?)*."""
    try:
        tree = sre_parser.parse(pattern)
    except re.error:  # a pattern in the wider syntax of the regex module, which is run with a timeout
        return False
    return _explodes(tree, within=False)


def _explodes(sequence: Any, *, within: bool) -> bool:
    for position, (kind, value) in enumerate(sequence):
        rest = [item for other, item in enumerate(sequence) if other != position]
        alone = within and sre_parser.SubPattern(sequence.state, rest).getwidth()[0] == 0
        if kind in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            unbounded = value[1] is sre.MAXREPEAT
            inner, parts = unbounded or alone, [value[2]]
            if unbounded and alone:
                return True
        elif kind is sre.SUBPATTERN:
            inner, parts = alone, [value[3]]
        elif kind is sre.BRANCH:
            inner, parts = alone, value[1]
        else:
            continue
        if any(_explodes(part, within=inner) for part in parts):
            return True
    return False


@pytest.mark.parametrize(
    ("pattern", "explodes"),
    [
        (r"^(\d+\.?)+$", True),  # 29 characters took 14,5 s
        (r"(\d+)+", True),
        (r"(?:a+|b)*", True),
        (r"(?:\s*a*)+", True),
        (r"(a+ )+", False),
        (r"\d+(,\d+)*", False),
        (r"(?:\d+)?x*", False),
    ],
)
def test_the_pattern_check_sees_what_it_must(pattern: str, explodes: bool) -> None:
    assert _nests_repeats(pattern) is explodes


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_reading_knows_no_clock_and_no_chance(room: str) -> None:
    forbidden = {"random", "secrets", "uuid", "time"}
    clocks = {"datetime.now", "datetime.utcnow", "date.today", "datetime.today", "datetime.datetime.now"}
    found = []
    sandbox = ROOT / "extractor" / "paper" / "sandbox"  # holds a reading to the clock, and decides nothing by it
    for path in sorted({*(ROOT / "extractor" / room).rglob("*.py")} - {*sandbox.glob("*.py")}):
        tree = parse(path)
        found += [place(path, node) for name, node in imports(tree) if name.split(".")[0] in forbidden]
        found += [place(path, call) for name, call in calls(tree) if name in clocks]
    assert not found


def test_every_library_has_one_home() -> None:
    """The contracts of .importlinter say who may import what; a library that none of them names has no home."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    housed = {name for part in contracts.values() for name in part.get("protected_modules", "").split()}
    homeless = {}
    for path in PACKAGE:
        if path.name == "app.py" and path.parent == ROOT:
            continue
        for name, node in imports(parse(path)):
            library = name.split(".")[0]
            if library not in {"extractor", *housed, *sys.stdlib_module_names}:
                homeless[library] = place(path, node)
    assert not homeless


SAYING = {
    **dict.fromkeys(("tell", "warn", "sentence"), (0, "commands.csv")),
    "t": (0, "screens.csv"),
    **dict.fromkeys(("finding", "finding_across", "named", "phrase"), (0, "checks.csv")),
    **dict.fromkeys(
        ("Message", "Discrepancy", "InvalidInput", "StoreError", "NotAllowed", "Conflict"), (0, "messages.csv")
    ),
    **dict.fromkeys(("UnreadableFile", "InvalidModels", "_conflict"), (2, "messages.csv")),
}
"""What says a sentence by its key: the place of the key among the arguments, and the table it stands in."""


def said_keys() -> Iterator[tuple[str, str, ast.Call, str]]:
    """Table, key, call and place of each key that the code writes out where it is said."""
    for path in PACKAGE:
        for name, call in calls(parse(path)):
            position, table = SAYING.get(name.rpartition(".")[2], (0, ""))
            if not table or len(call.args) <= position or isinstance(call.args[position], ast.JoinedStr):
                continue
            key = call.args[position]
            ends = (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,)
            for end in ends:
                if isinstance(end, ast.Constant) and isinstance(end.value, str):
                    yield table, end.value, call, place(path, call)


def test_every_key_that_is_said_has_its_sentence() -> None:
    said = list(said_keys())
    assert len(said) > 400
    assert [where for table, key, _, where in said if key not in sentences(table)] == []


def test_every_error_fills_in_all_the_fields_of_its_sentence() -> None:
    empty = []
    for table, key, call, where in said_keys():
        given = {keyword.arg for keyword in call.keywords}
        given |= {
            key.value
            for node in call.args
            if isinstance(node, ast.Dict)
            for key in node.keys
            if isinstance(key, ast.Constant)
        }
        fields = {name for _, name, _, _ in string.Formatter().parse(sentences(table)[key][0]) if name}
        if table == "messages.csv" and None not in given and fields - given - {"name"}:
            empty.append(f"{where}: {fields - given}")
    assert empty == []


def test_every_sentence_is_said_somewhere() -> None:
    """A key stands in code whole, or as an f-string with a word of it, or in two parts: f"{kind}.{code}"."""
    words = {path.stem.replace("_", "-") for path in PACKAGE}
    shapes = []
    for path in PACKAGE:
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                if len("".join(part for part in parts if part != ".+")) > 3:
                    shapes.append("".join(parts))
    shape = re.compile("|".join(shapes))
    silent = [
        f"{table}: {key}"
        for table in sorted(path.name for path in (ROOT / "models" / "interface").glob("*.csv"))
        for key in sentences(table)
        if not (key in words or shape.fullmatch(key) or set(key.split(".", 1)) <= words)
        and not key.startswith(("argparse: ", "streamlit: ", "label: "))
    ]
    assert silent == []


def test_the_project_names_no_machine_and_no_index() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git here")
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path == Path(__file__) or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if re.search(r"(?<![\w.])/(work|root|home)/\w", text):
            found.append(name)
        if name.endswith(".lock") and re.search(r"https?://|index-url|find-links", text):
            found.append(name)
    assert not found


def test_each_locked_library_is_pinned_by_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        pinned = [line for line in lines if line.strip() and not line.startswith("#")]
        assert len(pinned) > 50
        assert not [line for line in pinned if "==" not in line or "--hash=sha256:" not in line]


def test_the_image_is_built_of_two_locks_that_repeat_nothing() -> None:
    """The root's lock and, beside it, what only a team's server needs: together all that the extras ask for."""
    locks = {}
    for name in ("requirements.lock", "docs/deploy/requirements.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        assert not [line for line in lines if "==" not in line or "--hash=sha256:" not in line]
        locks[name] = {line.split("==")[0] for line in lines}
    usual, more = locks.values()
    assert not usual & more
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    asked = {re.split(r"[\[<>=~!; ]", wish.lower())[0] for name in ("postgresql", "oidc") for wish in extras[name]}
    assert asked <= usual | more
    image = (ROOT / "docs" / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    kept = (ROOT / "docs" / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [line.split()[1:-1] for line in image.splitlines() if line.startswith("COPY")]
    assert [name for names in copied for name in names if f"!{name}" not in kept] == []
    assert set(locks) <= {name for names in copied for name in names}


def test_the_lock_of_the_second_reader_repeats_nothing_and_is_what_a_demo_installs() -> None:
    lines = (ROOT / "requirements-ocr.lock").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert not [line for line in lines if "==" not in line or "--hash=sha256:" not in line]
    more = {line.split("==")[0] for line in lines}
    usual = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    assert not usual & more
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {re.split(r"[\[<>=~!; ]", wish.lower())[0] for wish in extras["ocr"]} <= more
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "demo: $(OCR)" in makefile
    assert "-r requirements-ocr.lock" in makefile


def test_the_pdf_reader_is_newer_than_its_known_holes() -> None:
    """CVE-2025-64512: pdfminer.six ran pickles named by a PDF until the release of 2025-12-30."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    version = re.search(r"^pdfminer-six==(\d{8})\b", lock, re.MULTILINE)
    assert version is not None
    assert int(version[1]) >= 20251230
