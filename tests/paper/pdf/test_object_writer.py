"""A file bound of objects: its table points at each of them, and a reader finds what was put in."""

from __future__ import annotations

import re

import pypdfium2

from extractor.paper.pdf.object_writer import bind, stream


def test_the_table_points_at_every_object() -> None:
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<<>>>>",
        stream("chữ có dấu %%EOF\nendobj".encode()),
    ]
    made = bind(bodies)
    table = made[int(made[made.rindex(b"startxref\n") + 10 :].split(b"\n")[0]) :]
    places = [int(place) for place in re.findall(rb"^(\d{10}) 00000 n $", table, re.MULTILINE)]
    assert [made[at:].startswith(b"%d 0 obj\n%s\nendobj" % (n, bodies[n - 1])) for n, at in enumerate(places, 1)] == (
        [True] * len(bodies)
    )
    with pypdfium2.PdfDocument(made) as found:
        assert [page.get_size() for page in found] == [(300, 200)]
