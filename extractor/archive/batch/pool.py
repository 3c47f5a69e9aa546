"""Workers on this machine that may die: a ``concurrent.futures.Executor`` that rebuilds itself and charges the guilty.

In: ``submit(work, name, content)``; out: a future of bytes. The hard idea: each worker holds one file at a time, so a
death has one suspect. It is read once more by a fresh worker; a file that kills two gets the class of its deed
(``UnreadableFile``) and its neighbours notice nothing. Workers are forked from a server that has loaded words and
libraries once, so a new one costs a hundredth of a second. Nothing comes back but bytes.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import queue
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from extractor.archive.batch import worker
from extractor.archive.batch.forkserver import start_server, without_main
from extractor.archive.batch.worker import DONE, MORE, READY, RETIRED
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import DEFAULT, Limits
from extractor.paper.sandbox.reader import GRACE, PATIENCE, verdict
from extractor.paper.sniff.format import shown

STRIKES = 2  # workers that a file may kill
START = 60.0  # seconds that a worker may take until it is ready
PREFIX = "solieu-batch-"


@dataclass(frozen=True, slots=True)
class _Order:
    work: str
    name: str
    content: bytes
    future: Future[bytes]


class _Died(Exception):  # noqa: N818 - never leaves this module
    """A worker ended without an answer: by which signal (0: none), and whether the clock ended it."""

    def __init__(self, number: int, *, late: bool) -> None:
        super().__init__(number)
        self.number = number
        self.late = late


class Pool(Executor):
    """At most ``workers`` processes, started when they are needed first."""

    def __init__(self, workers: int, *, limits: Limits = DEFAULT) -> None:
        """Begins to load what workers need, and does not wait for it."""
        sweep()
        self._limits = limits
        self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self._context = start_server()
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._closed = threading.Event()
        self._slots = [_Slot(self._folder / str(n), limits) for n in range(workers)]
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=f"batch-{n}", daemon=True)
            for n, slot in enumerate(self._slots)
        ]
        for thread in self._threads:
            thread.start()

    def submit(  # type: ignore[override] # narrower by design: what crosses the pipe is bytes
        self, work: Callable[..., bytes], /, *given: Any, **named: Any
    ) -> Future[bytes]:
        """``work(name, content)``, a function of a module, called in a worker with its way to ask for more time.

        The future raises UnreadableFile where the file killed ``STRIKES`` workers.
        """
        name, content = given
        if named or not isinstance(name, str) or not isinstance(content, bytes):
            raise TypeError("a worker takes a name and bytes")
        if self._closed.is_set():
            raise RuntimeError("the pool is closed")
        future: Future[bytes] = Future()
        self._orders.put(_Order(f"{work.__module__}:{work.__qualname__}", name, content, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers, after what was submitted or (``cancel_futures``) at once."""
        first = not self._closed.is_set()
        self._closed.set()
        if cancel_futures:
            with contextlib.suppress(queue.Empty):
                while True:
                    order = self._orders.get_nowait()
                    if order is not None:
                        order.future.cancel()
            for slot in self._slots:
                slot.kill()
        if first or cancel_futures:
            for _ in self._threads:
                self._orders.put(None)
        if wait:
            for thread in self._threads:
                thread.join()
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def pids(self) -> list[int]:
        """The workers that are running now."""
        return [slot.process.pid for slot in self._slots if slot.process is not None and slot.process.pid]

    def _serve(self, slot: _Slot) -> None:
        while True:
            order = self._orders.get()
            if order is None:
                break
            if not order.future.set_running_or_notify_cancel():
                continue
            try:
                order.future.set_result(self._carry_out(slot, order))
            except BaseException as error:  # noqa: BLE001 - it is the future's now, whatever it is
                order.future.set_exception(error)
        slot.end()

    def _carry_out(self, slot: _Slot, order: _Order) -> bytes:
        strikes = 0
        while True:
            self._start(slot)
            try:
                return slot.ask(order)
            except _Died as died:
                slot.end()
                strikes += 1
                if strikes >= STRIKES or self._closed.is_set():
                    raise _charge(order.name, died) from died

    def _start(self, slot: _Slot) -> None:
        if slot.process is not None:
            return
        with self._starting:
            ready = slot.start(self._context)
        if not ready:
            slot.end()
            import extractor.archive.batch.preload  # noqa: F401 - says what is wrong, if it is wrong here too

            raise RuntimeError("a reading process does not start on this machine")


class _Slot:
    """The place of one worker: the process that has it now, and the pipe to it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._folder = folder
        self._limits = limits

    def start(self, context: Any) -> bool:
        """Whether a new worker has come up."""
        shutil.rmtree(self._folder, ignore_errors=True)  # what the last one left when it was killed
        self._folder.mkdir()
        self._pipe, theirs = context.Pipe()
        process = context.Process(target=worker.serve, args=(theirs, str(self._folder), self._limits), daemon=True)
        with without_main():
            process.start()
        theirs.close()
        self.process = process
        try:
            return bool(self._pipe.poll(START)) and self._pipe.recv_bytes(64) == READY
        except (EOFError, OSError):
            return False

    def ask(self, order: _Order) -> bytes:
        """The worker's answer; raises ``_Died`` where it gives none."""
        assert self._pipe is not None
        seconds = self._limits.time_for(len(order.content))
        request = {"work": order.work, "name": order.name, "seconds": seconds}
        try:
            self._pipe.send_bytes(json.dumps(request).encode())
            self._pipe.send_bytes(order.content)
            for _ in range(self._limits.pages + 2):
                if not self._pipe.poll(PATIENCE * seconds + GRACE):  # what spins is ended by its own processor limit
                    raise _Died(0, late=True)
                frame = self._pipe.recv_bytes(self._limits.answer)
                if frame[:1] != MORE:
                    break
                seconds = min(float(json.loads(frame[1:])), self._limits.time_for(self._limits.file))
        except (EOFError, ConnectionError) as error:
            raise _Died(self._how_it_ended(), late=False) from error
        except (OSError, ValueError) as error:  # an answer beyond all measure, or no answer of ours
            raise _Died(signal.SIGABRT, late=False) from error
        if frame[:1] == RETIRED:
            self.end()
        elif frame[:1] != DONE:
            raise _Died(signal.SIGABRT, late=False)
        return frame[1:]

    def _how_it_ended(self) -> int:
        assert self.process is not None
        self.process.join(GRACE)
        return -min(self.process.exitcode or 0, 0)

    def kill(self) -> None:
        """Kills the worker; whoever waits for its answer sees that it died."""
        process = self.process
        with contextlib.suppress(ValueError):  # closed in the meantime
            if process is not None and process.pid:
                _end_group(process.pid)

    def end(self) -> None:
        """Ends the worker, and all that it had started."""
        self.kill()
        process, self.process = self.process, None
        if process is not None:
            process.join()
            process.close()
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


def _end_group(pid: int) -> None:
    """Ends a worker and whatever it had started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":  # the group outlives its leader, and no other process can have its number
            os.killpg(pid, signal.SIGKILL)


def sweep() -> None:
    """Removes what batches that were killed have left in the folder for temporary files."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        pid = left.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not _runs(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(pid: int) -> bool:
    if os.name != "posix":
        return True  # asking would end it there
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _charge(name: str, died: _Died) -> UnreadableFile:
    return verdict(shown(name), died.number, late=died.late)
