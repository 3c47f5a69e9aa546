"""PDF objects become a file: the frame that a layer of ``searchable`` and a page set by the tests have in common.

In: the bodies of objects 1, 2, 3 …, of which the first is the catalogue. Out: the bytes of a PDF. What stands in the
objects is their makers' business.
"""

from __future__ import annotations

from collections.abc import Sequence


def stream(data: bytes) -> bytes:
    """The body of an object that holds ``data`` as it is."""
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)


def bind(objects: Sequence[bytes]) -> bytes:
    """A file of the objects, with the table that says where each one begins."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
