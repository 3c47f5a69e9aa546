"""Opens the ZIP package of a Word file without trusting it.

In come bytes, out come the parsed XML parts that are asked for by name. Everything is checked before it is believed:
what the bytes are, how many entries there are and how large they claim to be, how large they really are while they are
read, that no entry overlaps another, and that no part declares a document type or an entity. Nothing is written to
disk, no relationship leads outside, macros and embedded files are never opened.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from posixpath import dirname, join, normpath

from lxml import etree

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sniff.format import OLE
from extractor.paper.sniff.messages import damaged, locked

MOST_ENTRIES = 2_000
LARGEST_TOTAL = 200 * 2**20  # bytes, of all entries unpacked
LARGEST_PART = 40 * 2**20  # bytes, of one XML part: a thousand pages of text stay below half of it
HIGHEST_RATIO = 100  # unpacked to packed; Word's XML packs 10 to 30 times
RATIO_FROM = 2**20  # bytes; below this a high ratio does no harm

_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
Element = etree._Element


@dataclass(slots=True)
class Package:
    """An opened package; ``parts`` keeps what has been parsed."""

    name: str
    archive: zipfile.ZipFile
    parts: dict[str, Element | None] = field(default_factory=dict)
    unpacked: int = 0

    def part(self, path: str) -> Element | None:
        """The root of the XML part ``path``, or None where there is none."""
        if path not in self.parts:
            self.parts[path] = self._parse(path) if path in self.archive.NameToInfo else None
        return self.parts[path]

    def related(self, path: str, kind: str) -> str | None:
        """The path of the first part that ``path`` ("" for the package) relates to as ``kind``: ``footnotes``."""
        folder, _, file = path.rpartition("/")
        relations = self.part(join(folder, "_rels", f"{file}.rels"))
        for relation in relations if relations is not None else ():
            inside = relation.get("TargetMode") != "External"
            if inside and (relation.get("Type") or "").rpartition("/")[2] == kind:
                target = relation.get("Target") or ""
                found = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(path), target))
                return found if found in self.archive.NameToInfo else None
        return None

    def _parse(self, path: str) -> Element:
        data = self._read(path)
        if _DECLARED.search(data.replace(b"\0", b"")):
            raise refused_markup(self.name, path)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise damaged(self.name) from error

    def _read(self, path: str) -> bytes:
        try:
            with self.archive.open(path) as entry:
                data = entry.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise damaged(self.name) from error
        self.unpacked += len(data)
        if len(data) > LARGEST_PART or self.unpacked > LARGEST_TOTAL:
            raise too_large(self.name)
        return data


def open_package(data: bytes, name: str) -> Package:
    """The package in ``data``.

    Raises UnreadableFile: encrypted, damaged, too large, or refused.
    """
    if data.startswith(OLE):
        raise locked(name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(name) from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_TOTAL:
        raise too_large(name)
    for entry in entries:
        if entry.flag_bits & 1:
            raise locked(name)
        if entry.file_size > RATIO_FROM and entry.file_size > HIGHEST_RATIO * max(1, entry.compress_size):
            raise too_large(name)
    by_place = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in pairwise(by_place):
        if entry.header_offset + entry.compress_size > following.header_offset:
            raise damaged(name)
    return Package(name, archive)


def too_large(name: str) -> UnreadableFile:
    """The file unpacks to more than any report."""
    return UnreadableFile(name, Result.TOO_LARGE, "file.unpacks_too_large")


def refused_markup(name: str, path: str) -> UnreadableFile:
    """A part declares what no Word file declares."""
    return UnreadableFile(name, Result.REFUSED, "file.doctype", part=path)
