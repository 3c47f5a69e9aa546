"""Starts the review app on this machine, with every setting that keeps it to this machine.

Streamlit's defaults listen on all addresses, send telemetry, watch files and show tracebacks; all of that is set here
and not in a file that could be missing. Page images are a route of the same server and ask for the same door.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import socket
import tomllib
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from extractor.archive.database import locate
from extractor.domain.errors import InvalidInput
from extractor.ui.auth import OIDC, team

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

AUTH = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")  # of the provider
LOOPBACK = ("127.0.0.1", "localhost", "::1")
STREAMLITS_OWN = ("oauth2callback",)  # addresses of one word that are no screen and still answer
LARGEST_UPLOAD = 20  # MB: the longest scanned report seen is 14

UVICORN: dict[str, Any] = {
    "ws": "websockets-sansio",
    "ws_per_message_deflate": False,  # each message of a key would be squeezed and unpacked on the same machine
    "access_log": False,
    "log_level": "warning",
}
"""As Streamlit runs its apps."""

SERVING = Event()
"""Set where the app is served from here; ``streamlit run app.py`` has listened on all addresses before it asks us."""

THEME = {
    "theme.base": "light",
    "theme.primaryColor": "#0b6b63",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f3f5f4",
    "theme.textColor": "#1d2530",
    "theme.baseRadius": "6px",
    "theme.baseFontSize": 15,
    "theme.showWidgetBorder": True,
}


def settings(host: str, port: int, *, header: str = "", names: str = "", secrets: str = "") -> dict[str, Any]:
    """The server's whole configuration.

    ``header`` is how a proxy names people, ``names`` the hosts it serves, ``secrets`` the file that knows the provider.
    """
    hosts = sorted({host, *LOOPBACK, *(name.strip() for name in names.split(",") if name.strip())})
    trusted = {header: "email"} if header not in ("", OIDC) else {}
    own = {"secrets.files": [secrets]} if secrets else {}
    return {
        **own,
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.allowedHosts": hosts,
        "server.trustedUserHeaders": trusted,
        "server.enableCORS": True,
        "server.enableXsrfProtection": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.maxUploadSize": LARGEST_UPLOAD,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.toolbarMode": "minimal",
        "client.allowedOrigins": [],  # no frame around the app commands it; each of Streamlit's sixteen costs every key
        "runner.fastReruns": True,
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,  # the command says in its own words where the app is
        **THEME,
    }


def script() -> Path:
    """``app.py``: inside the installed package, else beside it in the checkout."""
    package = Path(__file__).parent.parent
    inside = package / "app.py"
    return inside if inside.is_file() else package.parent / "app.py"


def _listen(host: str, port: int) -> socket.socket:
    """The socket that people reach; raises InvalidInput where another program has it: nobody reviews in a wrong store.

    Who comes while the app is still starting waits. What is written leaves at once: Streamlit's hundred files are
    answers of two writes each, and the second would wait 40 ms until the browser has confirmed the first.
    """
    if port in range(1 << 16):
        with contextlib.suppress(OSError):
            listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return listening
    raise InvalidInput("app.port_taken", port=port)


def _prepare(store: str | None) -> None:
    """Opens the store once: one that cannot be opened is said here, not in the browser.

    A team's first administrator is named by ``SOLIEU_ADMIN``.
    """
    from extractor.archive.row_types import Role
    from extractor.archive.store import Store

    opened = Store.open(store) if team() else Store.open_local(store)[0]
    first = os.environ.get("SOLIEU_ADMIN", "").strip()
    if team() and first and not opened.people():
        opened.admit(first, Role.ADMIN, by=first)
    opened.close()


def _provider() -> str:
    """The file that says how to reach the OIDC provider, "" where people are known otherwise.

    Raises InvalidInput where it is not there or the library that speaks to a provider is not installed: a team must
    not find that out one by one.
    """
    if team() != OIDC:
        return ""
    named = os.environ.get("SOLIEU_SECRETS", "").strip()
    try:
        provider = tomllib.loads(Path(named).read_text(encoding="utf-8"))["auth"]
        missing = [name for name in AUTH if not provider.get(name)]
    except (OSError, ValueError, KeyError, TypeError):
        missing = list(AUTH)
    if missing:
        raise InvalidInput("app.no_provider", missing=", ".join(missing))
    if importlib.util.find_spec("authlib") is None:
        raise InvalidInput("app.no_authlib")
    return named


def warm() -> None:
    """Loads what the first page needs, so that nobody waits for it there."""
    import pandas  # noqa: F401
    import streamlit.emojis  # noqa: F401

    from extractor.ui import (
        input_parsing,
        record_form,
        session,
    )
    from extractor.ui import pages as screens  # noqa: F401

    record_form.catalogue_names("vi")
    input_parsing.read_period("30/6/2023")
    session.set_apart()


class Wayward:
    """Leads a browser at an address that no screen has to the first screen, what it asked for kept.

    Streamlit would answer with a dialog in English. ``/review`` is the first screen's own name.
    """

    def __init__(self, app: ASGIApp, screens: frozenset[str]) -> None:
        self.app = app
        self.screens = screens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on but the visit of a page that is not there."""
        if scope["type"] == "http" and self._strays(scope):
            from starlette.responses import RedirectResponse

            asked = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"/?{asked}" if asked else "/")(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _strays(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        page = scope["path"].strip("/")
        own = "/" in page or "." in page or page in self.screens or page in STREAMLITS_OWN
        return scope["method"] == "GET" and b"text/html" in headers.get(b"accept", b"") and bool(page) and not own


def run(*, store: str | None = None, host: str = "127.0.0.1", port: int = 8501, language: str = "vi") -> int:
    """Serves the app until it is interrupted; raises InvalidInput for an address that others could reach."""
    if host not in LOOPBACK:
        raise InvalidInput("app.open_address", host=host)
    secrets = _provider()
    with _listen(host, port) as listening:
        _prepare(store)
        os.environ["SOLIEU_DATABASE"] = locate(store)
        os.environ["SOLIEU_LANGUAGE"] = language
        _serve(
            settings(host, port, header=team(), names=os.environ.get("SOLIEU_HOSTS", ""), secrets=secrets), listening
        )
    return 0


def _serve(chosen: dict[str, Any], listening: socket.socket) -> None:
    import uvicorn
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from streamlit.web.bootstrap import load_config_options
    from streamlit.web.server.starlette.starlette_app import App

    from extractor.ui import components, page_images
    from extractor.ui.pages import SCREENS

    page_images.warm_up()
    warm()
    load_config_options(chosen)
    app = App(
        script(),
        routes=[*page_images.routes(), *components.routes()],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=list(chosen["server.allowedHosts"])),
            Middleware(Wayward, screens=frozenset(list(SCREENS)[1:])),
            Middleware(components.FrontEnd),
        ],
    )
    SERVING.set()
    uvicorn.Server(uvicorn.Config(app, **UVICORN)).run(sockets=[listening])
