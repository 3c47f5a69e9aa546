"""``solieu learn``: what decisions teach with its effect, taking it over, going back, and what leaves the house."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.__main__ import main
from extractor.archive.row_types import Role
from extractor.archive.store import Store
from extractor.commands.terminal import exit_codes
from extractor.language import Layer
from extractor.training.giving_back import patch_of
from tests.archive.learning.office import UNKNOWN, actor, name_it, passage, read_next, review
from tests.training.conftest import little_gold

pytestmark = pytest.mark.usefixtures("little_gold")
__all__ = ["little_gold"]

Learn = Callable[..., tuple[int, str]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open_local(tmp_path / "kho.sqlite")[0]


@pytest.fixture
def learn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Learn:
    """Runs the command on the store, in English; returns its exit code and all that it said."""

    def run(*typed: str) -> tuple[int, str]:
        code = main(["--language", "en", "learn", "--store", str(tmp_path / "kho.sqlite"), *typed])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_it_shows_what_can_be_learned_and_changes_nothing(store: Store, learn: Learn) -> None:
    review(store, range(16))
    code, said = learn()
    assert code == exit_codes.DONE
    assert "16 decisions (16 of them corrected, rejected or added) in 16 passages teach" in said
    assert "passages of the store held back" in said
    assert "solieu learn --accept" in said
    assert store.layer().version == 0


def test_accepted_it_reads_and_can_be_taken_back(store: Store, learn: Learn) -> None:
    review(store, range(16))
    code, said = learn("--accept")
    assert code == exit_codes.DONE
    assert "version 1 from now on" in said
    assert read_next(store) == "plan"
    code, said = learn("--undo", "0")
    assert code == exit_codes.DONE
    assert store.layer().content == "{}"
    first, second = store.layers()
    assert (second.restores, first.restores) == (0, None)
    weights = str(Layer(content=first.content).count_weights())
    day, me = first.at[:10], actor(store)
    lines = [line.split() for line in learn("--history")[1].splitlines()]
    assert lines[2:] == [
        ["1", day, me, weights, "0", first.digest[:12]],
        ["2", day, me, "0", "0", "0", second.digest[:12]],
    ]
    assert store.verify() == []


def test_one_piece_is_taken_over_without_the_others(store: Store, learn: Learn) -> None:
    review(store, range(16))
    lines = [line.strip() for line in learn()[1].splitlines()]
    [number] = [line.partition(".")[0] for line in lines if re.match(r"\d+\. status: \d+ weights?", line)]
    assert int(number) > 1, "there are others"
    code, said = learn("--accept", number)
    assert code == exit_codes.DONE
    assert "version 1 from now on" in said
    assert [*store.layer().weights] == ["status"]
    code, said = learn("--accept", "99")
    assert code != exit_codes.DONE
    assert "there are only 1 to" in said
    assert [one.version for one in store.layers()] == [1]


def test_nobody_below_an_archivist_takes_over(store: Store, learn: Learn) -> None:
    review(store, range(16))
    store.admit("chi", Role.REVIEWER, by=actor(store))
    code, said = learn("--accept", "--by", "chi")
    assert code != exit_codes.DONE
    assert "chi" in said
    assert store.layer().version == 0


def test_without_decisions_there_is_nothing(store: Store, learn: Learn) -> None:
    code, said = learn("--accept")
    assert code == exit_codes.DONE
    assert "Nothing to learn yet" in said
    assert "learned nothing" in learn("--history")[1]


def test_version_that_never_was_is_refused(store: Store, learn: Learn) -> None:
    code, said = learn("--undo", "7")
    assert code != exit_codes.DONE
    assert "no version 7" in said


def test_export_holds_no_word_of_the_reports(store: Store, learn: Learn, tmp_path: Path) -> None:
    review(store, range(16))
    learn("--accept")
    target = tmp_path / "give.patch"
    code, said = learn("--export", str(target))
    assert code == exit_codes.DONE
    assert "kept back" in said
    patch = target.read_text(encoding="utf-8")
    assert "+++ b/models/weights/status.csv" in patch
    assert passage(0)["text"] not in patch
    ours = [line for line in patch.splitlines() if line.startswith("+")]  # around it stand rows of the package
    assert not any(name in line for line in ours for name in ("Thu phí", "thu phí", "r0"))


def test_rows_are_shown_taken_over_counted_and_given_back(store: Store, learn: Learn, tmp_path: Path) -> None:
    name_it(store, range(4))
    code, said = learn()
    assert code == exit_codes.DONE
    assert f"models/catalogue/aliases.csv: “{UNKNOWN}” is “" in said
    assert "by itself this row changes 0 undecided figures" in said
    learn("--accept")
    assert [*store.layer().rows] == ["catalogue/aliases.csv"]
    [kept] = store.layers()
    weights = str(store.layer().count_weights())
    lines = [line.split() for line in learn("--history")[1].splitlines()]
    assert lines[2:] == [["1", kept.at[:10], actor(store), weights, "1", kept.digest[:12]]]
    target = tmp_path / "give.patch"
    code, said = learn("--export", str(target))
    assert code == exit_codes.DONE
    given = patch_of(store.layer())
    assert given.given + given.kept_back == 1 + sum(map(len, store.layer().weights.values()))
    assert said.startswith(f"Wrote {given.given} row")
    assert f"; {given.kept_back} kept back" in said
    patch = target.read_text(encoding="utf-8")
    signed = f"Version 1 of the store, taken over by {actor(store)} on {kept.at[:10]}, hash {kept.digest}"
    assert patch.splitlines()[0] == signed
    assert "+++ b/models/catalogue/aliases.csv" in patch
    [row] = [line for line in patch.splitlines() if line.startswith(f"+{UNKNOWN}")]
    assert "đạt" not in row, "no words of the sentence that taught it"


def test_codes_are_called_by_their_names(store: Store, learn: Learn) -> None:
    review(store, range(2))
    assert "status: actual → plan, 2 times" in learn()[1]
