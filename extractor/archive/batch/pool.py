"""Workers on this machine that may die: a ``concurrent.futures.Executor`` that rebuilds itself and charges the guilty.

In: ``submit(work, name, content)``; out: a future of bytes. The hard idea: each worker holds one file at a time, so a
death has one suspect. It is read once more by a fresh worker; a file that kills two gets the class of its deed
(``UnreadableFile``) and its neighbours notice nothing. Workers are forked from a server that has loaded words and
libraries once, so a new one costs a hundredth of a second. Nothing comes back but bytes, each worker's through a pipe
of its own. Queue, futures and threads are the standard library's: a thread waits for a worker's answer.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from extractor.archive.batch import worker
from extractor.archive.batch.forkserver import start_server, without_main
from extractor.archive.batch.worker import DONE, MORE, READY, RETIRED
from extractor.paper.sandbox.limits import BEATS, DEFAULT, PATIENCE, Limits
from extractor.paper.sandbox.process_limits import end_session
from extractor.paper.sandbox.reader import GRACE, ChildDied, verdict
from extractor.paper.sniff.format import shown

STRIKES = 2  # workers that a file may kill
START = 60.0  # seconds that a worker may take until it is ready
PREFIX = "solieu-batch-"


class Pool(Executor):
    """At most ``workers`` processes, started when they are needed first."""

    def __init__(self, workers: int, *, limits: Limits = DEFAULT) -> None:
        """Begins to load what workers need, and does not wait for it."""
        sweep()
        self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        self._context = start_server()
        self._stopping = threading.Event()
        self._slots = [_Slot(self._folder / str(n), limits) for n in range(workers)]
        self._idle = self._slots.copy()  # never empty where a thread looks for one: there are as many threads
        self._threads = ThreadPoolExecutor(workers, "batch")

    def submit(  # type: ignore[override] # narrower by design: what crosses the pipe is bytes
        self, work: Callable[..., bytes], name: str, content: bytes, /
    ) -> Future[bytes]:
        """``work(name, content)``, a function of a module, called in a worker with its way to ask for more time.

        The future raises UnreadableFile where the file killed ``STRIKES`` workers.
        """
        return self._threads.submit(self._carry_out, work, name, content)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the workers, after what was submitted or (``cancel_futures``) at once."""
        self._threads.shutdown(wait=False, cancel_futures=cancel_futures)
        if cancel_futures:
            self._stopping.set()
            for slot in self._slots:
                slot.kill()
        if wait:
            self._threads.shutdown()
            for slot in self._slots:
                slot.end()
            shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def pids(self) -> list[int]:
        """The workers that are running now."""
        return [slot.process.pid for slot in self._slots if slot.process is not None and slot.process.pid]

    def _carry_out(self, work: Callable[..., bytes], name: str, content: bytes) -> bytes:
        slot = self._idle.pop()
        try:
            strikes = 0
            while True:
                self._start(slot)
                try:
                    return slot.ask(work, name, content)
                except ChildDied as died:
                    slot.end()
                    strikes += 1
                    if strikes >= STRIKES or self._stopping.is_set():
                        raise verdict(shown(name), died.number, late=died.late) from died
        finally:
            self._idle.append(slot)

    def _start(self, slot: _Slot) -> None:
        if slot.process is None and not slot.start(self._context):
            slot.end()
            import extractor.archive.batch.preload  # noqa: F401 - says what is wrong, if it is wrong here too

            raise RuntimeError("a reading process does not start on this machine")
        if self._stopping.is_set():  # after the start: a worker that ``shutdown`` has not seen gets nothing to do
            raise CancelledError


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

    def ask(self, work: Callable[..., bytes], name: str, content: bytes) -> bytes:
        """The worker's answer; raises ``ChildDied`` where it gives none."""
        assert self.process is not None
        assert self._pipe is not None
        seconds = self._limits.time_for(len(content))
        try:
            self._pipe.send((work, name, seconds))
            self._pipe.send_bytes(content)
            for _ in range(BEATS * self._limits.pages + 2):
                if not self._pipe.poll(PATIENCE * seconds + GRACE):  # what spins is ended by its own processor limit
                    raise ChildDied(0, late=True)
                frame = self._pipe.recv_bytes(self._limits.answer)
                if frame[:1] != MORE:
                    break
                seconds = min(float(frame[1:]), self._limits.time_for(self._limits.file))
        except (EOFError, ConnectionError) as error:
            self.process.join(GRACE)
            raise ChildDied(-min(self.process.exitcode or 0, 0), late=False) from error
        except (OSError, ValueError) as error:  # an answer beyond all measure, or no answer of ours
            raise ChildDied(signal.SIGABRT, late=False) from error
        if frame[:1] == RETIRED:
            self.end()
        elif frame[:1] != DONE:
            raise ChildDied(signal.SIGABRT, late=False)
        return frame[1:]

    def kill(self) -> None:
        """Kills the worker and all that it had started; whoever waits for its answer sees that it died."""
        process = self.process
        with contextlib.suppress(ValueError, OSError):  # closed in the meantime; nobody left in the group
            if process is not None and process.pid:
                process.kill()
                end_session(process.pid)  # it outlives its leader, and no other process can have its number

    def end(self) -> None:
        """Kills the worker and makes the place free for a new one."""
        self.kill()
        process, self.process = self.process, None
        if process is not None:
            process.join()
            process.close()
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None


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
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True
