"""A folder that is watched: each time that its files have changed and then stood still, it is time to read it.

In: paths, and how long to wait between two looks. Out: one turn each time. The hard idea: a file that a scanner or a
copy still writes looks whole and is not, so a change counts only once two looks in a row see the same names, sizes
and times. Nothing is opened here, and links are not followed.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

Listing = frozenset[tuple[str, int, int]]
"""Path, size and time of change of every file."""


def changes(paths: Sequence[str], seconds: float, sleep: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """One turn for each change that has come to rest; what is there at the beginning is none."""
    read = last = listing_of(paths)
    while True:
        sleep(seconds)
        now = listing_of(paths)
        if now == last and now != read:
            read = now
            yield
        last = now


def listing_of(paths: Sequence[str]) -> Listing:
    """All files at and below ``paths``; one that goes while we look is not there."""
    found: set[tuple[str, int, int]] = set()
    for path in map(Path, paths):
        below = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
        for file in [path] if path.is_file() else below:
            with contextlib.suppress(OSError):
                seen = file.lstat()
                found.add((str(file), seen.st_size, seen.st_mtime_ns))
    return frozenset(found)
