"""A watched folder is read once its files stand still, and only when something changed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from extractor.archive.batch.watch import changes, listing_of


class Clock:
    """Stands in for waiting: each wait runs the next step of a script."""

    def __init__(self, *steps: object) -> None:
        self.steps = list(steps)
        self.waits = 0

    def __call__(self, _seconds: float) -> None:
        self.waits += 1
        step = self.steps.pop(0) if self.steps else None
        if callable(step):
            step()


def test_a_file_counts_once_it_is_written_to_the_end(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    clock = Clock(None, lambda: scan.write_bytes(b"half"), lambda: scan.write_bytes(b"half and half"), None)
    assert list(islice(changes([str(tmp_path)], 10, clock), 1)) == [None]
    assert clock.waits == 4


def test_what_is_there_at_the_beginning_is_no_change_and_one_change_is_one_turn(tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(b"old")
    new = tmp_path / "deep" / "new.pdf"
    new.parent.mkdir()
    clock = Clock(None, None, lambda: new.write_bytes(b"new"), None, None, None, new.unlink)
    assert list(islice(changes([str(tmp_path)], 10, clock), 2)) == [None, None]
    assert clock.waits == 8


def test_a_folder_that_is_not_there_lists_nothing(tmp_path: Path) -> None:
    assert listing_of([str(tmp_path / "gone")]) == frozenset()
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    assert len(listing_of([str(tmp_path / "a.txt")])) == 1
