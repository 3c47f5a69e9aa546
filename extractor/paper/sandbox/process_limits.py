"""What a reading process is held to by itself: address space, processor time, few words of environment; and its end.

In: bytes, seconds, or the number of a process that leads a session. The hard idea: what a reading process has started
may lead a group of its own; only its session still tells whose it is.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

OVERTIME = getattr(signal, "SIGXCPU", None)  # how a process ends that used up its time; Windows knows no such signal

KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "PYTHONPATH",
    "TESSDATA_PREFIX",
    "SOLIEU_STRICT",
    "SOLIEU_LOG",
)
"""Words of the environment that a reading process takes along."""


def _resource() -> Any:
    try:
        import resource
    except ImportError:  # Windows: the clock alone
        return None
    return resource


def hold_memory(size: int) -> None:
    """Holds this process to ``size`` bytes of address space, and leaves no core file behind."""
    resource = _resource()
    if resource:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (size if hard < 0 else min(size, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hold_time(seconds: float) -> None:
    """Lets this process use ``seconds`` of processor time from now on."""
    resource = _resource()
    if resource:
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(time.process_time() + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (until if hard < 0 else min(until, hard), hard))


def peak_memory() -> int:
    """The most bytes of memory that this process has held at once.

    ``getrusage`` would count what the process held that started this one, so Linux is asked for the program's own peak.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        resource = _resource()
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024 if resource else 0


def end_session(leader: int) -> None:
    """Kills the process that leads the session ``leader`` and all that it had started, in whatever groups they are.

    Groups besides the leader's are found where the system lists its processes in /proc; elsewhere they are left.
    """
    if os.name != "posix":
        return
    for group in {leader, *_groups_of(leader)}:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # ended by itself; nobody left in the group
            os.killpg(group, signal.SIGKILL)


def _groups_of(session: int) -> set[int]:
    """The process groups of a session."""
    groups: set[int] = set()
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):  # it ended while we looked
            fields = place.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == session:
                groups.add(int(fields[2]))
    return groups
