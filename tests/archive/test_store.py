"""The store: intake, re-reading, lists, proof, backup."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from extractor.archive import database, schema
from extractor.archive.canonical_json import clean_name
from extractor.archive.row_types import OPEN, Filter, Role, State
from extractor.archive.store import Store
from extractor.archive.to_extraction import placements_of
from extractor.domain.document import Box, Placement, Report
from extractor.domain.errors import InvalidInput, StoreError
from tests.archive.sample import PARAGRAPHS, PLAN, Draft, build


def fill(store: Store, **changes: object) -> int:
    extraction, content = build(**changes)
    return store.add_extraction(extraction, content, actor="an").item_id


def test_a_reading_of_before_has_spaces_as_letters_tell(store: Store) -> None:
    reading = store.reading_of(fill(store))
    rows = [[0, 4, 1, 10.0, 20.0, 30.0, 40.0], [5, 9, 1, 30.0, 20.0, 50.0, 40.0, 312.5]]
    assert placements_of(replace(reading, placements=rows)) == (
        Placement(0, 4, Box(1, 10.0, 20.0, 30.0, 40.0)),
        Placement(5, 9, Box(1, 30.0, 20.0, 50.0, 40.0), space=312.5),
    )


def test_nothing_is_kept_twice(store: Store) -> None:
    extraction, content = build()
    first = store.add_extraction(extraction, content, actor="an")
    again = store.add_extraction(extraction, content, actor="an")
    assert (first.known, first.added) == (False, 12)
    assert (again.known, again.added, again.item_id) == (True, 0, first.item_id)
    assert len(store.items()) == 1
    assert store.progress().total == 12
    assert store.original(first.sha256) == content


def test_a_file_that_changed_after_it_was_read_is_refused(store: Store) -> None:
    extraction, _ = build()
    with pytest.raises(InvalidInput):
        store.add_extraction(extraction, b"khac", actor="an")
    assert store.items() == []


def test_decisions_survive_a_new_reading(store: Store) -> None:
    item_id = fill(store)
    third = store.queue(Filter(words="Tổ chức băng rôn"))[0]
    store.correct(third.id, 0, {"indicator": "Băng rôn văn hóa"}, actor="bình")
    gone = store.queue(Filter(words="800 cây"))[0]
    store.accept(gone.id, 0, actor="bình")
    undecided = store.queue(Filter(words="118 hộ"))[0]
    # the newer code reads one heading more, no longer sees two figures, and reads one value otherwise
    paragraphs = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *PARAGRAPHS[1:])
    plan = tuple(
        (*row[:2], "12471000000", *row[3:]) if row[0].startswith("12.470") else row
        for row in PLAN
        if row[0] not in ("800 cây", "118 hộ")
    )
    extraction, content = build(paragraphs=paragraphs, plan=plan)
    outcome = store.add_extraction(extraction, content, actor="an")
    assert (outcome.known, outcome.kept, outcome.lost, outcome.withdrawn, outcome.added) == (False, 1, 1, 1, 0)
    moved = store.record(third.id)
    text = store.reading_of(item_id).text
    assert (moved.indicator, moved.state) == ("Băng rôn văn hóa", State.CORRECTED)
    assert text[moved.start : moved.end] == moved.quote
    assert moved.start - third.start == len(paragraphs[0]) - len(PARAGRAPHS[0])
    lost = store.record(gone.id)
    assert (lost.lost, lost.state) == (True, State.ACCEPTED)
    assert store.record(undecided.id).state is State.WITHDRAWN
    assert store.queue(Filter(words="12.470"))[0].value == Decimal(12471000000)
    assert store.verify() == []
    extraction, content = build()  # and back again: what was withdrawn returns
    store.add_extraction(replace(extraction, findings=()), content, actor="an")
    back = store.record(undecided.id)
    assert (back.state, back.value) == (State.EXTRACTED, Decimal(118))
    assert not store.record(gone.id).lost
    assert store.verify() == []


def test_the_same_report_in_another_file_is_counted_once(store: Store) -> None:
    first = fill(store)
    loud = replace(Draft().report, issuer="Uỷ ban nhân dân quận Hoà Bình")
    scan, content = build(content=b"ban scan", name="scan.pdf", format="pdf", pages=1, report=loud)
    outcome = store.add_extraction(scan, content, actor="an")
    assert (outcome.joined, outcome.item_id, outcome.added) == (True, first, 0)
    draft, content = build(content=b"du thao", report=replace(Draft().report, number="/BC-UBND", date="2023-03"))
    assert store.add_extraction(draft, content, actor="an").item_id == first
    assert [file.name for file in store.item(first).files] == ["bao-cao-quy-1.md", "scan.pdf", "bao-cao-quy-1.md"]
    assert store.progress().total == 12
    assert store.verify() == []


def test_a_draft_gets_its_number_from_the_signed_copy(store: Store) -> None:
    signed = replace(Draft().report, signatory="Nguyễn Văn A")
    unsigned = replace(signed, number="/BC-UBND", date="2023-03", signatory=None)
    first = fill(store, report=unsigned)
    decided = store.accept(store.queue()[0].id, 0, actor="bình")
    copy, content = build(content=b"ban ky", name="ban-ky.pdf", report=signed)
    outcome = store.add_extraction(copy, content, actor="an")
    assert (outcome.item_id, outcome.joined, outcome.added) == (first, True, 0)
    item = store.item(first)
    assert (item.number, item.date, item.front["signatory"]) == ("12/BC-UBND", "2023-03-20", "Nguyễn Văn A")
    assert store.record(decided.id) == decided
    again, content = build(plan=PLAN[1:], report=unsigned)  # the draft is read once more by newer code
    store.add_extraction(again, content, actor="an")
    assert store.item(first).number == "12/BC-UBND"
    third, content = build(content=b"quet", name="quet.pdf", report=signed)
    assert store.add_extraction(third, content, actor="an").item_id == first
    assert {o.report for o in store.observations(judged_only=False)[0]} == {"12/BC-UBND"}
    assert store.verify() == []


def test_a_decision_sends_out_its_own_report_anew_and_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = fill(store)
    other = replace(Draft().report, number="40/BC-UBND", date="2023-06-20", period="2023-H1")
    second = fill(store, content=b"quy 2", report=other)
    assert store.observations()[0] == ()
    sent: list[int] = []
    send_out = store.send_out
    monkeypatch.setattr(store, "send_out", lambda item_id, **how: sent.append(item_id) or send_out(item_id, **how))
    record = next(r for r in store.queue() if r.item_id == first)
    store.accept(record.id, 0, actor="bình")
    found, held = store.observations()
    assert ({o.quote for o in found}, held, sent) == ({record.quote}, 23, [first])
    store.describe(second, store.item(second).version, {"number": "41/BC-UBND"}, actor="an")
    assert {o.report for o in store.observations(judged_only=False)[0]} == {"12/BC-UBND", "41/BC-UBND"}
    store.put_aside(first, actor="an")
    assert store.observations() == ((), 12)


def test_who_asks_for_observations_meanwhile_is_given_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    begun, free = Event(), Event()
    sent: list[int] = []
    send_out = store.send_out

    def slow(item_id: int, **how: bool) -> object:
        sent.append(item_id)
        begun.set()
        assert free.wait(20)
        return send_out(item_id, **how)

    monkeypatch.setattr(store, "send_out", slow)
    assert store.observations() == ((), 12)  # nothing is judged: no report is read for that
    with ThreadPoolExecutor() as pool:
        first = pool.submit(store.observations, judged_only=False)
        assert begun.wait(20)
        second = pool.submit(store.observations, judged_only=False)
        wait([second], timeout=0.2)
        free.set()
        assert first.result() is second.result()
    assert len(sent) == 1


def test_another_quarter_is_another_report(store: Store) -> None:
    first = fill(store)
    other = replace(Draft().report, number="40/BC-UBND", date="2023-06-20", period="2023-H1")
    assert fill(store, content=b"quy 2", report=other) != first
    assert store.progress().total == 24


def test_a_readable_copy_takes_over_from_one_that_gave_nothing(store: Store) -> None:
    first = fill(store, content=b"anh", plan=PLAN[:1], pages=1)
    assert store.progress().total == 1
    assert fill(store, content=b"chu") == first
    assert store.progress().total == 1  # the first copy had figures: it goes on leading


def test_the_most_doubtful_come_first(store: Store) -> None:
    fill(store)
    queue = store.queue()
    assert queue[0].quote == "65 băng rôn"
    assert queue[0].doubts == ["weak_indicator"]
    assert queue[1].quote == "162.409 triệu đồng"  # a finding touches it
    assert [(r.rank, r.id) for r in queue] == sorted((r.rank, r.id) for r in queue)


def test_filters_say_what_they_say(store: Store) -> None:
    item_id = fill(store)
    every = store.queue(Filter(order="place"))
    assert [r.start for r in every] == sorted(r.start for r in every)
    cases = {
        Filter(section="I"): lambda r: (r.section or "").startswith("I.") or r.section == "I",
        Filter(section="I.1"): lambda r: r.section == "I.1",
        Filter(indicator="Suất quà hỗ trợ"): lambda r: r.indicator == "Suất quà hỗ trợ",
        Filter(doubt="weak_indicator"): lambda r: "weak_indicator" in r.doubts,
        Filter(words="ĐỒNG"): lambda r: "đồng" in f"{r.quote} {r.unit} {r.indicator}".lower(),
        Filter(item=item_id): lambda _: True,
        Filter(item=item_id + 1): lambda _: False,
    }
    for wanted, holds in cases.items():
        if holds:
            assert {r.id for r in store.queue(wanted)} == {r.id for r in every if holds(r)}, wanted
            assert store.count(wanted) == sum(map(holds, every))


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", '"', "\\", "x; DROP TABLE record"])
def test_words_are_words_and_never_sql(store: Store, words: str) -> None:
    fill(store)
    found = store.queue(Filter(words=words, section=words if words != "%" else None, doubt=None))
    assert found == [] or words == "%"
    assert all("%" in (r.quote + (r.unit or "")) for r in found)
    assert store.progress().total == 12


def test_steps_walk_the_whole_list_once(store: Store) -> None:
    fill(store)
    for order in ("doubt", "place"):
        wanted = Filter(states=OPEN, order=order)
        expected = [r.id for r in store.queue(wanted)]
        walked = [store.next_open(wanted, actor="bình")]
        while len(walked) < len(expected):
            walked.append(store.next_open(wanted, actor="bình", after=store.record(walked[-1] or 0)))
        assert walked == expected
        last = store.record(expected[-1])
        assert store.next_open(wanted, actor="bình", after=last) == expected[0]
        assert store.neighbour(wanted, last, back=True) == expected[-2]
        assert store.neighbour(wanted, last) is None


def test_a_list_of_what_was_put_off_is_walked_to_its_end(store: Store) -> None:
    fill(store)
    put_off = [store.skip(r.id, 0, actor="bình").id for r in store.queue()[:3]]
    wanted = Filter(states=(State.SKIPPED,))
    second = store.next_open(wanted, actor="bình", after=store.record(put_off[0]))
    assert second == put_off[1]
    for record_id in put_off:
        kept = store.accept(record_id, 1, actor="bình")
    assert store.next_open(wanted, actor="bình", after=kept) is None


def test_a_lease_keeps_others_off_until_it_runs_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store)
    wanted = Filter(states=OPEN)
    first = store.next_open(wanted, actor="bình")
    assert first is not None
    assert store.lease([first], actor="bình") == {}
    assert store.lease([first], actor="chi") == {first: "bình"}
    assert store.next_open(wanted, actor="chi") != first
    assert store.next_open(wanted, actor="bình") == first
    monkeypatch.setattr("extractor.archive.review.worklist.LEASE", -1)
    assert store.lease([first], actor="bình") == {}
    assert store.next_open(wanted, actor="chi") == first


def test_facets_are_what_is_there(store: Store) -> None:
    item_id = fill(store)
    assert store.choices("unit", item_id)[0] in ("triệu đồng", "băng rôn")
    assert set(store.choices("section")) == {"I.1", "I.2", "II"}
    assert store.doubt_codes() == ["weak_indicator"]
    with pytest.raises(KeyError):
        store.choices("version")


def test_facets_of_all_reports_are_those_of_the_newest_records(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    item_id = fill(store)
    newest = store.records([max(record.id for record in store.queue(Filter(item=item_id), limit=99))])
    monkeypatch.setattr("extractor.archive.review.worklist.RECENT", 1)
    assert store.choices("unit") == [record.unit for record in newest]
    assert len(store.choices("unit", item_id)) > 1
    assert store.judges() == sorted({line.actor for line in store.events()})


# ------------------------------------------------------------------------------------------------------------ proof


@pytest.mark.parametrize("table", schema.NEVER_EDITED)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_what_is_append_only_cannot_be_changed(location: str, store: Store, table: str, statement: str) -> None:
    fill(store)
    store.learn('{"weights":{}}', over=0, actor="an")
    column = next(iter(schema.metadata.tables[table].columns)).name
    engine = sqlalchemy.create_engine(database.locate(location))
    with engine.connect() as connection, pytest.raises(sqlalchemy.exc.DBAPIError, match="append-only"):
        connection.exec_driver_sql(statement.format(table, column, column))
    engine.dispose()


@pytest.mark.parametrize(
    ("tampering", "place"),
    [
        ("UPDATE event SET actor = 'kẻ khác' WHERE seq = 6", "event 6"),
        ("DELETE FROM event WHERE seq = 6", "event 7"),
        ("DELETE FROM event WHERE seq > 6", "chain"),
        ("UPDATE record SET value = '1' WHERE id = 3", "record 3"),
        ("UPDATE record SET version = 9 WHERE id = 3", "record 3"),
        ("DELETE FROM record WHERE id = 4", "item 1"),
        ("UPDATE original SET content = x'00'", "original"),
        ("UPDATE reading SET text = text || '.'", "reading 1"),
    ],
)
def test_tampering_is_found_and_named(tmp_path: Path, tampering: str, place: str) -> None:
    path = tmp_path / "store.sqlite"
    store = Store.open(path)
    store.admit("an", Role.ADMIN, by="an")
    fill(store)
    for record in store.queue()[:5]:
        store.accept(record.id, 0, actor="an")
    assert store.verify() == []
    store.close()
    with sqlite3.connect(path) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(tampering)
    raw.close()
    reopened = Store.open(path)
    found = reopened.verify()
    reopened.close()
    assert any(d.place.startswith(place) for d in found), found


def test_backup_and_restore_give_the_same_store(store: Store, tmp_path: Path) -> None:
    fill(store)
    seen = store.queue()[0]
    store.correct(seen.id, 0, {"value": Decimal("65.50")}, actor="bình")
    copy = store.backup(tmp_path / "out" / "copy.sqlite")
    with pytest.raises(InvalidInput):
        store.backup(copy)
    with pytest.raises(StoreError):
        store.restore(copy)
    fresh = Store.open(tmp_path / "fresh.sqlite")
    fresh.restore(copy)
    assert fresh.record(seen.id) == store.record(seen.id)
    assert fresh.events() == store.events()
    assert fresh.verify() == []
    fresh.accept(fresh.queue()[0].id, 0, actor="chi")
    fill(fresh, content=b"moi", report=Report(number="1/BC", issuer="UBND"))
    assert fresh.verify() == []
    fresh.close()


def test_a_backup_goes_back_into_postgresql(postgres: object, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    origin = Store.open(tmp_path / "a.sqlite")
    origin.admit("an", Role.ADMIN, by="an")
    fill(origin)
    copy = origin.backup(tmp_path / "b.sqlite")
    origin.close()
    name = "restored"
    uri = postgres.get_uri(driver="psycopg")  # type: ignore[attr-defined]
    admin = sqlalchemy.create_engine(uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.dispose()
    target = Store.open(postgres.get_uri(database=name, driver="psycopg"))  # type: ignore[attr-defined]
    target.restore(copy)
    target.accept(target.queue()[0].id, 0, actor="an")
    fill(target, content=b"moi", report=Report(number="1/BC", issuer="UBND"))
    assert target.verify() == []
    target.close()


def test_what_is_no_backup_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"khong phai")
    for path in (tmp_path / "x", tmp_path / "y", tmp_path):
        with pytest.raises(InvalidInput):
            store.restore(path)


def test_the_migrations_make_what_the_schema_says(location: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    engine = database.connect(location)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == schema.REVISION
    engine.dispose()
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.REVISION


def test_a_migration_of_indexes_goes_back_and_forth(location: str) -> None:
    from alembic import command
    from alembic.config import Config

    store = Store.open(location)
    store.admit("an", Role.ADMIN, by="an")
    fill(store)
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with database.writing_to(store._engine) as connection:
        before = indexes_of(connection)
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        older = indexes_of(connection)
    assert older < before
    assert before - older == {"ix_event_answer", "ix_record_state_item_id_start_id", "ix_event_remark"}
    store.close()
    store = Store.open(location)
    with store._engine.connect() as connection:
        assert indexes_of(connection) == before
    assert store.progress().total == 12
    assert store.verify() == []
    store.close()


def indexes_of(connection: sqlalchemy.Connection) -> set[str | None]:
    seen = sqlalchemy.inspect(connection)
    return {index["name"] for table in seen.get_table_names() for index in seen.get_indexes(table)}


def test_a_store_of_a_newer_solieu_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Store.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(StoreError, match="mới hơn"):
        Store.open(path)


@pytest.mark.parametrize("place", ["khong-phai://x", "postgresql://127.0.0.1:1/x", "{}/folder"])
def test_a_store_that_cannot_be_opened_says_why(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="SOLIEU_DATABASE"):
        Store.open(place.format(tmp_path))


def test_the_environment_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOLIEU_DATABASE", str(tmp_path / "x.sqlite"))
    Store.open().close()
    assert (tmp_path / "x.sqlite").is_file()
    monkeypatch.delenv("SOLIEU_DATABASE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert "solieu.sqlite" in database.default_location()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_decimals_come_back_digit_for_digit(value: Decimal) -> None:
    kind = schema.Exact()
    engine = sqlalchemy.create_engine("sqlite://")
    stored = kind.process_bind_param(value, engine.dialect)
    assert kind.process_result_value(stored, engine.dialect) == value
    assert isinstance(stored, str)
    engine.dispose()
    with pytest.raises(TypeError):
        kind.process_bind_param(float(value), engine.dialect)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/x", "x"),
        ("C:\\thư mục\\báo cáo.pdf", "báo cáo.pdf"),
        ("ba\u0301o ca\u0301o.pdf", "báo cáo.pdf"),  # as macOS spells it
        ("a\0.pdf", "a.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("..", ".."),
        ("", "?"),
    ],
)
def test_a_file_name_is_only_a_label(name: str, label: str) -> None:
    assert clean_name(name) == label
    assert len(clean_name("ằ" * 4000).encode()) <= 255


def test_what_goes_out_is_what_people_stand_behind(store: Store) -> None:
    item_id = fill(store)
    good, wrong, rejected = store.queue(Filter(order="place"))[:3]
    store.accept(good.id, 0, actor="bình")
    store.correct(wrong.id, 0, {"value": Decimal("2561811.5"), "unit": "nghìn đồng"}, actor="bình")
    store.reject(rejected.id, 0, actor="bình")
    sent = store.send_out(item_id)
    assert [f.value for f in sent.extraction.figures] == [Decimal(162409), Decimal("2561811.5")]
    assert [f.amount for f in sent.extraction.figures][1] == Decimal("2561811500")
    assert (sent.held, len(sent.judged)) == (9, 2)
    every = store.send_out(item_id, judged_only=False)
    assert len(every.extraction.figures) == 11
    original, _ = build()
    assert every.extraction.figures[0] == original.figures[0]
    assert every.extraction.text == original.text
    assert every.extraction.sections == original.sections
    assert every.extraction.report == original.report
    assert every.extraction.findings == original.findings
    store.check_again(item_id)
