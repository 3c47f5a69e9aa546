"""Pages without a browser: drawn from the moment that a link leads to them, and drawn again where that failed."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Event

import pytest
from starlette.requests import Request

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.ui import page_images
from tests.waiting import HANG


@pytest.fixture(autouse=True)
def nothing_drawn() -> Iterator[None]:
    page_images._picture.cache_clear()
    yield
    page_images._picture.cache_clear()


def asked(address: str) -> Request:
    sha256, page, hour, signature = address.removeprefix("/trang/").removesuffix(".png").split("/")
    parameters = {"sha256": sha256, "page": page, "hour": hour, "signature": signature}
    return Request({"type": "http", "path_params": parameters})


def test_the_child_that_draws_is_there_before_the_first_page() -> None:
    page_images.warm_up()
    child = page_images._desk()[0]._child
    assert child is not None
    assert child.poll() is None


def test_a_page_is_drawn_once_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: SimpleQueue[tuple[str, int]] = SimpleQueue()

    def draw(sha256: str, page: int) -> bytes:
        drawn.put((sha256, page))
        return b"picture"

    monkeypatch.setattr(page_images, "_draw", draw)
    address = page_images.link("ab", 3)
    assert drawn.get(timeout=HANG) == ("ab", 3)
    assert page_images.answer(asked(address)).body == b"picture"
    assert drawn.empty()


def test_a_page_that_could_not_be_drawn_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    mended = Event()

    def draw(_: str, __: int) -> bytes:
        if not mended.is_set():
            raise UnreadableFile("bao-cao.pdf", Result.TOO_SLOW, "file.too_slow")
        return b"picture"

    monkeypatch.setattr(page_images, "_draw", draw)
    address = page_images.link("ab", 3)
    assert page_images.answer(asked(address)).status_code == 404
    mended.set()
    assert page_images.answer(asked(address)).status_code == 200
