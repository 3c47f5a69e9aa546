"""A look at a file before anybody opens it: size and format by its first and last bytes, or one sentence of refusal."""

from __future__ import annotations

import stat
from pathlib import Path

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import DEFAULT, MB, Limits
from extractor.paper.sniff.format import HEAD, TAIL, judge, shown


def look_at(path: Path, limits: Limits = DEFAULT) -> tuple[int, str]:
    """Size and format of the file, from its first and last bytes; raises UnreadableFile where opening is no use."""
    name = shown(path.name or str(path))
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableFile(name, Result.REFUSED, "file.folder")
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile(name, Result.REFUSED, "file.device")
        if not found.st_size:
            raise UnreadableFile(name, Result.EMPTY, "file.empty")
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(max(0, found.st_size - TAIL))
            tail = file.read()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UnreadableFile(name, Result.MISSING, "file.missing", path=shown_path(path)) from error
    except OSError as error:
        raise UnreadableFile(name, Result.MISSING, "file.not_opened", reason=error.strerror) from error
    kind = judge(head, tail, name)
    if found.st_size > (limits.text if kind == "text" else limits.file):
        raise too_large(name, found.st_size)
    return found.st_size, kind


def shown_path(path: Path) -> str:
    """A path that is safe to print."""
    return "/".join(shown(part) if part.strip("/\\") else "" for part in path.parts)


def too_large(name: str, size: int) -> UnreadableFile:
    """The refusal of a file that is larger than a report can be."""
    return UnreadableFile(name, Result.TOO_LARGE, "file.too_large", size=size // MB)


def misnamed(name: str, size: int) -> UnreadableFile:
    """The sentence for a scrap of plain text that bears the name of another format."""
    kind = name.rpartition(".")[2].upper()
    return UnreadableFile(name, Result.DAMAGED, "file.misnamed", kind=kind, count=size)
