"""Programs of the machine that open strangers' files (LibreOffice, antiword): started, held to limits, and ended whole.

In: a command and the folder it works in. Out: what it printed. The hard idea: such a program starts others of its own
and outlives whoever asked for it. It leads a process group, so its clock ends all of it; it stays in the session of the
process that asked, so that ``end_session`` of a worker's parent ends it too; and a shell in front of it sets the limits
of memory and processor time before any of its code runs.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import MB, SHELL
from extractor.paper.sandbox.reader import verdict
from extractor.paper.sniff.messages import damaged

SECONDS = 90  # a cold start of LibreOffice on a slow machine takes 15; a report of 400 pages 20
MEMORY = 2_048 * MB  # address space; LibreOffice converts a long report within 700 MB
_LIMITED = 'ulimit -v "$0"; ulimit -t "$1"; shift; exec "$@"'  # where a limit cannot be set, a lower one holds already
_DEADLY = frozenset({signal.SIGABRT, signal.SIGSEGV, getattr(signal, "SIGXCPU", signal.SIGABRT)})
_SIGNALLED = 128  # a shell's script ends with this and the number of the signal that ended its program


def run_outside(
    command: list[str], folder: Path, name: str, *, seconds: float = SECONDS, memory: int = MEMORY
) -> bytes:
    """The output of ``command``; ``name`` is the file it opens, of which UnreadableFile speaks where that fails."""
    if Path(SHELL).exists():
        command = [SHELL, "-c", _LIMITED, str(memory // 1024), str(max(1, round(seconds))), *command]
    try:
        running = subprocess.Popen(  # noqa: S603 - the program is found on the path, its arguments are ours
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0 if os.name == "posix" else None,
        )
    except OSError as error:
        raise damaged(name) from error
    with running:
        try:
            printed = running.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(name, Result.TOO_SLOW, "file.slow_conversion", seconds=round(seconds)) from error
        finally:
            _end_group(running)
    number = -running.returncode if running.returncode < 0 else running.returncode - _SIGNALLED
    if number in _DEADLY and not printed:
        raise verdict(name, number, late=False)
    return printed


def _end_group(running: subprocess.Popen[bytes]) -> None:
    """Ends what is left of the program: all of it after its time, what it started and forgot otherwise."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
    with contextlib.suppress(ValueError):
        running.communicate()
