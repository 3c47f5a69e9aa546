"""``solieu train``: the weights of evidence fitted anew to the gold of the passages; for developers of the reader."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser

if TYPE_CHECKING:
    from extractor.domain.document import Document

TAUGHT = ("dev", "constructions", "real_worded")
"""Files of ``corpus/passages`` that teach; the others are set aside to measure with."""


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("-o", "--output", metavar="FOLDER", help=parser.describe("output"))
    parser.add_argument("--only", metavar="DECISION", nargs="+", help=parser.describe("only"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Read the passages and reports with gold, fit each decision, write its table and say what was met."""
    from extractor.domain.folders import data_folder
    from extractor.language.reader.weights import DECISIONS
    from extractor.training.fitting import fit
    from extractor.training.lessons import learn_from
    from extractor.training.stacking import BEFORE, NAME, learn_names
    from extractor.training.tables import write_compounds, write_table

    folder = Path(options.output) if options.output else data_folder("models") / "weights"
    wanted = options.only or DECISIONS
    if unknown := sorted({*wanted}.difference(DECISIONS)):
        console.warn("train.unknown", given=", ".join(unknown), known=", ".join(DECISIONS))
        return exit_codes.USAGE
    folder.mkdir(parents=True, exist_ok=True)
    files = [data_folder("corpus") / "passages" / f"{name}.jsonl" for name in TAUGHT]
    passages = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    if not options.only:
        write_compounds(folder, (passage["text"] for passage in passages))  # the package's are read by its lessons
    reports = [*_reports(data_folder("corpus"))]
    lessons = learn_from(passages, reports, {*wanted, *(BEFORE if NAME in wanted else ())})
    weights = {decision: fit(taught) for decision, taught in lessons.taught.items() if decision in wanted}
    if NAME in wanted:
        names = learn_names(passages, reports, lessons, weights)
        lessons.add(names)
        weights[NAME] = fit(names.taught[NAME])
    rows = []
    for decision, found in weights.items():
        write_table(folder, decision, found, lessons.taught[decision])
        rows.append((decision, str(lessons.asked[decision]), f"{lessons.recall(decision):.4f}", str(len(found))))
    header = console.heads("train", "head_decision", "head_asked", "head_recall", "head_weights")
    console.table(header, rows, right=(1, 2, 3))
    console.warn("train.written", folder=folder)
    return exit_codes.DONE


def _reports(corpus: Path) -> Iterator[tuple[Document, Sequence[Mapping[str, Any]]]]:
    """The reports that have gold, each with its figures."""
    from extractor.evaluation import read_records
    from extractor.paper import read_document

    for gold in sorted(corpus.glob("gold/*.jsonl")):
        yield read_document(corpus / f"{gold.stem}.md"), read_records(gold)
