"""A proposal made in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.archive.learning.proposal import STEPS, propose
from extractor.archive.learning.trial import Standing, Trial
from extractor.archive.store import Store
from extractor.training import guard
from tests.archive.learning.office import review
from tests.waiting import starts_processes, until

pytestmark = starts_processes


@pytest.fixture(autouse=True)
def no_gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package comes without gold, here and in the process."""
    monkeypatch.setenv("SOLIEU_CORPUS", str(tmp_path / "corpus"))
    monkeypatch.setattr(guard, "package_gold", tuple)
    for cached in (guard.read_by_package, guard.score_package):
        cached.cache_clear()


def test_process_finds_what_is_found_here_and_is_begun_once(tmp_path: Path) -> None:
    store, _ = Store.open_local(tmp_path / "place.sqlite")
    review(store, range(16))
    trial = Trial(str(tmp_path / "place.sqlite"))
    assert trial.look() == Standing()
    trial.begin()
    process = trial._process
    trial.begin()
    assert trial._process is process
    steps: list[int] = []

    def is_done() -> bool:
        standing = trial.look()
        if standing.step is not None:
            steps.append(standing.step)
        return standing.tried is not None

    until(is_done)
    tried = trial.look().tried
    assert tried is not None
    assert tried.proposal == propose(store)
    assert tried.proposal.is_taken
    assert steps == sorted(steps)
    assert {*steps} <= {*range(len(STEPS))}
    trial.forget()
    assert trial.look() == Standing()
    store.close()


def test_process_that_dies_is_said_to_be_broken_and_can_be_begun_again(tmp_path: Path) -> None:
    trial = Trial(str(tmp_path / "place.sqlite"))
    trial.begin()
    assert trial._process is not None
    trial._process.kill()
    until(lambda: trial.look().is_broken)
    assert trial.look().step is None
    trial.begin()
    until(lambda: trial.look().tried)
