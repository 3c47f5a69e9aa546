"""The second reader looks at a picture once, however often it is asked about it."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from extractor.paper.ocr.second_engine import find_second_reader

reader = find_second_reader()


@pytest.mark.skipif(reader is None, reason="no second reader here")
def test_the_same_picture_is_looked_at_once_and_another_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader is not None
    looked: list[tuple[int, int]] = []
    engine: Any = reader._engine

    def counting(picture: Image.Image, **options: bool) -> Any:
        looked.append(picture.size)
        return engine(picture, **options)

    monkeypatch.setattr(reader, "_engine", counting)
    white, other = Image.new("L", (61, 40), 255), Image.new("L", (62, 40), 255)
    assert reader.read(white) == reader.read(white.copy())
    reader.read(other)
    assert looked == [(61, 40), (62, 40)]
