"""``solieu ingest``: a shelf goes into a store, however long it is, and a person sees what came in."""

from __future__ import annotations

import argparse
import contextlib
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.ingest_progress import RunCounts, time_text
from extractor.commands.terminal.ingest_report import RunTable
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.shelf_summary import last_day, show_figures, show_looks, show_reports
from extractor.commands.terminal.store_option import add_store, store_if_there
from extractor.commands.terminal.workers_option import add_workers, read_workers
from extractor.domain.document import CARRIES, Result
from extractor.domain.errors import InvalidInput
from extractor.domain.messages import spell_number

if TYPE_CHECKING:
    from extractor.archive import Store
    from extractor.archive.batch.discover import Shelf
    from extractor.archive.batch.ledger import Ledger
    from extractor.archive.batch.run import Charge, Outcome

WATCHED = "10"
"""Seconds between two looks at a folder that is watched, unless told otherwise."""
SHOWN = 60
"""Files of a shelf that is still shown report by report; a longer one is summed up by classes."""

SHORT = {"slow": Result.TOO_SLOW, "large": Result.TOO_LARGE, "scanned": Result.SCANNED, "part": Result.READ_IN_PART}
"""What people type for the longer names of classes."""

CLASSES = (*(result.value for result in Result), *SHORT, "all")


