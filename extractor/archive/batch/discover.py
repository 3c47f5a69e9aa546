"""Paths as typed become files with their bytes: folders, patterns and packed archives, in an order that never changes.

In: paths. Out: one ``Found`` after the other, its content loaded, or the sentence that says why it could not be. The
hard idea: content is read once, here, and travels on as bytes; so what is hashed is what is read and what is kept, and
a worker needs no path of ours. Whether a file holds a report is not judged here.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.archive.batch.archives import PACKAGES, is_package, open_package, why_ignored
from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import DEFAULT
from extractor.paper.sniff.file import look_at, shown_path, too_large
from extractor.paper.sniff.format import SUFFIXES, shown

INSIDE = "!/"
"""Between an archive's path and a member's: ``shelf.zip!/2019/report.pdf``."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file on the shelf: its content, or why there is none."""

    path: str
    name: str
    content: bytes = b""
    refusal: UnreadableFile | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file that is not opened, and why: "junk", "readme", "kind", "link" or "device"."""

    path: str
    reason: str


class Shelf:
    """An iterator over the files behind ``paths``; ``total`` grows while archives are opened.

    ``since`` leaves out what was last changed before that moment (seconds of the epoch). ``ignored`` is what lies in
    folders and archives and is not opened, each with its reason: nothing is left out in silence.
    """

    def __init__(self, paths: Sequence[str], *, since: float | None = None) -> None:
        self.ignored: list[Ignored] = []
        self.empty: list[str] = []  # folders and patterns that hold nothing to read
        self._since = since
        self._files: list[str | Found] = []
        seen: set[str] = set()
        for path in paths:
            found = list(self._listed(path))
            if not found:
                self.empty.append(path)
            for file in found:
                if isinstance(file, Found):
                    self._files.append(file)
                elif (place := os.path.abspath(file)) not in seen:  # noqa: PTH100 - links are met again by content
                    seen.add(place)
                    self._files.append(file)
        self.total = len(self._files)

    def __iter__(self) -> Iterator[Found]:
        for file in self._files:
            if isinstance(file, Found):
                yield file
            elif is_package(file):
                yield from self._members(file)
            elif self._wanted(file):
                yield load(file)
            else:
                self.total -= 1

    def _listed(self, path: str) -> Iterator[str | Found]:
        if os.path.isdir(path):  # noqa: PTH112 - a shelf has a hundred thousand paths; strings are enough
            yield from files_in(path, SUFFIXES | PACKAGES, self.ignored)
        elif not os.path.lexists(path) and glob.has_magic(path):
            for match in sorted(glob.glob(path, recursive=True)):  # noqa: PTH207 - as above
                if os.path.isdir(match):  # noqa: PTH112
                    yield from files_in(match, SUFFIXES | PACKAGES, self.ignored)
                else:
                    yield match
        else:
            yield path

    def _wanted(self, path: str) -> bool:
        if self._since is None:
            return True
        try:
            return Path(path).stat().st_mtime >= self._since
        except OSError:
            return True  # its reader says what is wrong with it

    def _members(self, path: str) -> Iterator[Found]:
        self.total -= 1
        left: list[tuple[str, str]] = []
        for member in open_package(Path(path), SUFFIXES, left):
            if self._since is not None and member.modified is not None and member.modified < self._since:
                continue
            self.total += 1
            place = f"{path}{INSIDE}{member.path}" if member.path else path
            yield Found(place, member.path.rsplit("/", 1)[-1] or Path(path).name, member.content, member.refusal)
        self.ignored += (Ignored(f"{path}{INSIDE}{name}", why) for name, why in left)


def files_in(folder: str, suffixes: frozenset[str], ignored: list[Ignored] | None = None) -> Iterator[str | Found]:
    """Files with one of ``suffixes`` at any depth, sorted; what is left out goes to ``ignored`` with its reason.

    Hidden files stay so, a README is about the folder, and a link that leads out of it is not followed.
    """
    closed: list[OSError] = []
    left = [] if ignored is None else ignored
    home = os.path.realpath(folder)
    for place, folders, files in os.walk(folder, onerror=closed.append):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]  # noqa: PTH114, PTH118
        hidden = [name for name in folders if name.startswith(".") and name not in links]
        for names, why in ((links, "link"), (hidden, "junk")):
            left += (Ignored(os.path.join(place, name), why) for name in sorted(names))  # noqa: PTH118
        folders[:] = sorted(name for name in folders if name not in links and name not in hidden)
        for name in sorted(files):
            path = os.path.join(place, name)  # noqa: PTH118
            why = why_ignored(name, suffixes) or _leads_out(path, home)
            if why:
                left.append(Ignored(path, why))
            elif os.path.isfile(path):  # noqa: PTH113
                yield path
            else:
                left.append(Ignored(path, "device"))
    for error in closed:
        path = str(error.filename)
        yield Found(
            path,
            Path(path).name,
            refusal=UnreadableFile(
                shown(path), Result.MISSING, "folder.unreadable", path=shown_path(Path(path)), reason=error.strerror
            ),
        )


def _leads_out(path: str, home: str) -> str:
    """The reason "link" where the file at ``path`` is a link to a place outside ``home``, else nothing."""
    if not os.path.islink(path):  # noqa: PTH114
        return ""
    return "" if os.path.realpath(path).startswith(home + os.sep) else "link"


def load(path: str) -> Found:
    """The file at ``path`` with its content, if it is a file of a size that a report can have."""
    name = os.path.basename(path) or path  # noqa: PTH119
    try:
        status = os.stat(path)  # noqa: PTH116
        if stat.S_ISREG(status.st_mode) and 0 < status.st_size <= DEFAULT.file:
            return Found(path, name, Path(path).read_bytes())
        look_at(Path(path))
        raise too_large(shown(name), status.st_size)
    except UnreadableFile as refusal:
        return Found(path, name, refusal=refusal)
    except (OSError, ValueError):
        try:
            look_at(Path(path))
        except UnreadableFile as refusal:
            return Found(path, name, refusal=refusal)
        raise  # it was there a moment ago and is there again: a disk that fails
