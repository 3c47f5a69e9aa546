"""The process at the other end of a pool's pipe: it serves one file after the other until it is told, or has grown.

In: a function of ours with a file's name, and its bytes. Out: frames of bytes, never objects: what a broken reader
sends back must not become code in the parent. The hard idea: this process may die of any file, and that is in order; it
holds itself to memory and processor time, its parent holds it to the clock. It leads a process group of its own, so
that what it had started dies with it, and takes no more of the environment along than reading needs.
"""

from __future__ import annotations

import os
import signal
import tempfile
from multiprocessing.connection import Connection

from extractor.domain import logs
from extractor.paper.sandbox.limits import MB, Limits
from extractor.paper.sandbox.process_limits import KEPT, hold_memory, hold_time, peak_memory

READY, DONE, RETIRED, MORE = b"R", b"D", b"L", b"M"
"""What a frame is: ready to serve; an answer; a last answer; more time, please."""

SERVES = 500  # files; then a fresh process, whatever leaked in the old one
GROWN = 800 * MB  # peak memory after which a process is not used again; words and libraries take 150
LOADED = 512 * MB  # address space that words and libraries take before the first file
IDLE = 3_600.0  # seconds of processor time between two files: no limit


def serve(connection: Connection, folder: str, limits: Limits) -> None:
    """Serves files until the other end hangs up; ``folder`` is where it may write."""
    if os.name == "posix":
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for key in os.environ.keys() - set(KEPT):
        del os.environ[key]
    os.environ["OMP_THREAD_LIMIT"] = "1"
    logs.configure()
    tempfile.tempdir = folder
    import extractor.archive.batch.preload  # noqa: F401 - loaded already where this process was forked

    hold_memory(limits.memory + LOADED)
    connection.send_bytes(READY)
    served = 0
    while True:
        try:
            work, name, seconds = connection.recv()
            content = connection.recv_bytes()
        except EOFError:
            return
        hold_time(seconds)

        def more(longer: float) -> None:
            hold_time(longer)
            connection.send_bytes(MORE + str(longer).encode())

        answer = work(name, content, more)
        hold_time(IDLE)
        served += 1
        last = served >= SERVES or peak_memory() > GROWN
        connection.send_bytes((RETIRED if last else DONE) + answer)
        if last:
            return
