"""``solieu evaluate``: figures, entries, findings and series against gold made by hand, and against their floors."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.workers_option import add_workers, read_workers
from extractor.domain.errors import InvalidInput, UnreadableFile
from extractor.domain.extraction import Extraction
from extractor.domain.folders import data_folder

if TYPE_CHECKING:
    from extractor.evaluation import Score
    from extractor.indicator_evaluation import IndicatorScore
    from extractor.statistics_evaluation import Recall

    Told = Score | IndicatorScore | Recall

MapLike = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""What ``map`` does, done here or by several processes."""

UNRECOGNISED = frozenset({"file.no_tesseract", "file.no_vietnamese"})  # a scan on a machine that reads no scans
CEILINGS = frozenset({"trapped"})  # the measures of which less is better
FEW = 100  # passages and reports that are read sooner than a second process starts


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("gold", nargs="?", metavar="GOLD", help=parser.describe("gold"))
    parser.add_argument("predicted", nargs="?", metavar="PREDICTED", help=parser.describe("predicted"))
    parser.add_argument("--cases", metavar="FILE", help=parser.describe("cases"))
    parser.add_argument("--report-period", metavar="LABEL", help=parser.describe("report_period"))
    parser.add_argument("--sections", metavar="I,II.1", help=parser.describe("sections"))
    parser.add_argument("--notes", metavar="1,2", help=parser.describe("notes"))
    add_workers(parser)
    parser.add_argument("--misses", type=int, default=0, metavar="N", help=parser.describe("misses"))
    parser.add_argument("--json", action="store_true", help=parser.describe("json"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Score, print, and compare with the floor where the corpus was scored."""
    if options.gold and not options.predicted:
        raise InvalidInput("evaluate.two_files")
    workers = read_workers(options.workers)
    entries: dict[str, IndicatorScore] = {}
    statistics: dict[str, Recall] = {}
    if options.gold:
        scores = {Path(options.gold).stem: _score_file(options)}
        floors: dict[str, Any] = {}
    elif options.cases:
        cases = Path(options.cases)
        scores, floors = _score_passages({cases.stem: cases}, workers, console), {}
    else:
        corpus = data_folder("corpus")
        floors = json.loads((corpus / "scores.json").read_text(encoding="utf-8"))
        golds = _golds(corpus)
        read = _read_all([*golds, *sorted(corpus.glob("findings/*/*.report"))], workers)
        reports = _score_reports(golds, read)
        scores = {name: score for name, score in reports.items() if score is not None}
        for name in reports.keys() - scores.keys():
            console.warn("evaluate.no_recognition", name=name)
            floors.pop(name, None)
        passages = {f"passages/{path.stem}": path for path in sorted(corpus.glob("passages/*.jsonl"))}
        scores |= _score_passages(passages, workers, console)
        entries = _score_entries(corpus, read)
        statistics = _score_statistics(corpus, read)
    console.clear_progress()
    told: dict[str, Told] = {**scores, **entries, **statistics}
    undercut = list(_undercut(told, floors, console))
    if options.json:
        console.write(json.dumps({n: s.to_dict() for n, s in told.items()}, ensure_ascii=False, indent=1))
    else:
        _show(scores, console)
        if entries:
            _show_entries(entries, console)
            _show_statistics(statistics, console)
    for score in told.values():
        for miss in score.misses[: options.misses]:
            console.complain(miss)
    for sentence in undercut:
        console.complain(sentence)
    return exit_codes.SOME_FAILED if undercut else exit_codes.DONE


def _score_file(options: argparse.Namespace) -> Score:
    from extractor.evaluation import read_records, score_figures

    predicted = read_records(Path(options.predicted))
    if options.sections or options.notes:
        sections, notes = (options.sections or "").split(","), (options.notes or "").split(",")
        predicted = [
            figure
            for figure in predicted
            if (str(figure["footnote"]) in notes if figure.get("footnote") else figure.get("section") in sections)
        ]
    gold = Path(options.gold)
    return score_figures(read_records(gold), predicted, report_period=options.report_period, label=gold.stem)


@contextlib.contextmanager
def _spread(work: int, workers: int) -> Iterator[MapLike]:
    """``map``, done by ``workers`` processes where there is enough ``work`` for them."""
    if work <= FEW or workers == 1:
        yield map
        return
    from concurrent.futures import ProcessPoolExecutor

    from extractor.archive.batch.forkserver import start_server

    with ProcessPoolExecutor(workers, mp_context=start_server()) as pool:
        yield pool.map


def _score_passages(files: Mapping[str, Path], workers: int, console: Console) -> dict[str, Score]:
    """One score for each file of passages, by its name."""
    from extractor.evaluation import Score, read_records

    passages = [(name, case) for name, path in files.items() for case in read_records(path)]
    scores = {name: Score() for name in files}
    with _spread(len(passages), workers) as each:
        found = each(_score_case, [case for _, case in passages])
        for number, ((name, case), score) in enumerate(zip(passages, found, strict=True)):
            console.progress(number, len(passages), str(case.get("id", number)))
            scores[name] += score
    return scores


def _score_case(case: Mapping[str, Any]) -> Score:
    from extractor.evaluation import score_passage
    from extractor.pipeline import extract_text

    figures = extract_text(case["text"], report_period=case.get("report_period"), heading=case.get("heading"))
    return score_passage(case, [figure.to_dict() for figure in figures])


def _golds(corpus: Path) -> dict[Path, Path]:
    """Each report that has gold, in each of its formats, and that gold; those of ``whole`` never taught anything."""
    from extractor.paper.sniff.format import SUFFIXES

    golds = sorted(corpus.glob("gold/*.jsonl"))
    found = {path: gold for gold in golds for path in sorted(corpus.glob(f"{gold.stem}.*")) if path.suffix in SUFFIXES}
    return found | {path: path.with_suffix(".jsonl") for path in sorted(corpus.glob("whole/*.report"))}


def _read_all(paths: Sequence[Path], workers: int) -> Callable[[Path], Extraction]:
    """What gives the reading of each of ``paths``, or raises why there is none."""
    with _spread(FEW * len(paths), workers) as each:  # a report is worth many passages
        readings = dict(zip(paths, each(_read, paths), strict=True))

    def read(path: Path) -> Extraction:
        reading: Extraction | UnreadableFile = readings[path]
        if isinstance(reading, UnreadableFile):
            raise reading
        return reading

    return read


def _read(path: Path) -> Extraction | UnreadableFile:
    from extractor.pipeline import extract

    try:
        return extract(path)
    except UnreadableFile as refusal:
        return refusal


def _score_reports(golds: Mapping[Path, Path], read: Callable[[Path], Extraction]) -> dict[str, Score | None]:
    """One score for each report that has gold; None for a scan where nothing can read it."""
    from extractor.evaluation import read_records, score_figures

    scores: dict[str, Score | None] = {}
    for path, gold in golds.items():
        try:
            extraction = read(path)
        except UnreadableFile as refusal:
            if refusal.message.key not in UNRECOGNISED:
                raise
            scores[path.name] = None
            continue
        predicted = [figure.to_dict() for figure in extraction.figures]
        period = extraction.report.period
        scores[path.name] = score_figures(read_records(gold), predicted, report_period=period, label=path.name)
    return scores


def _score_entries(corpus: Path, read: Callable[[Path], Extraction]) -> dict[str, IndicatorScore]:
    """The entries of figures: of passages to work with, of held-out ones, and of reports; nothing where no gold is."""
    from extractor.evaluation import read_records
    from extractor.indicator_evaluation import IndicatorScore, read_passage, score_passage_entries, score_report_entries
    from extractor.pipeline import extract_text

    scores: dict[str, IndicatorScore] = {}
    for path in sorted(corpus.glob("ids/*/*.ids")):
        name = f"ids/{path.parent.name}"
        if path.parent.name == "reports":
            report, gold = read(corpus / f"{path.stem}.md"), read_records(corpus / "gold" / f"{path.stem}.jsonl")
            figures, wanted = [f.to_dict() for f in report.figures], path.read_text(encoding="utf-8").split()
            score = score_report_entries(wanted, gold, figures, period=report.report.period, label=path.stem)
        else:
            passage = read_passage(path)
            figures_read = extract_text(passage.text, report_period=passage.period)
            score = score_passage_entries(passage, figures_read, path.stem)
        scores[name] = scores.get(name, IndicatorScore()) + score
    return scores


def _score_statistics(corpus: Path, read: Callable[[Path], Extraction]) -> dict[str, Recall]:
    """Findings and series of the samples, which everything is tuned on, and of the reports set aside."""
    from extractor.statistics_evaluation import read_table, score_findings, score_series

    scores: dict[str, Recall] = {}
    for path in sorted(corpus.glob("findings/*.csv")):
        aside = sorted(path.with_suffix("").glob("*.report"))
        files = aside or sorted(corpus / f"{gold.stem}.md" for gold in corpus.glob("gold/*.jsonl"))
        reports = {file.stem: read(file) for file in files}
        scores[f"findings/{path.stem}"] = score_findings(read_table(path), reports)
        series = corpus / "series" / path.name
        scores[f"series/{path.stem}"] = score_series(read_table(series), reports.values())
    return scores


def _undercut(scores: Mapping[str, Told], floors: Mapping[str, Any], console: Console) -> list[str]:
    """A sentence for each floor that a score lies below, and for each text that has a floor but no score."""
    sentences = []
    for name, floor in floors.items():
        if name not in scores:
            sentences.append(console.sentence("evaluate.gone", name=name))
            continue
        reached = scores[name].to_dict()
        for measure, limit in floor.items():
            worse = reached[measure] > limit if measure in CEILINGS else reached[measure] < limit
            if worse:
                told = {"name": name, "measure": measure, "limit": limit, "value": f"{reached[measure]:.4g}"}
                sentences.append(console.sentence("evaluate.undercut", **told))
    sentences.extend(console.sentence("evaluate.no_floor", name=n) for n in scores if floors and n not in floors)
    return sentences


def _show(scores: Mapping[str, Score], console: Console) -> None:
    from extractor.evaluation import FIELDS, Score, calibrate, errors_in_doubtful

    total = sum(scores.values(), Score())
    rows = [_row(name, score) for name, score in scores.items()]
    if len(scores) > 1:
        rows.append(_row(console.sentence("evaluate.total"), total))
    columns = ("text", "gold_count", "predicted_count", "found", "strict", "trapped")
    console.table(console.heads("evaluate", *columns), rows, right=range(1, 6))
    console.write()
    fields = [(name, _share(total.field_share(name))) for name in FIELDS]
    console.table(console.heads("evaluate", "field", "right"), fields, right=(1,))
    console.write()
    bands = [
        (f"{low:.2f} – {high:.2f}", str(count), _share(share)) for low, high, count, share in calibrate(total.verdicts)
    ]
    console.table(console.heads("evaluate", "confidence", "figures", "right"), bands, right=(1, 2))
    console.write()
    console.tell("evaluate.doubtful", share=_share(errors_in_doubtful(total.verdicts)))


def _show_entries(entries: Mapping[str, IndicatorScore], console: Console) -> None:
    console.write()
    rows = []
    for name, score in entries.items():
        told = score.to_dict()
        shares = [_share(told[key]) for key in ("ids_found", "ids_right", "proposals_right")]
        rows.append((name, str(score.asked), shares[0], str(score.sure), shares[1], str(score.proposed), shares[2]))
    columns = ("text", "ids_asked", "ids_found", "ids_sure", "ids_right", "proposed", "proposals_right")
    console.table(console.heads("evaluate", *columns), rows, right=range(1, 7))


def _show_statistics(statistics: Mapping[str, Recall], console: Console) -> None:
    console.write()
    rows = []
    for name, score in statistics.items():
        told = score.to_dict()
        counts = (str(score.asked), _share(told["recall"]), str(score.told), _share(told["precision"]))
        fails = (str(score.fails), _share(told["fails_right"])) if name.startswith("findings/") else ("–", "–")
        rows.append((name, *counts, *fails))
    columns = ("text", "true", "recall", "told", "precision", "fails", "fails_right")
    console.table(console.heads("evaluate", *columns), rows, right=range(1, 7))


def _row(name: str, score: Score) -> tuple[str, ...]:
    trapped = f"{score.trapped}/{score.traps}" if score.traps else "–"
    found, strict = _share(score.found_f1), _share(score.strict_f1)
    return name, str(score.gold), str(score.predicted), found, strict, trapped


def _share(value: float) -> str:
    return f"{value:.4f}"
