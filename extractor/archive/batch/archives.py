"""Packed archives (ZIP, TAR, mails) give up their reports one by one, in memory; nothing is ever unpacked to disk.

In: an archive's path. Out: its members with their bytes, or with the sentence that says why one is left closed. The
hard idea: an archive's directory is a claim, so what is counted is what really comes out: bytes of a member, of the
whole, and how many times larger they are than the file. A member's name is a label and never a place. An archive in an
archive stays closed.
"""

from __future__ import annotations

import bz2
import gzip
import io
import stat
import tarfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.mail import open_mail
from extractor.paper.sandbox.limits import DEFAULT, MB
from extractor.paper.sniff.format import shown

MAILS = frozenset({".eml", ".mht", ".mhtml"})
PACKAGES = frozenset({".zip", ".tar", ".tgz", ".tbz2", ".gz", ".bz2"}) | MAILS
JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})  # what systems leave in folders
ENTRIES = 100_000  # members: a whole shelf
DIRECTORY = 32 * MB  # of a ZIP: 100,000 members with long names take 20
RATIO = 200  # times that a member, or a TAR, may be larger than its packed form; text packs 10 to 20 times
SMALL = MB  # up to which nobody asks for the ratio
HEADERS = MB  # of a TAR between two members: long names and attributes
DEPTH, LENGTH = 32, 1_000  # folders in, and letters of, a member's path
SPOILT = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; an empty ``path`` speaks of the archive itself."""

    path: str
    content: bytes = b""
    refusal: UnreadableFile | None = None
    modified: float | None = None


def is_package(path: str) -> bool:
    """Whether a file is one of ours to open, by its name."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(path).suffixes[-2:]]
    if not suffixes or suffixes[-1] not in PACKAGES:
        return False
    return suffixes[-1] not in {".gz", ".bz2"} or ".tar" in suffixes


