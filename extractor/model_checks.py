"""Holds models/ together: what every table owes, then what each room asks of the tables it uses.

Out come conflicts, each naming file, row and what is wrong; an empty list means that the words can be used. A check
is a plain function that yields conflicts or raises the first one; a room adds its own to ``ROOM_CHECKS``. Nothing is
repaired here.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from extractor.domain.errors import InvalidModels
from extractor.domain.folders import data_folder
from extractor.domain.folding import fold_spelling
from extractor.domain.lexicon import read_rows
from extractor.domain.messages import Message
from extractor.vocabulary_checks import VOCABULARY_CHECKS

AS_PRINTED = ("paper/words.csv", "weights/")
"""Tables whose words meet the page letter by letter, or were folded when they were written: two spellings are two."""

EXAMPLE_PERIOD = "2023-Q1"
"""The period of the report that an alias's example is taken for."""

TOLD = frozenset({"#", "example", "note"})
"""Columns that explain a row: two rows that differ only in these are one row written twice."""


def check_models(*, examples: bool = True) -> tuple[int, int, list[InvalidModels]]:
    """Tables looked at, rows in them, and all conflicts, in the order of the files.

    ``examples``: whether thousands of example sentences are read as well, which takes most of the time.
    """
    files = sorted(_tables())
    conflicts: list[InvalidModels] = []
    rows = 0
    for file in files:
        try:
            found = read_rows(file) if file.endswith(".csv") else _read_patterns(file)
        except InvalidModels as conflict:
            conflicts.append(conflict)
            continue
        rows += len(found)
        for check in TABLE_CHECKS:
            conflicts.extend(check(file, found))
    for room_check in (*ROOM_CHECKS, *(READING_CHECKS if examples else ())):
        try:
            conflicts.extend(room_check())
        except InvalidModels as conflict:
            conflicts.append(conflict)
    return len(files), rows, conflicts


def _tables() -> Iterator[str]:
    folder = data_folder("models")
    for path in folder.rglob("*"):
        if path.suffix in {".csv", ".jsonl"}:
            yield path.relative_to(folder).as_posix()


def _read_patterns(file: str) -> tuple[dict[str, str], ...]:
    """The rows of a table in JSON lines; values that are lists or objects stay JSON."""
    rows = []
    for number, line in enumerate((data_folder("models") / file).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidModels(file, number, "models.not_json", reason=error.msg) from error
        plain = {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in row.items()}
        rows.append({**plain, "#": str(number)})
    return tuple(rows)


# ------------------------------------------------------------------------------------- what every table owes

Rows = tuple[dict[str, str], ...]


def _check_writing(file: str, rows: Rows) -> Iterator[InvalidModels]:
    """Text is NFC and holds nothing invisible: what looks alike must be alike."""
    for row in rows:
        for column, text in row.items():
            if not unicodedata.is_normalized("NFC", text):
                yield InvalidModels(file, int(row["#"]), "models.not_nfc", column=column)
            if text.isprintable():  # as nearly all of it is
                continue
            odd = sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in {"Cc", "Cf"} and c != "\n"})
            if odd:
                told = ", ".join(odd)
                yield InvalidModels(file, int(row["#"]), "models.invisible", column=column, letters=told)


def _check_examples(file: str, rows: Rows) -> Iterator[InvalidModels]:
    """A table with examples has one in each row."""
    for row in rows:
        if "example" in row and not row["example"]:
            yield InvalidModels(file, int(row["#"]), "models.no_example")


def _check_repeats(file: str, rows: Rows) -> Iterator[InvalidModels]:
    """No row says again, in another spelling, what an earlier one says."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        told = (text for column, text in row.items() if column not in TOLD)
        key = tuple(told if file.startswith(AS_PRINTED) else map(fold_spelling, told))
        if key in seen:
            yield InvalidModels(file, int(row["#"]), "models.repeats", earlier=seen[key])
        seen.setdefault(key, row["#"])


def _check_sentences(file: str, rows: Rows) -> Iterator[InvalidModels]:
    """Sentences have a key of their own, both languages, the same fields in both, and English a form for one thing."""
    if not file.startswith("interface/"):
        return
    seen: dict[str, str] = {}
    for row in rows:
        number = int(row["#"])
        if row["key"] in seen:
            yield InvalidModels(file, number, "models.key_twice", key=row["key"], earlier=seen[row["key"]])
        seen.setdefault(row["key"], row["#"])
        if not row["vi"] or not row["en"]:
            yield InvalidModels(file, number, "models.one_language")
            continue
        vi, en = _fields(row["vi"]), _fields(row["en"])
        for key, lacking in (("models.vi_lacks_field", en - vi), ("models.en_lacks_field", vi - en)):
            if lacking:
                yield InvalidModels(file, number, key, fields=", ".join(sorted(lacking)))
        for plural in _PLURAL.finditer(row["en"]):
            yield InvalidModels(file, number, "models.no_singular", field=plural[1], words=plural[0])


_COUNTS = (
    "added|count|done|files|found|held|items|kept|known|new|pairs|read|reviewed|rows|same|tables|total|workers|years"
)
_PLURAL = re.compile(rf"\{{({_COUNTS})\}}(?: [a-z]+)? (?!(?:as|has|is|makes|series|this|was)\b)[a-z]+s\b")
"""A count with a word in the plural behind it, which one thing would belie: “{count} more figures”."""


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


TABLE_CHECKS: tuple[Callable[[str, Rows], Iterable[InvalidModels]], ...] = (
    _check_writing,
    _check_examples,
    _check_repeats,
    _check_sentences,
)

# --------------------------------------------------------------------------------- what the rooms ask for


def _check_catalogue() -> Iterable[InvalidModels]:
    from extractor.statistics.matching import check_catalogue

    check_catalogue()
    return ()


def _check_alias_examples() -> Iterator[InvalidModels]:
    """Read as a report's own sentence, the example of an alias gives a figure of its indicator."""
    from extractor.pipeline import extract_text
    from extractor.statistics.catalogue import ALIASES

    for row in read_rows(ALIASES):
        figures = extract_text(row["example"], report_period=EXAMPLE_PERIOD)
        if not any(f.match == "alias" and f.indicator_id == row["indicator"] for f in figures):
            told = ", ".join(f"{f.indicator} → {f.indicator_id if f.match == 'alias' else '?'}" for f in figures)
            values = {
                "example": row["example"],
                "indicator": row["indicator"],
                "found": told or Message("models.no_figure"),
            }
            yield InvalidModels(ALIASES, int(row["#"]), "models.alias_not_yielded", **values)


ROOM_CHECKS: tuple[Callable[[], Iterable[InvalidModels]], ...] = (
    _check_catalogue,
    *VOCABULARY_CHECKS,
)
READING_CHECKS: tuple[Callable[[], Iterable[InvalidModels]], ...] = (_check_alias_examples,)
