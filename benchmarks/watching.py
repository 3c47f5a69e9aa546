"""A run of ``solieu ingest`` in a process of its own, watched from outside: processor time and memory of each part.

The command is a parent, which finds files and writes, and workers forked from a server of its own, which read. What
they have used is taken from ``/proc``, so this part of the benchmarks needs Linux.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.tables import ROOT

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Sample:
    """A moment of a run: files in the store; megabytes (PSS) and seconds of processor time of writer and readers."""

    arrived: int
    writer_mb: float
    readers_mb: float
    writer_s: float
    readers_s: float


@dataclass
class Run:
    """What one run came to. ``readers``: workers and the server that they are forked from, loading included."""

    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    @property
    def last(self) -> Sample:
        """What had been used shortly before the end."""
        return self.samples[-1]

    def at(self, share: float) -> Sample:
        """The sample nearest to that share of the files."""
        return min(self.samples, key=lambda one: abs(one.arrived - share * self.last.arrived))


def start(paths: Sequence[Path], store: Path, workers: int, *, cores: int | None = None) -> subprocess.Popen[bytes]:
    """The command on its way, in a process group of its own; ``cores``: how many of the machine's it may use."""
    typed = ["ingest", *map(str, paths), "--store", str(store), "--workers", str(workers)]
    program = [sys.executable, "-m", "extractor", *typed]
    if cores is not None:
        allowed = ",".join(map(str, sorted(os.sched_getaffinity(0))[:cores]))
        program = ["taskset", "--cpu-list", allowed, *program]
    return subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True
    )


def watched(paths: Sequence[Path], store: Path, workers: int, *, every: float = 0.25, cores: int | None = None) -> Run:
    """A whole run; a sample each ``every`` seconds. Raises CalledProcessError where not every file was read."""
    run, began = Run(), time.perf_counter()
    process = start(paths, store, workers, cores=cores)
    watcher = threading.Thread(target=_watch, args=(process, store, run, every), daemon=True)
    watcher.start()
    process.communicate()
    run.seconds = time.perf_counter() - began
    watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return run


def arrived(store: Path) -> int:
    """Files with a verdict."""
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=30) as opened:
            return int(opened.execute("SELECT count(*) FROM arrival").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _watch(process: subprocess.Popen[bytes], store: Path, run: Run, every: float) -> None:
    while process.poll() is None:
        readers = list(family(process.pid))
        run.samples.append(
            Sample(
                arrived(store),
                own_memory(process.pid),
                sum(map(own_memory, readers)),
                processor_time(process.pid),
                sum(processor_time(pid, buried=True) for pid in readers),
            )
        )
        time.sleep(every)


def family(pid: int) -> Iterator[int]:
    """The descendants of a process."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (stat := _stat(int(entry.name))):
            children.setdefault(int(stat[1]), []).append(int(entry.name))
    todo = list(children.get(pid, []))
    while todo:
        child = todo.pop()
        yield child
        todo += children.get(child, [])


def own_memory(pid: int) -> float:
    """Megabytes that a process holds, shared ones in part (PSS)."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def processor_time(pid: int, *, buried: bool = False) -> float:
    """Seconds that a process has used; ``buried``: and those of its children that have ended."""
    stat = _stat(pid)
    return sum(map(int, stat[11 : 15 if buried else 13])) / TICKS if stat else 0.0


def _stat(pid: int) -> list[str]:
    """The fields of ``/proc/PID/stat`` from the state on; none where the process has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return []
