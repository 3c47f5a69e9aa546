"""What corrections teach: from a reviewer's yes to a row of models/, tried on the corpus before it is written."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

import extractor
from extractor.__main__ import main
from extractor.archive import Store
from extractor.archive.review.learning import learn_from
from extractor.archive.review.lesson import Lesson
from extractor.archive.row_types import Filter, Record
from extractor.commands.terminal.rescoring import CorpusScores, RowTrial, add_rows, try_rows
from extractor.statistics.matching import match_indicator

REPORT = "minh-giang-2023-q1"


@pytest.fixture
def store(root: Path, tmp_path: Path) -> Store:
    opened, actor = Store.open_local(tmp_path / "kho.sqlite")
    path = root / "corpus" / f"{REPORT}.md"
    opened.add_extraction(extractor.extract(path), path, actor=actor)
    return opened


def records(store: Store) -> list[Record]:
    return store.queue(Filter(order="place"), limit=1000)


def actor(store: Store) -> str:
    return next(iter(store.people()))


def of_kind(store: Store, kind: str) -> list[Lesson]:
    return [lesson for lesson in learn_from(store) if lesson.kind == kind]


def test_a_store_without_decisions_teaches_nothing(store: Store) -> None:
    assert learn_from(store) == []


def test_a_confirmed_name_becomes_an_alias(store: Store, root: Path) -> None:
    path = root / "corpus" / "minh-giang-2023-m09.md"
    store.add_extraction(extractor.extract(path), path, actor=actor(store))
    proposal = store.proposals()[0]
    name, entry, count = proposal.spelling, proposal.entry, proposal.count
    store.confirm_alias(name, entry, actor=actor(store))
    [lesson] = of_kind(store, "alias")
    assert lesson.row is not None
    assert (lesson.row["alias"], lesson.row["indicator"], lesson.count) == (name, entry, count)
    assert (lesson.row["by"], lesson.row["on"]) == (actor(store), store.events(kinds=["alias"])[0].at[:10])
    figures = extractor.extract_text(lesson.row["example"])
    assert any(match_indicator(f.indicator, unit=f.unit).indicator_id == entry for f in figures)
    assert all(name.split()[0] in sentence for sentence in lesson.sentences)


def test_a_corrected_indicator_offers_an_alias(store: Store) -> None:
    record = next(r for r in records(store) if r.match == "none" and r.indicator == "cho vay vốn")
    store.correct(record.id, record.version, {"indicator_id": "lending"}, actor=actor(store))
    [lesson] = of_kind(store, "alias")
    assert lesson.row is not None
    assert (lesson.row["alias"], lesson.row["indicator"]) == ("cho vay vốn", "lending")
    assert "cho vay vốn" in lesson.row["example"]


def test_what_was_taken_back_teaches_nothing(store: Store) -> None:
    record = next(r for r in records(store) if r.match == "none" and r.indicator == "cho vay vốn")
    decided = store.correct(record.id, record.version, {"indicator_id": "lending"}, actor=actor(store))
    store.undo(record.id, decided.version, actor=actor(store))
    assert learn_from(store) == []


def test_mistakes_that_come_back_are_listed_with_their_sentences(store: Store) -> None:
    who = actor(store)
    estimates = [r for r in records(store) if r.status == "estimate"][:3]
    for record in estimates[:2]:
        store.correct(record.id, record.version, {"status": "actual"}, actor=who)
    store.correct(estimates[2].id, estimates[2].version, {"status": "plan"}, actor=who)  # once: says nothing
    [lesson] = [one for one in learn_from(store) if one.kind == "status"]
    assert (lesson.before, lesson.after, lesson.count, lesson.row) == ("estimate", "actual", 2, None)
    assert lesson.table == "vocabulary/phrases.csv"
    assert lesson.sentences
    for record in [r for r in records(store) if r.unit == "hộ"][:2]:
        store.reject(record.id, store.record(record.id).version, actor=who)
    [no_figure] = of_kind(store, "reject")
    assert (no_figure.before, no_figure.count) == ("hộ", 2)


def test_words_taken_off_a_name_become_padding(store: Store) -> None:
    named = [r for r in records(store) if r.indicator and " " in r.indicator and r.match == "none"][:2]
    for record in named:
        longer = f"kết quả {record.indicator}"
        changed = store.correct(record.id, record.version, {"indicator": longer}, actor=actor(store))
        store.correct(record.id, changed.version, {"indicator": record.indicator}, actor=actor(store))
    [lesson] = of_kind(store, "padding")
    assert lesson.row is not None
    assert (lesson.row["side"], lesson.row["words"], lesson.count) == ("open", "kết quả", 2)


def test_a_noun_that_reviewers_keep_writing_becomes_a_unit(store: Store) -> None:
    for record in [r for r in records(store) if r.unit == "hộ"][:2]:
        store.correct(record.id, record.version, {"unit": "nóc nhà"}, actor=actor(store))
    [lesson] = of_kind(store, "unit")
    assert lesson.row is not None
    assert lesson.row["unit"] == "nóc nhà"
    assert lesson.row["example"].endswith("nóc nhà")


def test_persons_are_masked(store: Store) -> None:
    fined = [r for r in records(store) if r.parent == "tổng số tiền"][:2]
    for record in fined:
        store.correct(record.id, record.version, {"status": "estimate"}, actor=actor(store))
    told = [sentence for lesson in learn_from(store) for sentence in lesson.sentences]
    assert told
    assert not any("Trần Văn" in sentence for sentence in told)


# ------------------------------------------------------------------------------------------------- trying and writing


@pytest.fixture
def small(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Words of our own, and a corpus of one report, for the processes that a trial starts."""
    models, corpus = tmp_path / "models", tmp_path / "corpus"
    shutil.copytree(root / "models", models)
    table = models / "catalogue" / "aliases.csv"
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if row.split(",")[1] in ("lending", "fees", "tax_pit")]  # each is read when checked
    table.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    (corpus / "gold").mkdir(parents=True)
    (corpus / "passages").mkdir()
    shutil.copy(root / "corpus" / f"{REPORT}.md", corpus)
    shutil.copy(root / "corpus" / "gold" / f"{REPORT}.jsonl", corpus / "gold")
    (corpus / "scores.json").write_text("{}", encoding="utf-8")
    monkeypatch.setenv("SOLIEU_MODELS", str(models))
    monkeypatch.setenv("SOLIEU_CORPUS", str(corpus))
    return models


