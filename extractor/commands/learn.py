"""``solieu learn``: what corrections teach, and new rows for models/ once the corpus has been scored with them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store
from extractor.domain.errors import InvalidInput
from extractor.domain.folders import data_folder

if TYPE_CHECKING:
    from extractor.archive.review.learning import Lesson
    from extractor.commands.terminal.rescoring import Trial


def add(parser: Parser) -> None:
    """Describe the command."""
    add_store(parser)
    parser.add_argument("--take", metavar="1,3|all", help=parser.describe("take"))


def run(options: argparse.Namespace, console: Console) -> int:
    """List the lessons of the store; with ``--take``, try the chosen rows, and keep them where they do no harm."""
    from extractor.archive.review.learning import learn_from

    with existing_store(options.store) as store:
        lessons = learn_from(store)
    rows = [lesson for lesson in lessons if lesson.row is not None]
    if not lessons:
        console.tell("learn.none")
        return exit_codes.DONE
    chosen = _chosen(options.take, rows)
    if not chosen:
        _show(lessons, console)
        return exit_codes.DONE
    return _take(chosen, console)


def _chosen(typed: str | None, rows: Sequence[Lesson]) -> list[Lesson]:
    """The rows that ``--take`` names; raises InvalidInput for a number that is not there."""
    if not typed:
        return []
    if typed == "all":
        return list(rows)
    numbers = [part.strip() for part in typed.split(",")]
    wrong = [n for n in numbers if not n.isdecimal() or not 0 < int(n) <= len(rows)]
    if wrong:
        raise InvalidInput("learn.no_such_row", wrong=", ".join(wrong), most=len(rows))
    return [rows[int(n) - 1] for n in dict.fromkeys(numbers)]


def _show(lessons: Sequence[Lesson], console: Console) -> None:
    """Rows with their numbers, then what a person must find words for; each with its sentences."""
    rows = [lesson for lesson in lessons if lesson.row is not None]
    if rows:
        console.tell("learn.rows")
    for number, lesson in enumerate(rows, 1):
        console.write()
        line = ",".join(value for value in (lesson.row or {}).values() if value)
        console.write(f"{number:3}. models/{lesson.table}: {line}")
        _explain(lesson, console)
    others = [lesson for lesson in lessons if lesson.row is None]
    if others:
        console.write()
        console.tell("learn.others")
    for lesson in others:
        console.write()
        console.write(f"  •  models/{lesson.table}")
        _explain(lesson, console)
    if rows:
        console.write()
        console.tell("learn.how")


def _explain(lesson: Lesson, console: Console) -> None:
    told = {"before": lesson.before or "–", "after": lesson.after or "–", "by": lesson.by, "on": lesson.on}
    console.write("     " + console.sentence(f"learn.kind_{lesson.kind}", count=lesson.count, **told))
    for sentence in lesson.sentences:
        console.write(f"       “{sentence}”")


def _take(chosen: Sequence[Lesson], console: Console) -> int:
    """Try the rows on a copy of models/; write them where nothing gets worse by them."""
    from extractor.commands.terminal.rescoring import add_rows, try_rows

    rows = [(lesson.table, lesson.row) for lesson in chosen if lesson.row is not None]
    console.warn("learn.trying", count=len(rows))
    trial = try_rows(rows)
    for conflict in trial.conflicts:
        console.write(conflict)
    if trial.conflicts:
        console.warn("learn.contradicts")
        return exit_codes.SOME_FAILED
    _compare(trial, console)
    if trial.worse:
        for text, measure, before, after in trial.worse:
            name = console.sentence(f"learn.measure_{measure}")
            console.complain(f"  {text}: {name} {_number(before)} → {_number(after)}")
        console.warn("learn.worse")
        return exit_codes.SOME_FAILED
    folder = data_folder("models")
    add_rows(folder, rows)
    console.tell("learn.written", count=len(rows), folder=folder)
    return exit_codes.DONE


def _compare(trial: Trial, console: Console) -> None:
    from extractor.commands.terminal.rescoring import SHOWN

    if trial.before is None or trial.after is None:
        return
    header = [console.sentence(f"learn.head_{name}") for name in ("measure", "before", "after")]
    rows = [
        (
            console.sentence(f"learn.measure_{measure}"),
            _number(trial.before.total(measure)),
            _number(trial.after.total(measure)),
        )
        for measure in SHOWN
    ]
    console.table(header, rows, right=(1, 2))


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and value > 1 else f"{value:.4f}".rstrip("0").rstrip(".") or "0"
