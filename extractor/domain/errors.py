"""Few errors; each says what was found, where, and what to do next, in Vietnamese by default and in English on request.

    SolieuError
    ├── UnreadableFile    one file cannot be read: carries its result class; the rest of a batch goes on
    ├── InvalidModels     models/ contradicts itself: names file, row and conflict
    ├── InvalidInput      what a person typed or passed cannot be meant: a number, a date, an option
    ├── MissingExtra      a part of the program that is not installed: names the library and what brings it
    └── StoreError        the store cannot do it
        ├── Conflict      somebody decided first: nothing was overwritten, both states are carried
        └── NotAllowed    the person's role does not reach that far

Only these leave a room: a reader that meets anything else turns it into ``UnreadableFile``.
"""

from __future__ import annotations

from pathlib import Path
from traceback import walk_tb
from typing import Any

from extractor.domain.document import Result
from extractor.domain.messages import Message

HOME = Path(__file__).parents[1]


class SolieuError(Exception):
    """Base of all our errors: a message of messages.csv and what fills it in.

    It crosses processes as every exception does: by its positional arguments, and by its attributes behind them.
    """

    def __init__(self, key: str, /, **values: Any) -> None:
        self.message = Message(key, values)

    def __str__(self) -> str:
        return self.vi

    @property
    def vi(self) -> str:
        """The sentence in Vietnamese."""
        return self.say("vi")

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.say("en")

    def say(self, language: str = "vi") -> str:
        """The sentence in ``language`` ("vi" or "en")."""
        return self.message.say(language)


class UnreadableFile(SolieuError):  # noqa: N818 - a name that a person would use
    """A file that gives no document; ``name`` is the file, ``result`` its class. Every such sentence has ``{name}``."""

    def __init__(self, name: str, result: Result, key: str, /, **values: Any) -> None:
        super().__init__(key, **{**values, "name": name})
        self.name = name
        self.result = result


class InvalidModels(SolieuError):  # noqa: N818
    """A row of ``models/`` that cannot be right; ``file`` and ``row`` (from 1, header included) say which."""

    def __init__(self, file: str, row: int, key: str, /, **values: Any) -> None:
        super().__init__("models.row", file=file, row=row, conflict=Message(key, values))
        self.file = file
        self.row = row


class InvalidInput(SolieuError):  # noqa: N818
    """Something a person entered that has no reading."""


class MissingExtra(SolieuError):  # noqa: N818
    """A library that only some installations have; ``extra`` is the part of solieu that brings it."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__("extra.missing", library=library, extra=extra)
        self.library = library
        self.extra = extra


class StoreError(SolieuError):
    """The store cannot do what was asked."""


class Conflict(StoreError):  # noqa: N818
    """The record has changed since it was shown; ``current`` is the state that stands."""

    def __init__(self, key: str, /, current: Any = None, **values: Any) -> None:
        super().__init__(key, **values)
        self.current = current


class NotAllowed(StoreError):  # noqa: N818
    """The acting person's role does not allow it."""


def place_of(error: BaseException) -> str:
    """The innermost line of ours that ``error`` passed: ``language/lexer/periods.py:120``."""
    passed = ((Path(frame.f_code.co_filename), line) for frame, line in walk_tb(error.__traceback__))
    ours = [f"{file.relative_to(HOME).as_posix()}:{line}" for file, line in passed if file.is_relative_to(HOME)]
    return ours[-1] if ours else "-"
