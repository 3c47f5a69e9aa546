"""The run: every file once, in the order of the shelf, whatever the workers do and wherever it is cut off."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

from extractor.archive import schema
from extractor.archive.batch import read_file as reading
from extractor.archive.batch import run as runs
from extractor.archive.batch.discover import Shelf
from extractor.archive.batch.ledger import Ledger
from extractor.archive.batch.pool import Pool
from extractor.archive.batch.run import Batch, Outcome, look_ahead
from extractor.archive.canonical_json import canonical
from extractor.archive.intake.import_report import FAULT
from extractor.archive.row_types import Filter, State
from extractor.archive.store import Store
from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from tests.archive.sample import Draft, build
from tests.archive.shelves import fill, report
from tests.waiting import HANG, starts_processes, until

pytestmark = starts_processes


class AtOnce(Executor):
    """Does the work where it is asked for, and counts it."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.names.append(given[0])
        try:
            future.set_result(work(*given, **named))
        except UnreadableFile as error:
            future.set_exception(error)
        return future


@pytest.fixture
def executor() -> AtOnce:
    return AtOnce()


def take_in(store: Store, executor: Executor, *paths: Path, again: tuple[str, ...] = ()) -> list[Outcome]:
    batch = Batch(Ledger(store), executor, actor="an", workers=2, again=again, layer=store.layer())
    return list(batch.run(Shelf([str(path) for path in paths])))


def picture(location: str) -> list[tuple[Any, ...]]:
    """All that a store says of its files, less the moments at which it was said."""
    engine = sqlalchemy.create_engine(location if "://" in location else f"sqlite:///{location}")
    record = [c for c in schema.record.c if c.name not in {"decided_at"}]
    with engine.connect() as connection:
        queries = (
            sqlalchemy.select(schema.arrival.c["key", "name", "result", "reason", "size"]).order_by("key"),
            sqlalchemy.select(schema.reading.c["id", "sha256", "digest", "text"]).order_by("id"),
            sqlalchemy.select(schema.item.c["id", "number", "leading", "front"]).order_by("id"),
            sqlalchemy.select(*record).order_by("id"),
        )
        rows = [tuple(map(str, row)) for query in queries for row in connection.execute(query)]
    engine.dispose()
    return rows


def test_a_shelf_is_taken_in_once(store: Store, executor: AtOnce, tmp_path: Path) -> None:
    folder = fill(tmp_path / "shelf", 40)
    (folder / "bao-cao-020b.md").write_text(report(20), encoding="utf-8")  # the same content under another name
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 broken")
    first = take_in(store, executor, folder)
    assert [one.name for one in first] == sorted(path.name for path in folder.iterdir())
    assert [one.name for one in first if one.known] == ["bao-cao-020b.md"]
    assert sum(one.result == Result.READ for one in first) == 41
    assert first[-1].result in {Result.DAMAGED, Result.EMPTY}
    assert len(executor.names) == 41
    assert [item.number for item in reversed(store.items())] == [f"{n}/BC-UBND" for n in range(1, 41)]
    again = take_in(store, executor, folder)
    assert len(executor.names) == 41
    assert all(one.known for one in again)
    assert [(one.name, one.result, one.vi) for one in again] == [(one.name, one.result, one.vi) for one in first]
    twice = store.item(next(item.id for item in store.items() if item.number == "20/BC-UBND"))
    assert [Path(path).name for path, _ in twice.files[0].met] == ["bao-cao-020.md", "bao-cao-020b.md"]
    assert store.verify() == []
    assert store.progress().reviewed == 0


def test_why_a_file_gave_little_is_kept_in_both_languages(store: Store, executor: AtOnce, tmp_path: Path) -> None:
    letter_file = tmp_path / "thu.md"
    letter_file.write_text("The weather was fine, and so we walked around the lake. " * 30, encoding="utf-8")
    [letter] = take_in(store, executor, letter_file)
    assert letter.result == Result.NOT_A_REPORT
    assert letter.vi
    assert letter.en
    assert letter.vi != letter.en
    [again] = take_in(store, executor, letter_file)
    assert (again.vi, again.en) == (letter.vi, letter.en)
    [line] = store.events(kinds=["refused"])
    assert (line.patch["reason"], line.patch["reason_en"]) == (letter.vi, letter.en)
    told = {"reason": "trang 2: không mở được", "reason_en": "page 2: does not open"}
    extraction, content = build(report=replace(Draft().report, result=Result.READ_IN_PART, **told))
    kept = store.add_extraction(extraction, content, actor="an")
    arrival = Ledger(store).known([kept.sha256])[kept.sha256]
    assert (arrival.reason, arrival.reason_en) == tuple(told.values())
    [file] = store.item(kept.item_id).files
    assert (file.reason, file.reason_en) == tuple(told.values())
    assert store.send_out(kept.item_id, judged_only=False).extraction.report.reason_en == told["reason_en"]
    assert store.verify() == []


