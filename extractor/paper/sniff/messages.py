"""Sentences that more than one reader has to say of a file: one wording each, whoever finds it out.

What only one reader can find (an endless archive, a document of another program) is said where it is found.
"""

from __future__ import annotations

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile


def damaged(name: str) -> UnreadableFile:
    """The file is cut off or broken: its own format's readers cannot make it out."""
    return UnreadableFile(
        name,
        Result.DAMAGED,
        f"{name}: tệp bị hỏng hoặc bị cắt cụt, không đọc được. Hãy sao chép lại từ bản gốc, hoặc mở và lưu lại "
        "thành tệp mới.",
        f"{name}: the file is damaged or cut short and cannot be read. Copy it again, or open it and save it as a "
        "new file.",
    )


def locked(name: str) -> UnreadableFile:
    """A Word file, old or new, that asks for a password."""
    return UnreadableFile(
        name,
        Result.ENCRYPTED,
        f"{name}: tệp Office đặt mật khẩu. Hãy mở bằng Word, gỡ mật khẩu (Tệp > Thông tin > Bảo vệ tài liệu) rồi lưu "
        "lại thành .docx.",
        f"{name}: the Office file is locked by a password. Open it in Word, remove the password (File > Info > "
        "Protect Document) and save it as .docx.",
    )


def wordless(name: str) -> UnreadableFile:
    """The file opens, and there is nothing to read in it."""
    return UnreadableFile(
        name,
        Result.EMPTY,
        f"{name}: mở được nhưng không có chữ nào bên trong. Hãy mở tệp để xem; nếu là ảnh thì cần nhận dạng chữ trước.",
        f"{name}: it opens but holds no words. Look at it; if it shows pictures, recognise their text first.",
    )
