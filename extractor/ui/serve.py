"""Starts the review app on this machine, with every setting that keeps it to this machine.

Streamlit's defaults listen on all addresses, send telemetry, watch files and show tracebacks; all of that is set here
and not in a file that could be missing. Page images are a route of the same server and ask for the same door.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from extractor.archive.database import locate
from extractor.errors import InvalidInput

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LARGEST_UPLOAD = 20  # MB: the longest scanned report seen is 14

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


def settings(host: str, port: int) -> dict[str, Any]:
    """The server's whole configuration."""
    return {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.allowedHosts": sorted({host, *LOOPBACK}),
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
        "runner.fastReruns": True,
        "logger.level": "warning",
        **THEME,
    }


def script() -> Path:
    """``app.py``: inside the installed package, else beside it in the checkout."""
    package = Path(__file__).parent.parent
    inside = package / "app.py"
    return inside if inside.is_file() else package.parent / "app.py"


def run(*, store: str | None = None, host: str = "127.0.0.1", port: int = 8501, language: str = "vi") -> int:
    """Serves the app until it is interrupted; raises InvalidInput for an address that others could reach."""
    if host not in LOOPBACK:
        raise InvalidInput(
            f"{host} là địa chỉ mà máy khác vào được; ứng dụng này chỉ chạy trên máy của bạn (127.0.0.1).",
            f"{host} can be reached from other machines; this app only runs on your own (127.0.0.1).",
        )
    from extractor.archive.store import Store

    opened, _ = Store.open_local(store)  # a store that cannot be opened is said here, not in the browser
    opened.close()
    os.environ["SOLIEU_DATABASE"] = locate(store)
    os.environ["SOLIEU_LANGUAGE"] = language

    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from streamlit.web.server.starlette.starlette_app import App

    from extractor.ui import page_images

    chosen = settings(host, port)
    app = App(
        script(),
        routes=page_images.routes(),
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(chosen["server.allowedHosts"]))],
    )
    app.run(config=chosen)
    return 0
