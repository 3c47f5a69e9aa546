"""Where workers come from: a server that has loaded everything once and is forked for each of them.

Imports next to nothing, so that the server can begin to load before its caller has imported anything else.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

PRELOAD = "extractor.archive.batch.preload"
ELSEWHERE = ("-h", "--help", "--dry-run", "--scheduler")  # options with which nothing is read on this machine
ADDRESS = 70  # bytes of the folder of temporary files up to which the address of the server's socket fits

_HIDING = threading.Lock()


def foresee(typed: Sequence[str]) -> None:
    """Starts the server for the words of a command that will read a shelf; called before anything else is imported."""
    if not any(word.startswith(ELSEWHERE) for word in typed):
        with contextlib.suppress(OSError):  # whoever needs the server asks again, and says what is wrong
            start_server()


def start_server() -> Any:
    """How workers are made here: forked from a server that has loaded everything, or anew where none can be had."""
    fits = len(os.fsencode(tempfile.gettempdir())) <= ADDRESS
    if not fits or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOAD])
    with without_main():
        forkserver.ensure_running()
    return context


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Hides the main module while a process is started: workers need nothing of it, and it may be no program at all.

    multiprocessing would run it again in each worker; under Streamlit it is the script of a screen.
    """
    with _HIDING:
        shown = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = shown
