"""What must not creep back: functions over a complexity of 15, and words of Vietnamese in code.

What there is today is listed by name in ``[tool.solieu.growth]`` of pyproject.toml, each with its number. A list holds
exactly what the code shows, so that a mended function leaves it; and it never gets longer than its limit here.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = sorted((ROOT / "extractor").rglob("*.py"))
LISTED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["solieu"]["growth"]

MOST_COMPLEX = 15
FILES_IN_A_FOLDER = 20
LIMITS = {"vietnamese": 9}
"""How long each list may be: lower these with the lists, never raise them."""

BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.comprehension, ast.match_case)
VIETNAMESE = re.compile("[àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Everything inside a function but what belongs to a function or class inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield child
            yield from own_nodes(child)


def complexity(function: ast.AST) -> int:
    """McCabe's number, each condition of an ``and`` or ``or`` and each comprehension counted."""
    return 1 + sum(
        isinstance(node, BRANCHES) + (len(node.values) - 1 if isinstance(node, ast.BoolOp) else 0)
        for node in own_nodes(function)
    )


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT / "extractor").as_posix()


def docstrings(tree: ast.Module) -> set[int]:
    """The ids of the string nodes that stand alone as a statement: docstrings, and notes below a constant."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def vietnamese_strings(path: Path) -> int:
    tree = parsed(path)
    notes = docstrings(tree)
    return sum(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in notes
        and VIETNAMESE.search(node.value) is not None
        for node in ast.walk(tree)
    )


def test_no_function_is_complex() -> None:
    found = {
        f"{name_of(path)}:{node.name}": number
        for path in PACKAGE
        for node in ast.walk(parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (number := complexity(node)) > MOST_COMPLEX
    }
    assert found == {}


def test_files_with_words_of_vietnamese_are_those_on_the_list_and_none_gets_more() -> None:
    found = {name_of(path): number for path in PACKAGE if (number := vietnamese_strings(path))}
    assert found == LISTED["vietnamese"]


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_list_only_gets_shorter(name: str) -> None:
    assert len(LISTED[name]) <= LIMITS[name]


def test_folder_is_read_at_a_glance() -> None:
    folders = {path.parent for path in PACKAGE}
    assert [name_of(f) for f in folders if len(list(f.glob("*.py"))) > FILES_IN_A_FOLDER] == []


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("def f(a): return a", 1),
        ("def f(a):\n if a and a > 1 or not a: return [x for x in a if x]", 5),
        ("def f(a):\n for b in a:\n  try: b()\n  except ValueError: pass", 3),
        ("def f(a):\n def g(b):\n  if b: pass\n if a: pass", 2),
    ],
)
def test_complexity_counts_decisions(code: str, number: int) -> None:
    assert complexity(parsed_text(code)) == number


def parsed_text(code: str) -> ast.AST:
    return ast.parse(code).body[0]
