"""The loop of a batch: files off the shelf, answers out of an executor, outcomes in the order of the shelf.

In: a ``Shelf``, any ``concurrent.futures.Executor`` and a ``Ledger``. Out: one ``Outcome`` a file, each after it has
been written. The hard idea: results are written in the order of the shelf and not in that of the workers, so a store
does not depend on how many there were, or on where a run was cut off. A window holds the files between the two; it is
bounded in count and in bytes, so memory does not grow with the shelf.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from extractor.archive.batch.discover import Found, Shelf
from extractor.archive.batch.ledger import Arrival, Kept, Ledger, done
from extractor.archive.batch.read_file import Answer, read_one, unpack
from extractor.archive.intake.import_report import FAULT, Received, Refused, no_content
from extractor.archive.row_types import Intake
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import MB

if TYPE_CHECKING:
    from extractor.language import Layer

LOOK_AHEAD = 16  # files whose hashes are asked of the store at once
BATCH = 16  # files a transaction
PAUSE = 1.0  # seconds after which what is ready is written, however little it is
AHEAD = 16  # files a worker may be ahead of the slowest
HELD = 512 * MB  # bytes of files between shelf and store
Charge = Callable[[BaseException, str], UnreadableFile | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of the shelf. ``known``: it was done before, in this run or an earlier one."""

    path: str
    name: str
    size: int
    result: str
    vi: str | None = None
    en: str | None = None
    known: bool = False
    seconds: float = 0.0
    key: str = ""
    intake: Intake | None = None


@dataclass(slots=True)
class _Waiting:
    path: str
    name: str
    size: int
    key: str
    found: Found | None  # with its content, while that is needed
    future: Future[bytes] | None = None
    arrival: Arrival | None = None
    twin: bool = False  # the same content is on its way already
    row: Received | Refused | None = None  # for the next transaction, where there is something to write


class Batch:
    """One run over a shelf."""

    def __init__(
        self,
        ledger: Ledger,
        executor: Executor,
        *,
        actor: str,
        workers: int,
        again: Collection[str] = (),
        charge: Charge = lambda _error, _name: None,
        layer: Layer | None = None,
    ) -> None:
        """``again`` are result classes to be read anew; ``charge`` says what an executor's own error means.

        ``layer`` is what the store has learned.
        """
        self._ledger = ledger
        self._executor = executor
        self._work = partial(read_one, layer=layer) if layer is not None and layer.version else read_one
        self._actor = actor
        self._again = frozenset(again)
        self._charge = charge
        self._run = uuid.uuid4().hex
        self._count = 0
        self._most = BATCH + AHEAD * workers
        self._waiting: deque[_Waiting] = deque()
        self._under_way: set[str] = set()
        self._held = 0
        self._ready: list[_Waiting] = []  # whose outcome is known
        self._since = 0.0  # when the oldest of them became ready

    def run(self, shelf: Shelf) -> Iterator[Outcome]:
        """Takes in every file of ``shelf``; stop at any time, and begin again with the same shelf."""
        files = iter(shelf)
        while chunk := list(_some(files)):
            keys = [_key(found) for found in chunk]
            known = self._ledger.known(set(keys))
            for found, key in zip(chunk, keys, strict=True):
                self._take(found, key, known.get(key))
            chunk.clear()
            while self._waiting and (len(self._waiting) > self._most or self._held > HELD):
                yield from self._settle()
        while self._waiting:
            yield from self._settle()
        yield from self._write()

    def _take(self, found: Found, key: str, arrival: Arrival | None) -> None:
        waiting = _Waiting(found.path, found.name, len(found.content), key, found)
        if key in self._under_way:
            waiting.twin = True
        elif done(arrival, self._again):
            waiting.arrival = arrival
        elif found.refusal is None:
            waiting.future = self._executor.submit(self._work, found.name, found.content)
            self._under_way.add(key)
            self._held += waiting.size
        if waiting.twin or waiting.arrival:
            waiting.found = None
        self._waiting.append(waiting)

    def _settle(self) -> Iterator[Outcome]:
        """The oldest file, laid ready or written, waiting for its answer if need be."""
        waiting = self._waiting[0]
        while waiting.future is not None and self._ready:
            try:
                waiting.future.exception(timeout=max(0.0, self._since + PAUSE - time.monotonic()))
                break
            except NotYet:
                yield from self._write()
        self._waiting.popleft()
        if waiting.twin:
            yield from self._write()
            waiting.arrival = self._ledger.known([waiting.key]).get(waiting.key)
        if waiting.found is not None:
            waiting.row = self._row(waiting, waiting.found)
        if not self._ready:
            self._since = time.monotonic()
        self._ready.append(waiting)
        if len(self._ready) >= BATCH or time.monotonic() - self._since > PAUSE:
            yield from self._write()

    def _row(self, waiting: _Waiting, found: Found) -> Received | Refused:
        answer = self._answer(waiting, found)
        self._count += 1
        client = f"{self._run}:{self._count}"
        if answer.prepared is not None:
            return Received(answer.prepared, found.content, self._actor, client, found.path, answer.seconds)
        return Refused(
            waiting.key,
            found.name,
            answer.result,
            answer.vi or "",
            answer.en,
            self._actor,
            client,
            found.path,
            waiting.size,
            answer.seconds,
        )

    def _answer(self, waiting: _Waiting, found: Found) -> Answer:
        refusal = found.refusal
        if waiting.future is not None:
            try:
                return unpack(waiting.future.result())
            except UnreadableFile as charged:
                refusal = charged
            except (ValueError, RecursionError) as error:  # an answer that no worker of ours would give
                words = f"{type(error).__name__}: {error}"
                return Answer(0.0, None, FAULT, words, words)
            except Exception as error:
                refusal = self._charge(error, found.name)
                if refusal is None:
                    raise
        assert refusal is not None
        return Answer(0.0, None, refusal.result.value, refusal.vi, refusal.en)

    def _write(self) -> Iterator[Outcome]:
        ready, self._ready = self._ready, []
        rows = [one.row for one in ready if one.row is not None]
        kept = iter(self._ledger.keep(rows) if rows else [])
        self._ledger.meet([(one.key, one.path, one.name) for one in ready if one.row is None and one.arrival])
        for one in ready:
            if one.row is None:
                yield _repeat(one)
                continue
            if one.future is not None:
                self._under_way.discard(one.key)
                self._held -= one.size
            yield _outcome(one, one.row, next(kept))


