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


def die_reading(name: str, content: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def die_once_and_read(name: str, content: bytes, mark: str) -> bytes:
    """Dies where nobody died before; the next one reads."""
    from extractor.archive.batch.read_file import read_one

    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return read_one(name, content)
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def sleep(name: str, content: bytes, progress: Progress) -> bytes:
    time.sleep(float(content))
    return b"awake"


def take_leave(name: str, content: bytes, progress: Progress) -> bytes:
    """Asks for the seconds that the content says."""
    progress(float(content))
    return b"done"


def meet(name: str, content: bytes, progress: Progress) -> bytes:
    """Says in the folder at the path in ``content`` that it is here, and stays until ``open`` stands there."""
    folder = Path(os.fsdecode(content))
    (folder / name).touch()
    while not (folder / "open").exists():
        time.sleep(0.01)
    return b"met"


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
