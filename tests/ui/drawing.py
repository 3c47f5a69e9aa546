"""A script of a few lines drawn as the app draws its screens, without a browser."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.waiting import HANG


def drawn(script: Callable[..., None], /, *arguments: str, **address: str) -> AppTest:
    """``script`` run once, at an address with these parameters."""
    app = AppTest.from_function(script, args=arguments, default_timeout=HANG)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()
