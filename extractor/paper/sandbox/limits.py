"""What one file may cost. Every number is a promise to the person at the other end: beyond it, one sentence, no hang.

The child that reads (``worker``) holds itself to memory and processor time; its parent holds it to the clock and to the
size of its answer. A report of sixteen pages takes a tenth of a second and 100 MB, so honest files never come near.
"""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024
PATIENCE = 4.0  # times a limit of processor time: a busy machine may give a quarter of a core, which is not slow
BEATS = 32  # times that a scanned page may ask for more time: a poor one is read up to three times, on a busy machine
SHELL = "/bin/sh"  # in front of a program of the machine, to set its limits


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading; tests make them smaller."""

    file: int = 200 * MB  # a hundred colour scans at 200 dpi are about 70 MB
    text: int = 20 * MB  # of Markdown or plain text: a shelf's longest report is under 1 MB
    pages: int = 1_000  # reports run to 400; a page tree that lists one page 20,000 times does not
    seconds: float = 8.0  # for any file, and
    seconds_per_mb: float = 1.0  # for each MB of it more
    memory: int = 1_536 * MB  # address space of the child, of which libraries take a third before the first file
    answer: int = 256 * MB  # what the child may send back: 1,000 pages with boxes are about 40 MB
    entries: int = 2_000  # in a ZIP; a Word file has 15 to 200

    def time_for(self, size: int) -> float:
        """Seconds that a file of ``size`` bytes may take."""
        return self.seconds + self.seconds_per_mb * size / MB


DEFAULT = Limits()