@dataclass(frozen=True, slots=True)
class Hands:
    """Who reads: an executor, how many files it reads at once, and what its own errors mean."""

    executor: Executor
    workers: int
    charge: Charge


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("files", nargs="+", metavar="PATH", help=parser.describe("files"))
    add_workers(parser)
    parser.add_argument("--scheduler", metavar="URL", help=parser.describe("scheduler"))
    parser.add_argument("--report", metavar="FILE", type=Path, help=parser.describe("report"))
    parser.add_argument("--dry-run", action="store_true", help=parser.describe("dry_run"))
    classes = ", ".join(CLASSES)
    parser.add_argument("--retry", metavar="CLASS", action="append", help=parser.describe("retry", classes=classes))
    parser.add_argument("--since", metavar="WHEN", help=parser.describe("since"))
    parser.add_argument("--watch", metavar="SECONDS", nargs="?", const=WATCHED, help=parser.describe("watch"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Take the files in, and sum up."""
    again, since = read_classes(options.retry or []), read_moment(options.since)
    workers = read_workers(options.workers)
    if options.report is not None and options.report.suffix.lower() not in {".xlsx", ".csv"}:
        raise InvalidInput("ingest.wrong_report", name=options.report)
    pause = read_pause(options.watch)
    if options.dry_run:
        return _count(options, again, since, workers, console)
    report = RunTable(options.report, console) if options.report else None
    with contextlib.ExitStack() as stack:
        if report is not None:
            stack.callback(report.close)
        hands = stack.enter_context(_hands(options.scheduler, workers))
        from extractor.archive import Store
        from extractor.archive.batch.ledger import Ledger
        from extractor.archive.batch.watch import changes

        turns = changes(options.files, pause) if pause is not None else iter(())
        store, actor = Store.open_local(options.store)
        stack.callback(store.close)
        turn = Round(hands, store, Ledger(store), actor, again, report)
        code = _take_in(turn, _shelf(options.files, since, console), console)
        if pause is not None and code != exit_codes.INTERRUPTED:
            console.tell("ingest.watching", seconds=f"{pause:g}")
        try:
            for _ in turns if code != exit_codes.INTERRUPTED else ():
                turn = replace(turn, is_first=False)
                code = _take_in(turn, _shelf(options.files, since, console), console)
        except KeyboardInterrupt:
            console.tell("ingest.watched")
    return code


@dataclass(frozen=True, slots=True)
class Round:
    """Who takes a shelf in, where it goes, and what is written of it."""

    hands: Hands
    store: Store
    ledger: Ledger
    actor: str
    again: frozenset[str]
    report: RunTable | None
    ignored: set[str] = field(default_factory=set)
    is_first: bool = True


def _take_in(turn: Round, shelf: Shelf, console: Console) -> int:
    """Read what is new on a shelf, and sum up."""
    from extractor.archive.batch.run import Batch

    hands, report = turn.hands, turn.report
    batch = Batch(
        turn.ledger,
        hands.executor,
        actor=turn.actor,
        workers=hands.workers,
        again=turn.again,
        charge=hands.charge,
        layer=turn.store.layer(),
    )
    tally = RunCounts(shelf, console)
    try:
        shown = _collect(batch.run(shelf), tally, report, known=turn.is_first)
    except KeyboardInterrupt:
        hands.executor.shutdown(wait=False, cancel_futures=True)
        console.warn("ingest.stopped", done=tally.done)
        return exit_codes.INTERRUPTED
    console.clear_progress()
    _sum_up(shown, tally, turn.ledger, console)
    if shelf.ignored:
        console.tell("ingest.ignored", count=len(shelf.ignored))
    if report is not None:
        for ignored in shelf.ignored:
            if ignored.path not in turn.ignored:
                report.add_ignored(ignored)
        turn.ignored.update(ignored.path for ignored in shelf.ignored)
        console.tell("ingest.reported", name=report.write())
    counts = {"read": tally.read, "failed": tally.failed, "new": tally.new, "again": tally.again}
    console.tell("ingest.done", **counts, known=tally.known, store=turn.store.address)
    if tally.lost:
        console.warn("ingest.lost", count=tally.lost)
    if not tally.failed and not shelf.empty:
        return exit_codes.DONE
    return exit_codes.SOME_FAILED if tally.read else exit_codes.NOTHING_READ


def _collect(
    outcomes: Iterable[Outcome], tally: RunCounts, report: RunTable | None, *, known: bool = True
) -> dict[str, Outcome]:
    """Count and list every outcome; returns those with figures, one more than are shown at most.

    Of a folder that is watched what is ``known`` already is counted, and told no second time.
    """
    shown: dict[str, Outcome] = {}
    for outcome in outcomes:
        tally.add(outcome)
        if outcome.known and not known:
            continue
        if report is not None:
            report.add(outcome)
        if outcome.result in CARRIES and len(shown) <= SHOWN:
            shown[outcome.path] = outcome
    return shown


def read_classes(typed: list[str]) -> frozenset[str]:
    """The result classes that were typed after ``--retry``."""
    found: set[str] = set()
    for word in ",".join(typed).replace("|", ",").split(","):
        name = word.strip().lower().replace("-", "_")
        if name == "all":
            found |= {result.value for result in Result}
        elif name in CLASSES:
            found.add(SHORT.get(name, name))
        elif name:
            raise InvalidInput("ingest.wrong_retry", text=word.strip(), classes=", ".join(CLASSES))
    return frozenset(found)


def read_moment(typed: str | None) -> float | None:
    """The moment that was typed after ``--since``, in seconds of the epoch."""
    if typed is None:
        return None
    ago = re.fullmatch(r"(\d{1,5})([dh])", typed.strip())
    if ago:
        unit = timedelta(days=1) if ago[2] == "d" else timedelta(hours=1)
        return (datetime.now().astimezone() - int(ago[1]) * unit).timestamp()
    try:
        return datetime.fromisoformat(typed.strip()).astimezone().timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidInput("ingest.wrong_since", text=typed) from error


def read_pause(typed: str | None) -> float | None:
    """How many seconds lie between two looks at a folder that is watched; None where none is."""
    if typed is None:
        return None
    if not re.fullmatch(r"\d{1,5}(?:\.\d)?", typed, re.ASCII) or not float(typed):
        raise InvalidInput("ingest.wrong_watch", text=typed)
    return float(typed)


@contextlib.contextmanager
def _hands(scheduler: str | None, workers: int) -> Iterator[Hands]:
    if scheduler is not None:
        from extractor.archive.batch import dask_cluster

        with dask_cluster.connect(scheduler) as (executor, threads):
            yield Hands(executor, threads, dask_cluster.charge)
        return
    from extractor.archive.batch.forkserver import start_server

    start_server()  # loads while we import the rest
    from extractor.archive.batch.pool import Pool

    pool = Pool(workers)
    try:
        yield Hands(pool, workers, lambda _error, _name: None)
    finally:
        pool.shutdown(cancel_futures=True)


def _shelf(paths: list[str], since: float | None, console: Console) -> Shelf:
    from extractor.archive.batch.discover import Shelf
    from extractor.paper.sniff.format import SUFFIXES

    shelf = Shelf(paths, since=since)
    for path in shelf.empty:
        console.warn("empty_folder", name=path, suffixes=", ".join(sorted(SUFFIXES)))
    return shelf


def _count(
    options: argparse.Namespace, again: frozenset[str], since: float | None, workers: int, console: Console
) -> int:
    """``--dry-run``: what would be read, against a store that is not made where there is none."""
    from extractor.archive.batch.ledger import Ledger
    from extractor.archive.batch.run import look_ahead

    shelf = _shelf(options.files, since, console)
    with store_if_there(options.store) as store:
        ledger = Ledger(store) if store is not None else None
        count = look_ahead(shelf, ledger, again)
        size = spell_number(Decimal(count.size) / 2**20 // Decimal("0.1") * Decimal("0.1"), console.language)
        counts = {"new": count.new, "known": count.known, "twins": count.twins, "failed": count.failed}
        console.tell("ingest.dry", size=size, **counts)
        pace = ledger.pace() if ledger is not None else None
    if pace is not None and count.new:
        console.tell("ingest.dry_time", time=time_text(count.new * pace / workers, console), workers=workers)
    return exit_codes.DONE if count.new or count.known else exit_codes.NOTHING_READ


def _sum_up(shown: dict[str, Outcome], tally: RunCounts, ledger: Ledger, console: Console) -> None:
    if not tally.done:
        console.tell("ingest.nothing")
        return
    glances = {path: ledger.glance(outcome.key) for path, outcome in shown.items()} if len(shown) <= SHOWN else {}
    shelf = {path: glance for path, glance in glances.items() if glance is not None}
    console.write()
    if shelf:
        console.tell("ingest.reports", count=len({glance.item_id for glance in shelf.values()}), files=len(shelf))
        console.write()
        show_reports(shelf, console)
        console.write()
        if holding := [one for one in shelf.items() if one[1].figures]:
            path, newest = max(holding, key=lambda one: last_day(one[1]))
            console.tell("ingest.figures", name=Path(path).name)
            console.write()
            show_figures(newest, console)
            console.write()
        console.tell("ingest.looks")
        console.write()
        show_looks(shelf, console)
        console.write()
    if tally.failed or not shelf:
        console.tell("ingest.classes", count=tally.done)
        console.write()
        rows = [
            (console.sentence(f"class.{result}"), str(count), console.sentence(f"todo.{result}"))
            for result, count in tally.ranked
        ]
        console.table(console.heads("column", "class", "count", "todo"), rows, right=(1,))
        console.write()
