"""Where workers come from: a server that has loaded everything once and is forked for each of them.

Imports next to nothing, so that the server can begin to load before its caller has imported anything else.
"""

from __future__ import annotations

import multiprocessing
import os
from typing import Any

WARM = "extractor.archive.batch.warm"
CALM = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}  # one file, one core


def start_server() -> Any:
    """How workers are made here: forked from a server that has loaded everything, or anew where none can fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([WARM])
    before = {key: os.environ.get(key) for key in CALM}
    os.environ.update(CALM)
    try:
        forkserver.ensure_running()
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value
    return context
