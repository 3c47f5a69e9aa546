"""What a worker may be asked to do and does not survive: functions that the pool's tests send to its workers."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

Progress = Callable[[float], None]


def echo(name: str, content: bytes, progress: Progress) -> bytes:
    return f"{os.getpid()} {name} ".encode() + content


def die(name: str, content: bytes, progress: Progress) -> bytes:
    """Dies of the signal whose number is the content."""
    os.kill(os.getpid(), int(content))
    return b""


def die_once(name: str, content: bytes, progress: Progress) -> bytes:
    """Dies where nobody died before; ``content`` is the path that remembers."""
    try:
        os.close(os.open(content, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return b"second worker"
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def sleep(name: str, content: bytes, progress: Progress) -> bytes:
    time.sleep(float(content))
    return b"awake"


def sleep_with_leave(name: str, content: bytes, progress: Progress) -> bytes:
    """Sleeps longer than a file may, but asks before."""
    progress(20.0)
    time.sleep(float(content))
    return b"awake"


def count(name: str, content: bytes, progress: Progress) -> bytes:
    """Never ends, and works all the time."""
    number = 0
    while True:
        number += 1


def hoard(name: str, content: bytes, progress: Progress) -> bytes:
    """Takes the megabytes that the content says."""
    try:
        return str(len(bytearray(int(content) << 20))).encode()
    except MemoryError:
        return b"no memory"


def flood(name: str, content: bytes, progress: Progress) -> bytes:
    return bytes(int(content))


def leave_a_child(name: str, content: bytes, progress: Progress) -> bytes:
    """Starts a program, notes its number at the path in ``content``, and dies."""
    child = subprocess.Popen(["sleep", "300"])
    Path(os.fsdecode(content)).write_text(str(child.pid))
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def look_around(name: str, content: bytes, progress: Progress) -> bytes:
    return " ".join(sorted(os.environ)).encode()
