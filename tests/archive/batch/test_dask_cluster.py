"""Dask in the pool's place: the same run and store, with a worker killed midway and a file that kills every worker."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from extractor.__main__ import main
from extractor.archive.batch import dask_cluster
from extractor.archive.batch.discover import Shelf
from extractor.archive.batch.ledger import Ledger
from extractor.archive.batch.run import Batch
from extractor.archive.store import Store
from extractor.commands.terminal import exit_codes
from extractor.domain.document import Result
from extractor.domain.errors import InvalidInput
from tests.archive.shelves import fill

distributed = pytest.importorskip("distributed", reason="pip install solieu[cluster]")
pytestmark = [pytest.mark.filterwarnings("default"), pytest.mark.skipif(os.name != "posix", reason="kill -9")]


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A scheduler and two worker processes of this machine, on loopback."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as opened:
            yield opened


def pids(local: Any) -> list[int]:
    return [worker.pid for worker in local.workers.values()]


class Mixed(Executor):
    """Sends one name to a work of its own, all others to the work that is asked for."""

    def __init__(self, inner: Executor, name: str, work: Callable[..., bytes]) -> None:
        self._inner, self._name, self._work = inner, name, work

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        return self._inner.submit(self._work if given[0] == self._name else work, *given, **named)


def kill_the_worker(name: str, content: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def test_a_worker_killed_in_the_middle_costs_nothing(local: Any, tmp_path: Path) -> None:
    folder = fill(tmp_path / "shelf", 40)
    store, actor = Store.open_local(tmp_path / "s.sqlite")
    killed: list[int] = []
    with dask_cluster.connect(local.scheduler_address) as (executor, threads):
        assert threads == 2
        batch = Batch(Ledger(store), executor, actor=actor, workers=threads, charge=dask_cluster.charge)
        found = []
        for outcome in batch.run(Shelf([str(folder)])):
            found.append(outcome)
            if not killed:
                killed.append(pids(local)[0])
                os.kill(killed[0], signal.SIGKILL)
    assert [one.name for one in found] == [f"bao-cao-{n:03}.md" for n in range(1, 41)]
    assert {one.result for one in found} == {"read"}
    assert [item.number for item in reversed(store.items())] == [f"{n}/BC-UBND" for n in range(1, 41)]
    assert store.verify() == []
    store.close()


def test_a_file_that_kills_every_worker_fails_alone(local: Any, tmp_path: Path) -> None:
    folder = fill(tmp_path / "shelf", 6)
    store, actor = Store.open_local(tmp_path / "s.sqlite")
    with dask_cluster.connect(local.scheduler_address) as (executor, threads):
        mixed = Mixed(executor, "bao-cao-003.md", kill_the_worker)
        batch = Batch(Ledger(store), mixed, actor=actor, workers=threads, charge=dask_cluster.charge)
        found = list(batch.run(Shelf([str(folder)])))
    assert [one.result for one in found] == ["read", "read", Result.DAMAGED, "read", "read", "read"]
    store.close()


def test_the_command_reads_on_a_cluster(local: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = fill(tmp_path / "shelf", 5)
    with distributed.Client(local.scheduler_address) as client:
        client.wait_for_workers(1, timeout=60)  # those that the test before has killed come up again
    typed = ["ingest", str(folder), "--store", str(tmp_path / "s.sqlite"), "--scheduler", local.scheduler_address]
    assert main(typed) == exit_codes.DONE
    assert "mới vào kho 5" in capsys.readouterr().out


def test_a_cluster_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "PATIENCE", 1)
    with pytest.raises(InvalidInput, match=r"127\.0\.0\.1:9"), dask_cluster.connect("tcp://127.0.0.1:9"):
        pass


def test_other_versions_and_empty_clusters_are_refused() -> None:
    with pytest.raises(InvalidInput, match="cùng một phiên bản"):
        dask_cluster._check_versions({"a": "solieu 0.0.1", "b": dask_cluster.maker()})
    with pytest.raises(InvalidInput, match="dask worker"):
        dask_cluster._check_versions({})
