"""Where sentences and tables meet a terminal: results on standard output, everything else on standard error.

Sentences come from ``models/interface/commands.csv`` in the language of choice. Text out of reports and names of files
is shown with its control characters made visible, so that nothing read can move the cursor or recolour the screen.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence
from io import TextIOWrapper

from extractor.domain.messages import say

PATIENCE = 1.0
"""Seconds of work after which a person wants to know how far it is."""

RENEWAL = 0.1  # seconds between two states of a line that renews itself
REMINDER = 15.0  # seconds between two lines of a log

WIDE = 120  # columns where nobody says how many there are
NARROW = 16  # columns that a first column needs to say anything

SENTENCES = "commands.csv"

NAMES = frozenset({"name", "path", "file"})
"""The fields of sentences that a file's name stands in."""


class Console:
    """Standard output and error of one command, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._started = time.monotonic()
        self._shown = 0.0
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")

    def sentence(self, key: str, **values: object) -> str:
        """The sentence ``key`` in the language of choice; the name of a file breaks no line of it."""
        named = {field: on_a_line(str(values[field])) for field in NAMES & values.keys()}
        return say(SENTENCES, key, self.language, **{**values, **named})

    def heads(self, group: str, *names: str) -> list[str]:
        """The heads of columns: the sentence of each name in a group of keys."""
        return [self.sentence(f"{group}.{name}") for name in names]

    def tell(self, key: str, **values: object) -> None:
        """A sentence that is part of the result."""
        self.write(self.sentence(key, **values))

    def write(self, text: str = "") -> None:
        """A line of the result, as it is."""
        print(visible(text))

    def write_bytes(self, data: bytes) -> None:
        """Machine-readable output: not a byte is changed."""
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def warn(self, key: str, **values: object) -> None:
        """A sentence for the person at the terminal, beside the result."""
        self.complain(self.sentence(key, **values))

    def complain(self, text: str) -> None:
        """A ready sentence on standard error."""
        self.clear_progress()
        print(visible(text), file=sys.stderr)

    def progress(self, done: int, total: int, name: str) -> None:
        """How far the work is: on a terminal one line that renews itself, elsewhere a line now and then."""
        now = time.monotonic()
        live = sys.stderr.isatty()
        pause = RENEWAL if live else REMINDER
        if total < 2 or now - self._started < PATIENCE or now - (self._shown or self._started) < pause:
            return
        line = self.sentence("progress", done=done, total=total, name=visible(name))
        print(f"\r\x1b[2K{clip(line, 100)}" if live else line, end="" if live else "\n", file=sys.stderr, flush=True)
        self._shown = now

    def clear_progress(self) -> None:
        """Remove the progress line before something else is said."""
        if self._shown and sys.stderr.isatty():
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
            self._shown = 0.0

    def flush(self) -> None:
        """Hand over what is buffered, while an error can still be told."""
        self.clear_progress()
        sys.stdout.flush()

    def give_up(self) -> None:
        """Drop what standard output still holds: nobody can take it, and Python would try once more when it ends."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def table(self, header: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
        """Columns two blanks apart; the columns named in ``right`` hold numbers and are set flush right.

        The first column gives way where the terminal is too narrow for all.
        """
        cells = [[on_a_line(visible(cell)) for cell in row] for row in [header, *rows]]
        widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
        excess = sum(widths) + 2 * len(widths) - shutil.get_terminal_size((WIDE, 24)).columns
        if excess > 0:
            widths[0] = max(NARROW, widths[0] - excess)
            cells = [[clip(row[0], widths[0]), *row[1:]] for row in cells]
        numbers = frozenset(right)
        for number, row in enumerate(cells):
            padded = (
                " " * (w - width(cell)) + cell if i in numbers else cell + " " * (w - width(cell))
                for i, (cell, w) in enumerate(zip(row, widths, strict=True))
            )
            print(("  " + "  ".join(padded)).rstrip())
            if number == 0:
                print("  " + "  ".join("─" * w for w in widths))


def visible(text: str) -> str:
    r"""``text`` with control and direction characters spelled out, line ends and tabs kept.

    >>> visible("a\x1b[31m\u202eb")
    'a\\x1b[31m\\u202eb'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else ascii(c)[1:-1] for c in text
    )


def on_a_line(text: str) -> str:
    r"""``text`` with line ends and tabs spelled out too.

    >>> on_a_line("bao\ncao.pdf")
    'bao\\ncao.pdf'
    """
    return text.replace("\n", r"\n").replace("\t", r"\t")


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal: marks that combine take none, wide letters two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clip(text: str, columns: int) -> str:
    """``text`` on one line, cut with an ellipsis where it is longer than ``columns``.

    >>> clip("Tổng thu ngân sách nhà nước", 12)
    'Tổng thu ng…'
    """
    line = " ".join(text.split())
    return line if len(line) <= columns else line[: columns - 1].rstrip() + "…"
