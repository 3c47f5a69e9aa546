"""The corpus before and after new words: the same commands run twice, once on a copy of ``models/`` that holds them.

Each run is a process of its own, since words are read once a process; ``SOLIEU_MODELS`` says which words it reads.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.domain.errors import InvalidInput
from extractor.domain.folders import data_folder

Row = tuple[str, Mapping[str, str]]  # the table, and the row for it

MEASURES = ("found_f1", "strict_f1", "trapped")
LESS_IS_BETTER = frozenset({"trapped", "fail"})
JUDGED = (*MEASURES, "alias", "fail")
"""What must not get worse: the scores, the figures that have a catalogue entry, the checks that fail."""

SHOWN = (*MEASURES, "alias", "proposed", "none", "fail", "warn")


@dataclass(frozen=True, slots=True)
class CorpusScores:
    """What the corpus comes to with one set of words: a number for each text and measure."""

    scores: Mapping[tuple[str, str], float]

    def total(self, measure: str) -> float:
        """The sum over all texts; for shares, their mean."""
        found = [value for (_, name), value in self.scores.items() if name == measure]
        return sum(found) / len(found) if measure.endswith("f1") and found else sum(found)


@dataclass(frozen=True, slots=True)
class RowTrial:
    """New words tried: the conflicts that they bring, else the corpus before and after."""

    conflicts: tuple[str, ...]
    before: CorpusScores | None = None
    after: CorpusScores | None = None

    @property
    def worse(self) -> tuple[tuple[str, str, float, float], ...]:
        """Text, measure, before and after, wherever the new words did harm."""
        if self.before is None or self.after is None:
            return ()
        found = []
        for text, measure in sorted({*self.before.scores, *self.after.scores}):
            old, new = (outcome.scores.get((text, measure), 0.0) for outcome in (self.before, self.after))
            if measure in JUDGED and (new > old if measure in LESS_IS_BETTER else new < old):
                found.append((text, measure, old, new))
        return tuple(found)


def add_rows(folder: Path, rows: Iterable[Row]) -> None:
    """Append each row to its table in ``folder``; raises InvalidInput where that cannot be written."""
    for table, row in rows:
        path = folder / table
        try:
            with path.open(encoding="utf-8", newline="") as lines:
                header = next(csv.reader(lines))
            line = io.StringIO()
            csv.writer(line, lineterminator="\n").writerow([row.get(column, "") for column in header])
            text = path.read_text(encoding="utf-8")
            path.write_text(text + ("" if text.endswith("\n") else "\n") + line.getvalue(), encoding="utf-8")
        except OSError as error:
            raise InvalidInput("learn.not_writable", path=path) from error


def try_rows(rows: Sequence[Row]) -> RowTrial:
    """Check the words with ``rows`` among them, then read and score the corpus without and with them, side by side."""
    with tempfile.TemporaryDirectory(prefix="solieu-") as folder:
        copy = Path(folder) / "models"
        shutil.copytree(data_folder("models"), copy)
        add_rows(copy, rows)
        checked = _start(copy, "check-models")
        told, _ = checked.communicate()
        if checked.returncode:
            return RowTrial(tuple(told.splitlines()))
        both = (data_folder("models"), copy)
        scored = [_start(models, "evaluate", "--json") for models in both]
        scores = [_scores(run.communicate()[0]) for run in scored]
        read = [_start(models, "extract", str(data_folder("corpus")), "--format", "json") for models in both]
        counts = [_counts(run.communicate()[0]) for run in read]
    before, after = (CorpusScores({**score, **count}) for score, count in zip(scores, counts, strict=True))
    return RowTrial((), before, after)


def _scores(told: str) -> dict[tuple[str, str], float]:
    found: dict[str, dict[str, Any]] = json.loads(told)
    return {(text, measure): float(score[measure]) for text, score in found.items() for measure in MEASURES}


def _counts(told: str) -> dict[tuple[str, str], float]:
    """How many figures of each report have a catalogue entry, and how many findings it fails or is warned by."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in told.splitlines():
        report: dict[str, Any] = json.loads(line)
        text = str((report["source"] or {}).get("name"))
        counts.update((text, str(figure["match"])) for figure in report["figures"])
        counts.update((text, str(finding["level"])) for finding in report["findings"])
    return {place: float(count) for place, count in counts.items()}


def _start(models: Path, *typed: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "SOLIEU_MODELS": str(models)}
    return subprocess.Popen(  # noqa: S603 - this very program, with names of our own
        [sys.executable, "-m", "extractor", *typed],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        encoding="utf-8",
    )
