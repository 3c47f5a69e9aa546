"""Page images behind the same door as the app: a link works only for who was shown it, and only for a while.

The screen that shows a record signs the link with a secret that lives and dies with the server; the route draws nothing
without it. So ``/media`` and static folders, which answer to anybody, are not used. A page is drawn from the moment
that a link leads to it: the browser asks later, when it has drawn the screen.
"""

from __future__ import annotations

import atexit
import hashlib
import hmac
import secrets
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractor.domain.errors import SolieuError
from extractor.paper.sandbox.reader import Reader
from extractor.ui.session import store

SECRET = secrets.token_bytes(32)
WINDOW = 3600  # seconds: links are signed for the hour, and good until the next one ends
SCALE = 2.2  # pixels a point: sharp with its margins cropped, on a screen that shows everything at 150 %
PATH = "/trang/{sha256}/{page}/{hour}/{signature}.png"


def warm_up() -> None:
    """Starts the child that draws, so that nobody waits for it with the first page."""
    _desk()[0].warm_up()


def link(sha256: str, page: int) -> str:
    """The address of a page's image, good for an hour or two."""
    _picture(sha256, page)
    hour = int(time.time()) // WINDOW
    return f"/trang/{sha256}/{page}/{hour}/{_sign(sha256, page, hour)}.png"


def _sign(sha256: str, page: int, hour: int) -> str:
    return hmac.new(SECRET, f"{sha256}:{page}:{hour}".encode(), hashlib.sha256).hexdigest()


@cache
def _desk() -> tuple[Reader, Path, ThreadPoolExecutor]:
    """A reading child of our own, so that no import holds up a page; a folder for its files, and who asks it."""
    reader = Reader()
    folder = tempfile.TemporaryDirectory(prefix="solieu-")
    atexit.register(folder.cleanup)
    atexit.register(reader.close)
    return reader, Path(folder.name), ThreadPoolExecutor(1, "page-images")


@lru_cache(maxsize=128)
def _picture(sha256: str, page: int) -> Future[bytes]:
    return _desk()[-1].submit(_draw, sha256, page)


def _draw(sha256: str, page: int) -> bytes:
    reader, folder, _ = _desk()
    file = folder / sha256
    if not file.is_file():
        file.write_bytes(store().original(sha256))
    return reader.render(file, page, SCALE)


def answer(request: Request) -> Response:
    """The image, 401 without a valid signature, 404 where there is no such page."""
    asked = request.path_params
    try:
        page, hour = int(asked["page"]), int(asked["hour"])
    except ValueError:
        return Response(status_code=404)
    now = int(time.time()) // WINDOW
    genuine = hmac.compare_digest(_sign(asked["sha256"], page, hour), asked["signature"])
    if not genuine or not now - 1 <= hour <= now:
        return Response(status_code=401)
    try:
        picture = _picture(asked["sha256"], page).result()
    except SolieuError as fault:
        _picture.cache_clear()  # it may be drawn the next time
        return Response(fault.say(), status_code=404, media_type="text/plain")
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return Response(picture, media_type="image/png", headers=headers)


def routes() -> list[Route]:
    """What the server answers beside the app itself."""
    return [Route(PATH, answer)]
