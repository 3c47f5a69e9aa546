"""Reading in a child process that may die: one warm child serves many files and is renewed when it has grown or fallen.

In: a path. Out: the Document that the child read, or ``UnreadableFile`` with the class of what happened to it. The
hard idea: libraries that open strangers' files are treated as if each file could hang, eat the memory or crash them.
The child holds itself to address space and processor time; the parent watches the clock and the length of the answer,
and takes back plain data only. Starting costs a fifth of a second once, not per file, and ``read.warm_up`` lets it
pass while others import.

This is the parent's side; the child's is ``worker``.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import IO, Any

from extractor.domain import logs
from extractor.domain.document import Box, Document, Result
from extractor.domain.errors import UnreadableFile
from extractor.domain.messages import Message
from extractor.domain.news import PageNews, quiet
from extractor.paper.sandbox.codec import HEADER, PROGRESS, REFUSAL, unpack
from extractor.paper.sandbox.limits import BEATS, DEFAULT, PATIENCE, Limits
from extractor.paper.sandbox.process_limits import KEPT, OVERTIME, end_session
from extractor.paper.sniff.file import look_at
from extractor.paper.sniff.format import shown
from extractor.paper.sniff.messages import damaged

SERVES = 500  # files; then a fresh child, whatever leaked in the old one
GRACE = 2.0  # seconds that the clock gives beyond the child's own processor limit, for start and disk, and PATIENCE

_log = logging.getLogger(__name__)


class Reader:
    """One child and the way to it. Calls wait for each other; make one Reader a worker for reading in parallel."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._served = 0

    def warm_up(self) -> None:
        """Starts the child if none runs, and does not wait for it."""
        with self._lock:
            self._start()

    def read(
        self, path: Path, *, size: int | None = None, limits: Limits = DEFAULT, progress: PageNews = quiet
    ) -> Document:
        """The document in the file at ``path``; raises UnreadableFile, ``too_slow`` and the like at a limit."""
        if size is None:
            size, _ = look_at(path, limits)
        answer = self._ask(path, size, limits, {"do": "read"}, progress)
        try:
            return unpack(answer)
        except ValueError as error:
            raise damaged(shown(path.name)) from error

    def render(self, path: Path, page: int, scale: float, *, limits: Limits = DEFAULT) -> bytes:
        """The page (from 1) of a PDF as a PNG; raises UnreadableFile like ``read``."""
        size, _ = look_at(path, limits)
        return self._ask(path, size, limits, {"do": "render", "page": page, "scale": scale})

    def lay_over(self, path: Path, words: Sequence[tuple[str, Box]], *, limits: Limits = DEFAULT) -> bytes:
        """The PDF with ``words`` laid over its scanned pages; raises UnreadableFile like ``read``."""
        size, _ = look_at(path, limits)
        return self._ask(path, size, limits, {"do": "lay_over", "words": [(text, *box) for text, box in words]})

    def _ask(self, path: Path, size: int, limits: Limits, what: dict[str, Any], progress: PageNews = quiet) -> bytes:
        seconds = limits.time_for(size)
        request = json.dumps({"path": str(path.absolute()), "seconds": seconds, "limits": asdict(limits), **what})
        with self._lock:
            while True:
                fresh = self._start()
                try:
                    return self._send(request, seconds, limits, progress)
                except ChildDied as died:
                    self._stop()
                    _log.warning("the reading child ended with signal %d (late: %s)", died.number, died.late)
                    if fresh or died.late or died.number in (signal.SIGABRT, OVERTIME):
                        raise verdict(shown(path.name), died.number, late=died.late) from died
                    # perhaps an earlier file is to blame: once more, alone

    def close(self) -> None:
        """Ends the child."""
        with self._lock:
            self._stop()

    def _start(self) -> bool:
        """Whether the child that is running now is a new one."""
        if self._child is not None and self._child.poll() is None and self._served < SERVES:
            return self._served == 0
        self._stop()
        self._served = 0
        environment = {key: os.environ[key] for key in KEPT if key in os.environ}
        root = str(Path(__file__).parents[3])
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [root, environment.get("PYTHONPATH", "")]))
        environment |= {"OMP_THREAD_LIMIT": "1", "MALLOC_ARENA_MAX": "2", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
        self._child = subprocess.Popen(
            [sys.executable, "-m", "extractor.paper.sandbox.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get(logs.VARIABLE) else subprocess.DEVNULL,
            env=environment,
            start_new_session=os.name == "posix",
        )
        return True

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        with contextlib.suppress(BrokenPipeError), child:  # it may have died with our question unread
            _kill(child)

    def _send(self, request: str, seconds: float, limits: Limits, progress: PageNews) -> bytes:
        child = self._child
        assert child is not None
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            _kill(child)

        watch = _alarm(PATIENCE * seconds + GRACE, end)
        try:
            child.stdin.write(struct.pack(">Q", len(request)) + request.encode("ascii"))
            child.stdin.flush()
            kind, retires, length = HEADER.unpack(_take(child.stdout, HEADER.size))
            for _ in range(BEATS * limits.pages):  # a page is being recognised: the clock begins again
                if kind != PROGRESS:
                    break
                watch.cancel()
                watch = _alarm(PATIENCE * seconds + GRACE, end)
                progress(length >> 32, length & 0xFFFFFFFF)
                kind, retires, length = HEADER.unpack(_take(child.stdout, HEADER.size))
            if length > limits.answer:
                raise ChildDied(signal.SIGABRT, late=False)
            answer = _take(child.stdout, length)
        except (EOFError, BrokenPipeError) as error:
            raise ChildDied(-(child.wait() or 0), late=late.is_set()) from error
        finally:
            watch.cancel()
        self._served += 1
        if retires:
            self._stop()
        if kind == REFUSAL:
            result, plain = json.loads(answer)
            told = Message.from_plain(plain)
            raise UnreadableFile(told.values["name"], Result(result), told.key, **told.values)
        return answer


class ChildDied(Exception):  # noqa: N818 - never leaves the house of a child: it becomes the file's verdict
    """A child ended without an answer: by which signal (0: none), and whether the clock ended it."""

    def __init__(self, number: int, *, late: bool) -> None:
        super().__init__(number)
        self.number = number
        self.late = late


@cache
def shared_reader() -> Reader:
    """The reader of this process; its child ends with it."""
    reader = Reader()
    atexit.register(reader.close)
    return reader


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kills a child and what it had started: Tesseract would go on recognising a page that nobody waits for."""
    child.kill()
    end_session(child.pid)


def _alarm(seconds: float, ring: Callable[[], None]) -> threading.Timer:
    alarm = threading.Timer(seconds, ring)
    alarm.daemon = True
    alarm.start()
    return alarm


def _take(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def verdict(name: str, number: int, *, late: bool) -> UnreadableFile:
    """What the death of a child, by the signal ``number`` or by the clock, says of the file that it was reading."""
    if late or number == OVERTIME:
        return UnreadableFile(name, Result.TOO_SLOW, "file.too_slow")
    if number in (signal.SIGABRT, getattr(signal, "SIGKILL", -1)):
        return out_of_memory(name)
    return damaged(name)


def out_of_memory(name: str) -> UnreadableFile:
    """The sentence for a file that needs more memory than a report can."""
    return UnreadableFile(name, Result.TOO_LARGE, "file.memory")