@dataclass(slots=True)
class Ahead:
    """What a run over a shelf would find."""

    new: int = 0
    known: int = 0  # whose verdict the store holds
    twins: int = 0  # whose content lies on the shelf a second time
    failed: int = 0
    size: int = 0  # bytes of the new ones


def look_ahead(shelf: Shelf, ledger: Ledger | None, again: Collection[str]) -> Ahead:
    """Counts what a run would read, without reading a page; ``ledger`` is None where there is no store yet."""
    ahead, seen = Ahead(), set[str]()
    files = iter(shelf)
    while chunk := list(_some(files)):
        keys = [_key(found) for found in chunk]
        known = ledger.known(set(keys)) if ledger is not None else {}
        for found, key in zip(chunk, keys, strict=True):
            if found.refusal is not None:
                ahead.failed += 1
            elif key in seen:
                ahead.twins += 1
            elif done(known.get(key), again):
                ahead.known += 1
            else:
                ahead.new += 1
                ahead.size += len(found.content)
            seen.add(key)
    return ahead


def _some(files: Iterator[Found]) -> Iterator[Found]:
    """The next few files, fewer where they are large."""
    held = 0
    for found in islice(files, LOOK_AHEAD):
        yield found
        held += len(found.content)
        if held > HELD // 8:
            return


def _key(found: Found) -> str:
    return no_content(found.path) if found.refusal is not None else hashlib.sha256(found.content).hexdigest()


def _repeat(waiting: _Waiting) -> Outcome:
    arrival = waiting.arrival  # None: its twin was not to be kept by the database
    told = (arrival.result, arrival.reason, arrival.reason_en) if arrival is not None else (FAULT, None, None)
    return Outcome(waiting.path, waiting.name, waiting.size, *told, known=True, key=waiting.key)


def _outcome(waiting: _Waiting, row: Received | Refused, kept: Kept) -> Outcome:
    told: tuple[str, str | None, str | None]
    if kept.fault is not None:
        told = FAULT, kept.fault, kept.fault
    elif isinstance(row, Received):
        told = row.prepared.result, row.prepared.reason, row.prepared.reason_en
    else:
        told = row.result, row.vi or None, row.en
    return Outcome(
        waiting.path, waiting.name, waiting.size, *told, seconds=row.seconds, key=waiting.key, intake=kept.intake
    )
