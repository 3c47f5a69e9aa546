"""``solieu learn``: what decisions teach: rows for models/, and weights that the store reads with from then on.

Both are tried on gold before anything is written, and weights that were taken over can be taken back.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store
from extractor.domain.errors import InvalidInput
from extractor.domain.folders import data_folder
from extractor.domain.messages import say

if TYPE_CHECKING:
    from extractor.archive import Store
    from extractor.archive.review.lesson import Lesson
    from extractor.commands.terminal.rescoring import RowTrial


def add(parser: Parser) -> None:
    """Describe the command."""
    add_store(parser)
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument("--take", metavar="1,3|all", help=parser.describe("take"))
    acts.add_argument("--accept", metavar="1,3|all", nargs="?", const="all", help=parser.describe("accept"))
    acts.add_argument("--undo", metavar="N", type=int, help=parser.describe("undo"))
    acts.add_argument("--history", action="store_true", help=parser.describe("history"))
    acts.add_argument("--export", metavar="FILE", type=Path, help=parser.describe("export"))
    parser.add_argument("--by", metavar="NAME", help=parser.describe("by"))


def run(options: argparse.Namespace, console: Console) -> int:
    """List what the store teaches, with its effect; or take it over, take it back, list versions, write a patch."""
    with existing_store(options.store) as store:
        if options.history:
            return _list_versions(store, console)
        if options.undo is not None:
            return _go_back(store, options.undo, options.by, console)
        if options.export is not None:
            return _export(store, options.export, console)
        if options.accept:
            return _weigh(store, console, accept=options.accept, by=options.by)
        return _teach(store, options.take, console)


def _teach(store: Store, take: str | None, console: Console) -> int:
    """The lessons and what the decisions would move; or the rows that were chosen, tried and kept."""
    from extractor.archive.review.learning import learn_from

    lessons = learn_from(store)
    rows = [lesson for lesson in lessons if lesson.row is not None]
    if chosen := [rows[place] for place in _chosen(take, len(rows))]:
        return _take(chosen, console)
    if lessons:
        _show(lessons, console)
        console.write()
    return _weigh(store, console, accept=None, by=None, others=bool(lessons))


# ---------------------------------------------------------------------------------------------------------- weights


def _weigh(store: Store, console: Console, *, accept: str | None, by: str | None, others: bool = False) -> int:
    """What the decisions would teach the reader and what that does to gold; taken over where asked and harmless.

    ``accept`` names the pieces to take over, which are then tried without the others.
    """
    from extractor.archive.learning.changes import changes_by
    from extractor.archive.learning.proposal import OWN, narrow, propose, row_alone
    from extractor.archive.roles import local_name
    from extractor.training.guard import IDS, REPORTS

    console.warn("learn.weighing")
    found = propose(store)
    if not (found.moved or found.rows) or not found.is_new:
        if not others:
            console.tell("learn.none")
        if found.decisions:
            console.tell("learn.nothing_moves", passages=found.passages, decisions=found.decisions)
        return exit_codes.DONE
    kept = _chosen(accept, len(found.pieces))
    if 0 < len(kept) < len(found.pieces):
        found = narrow(store, found, kept)
    counts = {"decisions": found.decisions, "corrections": found.corrections, "passages": found.passages}
    console.tell("learn.teaches", **counts)
    header = console.heads("learn", "head_texts", "head_measure_of", "head_before", "head_after")
    names = {OWN: "learn.own", REPORTS: "learn.reports", IDS: "learn.ids"}
    names = {group: console.sentence(name) for group, name in names.items()}
    rows = []
    for one in found.tallies:
        measure = console.sentence(f"learn.measure_{one.measure}_f1")
        rows.append((names.get(one.group, one.group), measure, *map(_number, one.shares)))
    console.table(header, rows, right=(2, 3))
    would = changes_by(store, found.content, [*map(row_alone, found.rows)])
    for number, (piece, count) in enumerate(zip_longest(found.pieces, would.by_row), 1):
        console.write(f"{number:3}. {_piece(piece, found.moved, count, console)}")
    console.tell("learn.otherwise", otherwise=would.otherwise, figures=would.figures, reports=would.reports)
    if found.fell:
        fell = "; ".join(f"{names.get(one.group, one.group)}: {one.measure}" for one in found.fell)
        console.warn("learn.does_harm", fell=fell)
        return exit_codes.SOME_FAILED
    if not accept:
        console.tell("learn.how_weights")
        return exit_codes.DONE
    layer = store.learn(found.content, over=found.over, actor=by or local_name())
    console.tell("learn.accepted", version=layer.version, before=found.over)
    return exit_codes.DONE


def _piece(piece: Lesson | str, moved: Mapping[str, int], count: int | None, console: Console) -> str:
    """A piece in words: how many weights of a decision, or a row and how many undecided figures it changes alone."""
    if isinstance(piece, str):
        return f"{console.sentence(f'explain.on_{piece}')}: {console.sentence('learn.weights', count=moved[piece])}"
    effect = "" if count is None else f" · {console.sentence('learn.row_changes', count=count)}"
    return f"models/{piece.table}: {_words(piece, console)}{effect}"


def _go_back(store: Store, version: int, by: str | None, console: Console) -> int:
    from extractor.archive.roles import local_name

    layer = store.unlearn(version, actor=by or local_name())
    console.tell("learn.undone", version=version, now=layer.version)
    return exit_codes.DONE


def _list_versions(store: Store, console: Console) -> int:
    from extractor.language import Layer

    versions = store.layers()
    if not versions:
        console.tell("learn.no_versions")
        return exit_codes.DONE
    rows = []
    for one in versions:
        layer = Layer(content=one.content)
        learned = str(layer.count_weights()), str(sum(map(len, layer.rows.values())))
        restored = "" if one.restores is None else str(one.restores)
        rows.append((str(one.version), one.at[:10], one.accepted_by, *learned, restored, one.digest[:12]))
    header = console.heads(
        "learn", "head_version", "head_on", "head_who", "head_weights", "head_rows", "head_again", "head_digest"
    )
    console.table(header, rows, right=(0, 3, 4, 5))
    return exit_codes.DONE


def _export(store: Store, target: Path, console: Console) -> int:
    from extractor.training.giving_back import patch_of

    patch = patch_of(store.layer())
    newest = store.layers()[-1:]
    told = [
        console.sentence("learn.signed", version=one.version, by=one.accepted_by, on=one.at[:10], digest=one.digest)
        for one in newest
    ]
    try:
        target.write_text("\n".join([*told, patch.text]), encoding="utf-8")
    except OSError as error:
        raise InvalidInput("learn.not_writable", path=target) from error
    console.tell("learn.exported", count=patch.given, kept=patch.kept_back, path=target)
    return exit_codes.DONE


# ------------------------------------------------------------------------------------------------------------- rows


def _chosen(typed: str | None, count: int) -> list[int]:
    """The places of what was typed, of so many; raises InvalidInput for a number that is not there."""
    if not typed:
        return []
    if typed == "all":
        return [*range(count)]
    numbers = [part.strip() for part in typed.split(",")]
    wrong = [n for n in numbers if not n.isdecimal() or not 0 < int(n) <= count]
    if wrong:
        raise InvalidInput("learn.no_such_row", wrong=", ".join(wrong), most=count)
    return [int(n) - 1 for n in dict.fromkeys(numbers)]


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
    console.write(f"     {_words(lesson, console)}")
    for sentence in lesson.sentences:
        console.write(f"       “{sentence}”")


CODES = {"period": "freq", "status": "status", "kind": "kind", "bound": "bound"}
"""Fields whose lessons speak in codes → what the codes are called in the table of exports."""


def _words(lesson: Lesson, console: Console) -> str:
    """What was corrected, from what to what and how often; a code is called by its name."""
    name = CODES.get(lesson.kind)
    values = (lesson.before, lesson.after)
    before, after = (say("exports.csv", f"{name}.{v}", console.language) if name and v else v or "–" for v in values)
    told = {"before": before, "after": after, "by": lesson.by, "on": lesson.on}
    return console.sentence(f"learn.kind_{lesson.kind}", count=lesson.count, **told)


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


def _compare(trial: RowTrial, console: Console) -> None:
    from extractor.commands.terminal.rescoring import SHOWN

    if trial.before is None or trial.after is None:
        return
    header = console.heads("learn", "head_measure", "head_before", "head_after")
    rows = []
    for measure in SHOWN:
        before, after = (_number(outcome.total(measure)) for outcome in (trial.before, trial.after))
        rows.append((console.sentence(f"learn.measure_{measure}"), before, after))
    console.table(header, rows, right=(1, 2))


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) and value > 1 else f"{value:.4f}".rstrip("0").rstrip(".") or "0"
