"""Streamlit's scripts, styles and fonts, answered from memory.

A browser that was never here asks for a hundred of them, and Streamlit looks each up on the disk: half of what a first
visit costs the server. Their names change with their content, so a browser keeps them for good.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit
from starlette.responses import Response

from extractor.ui.components import LASTING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = Path(streamlit.__file__).parent / "static"
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}


@cache
def _addresses() -> frozenset[str]:
    """Where a browser asks for what is answered here."""
    files = (file for file in (FOLDER / "static").rglob("*.*") if file.suffix in TYPES)
    return frozenset(f"/{file.relative_to(FOLDER).as_posix()}" for file in files)


@cache
def _answer(address: str) -> Response:
    headers = {"Cache-Control": LASTING, "X-Content-Type-Options": "nosniff"}
    return Response((FOLDER / address[1:]).read_bytes(), media_type=TYPES[Path(address).suffix], headers=headers)


class FrontEnd:
    """Answers for the files of Streamlit's front end, and passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        known = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in _addresses()
        await (_answer(scope["path"]) if known else self.app)(scope, receive, send)
