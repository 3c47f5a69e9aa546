"""What crosses the pipe: the same document, or an error of the one kind that the parent expects."""

from __future__ import annotations

import msgspec
import pytest

from extractor.domain.document import Box, Document, Placement, Result
from extractor.paper.sandbox.codec import pack, unpack
from tests.archive.sample import build


def test_a_document_travels_unchanged() -> None:
    document = build()[0].document
    assert unpack(pack(document)) == document
    assert type(unpack(pack(document)).report.result) is Result


def test_a_box_beyond_measure_travels_too() -> None:
    placed = Document("a", placements=(Placement(0, 1, Box(1, 0.1, float("-inf"), 1e300, float("inf"))),))
    assert unpack(pack(placed)) == placed


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"\x80", b"\xc1", pack(Document("a"))[:-1], msgspec.msgpack.encode({"text": 3}), b"\x91" * 100_000],
)
def test_other_bytes_are_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(data)
