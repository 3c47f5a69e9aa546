"""The pool: whatever a file does to its worker, it answers for it alone, and the others are read."""

from __future__ import annotations

import os
import signal
import sys
import types
from collections.abc import Iterator
from concurrent.futures import CancelledError, as_completed
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from extractor.archive.batch import pool as pools
from extractor.archive.batch import worker
from extractor.archive.batch.pool import Pool, sweep
from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import DEFAULT, MB, PATIENCE
from extractor.paper.sandbox.reader import GRACE
from tests.archive import deadly
from tests.waiting import HANG, starts_processes, until

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="limits and process groups as Linux has them"),
    starts_processes,
]


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(2) as opened:
        yield opened


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that the pool would have waited for an answer; it waits on."""
    waits: list[float] = []
    poll = Connection.poll

    def patient(pipe: Connection, seconds: float) -> bool:
        waits.append(seconds)
        return poll(pipe, HANG)

    monkeypatch.setattr(Connection, "poll", patient)
    return waits


def test_answers_come_back_with_their_files(pool: Pool) -> None:
    files = {f"{n}.txt": os.urandom(1000 * n) for n in range(40)}
    futures = {pool.submit(deadly.echo, name, content): name for name, content in files.items()}
    workers = set()
    for future in as_completed(futures):
        pid, name, content = future.result().split(b" ", 2)
        assert (name.decode(), content) == (futures[future], files[futures[future]])
        workers.add(int(pid))
    assert 1 <= len(workers) <= 2
    assert os.getpid() not in workers


@pytest.mark.parametrize(
    ("number", "result"),
    [
        (signal.SIGSEGV, Result.DAMAGED),
        (signal.SIGBUS, Result.DAMAGED),
        (signal.SIGABRT, Result.TOO_LARGE),
        (signal.SIGKILL, Result.TOO_LARGE),
        (signal.SIGXCPU, Result.TOO_SLOW),
    ],
)
def test_a_file_that_kills_two_workers_gets_its_class(pool: Pool, number: int, result: Result) -> None:
    before = [pool.submit(deadly.echo, f"{n}", b"before") for n in range(4)]
    guilty = pool.submit(deadly.die, "thư/độc.pdf", str(int(number)).encode())
    after = [pool.submit(deadly.echo, f"{n}", b"after") for n in range(4)]
    with pytest.raises(UnreadableFile) as caught:
        guilty.result(timeout=HANG)
    assert caught.value.result is result
    assert caught.value.vi.startswith("độc.pdf")
    assert all(future.result(timeout=HANG).endswith((b"before", b"after")) for future in [*before, *after])


def test_a_file_whose_worker_died_once_is_innocent(pool: Pool, tmp_path: Path) -> None:
    future = pool.submit(deadly.die_once, "a", os.fsencode(tmp_path / "mark"))
    assert future.result(timeout=HANG) == b"second worker"


def test_workers_killed_from_outside_cost_no_file(tmp_path: Path) -> None:
    with Pool(2, limits=replace(DEFAULT, seconds=1e5)) as pool:  # no clock ends who waits for the other
        for n in range(3):
            folder = tmp_path / str(n)
            folder.mkdir()
            futures = [pool.submit(deadly.meet, f"{name}", os.fsencode(folder)) for name in range(8)]
            until(lambda here=folder: len(list(here.iterdir())) == 2)  # both workers are up, and hold a file
            for pid in pool.pids:
                os.kill(pid, signal.SIGKILL)
            (folder / "open").touch()
            assert [future.result(timeout=HANG) for future in futures] == [b"met"] * 8


def test_the_clock_ends_what_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "GRACE", 0.2)
    with Pool(1, limits=replace(DEFAULT, seconds=0.1)) as pool, pytest.raises(UnreadableFile) as caught:
        pool.submit(deadly.sleep, "treo.pdf", b"86400").result(timeout=HANG)
    assert caught.value.result is Result.TOO_SLOW


def test_the_clock_gives_leave_to_those_who_ask(clock: list[float]) -> None:
    limits = replace(DEFAULT, seconds=5.0)
    with Pool(1, limits=limits) as pool:
        for asked in (b"20", b"86400"):
            assert pool.submit(deadly.take_leave, "dài.pdf", asked).result(timeout=HANG) == b"done"
    seconds = (limits.time_for(2), 20.0, limits.time_for(5), limits.time_for(limits.file))
    assert clock[1:] == [PATIENCE * one + GRACE for one in seconds]


def test_processor_time_has_an_end_that_no_clock_sets(clock: list[float]) -> None:
    with Pool(1, limits=replace(DEFAULT, seconds=0.1)) as pool, pytest.raises(UnreadableFile) as caught:
        pool.submit(deadly.count, "bận.pdf", b"").result(timeout=HANG)
    assert caught.value.result is Result.TOO_SLOW
    assert clock


def test_memory_and_answers_have_an_end() -> None:
    with Pool(1, limits=replace(DEFAULT, memory=200 * MB, answer=2 * MB)) as pool:
        assert pool.submit(deadly.hoard, "vừa", b"100").result(timeout=HANG) == str(100 * MB).encode()
        assert pool.submit(deadly.hoard, "lớn", b"4000").result(timeout=HANG) == b"no memory"
        with pytest.raises(UnreadableFile) as caught:
            pool.submit(deadly.flood, "lũ.pdf", str(3 * MB).encode()).result(timeout=HANG)
        assert caught.value.result is Result.TOO_LARGE


def test_what_a_worker_had_started_dies_with_it(pool: Pool, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        pool.submit(deadly.leave_a_child, "a.doc", os.fsencode(tmp_path / "pid")).result(timeout=HANG)
    child = int((tmp_path / "pid").read_text())
    until(lambda: not alive(child))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in {"Z", "X"}
    except FileNotFoundError:
        return False


def test_workers_are_renewed_and_take_little_of_the_environment_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("CMAP_PATH", "/tmp")
    with Pool(1) as pool:
        seen = pool.submit(deadly.look_around, "a", b"").result(timeout=HANG).split()
        assert b"SECRET_TOKEN" not in seen
        assert b"CMAP_PATH" not in seen
        futures = [pool.submit(deadly.echo, "a", b"") for _ in range(worker.SERVES + 50)]
        pids = {future.result(timeout=HANG).split()[0] for future in futures}
    assert len(pids) == 2


def test_an_end_that_is_wanted_at_once_comes_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    pool = Pool(2, limits=replace(DEFAULT, seconds=1e5))  # no clock ends what is under way
    running = [pool.submit(deadly.meet, f"{n}", os.fsencode(tmp_path)) for n in range(6)]
    until(lambda: len(list(tmp_path.iterdir())) == 2)
    folder = pool._folder
    pool.shutdown(cancel_futures=True)
    assert all(future.cancelled() or future.exception() is not None for future in running)
    assert not folder.exists()
    assert pool.pids == []
    with pytest.raises(RuntimeError):
        pool.submit(deadly.echo, "a", b"")


def test_a_worker_that_comes_up_while_the_pool_ends_gets_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(1, limits=replace(DEFAULT, seconds=1e5))
    start = pools._Slot.start

    def too_late(slot: Any, context: Any) -> bool:
        pool.shutdown(wait=False, cancel_futures=True)
        return start(slot, context)

    monkeypatch.setattr(pools._Slot, "start", too_late)
    future = pool.submit(deadly.sleep, "a", b"86400")
    with pytest.raises(CancelledError):
        future.result(timeout=HANG)
    pool.shutdown()
    assert pool.pids == []


def test_what_a_killed_batch_left_is_swept_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pools.tempfile, "gettempdir", lambda: str(tmp_path))
    gone, ours, other = (tmp_path / f"solieu-batch-{name}" for name in ("4194303-x", f"{os.getpid()}-y", "name-z"))
    for folder in (gone, ours, other):
        folder.mkdir()
        (folder / "báo cáo.pdf").write_text("x")
    sweep()
    assert not gone.exists()
    assert ours.exists()
    assert other.exists()


def test_workers_start_whatever_calls_itself_main(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    screen = types.ModuleType("__main__")
    script = tmp_path / "screen.py"
    script.write_text("raise SystemExit('a screen is no worker')", encoding="utf-8")
    screen.__file__ = str(script)
    monkeypatch.setitem(sys.modules, "__main__", screen)
    with Pool(1) as pool:
        assert pool.submit(deadly.echo, "a.txt", b"1").result(timeout=HANG)
    assert sys.modules["__main__"] is screen


def test_a_long_name_of_the_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 90)
    deep.mkdir()
    monkeypatch.setattr(pools.tempfile, "tempdir", str(deep))
    with Pool(1) as pool:
        assert pool.submit(deadly.echo, "a.txt", b"1").result(timeout=HANG)
