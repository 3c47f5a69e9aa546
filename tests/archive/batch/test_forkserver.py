"""The server that workers come from is started before its command is even parsed, and only where it will be wanted."""

from __future__ import annotations

import pytest

from extractor.archive.batch import forkserver


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls: list[str] = []
    monkeypatch.setattr(forkserver, "start_server", lambda: calls.append("started"))
    return calls


def test_a_shelf_is_foreseen(started: list[str]) -> None:
    forkserver.foresee(["ingest", "shelf", "--workers", "2"])
    assert started == ["started"]


@pytest.mark.parametrize("word", ["-h", "--help", "--dry-run", "--scheduler=tcp://here:8786", "--scheduler"])
def test_nothing_is_started_where_nothing_is_read_here(started: list[str], word: str) -> None:
    forkserver.foresee(["ingest", "shelf", word])
    assert started == []


def test_a_server_that_cannot_be_started_yet_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(forkserver, "start_server", refuse)
    forkserver.foresee(["ingest", "shelf"])