def aliases(models: Path) -> list[dict[str, str]]:
    with (models / "catalogue" / "aliases.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_row_is_tried_before_it_is_written(
    store: Store, small: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = ["--store", str(tmp_path / "kho.sqlite")]
    record = next(r for r in records(store) if r.match == "none" and r.indicator == "cho vay vốn")
    store.correct(record.id, record.version, {"indicator_id": "lending"}, actor=actor(store))
    store.close()
    before = aliases(small)
    assert main(["learn", *place]) == 0
    assert "cho vay vốn" in capsys.readouterr().out
    assert main(["learn", *place, "--take", "2"]) == 2
    assert aliases(small) == before
    assert main(["learn", *place, "--take", "1"]) == 0
    said = capsys.readouterr().out
    assert "có mục trong danh mục" in said
    assert aliases(small)[:-1] == before
    assert aliases(small)[-1]["alias"] == "cho vay vốn"


def test_a_row_that_contradicts_is_not_written(small: Path) -> None:
    row = {"alias": "thuế TNCN", "indicator": "fees", "example": "Thuế TNCN 6 tỷ đồng"}
    trial = try_rows([("catalogue/aliases.csv", row)])
    assert any("tax_pit" in line for line in trial.conflicts)
    assert trial.after is None


def test_what_got_worse_is_named() -> None:
    before = CorpusScores({("a.md", "strict_f1"): 0.9, ("a.md", "alias"): 10, ("a.md", "fail"): 1, ("a.md", "none"): 3})
    after = CorpusScores({("a.md", "strict_f1"): 0.8, ("a.md", "alias"): 11, ("a.md", "fail"): 2, ("a.md", "none"): 2})
    assert [(text, measure) for text, measure, _, _ in RowTrial((), before, after).worse] == [
        ("a.md", "fail"),
        ("a.md", "strict_f1"),
    ]
    assert RowTrial((), before, before).worse == ()


def test_a_table_without_a_last_line_end_is_continued(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("side,words,example\nopen,số,số hộ", encoding="utf-8")
    add_rows(tmp_path, [("x.csv", {"words": "tổng, cả", "side": "open"})])
    assert (tmp_path / "x.csv").read_text("utf-8").splitlines()[-1] == 'open,"tổng, cả",'
