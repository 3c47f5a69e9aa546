"""The app's server as a process forked from one that has loaded everything: a test waits for its own store alone."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.e2e.loaded"])


def _run(store: str, port: int, environment: dict[str, str]) -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(quiet, stream.fileno())
    for name in [name for name in os.environ if name.startswith(("SOLIEU_", "STREAMLIT_"))]:
        del os.environ[name]
    os.environ.update(environment)
    from extractor.ui import serve

    serve.run(store=store, port=port)


def start(store: Path | str, port: int, environment: dict[str, str]) -> BaseProcess:
    """The process that serves ``store`` at ``port``; nothing of this environment's settings reaches it."""
    process = CONTEXT.Process(target=_run, args=(str(store), port, environment))
    process.start()
    return process
