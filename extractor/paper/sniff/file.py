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
            raise UnreadableFile(
                name,
                Result.REFUSED,
                f"{name}: là thư mục. Hãy đưa vào các tệp bên trong, ví dụ: {name}/*.pdf",
                f"{name}: is a folder. Pass the files in it, for example: {name}/*.pdf",
            )
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFile(
                name,
                Result.REFUSED,
                f"{name}: không phải tệp thường (thiết bị hoặc đường ống). Hãy sao chép nội dung vào một tệp rồi "
                "đưa lại.",
                f"{name}: is not a regular file (a device or a pipe). Copy its content into a file and pass that.",
            )
        if not found.st_size:
            raise UnreadableFile(
                name,
                Result.EMPTY,
                f"{name}: tệp rỗng (0 byte). Có thể việc sao chép bị dở dang; hãy lấy lại bản gốc.",
                f"{name}: the file is empty (0 bytes). The copy may have been broken off; fetch the original again.",
            )
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(max(0, found.st_size - TAIL))
            tail = file.read()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise UnreadableFile(
            name,
            Result.MISSING,
            f"{name}: không có tệp này. Hãy kiểm tra lại đường dẫn: {shown_path(path)}",
            f"{name}: there is no such file. Check the path: {shown_path(path)}",
        ) from error
    except OSError as error:
        raise UnreadableFile(
            name,
            Result.MISSING,
            f"{name}: không mở được tệp ({error.strerror}). Hãy kiểm tra quyền đọc, hoặc tệp đang bị khoá.",
            f"{name}: the file cannot be opened ({error.strerror}). Check that it may be read and is not locked.",
        ) from error
    kind = judge(head, tail, name)
    if found.st_size > (limits.text if kind == "text" else limits.file):
        raise too_large(name, found.st_size)
    return found.st_size, kind


def shown_path(path: Path) -> str:
    """A path that is safe to print."""
    return "/".join(shown(part) if part.strip("/\\") else "" for part in path.parts)


def too_large(name: str, size: int) -> UnreadableFile:
    """The refusal of a file that is larger than a report can be."""
    return UnreadableFile(
        name,
        Result.TOO_LARGE,
        f"{name}: tệp quá lớn ({size // MB} MB). Hãy tách thành nhiều tệp nhỏ hơn, mỗi tệp một báo cáo.",
        f"{name}: the file is too large ({size // MB} MB). Split it into smaller files, one report each.",
    )


def misnamed(name: str, size: int) -> UnreadableFile:
    """The sentence for a scrap of plain text that bears the name of another format."""
    kind = name.rpartition(".")[2].upper()
    return UnreadableFile(
        name,
        Result.DAMAGED,
        f"{name}: tên là {kind} nhưng bên trong chỉ có {size} byte chữ thường, không phải {kind}. Có lẽ tệp bị hỏng "
        "khi sao chép; hãy lấy lại bản gốc.",
        f"{name}: is called {kind} but holds only {size} bytes of plain text, no {kind}. The copy has probably failed; "
        "fetch the original again.",
    )