def test_what_was_not_read_is_read_again_when_asked(store: Store, executor: AtOnce, tmp_path: Path) -> None:
    folder = fill(tmp_path / "shelf", 3)
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 broken")
    [*_, broken] = take_in(store, executor, folder)
    executor.names.clear()
    take_in(store, executor, folder, again=(broken.result,))
    assert executor.names == ["hong.pdf"]
    executor.names.clear()
    read = take_in(store, executor, folder, again=("read",))
    assert len(executor.names) == 3
    assert [one.intake.known for one in read if one.intake] == [True] * 3
    events = store.events(kinds=["refused"])
    assert [line.patch["name"] for line in events] == ["hong.pdf"]  # one verdict, one line
    assert Ledger(store).counts() == {"read": 3, broken.result: 1}


LEARNED = {"weights": {"status": {"1": {"plan": 9_000}}}}
"""Whatever is seen, it is a plan."""


@pytest.mark.parametrize("hands", ["at_once", "pool"])
def test_workers_read_with_what_the_store_has_learned(store: Store, tmp_path: Path, hands: str) -> None:
    folder = fill(tmp_path / "shelf", 2)
    workers = Pool(1) if hands == "pool" else AtOnce()
    take_in(store, workers, folder)
    before = [record.status for record in store.queue(Filter(order="place"), limit=1000)]
    store.learn(canonical(LEARNED), over=0, actor="an")
    take_in(store, workers, folder, again=("read",))
    after = [record.status for record in store.queue(Filter(order="place"), limit=1000)]
    workers.shutdown()
    assert before.count("plan") < after.count("plan")
    assert {store.reading_of(item_id).layer for item_id in store.item_ids()} == {1}
    assert store.verify() == []


