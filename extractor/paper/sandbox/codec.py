"""A Document crosses from the child that read it to the parent as MessagePack.

Never as pickle: bytes from a hostile file's reader must not become code. In and out: frozen records. The hard idea: the
types themselves say how to build them, so a field added to ``domain`` travels without a word here. What does not fit a
type is an error, not a guess.
"""

from __future__ import annotations

import struct

import msgspec

from extractor.domain.document import Document

HEADER = struct.Struct(">cBQ")
"""What stands before each answer: its kind, whether the child retires, how many bytes follow.

News of a file that takes long has no bytes: its number is the pages read, 32 bits up, and the pages to be read.
"""

ANSWER, REFUSAL, PROGRESS = b"D", b"E", b"P"

pack = msgspec.msgpack.Encoder().encode
"""The document as MessagePack."""

unpack = msgspec.msgpack.Decoder(Document).decode
"""The document that ``pack`` wrote; raises ValueError where the bytes are something else."""
