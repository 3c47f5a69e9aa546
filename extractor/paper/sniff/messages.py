"""Sentences that more than one reader has to say of a file: one wording each, whoever finds it out.

What only one reader can find (an endless archive, a document of another program) is said where it is found.
"""

from __future__ import annotations

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile


def damaged(name: str) -> UnreadableFile:
    """The file is cut off or broken: its own format's readers cannot make it out."""
    return UnreadableFile(name, Result.DAMAGED, "file.damaged")


def locked(name: str) -> UnreadableFile:
    """A Word file, old or new, that asks for a password."""
    return UnreadableFile(name, Result.ENCRYPTED, "file.office_locked")


def wordless(name: str) -> UnreadableFile:
    """The file opens, and there is nothing to read in it."""
    return UnreadableFile(name, Result.EMPTY, "file.wordless")