def test_a_fault_of_ours_costs_one_file_and_is_tried_again(
    store: Store, executor: AtOnce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fill(tmp_path / "shelf", 3)
    right = reading._read

    def wrong(name: str, content: bytes, progress: Any, layer: Any) -> Any:
        if name.endswith("002.md"):
            raise ZeroDivisionError("a slip")
        return right(name, content, progress, layer)

    monkeypatch.setattr(reading, "_read", wrong)
    found = take_in(store, executor, folder)
    assert [one.result for one in found] == ["read", FAULT, "read"]
    assert "ZeroDivisionError" in (found[1].vi or "")
    monkeypatch.setattr(reading, "_read", right)
    assert [one.known for one in take_in(store, executor, folder)] == [True, False, True]
    assert Ledger(store).counts() == {"read": 3}


def test_a_file_that_the_database_refuses_costs_itself(
    store: Store, executor: AtOnce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fill(tmp_path / "shelf", 5)
    right = reading.unpack

    def impossible(data: bytes) -> reading.Answer:
        answer = right(data)
        if answer.prepared is not None and answer.prepared.name.endswith("003.md"):
            broken = answer.prepared.named(answer.prepared.name)
            object.__setattr__(broken, "figures", broken.figures[:1] * 2)  # the same key twice
            object.__setattr__(broken, "records", broken.records[:1] * 2)
            return reading.Answer(answer.seconds, broken, answer.result)
        return answer

    monkeypatch.setattr(runs, "unpack", impossible)
    assert [one.result for one in take_in(store, executor, folder)] == ["read", "read", FAULT, "read", "read"]
    assert len(store.items()) == 4
    assert store.verify() == []


def test_an_answer_that_no_worker_would_give_is_a_fault(store: Store, tmp_path: Path) -> None:
    class Liar(AtOnce):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(b'{"seconds": 1}\n[1, 2]')
            return future

    assert [one.result for one in take_in(store, Liar(), fill(tmp_path / "shelf", 2))] == [FAULT, FAULT]
    assert store.items() == []


def test_the_window_is_bounded_and_the_order_is_the_shelfs(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH", 4)
    monkeypatch.setattr(runs, "LOOK_AHEAD", 4)
    monkeypatch.setattr(runs, "AHEAD", 2)
    under_way: list[int] = []
    sixth = threading.Event()
    with ThreadPoolExecutor(4) as threads:

        class Watched(Executor):
            def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
                name = given[0]

                def late() -> Any:
                    if name.endswith("001.md"):
                        assert sixth.wait(HANG)  # the first is the slowest
                    answer = work(*given, **named)
                    if name.endswith("006.md"):
                        sixth.set()
                    return answer

                future = threads.submit(late)
                under_way.append(sum(not one.done() for one in futures))
                futures.append(future)
                return future

        futures: list[Future[Any]] = []
        found = take_in(store, Watched(), fill(tmp_path / "shelf", 40))
    assert [one.name for one in found] == [f"bao-cao-{n:03}.md" for n in range(1, 41)]
    assert [item.number for item in reversed(store.items())] == [f"{n}/BC-UBND" for n in range(1, 41)]
    assert max(under_way) <= 4 + 2 * 2 + 4


def test_a_look_ahead_reads_nothing_and_counts_right(store: Store, executor: AtOnce, tmp_path: Path) -> None:
    folder = fill(tmp_path / "shelf", 6)
    ahead = look_ahead(Shelf([str(folder), "/no/such.pdf"]), None, ())
    assert (ahead.new, ahead.known, ahead.twins, ahead.failed) == (6, 0, 0, 1)
    shutil.copyfile(folder / "bao-cao-001.md", tmp_path / "again.md")
    ahead = look_ahead(Shelf([str(folder), str(tmp_path / "again.md")]), None, ())
    assert (ahead.new, ahead.known, ahead.twins) == (6, 0, 1)
    take_in(store, executor, folder / "bao-cao-001.md", folder / "bao-cao-002.md")
    ahead = look_ahead(Shelf([str(folder)]), Ledger(store), ())
    assert (ahead.new, ahead.known) == (4, 2)
    assert look_ahead(Shelf([str(folder)]), Ledger(store), ("read",)).new == 6
    assert executor.names == ["bao-cao-001.md", "bao-cao-002.md"]


def test_decisions_keep_their_place_when_a_shelf_is_read_again(
    store: Store, executor: AtOnce, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fill(tmp_path / "shelf", 2)
    take_in(store, executor, folder)
    seen = store.queue(Filter(words="thu ngân sách"))[0]
    store.correct(seen.id, seen.version, {"unit": "tỷ đồng"}, actor="bình")
    take_in(store, executor, folder, again=("read",))
    kept = store.record(seen.id)
    assert (kept.unit, kept.state, kept.lost) == ("tỷ đồng", State.CORRECTED, False)


def test_archives_pass_through_with_a_pool(store: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kho.zip", "w") as bundle:
        for n in range(1, 9):
            bundle.writestr(f"quý I/{n}.md", report(n))
        bundle.writestr("../ra-ngoai.md", report(9))
    with Pool(2) as pool:
        found = take_in(store, pool, tmp_path / "kho.zip")
    assert [one.result for one in found] == ["refused", *["read"] * 8]
    assert found[1].path.endswith("kho.zip!/quý I/1.md")
    assert store.item(1).files[0].name == "1.md"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return fill(tmp_path / "shelf", 60)


def ingest(shelf: Path, store: str, *more: str) -> subprocess.Popen[str]:
    typed = [sys.executable, "-m", "extractor", "ingest", str(shelf), "--store", store, "--workers", "2", *more]
    return subprocess.Popen(typed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> str:
    told, complaint = process.communicate(timeout=HANG)
    assert process.returncode == 0, complaint
    return told


def arrived(path: Path) -> int:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10) as opened:
            return int(opened.execute("SELECT count(*) FROM arrival").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def wait_for(path: Path, most: int, process: subprocess.Popen[str]) -> None:
    """Until ``most`` files have arrived, or the run has ended by itself."""
    until(lambda: arrived(path) >= most or process.poll() is not None)


@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_killed_and_begun_again_it_is_as_if_nothing_had_happened(shelf: Path, tmp_path: Path) -> None:
    calm, harsh = tmp_path / "calm.sqlite", tmp_path / "harsh.sqlite"
    finish(ingest(shelf, str(calm)))
    for most in (1, 30):
        process = ingest(shelf, str(harsh))
        wait_for(harsh, most, process)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert most <= arrived(harsh)
    told = finish(ingest(shelf, str(harsh)))
    assert arrived(harsh) == 60
    assert picture(str(harsh)) == picture(str(calm))
    assert "đã có từ trước 0" not in told
    store = Store.open(harsh)
    assert store.verify() == []
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_stopped_by_hand_it_says_how_to_go_on(shelf: Path, tmp_path: Path) -> None:
    process = ingest(shelf, str(tmp_path / "s.sqlite"))
    wait_for(tmp_path / "s.sqlite", 1, process)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=HANG)
    assert process.returncode in (130, 0)  # 0: it had just finished
    assert "Traceback" not in told
    if process.returncode == 130:
        assert "chạy lại đúng lệnh ấy" in told


def test_workers_leave_no_copies_behind(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    finish(ingest(shelf, str(tmp_path / "s.sqlite")))
    assert [path.name for path in place.iterdir() if path.name.startswith("solieu")] == []
    shutil.rmtree(place)
