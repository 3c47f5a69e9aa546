"""Dask in the pool's place: the same run and store, with a worker that dies midway and a file that kills every worker.

Nothing here waits for a clock: a file whose worker died is handed out again when Dask says that another one has come.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from extractor.__main__ import main
from extractor.archive.batch import dask_cluster
from extractor.archive.batch.discover import Shelf
from extractor.archive.batch.ledger import Ledger
from extractor.archive.batch.run import Batch, Outcome
from extractor.archive.store import Store
from extractor.commands.terminal import exit_codes
from extractor.domain.document import Result
from extractor.domain.errors import InvalidInput
from tests.archive import deadly
from tests.archive.shelves import fill
from tests.waiting import HANG, starts_processes

distributed = pytest.importorskip("distributed", reason="pip install solieu[cluster]")
pytestmark = [
    pytest.mark.filterwarnings("default"),
    pytest.mark.skipif(os.name != "posix", reason="kill -9"),
    starts_processes,
]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A scheduler with a worker in a thread, which always goes on, and one in a process, which may die."""
    import dask

    folder = str(tmp_path_factory.mktemp("dask"))
    both = {"nthreads": 1, "memory_limit": 0, "host": "127.0.0.1", "local_directory": folder, "dashboard": False}
    workers = {
        "steady": {"cls": distributed.Worker, "options": {**both, "resources": {"steady": 1}}},
        "mortal": {"cls": distributed.Nanny, "options": {**both, "resources": {"mortal": 1}}},
    }
    options = {"host": "127.0.0.1", "port": 0, "dashboard": False, "allowed_failures": 1}
    scheduler = {"cls": distributed.Scheduler, "options": options}
    with warnings.catch_warnings(), dask.config.set({"distributed.comm.timeouts.connect": HANG}):
        warnings.simplefilter("ignore")
        with distributed.SpecCluster(workers=workers, scheduler=scheduler) as opened:
            yield opened


class Mixed(Executor):
    """Sends the file ``name`` to the worker that may die, for a work of its own, and all others to the steady one."""

    def __init__(self, inner: Any, name: str, work: Any) -> None:
        self._name, self._work = name, work
        self._steady, self._mortal = (
            inner._client.get_executor(resources={worker: 1}, retries=dask_cluster.RETRIES, pure=False)
            for worker in ("steady", "mortal")
        )

    def submit(self, work: Any, /, *given: Any, **named: Any) -> Future[Any]:
        if given[0] == self._name:
            return self._mortal.submit(self._work, *given)
        return self._steady.submit(work, *given, **named)


def take_in(local: Any, store: Store, folder: Path, name: str, work: Any, actor: str) -> list[Outcome]:
    with dask_cluster.connect(local.scheduler_address) as (executor, threads):
        mixed = Mixed(executor, name, work)
        batch = Batch(Ledger(store), mixed, actor=actor, workers=threads, charge=dask_cluster.charge)
        return list(batch.run(Shelf([str(folder)])))


def test_a_worker_killed_in_the_middle_costs_nothing(local: Any, tmp_path: Path) -> None:
    folder = fill(tmp_path / "shelf", 20)
    store, actor = Store.open_local(tmp_path / "s.sqlite")
    work = partial(deadly.die_once_and_read, mark=str(tmp_path / "mark"))
    found = take_in(local, store, folder, "bao-cao-003.md", work, actor)
    assert (tmp_path / "mark").exists()
    assert [one.name for one in found] == [f"bao-cao-{n:03}.md" for n in range(1, 21)]
    assert {one.result for one in found} == {"read"}
    assert [item.number for item in reversed(store.items())] == [f"{n}/BC-UBND" for n in range(1, 21)]
    assert store.verify() == []
    store.close()


def test_a_file_that_kills_every_worker_fails_alone(local: Any, tmp_path: Path) -> None:
    folder = fill(tmp_path / "shelf", 6)
    store, actor = Store.open_local(tmp_path / "s.sqlite")
    found = take_in(local, store, folder, "bao-cao-003.md", deadly.die_reading, actor)
    assert [one.result for one in found] == ["read", "read", Result.DAMAGED, "read", "read", "read"]
    store.close()


def test_the_command_reads_on_a_cluster(local: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = fill(tmp_path / "shelf", 5)
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
