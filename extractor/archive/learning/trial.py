"""What can be learned, found out in a process of its own: it takes a minute, and the screens go on meanwhile.

In: where a store is. Out: how far the process has come, then the proposal and what it would change. All sessions of a
server share one ``Trial``: nobody waits for it, whoever looks sees how far it is, and a second press starts nothing.
The process gives way to others on the machine, and ends with the server, or where that is killed with its next word.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from extractor.archive.batch.forkserver import without_main
from extractor.archive.journal import now
from extractor.archive.learning.changes import Changes, changes_by
from extractor.archive.learning.proposal import STEPS, Proposal, narrow, propose, row_alone

_log = logging.getLogger(__name__)

NICE = 5
PARTING = 1.0
"""Seconds that a process may take to end once it has said what it found."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A proposal, what it would change, and when that was found out (UTC, as in the journal)."""

    proposal: Proposal
    changes: Changes
    at: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a trial stands: at which ``step`` of ``STEPS`` while it runs, then what it found, or that it broke off."""

    step: int | None = None
    tried: Tried | None = None
    is_broken: bool = False


class Trial:
    """A trial of one store, to be begun and looked at from any thread."""

    def __init__(self, location: str | None) -> None:
        self._location = location
        self._lock = threading.Lock()
        self._standing = Standing()
        self._pipe: Connection | None = None
        self._process: BaseProcess | None = None

    def begin(self, found: Proposal | None = None, kept: Iterable[int] = ()) -> None:
        """Starts the process, unless it runs already; what was found before is forgotten.

        Of what has been ``found`` the pieces in the places that are ``kept`` are tried alone.
        """
        with self._lock:
            if self._pipe is not None:
                return
            context = multiprocessing.get_context("spawn")  # with what the environment says today
            self._pipe, theirs = context.Pipe(duplex=False)
            self._process = context.Process(target=_try, args=(theirs, self._location, found, (*kept,)), daemon=True)
            with without_main():
                self._process.start()
            theirs.close()
            self._standing = Standing(step=0)

    def look(self) -> Standing:
        """Where it stands now; does not wait."""
        with self._lock:
            while self._pipe is not None and self._pipe.poll():
                self._hear(self._pipe)
            return self._standing

    def forget(self) -> None:
        """Lets go of what was found: it has been taken over, or the store has moved on."""
        with self._lock:
            if self._pipe is None:
                self._standing = Standing()

    def _hear(self, pipe: Connection) -> None:
        """Takes in one word of the process: a step, or what it found; where it has died, that it broke."""
        try:
            said = pipe.recv()
        except (EOFError, OSError):
            _log.warning("a trial of what was learned broke off")
            said = Standing(is_broken=True)
        if isinstance(said, Standing):
            self._standing = said
            pipe.close()
            self._pipe = None
            if self._process is not None:
                self._process.join(PARTING)
                self._process = None
        else:
            self._standing = replace(self._standing, step=said)


def _try(pipe: Connection, location: str | None, found: Proposal | None, kept: tuple[int, ...]) -> None:
    """What the process does."""
    from extractor.archive.store import Store

    with contextlib.suppress(AttributeError, OSError):  # a machine without such a thing
        os.nice(NICE)
    store = Store.open(location)
    if found is not None:
        pipe.send(STEPS.index("try"))
        proposal = narrow(store, found, kept)
    else:
        proposal = propose(store, tell=pipe.send)
    pipe.send(STEPS.index("change"))
    changes = changes_by(store, proposal.content, [*map(row_alone, proposal.rows)])
    pipe.send(Standing(tried=Tried(proposal, changes, now())))
    pipe.close()
    store.close()
