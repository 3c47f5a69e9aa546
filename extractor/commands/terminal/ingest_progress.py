"""Where a long run stands, for the person who waits: how many, how fast, how long still, and what came of them."""

from __future__ import annotations

import time
from collections import Counter, deque
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.commands.terminal.console import Console
from extractor.domain.document import CARRIES
from extractor.domain.messages import in_language, spell_number

if TYPE_CHECKING:
    from extractor.archive.batch.discover import Shelf
    from extractor.archive.batch.run import Outcome

WINDOW = 60.0  # seconds over which the pace is taken: shelves change from text to scans and back
TOLD = 20  # files whose refusal is told at once; a shelf with more has a table at the end


class RunCounts:
    """Counts outcomes as they come, tells the first refusals, and keeps the line of progress up to date."""

    def __init__(self, shelf: Shelf, console: Console) -> None:
        self.classes: Counter[str] = Counter()
        self.new = self.known = self.again = self.lost = 0
        self._told = 0
        self._shelf = shelf
        self._console = console
        self._pace: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    @property
    def done(self) -> int:
        """All files so far."""
        return self.classes.total()

    @property
    def read(self) -> int:
        """Files with figures in the store."""
        return sum(self.classes[result] for result in CARRIES)

    @property
    def failed(self) -> int:
        """Files without."""
        return self.done - self.read

    @property
    def ranked(self) -> list[tuple[str, int]]:
        """Result classes with how many files each has, the most frequent first."""
        return sorted(self.classes.items(), key=lambda one: (-one[1], one[0]))

    def add(self, outcome: Outcome) -> None:
        """One more file."""
        self.classes[outcome.result] += 1
        self.known += outcome.known
        if outcome.intake is not None:
            fresh = not outcome.intake.known
            reread = fresh and bool(outcome.intake.kept or outcome.intake.lost or outcome.intake.withdrawn)
            self.again += reread
            self.new += fresh and not reread
            self.lost += outcome.intake.lost
        if outcome.result not in CARRIES and self._told <= TOLD:
            self._tell(outcome)
        self._show()

    def _tell(self, outcome: Outcome) -> None:
        self._told += 1
        if self._told > TOLD:
            self._console.warn("ingest.more_failed")
        else:
            self._console.complain(reason_of(outcome, self._console))

    def _show(self) -> None:
        now = time.monotonic()
        if now - self._pace[-1][0] > 0.5:
            self._pace.append((now, self.done))
        while len(self._pace) > 2 and now - self._pace[0][0] > WINDOW:
            self._pace.popleft()
        began, before = self._pace[0]
        rate = (self.done - before) / max(now - began, 0.001)
        left = (self._shelf.total - self.done) / rate if rate else None
        counts = (f"{self._console.sentence(f'class.{result}')} {count}" for result, count in self.ranked)
        told = self._console.sentence(
            "ingest.pace",
            rate=spell_number(Decimal(f"{rate:.1f}"), self._console.language),
            left=time_text(left, self._console),
            counts=", ".join(counts),
        )
        self._console.progress(self.done, max(self._shelf.total, 2), told)


def reason_of(outcome: Outcome, console: Console) -> str:
    """Why a file was not read, as a sentence that names it once."""
    told = in_language(console.language, outcome.vi, outcome.en) or console.sentence(f"result.{outcome.result}")
    return told if outcome.name and told.startswith(outcome.name[:40]) else f"{outcome.path}: {told}"


def time_text(seconds: float | None, console: Console) -> str:
    """A time to wait, no finer than a person plans."""
    if seconds is None:
        return console.sentence("ingest.unknown_time")
    if seconds < 60:
        return console.sentence("ingest.seconds", n=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 60:
        return console.sentence("ingest.minutes", n=minutes)
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return console.sentence("ingest.hours", n=hours, minutes=minutes)
    days, hours = divmod(hours, 24)
    return console.sentence("ingest.days", n=days, hours=hours)