def open_package(
    path: Path, suffixes: frozenset[str], ignored: list[tuple[str, str]] | None = None
) -> Iterator[Member]:
    """The members of the archive whose names end in one of ``suffixes``; never raises for what is in the archive.

    The names of the others go to ``ignored``, each with its reason.
    """
    name = shown(path.name)
    wanted = _Wanted(suffixes, [] if ignored is None else ignored)
    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(0)
            bare = True
            for member in _opened(path, file, head, name, wanted):
                bare = False
                yield member
        if bare:
            kinds = ", ".join(sorted(suffixes))
            raise UnreadableFile(name, Result.EMPTY, "package.no_report", kinds=kinds)
    except UnreadableFile as refusal:
        yield Member("", refusal=refusal)
    except FileNotFoundError:
        yield Member("", refusal=UnreadableFile(name, Result.MISSING, "package.missing"))
    except SPOILT:
        yield Member("", refusal=_damaged(name))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which members are read, by their names; the others are noted."""

    suffixes: frozenset[str]
    ignored: list[tuple[str, str]]

    def __call__(self, path: str) -> bool:
        parts = path.replace("\\", "/").split("/")
        hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts) or "__MACOSX" in parts
        why = "junk" if hidden else "" if is_package(parts[-1]) else why_ignored(parts[-1], self.suffixes)
        if why:
            self.ignored.append((path, why))
        return not why


def why_ignored(name: str, suffixes: frozenset[str]) -> str:
    """Why a file of that name is not opened, empty where it is.

    >>> [why_ignored(name, frozenset({".pdf"})) for name in ("a.PDF", "Thumbs.db", "~$a.pdf", "README.pdf", "a.mp4")]
    ['', 'junk', 'junk', 'readme', 'kind']
    """
    place = PurePosixPath(name)
    if name.startswith((".", "~$")) or name.lower() in JUNK:
        return "junk"
    if place.suffix.lower() not in suffixes:
        return "kind"
    return "readme" if place.stem.upper() == "README" else ""


def _opened(path: Path, file: IO[bytes], head: bytes, name: str, wanted: _Wanted) -> Iterator[Member]:
    if head.startswith(b"PK"):
        return _zip(file, name, wanted)
    if path.suffix.lower() in MAILS:
        return _mail(file, name, wanted)
    return _tar(file, name, wanted)


def _mail(file: IO[bytes], name: str, wanted: _Wanted) -> Iterator[Member]:
    """What a mail carries, or says where it carries nothing."""
    data = file.read(DEFAULT.file + 1)
    if len(data) > DEFAULT.file:
        raise _blown(name)
    for part in open_mail(data):
        if wanted(part.name):
            label = f"{name}: {shown(part.name)}"
            yield Member(part.name, part.content, _suspect(part.name, label))


def _zip(file: IO[bytes], name: str, wanted: _Wanted) -> Iterator[Member]:
    _check_directory(file, name)
    with zipfile.ZipFile(file) as bundle:
        entries = bundle.infolist()
        if len(entries) > ENTRIES:
            raise _too_many(name)
        _check_overlap(entries, name)
        for entry in sorted(entries, key=lambda entry: entry.filename):
            link = stat.S_ISLNK(entry.external_attr >> 16)
            if link:
                wanted.ignored.append((entry.filename, "link"))
            if entry.is_dir() or link or not wanted(entry.filename):
                continue
            label = f"{name}: {shown(entry.filename)}"
            refusal = _suspect(entry.filename, label)
            if entry.flag_bits & 1:
                refusal = UnreadableFile(label, Result.ENCRYPTED, "package.locked")
            elif entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}:
                refusal = UnreadableFile(label, Result.REFUSED, "package.unusual")
            elif entry.file_size > max(SMALL, RATIO * entry.compress_size) or entry.file_size > DEFAULT.file:
                refusal = _blown(label)
            content = b""
            if refusal is None:
                try:
                    with bundle.open(entry) as part:
                        content = part.read(min(entry.file_size, DEFAULT.file) + 1)
                except SPOILT:
                    refusal = _damaged(label)
            yield Member(entry.filename, content, refusal, _moment(entry))


def _tar(file: IO[bytes], name: str, wanted: _Wanted) -> Iterator[Member]:
    size = file.seek(0, 2)
    file.seek(0)
    unpacked = _Counted(_unzipped(file), name, RATIO * size + 64 * MB)
    with tarfile.open(fileobj=unpacked, mode="r|") as bundle:
        count, left = 0, 0
        while True:
            unpacked.allow(left + HEADERS)
            entry = bundle.next()
            if entry is None:
                return
            vars(bundle)["members"] = []  # else every header is kept until the end
            count += 1
            if count > ENTRIES:
                raise _too_many(name)
            left = max(0, entry.size)
            if not entry.isreg() and not entry.isdir():
                wanted.ignored.append((entry.name, "link" if entry.issym() or entry.islnk() else "device"))
            if not entry.isreg() or not wanted(entry.name):
                continue
            label = f"{name}: {shown(entry.name)}"
            refusal = _suspect(entry.name, label)
            if entry.size > DEFAULT.file or entry.issparse():
                refusal = _blown(label)
            content = b""
            if refusal is None:
                unpacked.allow(left + HEADERS)
                part = bundle.extractfile(entry)
                content = part.read() if part is not None else b""
                left = 0
            yield Member(entry.name, content, refusal, float(entry.mtime))


def _unzipped(file: IO[bytes]) -> IO[bytes] | io.BufferedIOBase:
    """The TAR inside; which packing it has, its first bytes say."""
    head = file.read(3)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    if head == b"BZh":
        return bz2.BZ2File(file)
    return file


class _Counted(io.RawIOBase):
    """A stream that stops when more comes out than was allowed, in all or since the last ``allow``."""

    def __init__(self, stream: IO[bytes] | io.BufferedIOBase, name: str, most: int) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._most = most
        self._step = 0

    def allow(self, size: int) -> None:
        """How much may come out until this is called again."""
        self._step = size

    def read(self, size: int = -1) -> bytes:
        """The next ``size`` bytes."""
        data = self._stream.read(size)
        self._most -= len(data)
        self._step -= len(data)
        if self._most < 0 or self._step < -tarfile.RECORDSIZE:
            raise _blown(self._name)
        return data


def _check_directory(file: IO[bytes], name: str) -> None:
    """Refuses a ZIP whose directory alone would fill the memory, before it is read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end, large = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    directory = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if directory == 0xFFFFFFFF and large >= 0:
        directory = int.from_bytes(tail[large + 40 : large + 48], "little")
    file.seek(0)
    if directory > min(DIRECTORY, size):
        raise _too_many(name) if directory <= size else _damaged(name)


def _check_overlap(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuses a ZIP in which members share bytes: the directory of a bomb lists the same bytes again and again."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise UnreadableFile(name, Result.REFUSED, "package.overlap")
        end = entry.header_offset + 30 + entry.compress_size


def _suspect(path: str, label: str) -> UnreadableFile | None:
    """Why a member is not opened whatever it holds: where its name points, or an archive once more."""
    parts = path.replace("\\", "/").split("/")
    if is_package(path):
        return UnreadableFile(label, Result.REFUSED, "package.nested")
    outside = ".." in parts or parts[0] == "" or ":" in parts[0]
    if outside or len(parts) > DEPTH or len(path) > LENGTH:
        return UnreadableFile(label, Result.REFUSED, "package.outside")
    return None


def _moment(entry: zipfile.ZipInfo) -> float | None:
    try:
        return time.mktime((*entry.date_time, 0, 0, -1))
    except (OverflowError, ValueError):
        return None


def _blown(name: str) -> UnreadableFile:
    return UnreadableFile(name, Result.TOO_LARGE, "package.blown")


def _too_many(name: str) -> UnreadableFile:
    return UnreadableFile(name, Result.TOO_LARGE, "package.too_many", thousands=ENTRIES // 1000)


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(name, Result.DAMAGED, "package.damaged")
