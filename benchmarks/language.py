"""The language room beside two readers of quantities, on the sample reports, in one run.

    python -m benchmarks.language [REPORT…] [--rounds 5] [--profile]

Prints milliseconds of processor time for 1,000 characters (median of the rounds), and recall and precision of the
numbers that measure something, against the gold made by hand: values, totals and comparisons of a report as a bag
without signs, because no peer tells a value from its comparison. One table for each report that is named, one for the
samples as long as real reports, one for the short ones, which hold three times as many numbers for their length: time
goes by numbers. A peer that is not installed is named as missing (``pip install solieu[bench]``). A last table shows
how time grows with 10, 50 and 200 KB of text made to hurt, each read once; with ``--profile`` the ten functions that
most of the room's time goes through are printed last.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import re
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

from extractor.domain.document import Document
from extractor.domain.paused_gc import put_aside
from extractor.language import read_figures
from extractor.paper import read_document, read_passage

CORPUS = Path(__file__).parent.parent / "corpus"
LONG = 20_000
"""Characters from which a sample is as long as a real report, and as rich in words between its numbers."""
NUMBER = re.compile(r"\d[\d.,]*")
SIZES = (10_000, 50_000, 200_000)
HOSTILE = {
    "digits": "7",
    "digits with spaces": "7 ",
    "digits with dots": "1.",
    "fractions": "1/2/",
    "brackets, open": "(",
    "brackets, pairs": "()",
    "one long word": "A",
    "one line of words": "thu ngân sách xã đạt ",
    "one line of changes": "tăng 1%, ",
    "one line of figures": "Tôm 310 tấn; ",
}
MULTIPLIERS = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}

Numbers = Counter[Decimal]
Read = Callable[[Document], Iterable[Decimal]]


def solieu(document: Document) -> list[Decimal]:
    """Every number of every figure."""
    found = []
    for figure in read_figures(document)[0]:
        found += [n for n in (figure.value, figure.value_max, figure.total) if n is not None]
        found += [n for c in figure.comparisons for n in (c.value, c.value_max) if n is not None]
    return found


def quantulum() -> Read:
    """The reader of quantulum3; its parser knows no Vietnamese and no decimal comma."""
    from quantulum3 import parser

    def read(document: Document) -> list[Decimal]:
        return [Decimal(str(q.value)) for line in document.text.splitlines() for q in parser.parse(line)]

    return read


def duckling() -> Read:
    """The reader of Duckling's wheel with its Vietnamese rules: amounts of money and numbers."""
    import duckling as peer

    zones = peer.load_time_zones("/usr/share/zoneinfo")
    language = peer.parse_lang("VI")
    locale = peer.parse_locale("VI", peer.default_locale_lang(language))
    context = peer.Context(peer.get_current_ref_time(zones, "Asia/Ho_Chi_Minh"), locale)
    dimensions = peer.parse_dimensions(["amount-of-money", "number"])

    def read(document: Document) -> list[Decimal]:
        found = []
        for line in document.text.splitlines():
            for entity in peer.parse(line, context, dimensions, False):
                value = entity["value"].get("value")
                found += [Decimal(str(value))] if value is not None else []
        return found

    return read


def gold_file(slug: str) -> Path:
    """Where the gold of a sample lies."""
    return CORPUS / "gold" / f"{slug}.jsonl"


def gold(slug: str) -> list[set[Decimal]]:
    """The numbers of a report, each with the forms that count as found: as printed, or with its multiplier."""
    numbers: list[set[Decimal]] = []

    def add(value: Decimal | None, unit: str | None) -> None:
        if value is None:
            return
        factor = 1
        for word in (unit or "").replace(".", " ").lower().split():
            factor *= MULTIPLIERS.get(word, 1)
        numbers.append({abs(value).normalize(), abs(value * factor).normalize()})

    for line in gold_file(slug).read_text(encoding="utf-8").splitlines():
        record = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        for name in ("value", "value_max", "total"):
            add(record.get(name), record["unit"])
        for comparison in record["comparisons"]:
            add(comparison["value"], comparison["unit"])
            add(comparison.get("value_max"), comparison["unit"])
    return numbers


def matched(found: Iterable[Decimal], wanted: list[set[Decimal]]) -> int:
    """How many of the wanted numbers a bag of found ones holds, each found one used once."""
    bag: Numbers = Counter(abs(n).normalize() for n in found)
    hits = 0
    for forms in sorted(wanted, key=len):
        form = next((f for f in sorted(forms) if bag[f]), None)
        if form is not None:
            bag[form] -= 1
            hits += 1
    return hits


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Median processor time of ``work``; no reader's pauses for garbage count, as none reads so in ours (collector)."""
    times = []
    for _ in range(rounds):
        with put_aside():
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    return 1000 * statistics.median(times)


def compare(name: str, reports: dict[str, Document], rounds: int) -> None:
    """One table: every reader on the same reports, recall and precision where there is gold for all of them."""
    characters = sum(len(document.text) for document in reports.values())
    numbers = sum(len(NUMBER.findall(document.text)) for document in reports.values())
    told = f"{len(reports)} reports" if len(reports) > 1 else next(iter(reports))
    print(f"{name}: {told}, {characters:,} characters, {1000 * numbers / characters:.0f} numbers in 1,000\n")
    print(f"{'reader':12} {'ms / 1,000 characters':>22} {'recall':>8} {'precision':>10}")
    wanted = {slug: gold(slug) for slug in reports if gold_file(slug).is_file()}
    total = sum(map(len, wanted.values())) if len(wanted) == len(reports) else 0
    peers: dict[str, Callable[[], Read]] = {"solieu": lambda: solieu, "quantulum3": quantulum, "duckling": duckling}
    for peer, make in peers.items():
        try:
            read = make()
        except ImportError as missing:
            print(f"{peer:12} not installed ({missing.name}): pip install solieu[bench]")
            continue
        found = {slug: list(read(document)) for slug, document in reports.items()}
        spent = milliseconds(lambda read=read: [list(read(d)) for d in reports.values()], rounds)
        row = f"{peer:12} {1000 * spent / characters:22.2f}"
        if total:
            hits = sum(matched(found[slug], wanted[slug]) for slug in reports)
            row += f" {hits / total:8.3f} {hits / max(sum(map(len, found.values())), 1):10.3f}"
        print(row)
    print()


def growth() -> None:
    print(f"{'text':22}" + "".join(f"{size // 1000:>9} KB" for size in SIZES) + f"{'200 KB / 50 KB':>17}")
    for name, piece in HOSTILE.items():
        times = []
        for size in SIZES:
            document, _ = read_passage(piece * (size // len(piece)) + " 12 ha")
            times.append(milliseconds(lambda document=document: read_figures(document), 1))
        print(f"{name:22}" + "".join(f"{spent:9.0f} ms" for spent in times) + f"{times[2] / max(times[1], 0.01):17.1f}")


def profile(reports: dict[str, Document]) -> None:
    """The functions under the room's own roof, by their share of its time, callees included."""
    for document in reports.values():
        read_figures(document)
    profiler = cProfile.Profile()
    profiler.enable()
    for document in reports.values():
        read_figures(document)
    profiler.disable()
    entries = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    whole = max(cumulative for _, _, _, cumulative, _ in entries.values())
    print(f"\n{'function':52} {'calls':>8} {'own':>7} {'with callees':>13}")
    ordered = sorted(entries.items(), key=lambda entry: -entry[1][3])
    ours = [(place, numbers) for place, numbers in ordered if "extractor" in place[0] and "figures.py" not in place[0]]
    for (file, line, function), (_, calls, own, cumulative, _) in ours[:10]:
        place = f"{Path(file).stem}.{function}:{line}"
        print(f"{place:52} {calls:8} {own / whole:7.1%} {cumulative / whole:13.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    samples = [path for path in sorted(CORPUS.glob("*.md")) if gold_file(path.stem).is_file()]
    reports = {path.stem: read_document(path) for path in samples}
    given = {path.stem: read_document(path) for path in options.reports}
    long = {slug: document for slug, document in reports.items() if len(document.text) >= LONG}
    short = {slug: document for slug, document in reports.items() if slug not in long}
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {options.rounds}, processor time\n")
    for slug, document in given.items():
        compare("a report that was named", {slug: document}, options.rounds)
    compare("samples as long as real reports", long, options.rounds)
    compare("short samples, dense on purpose", short, options.rounds)
    growth()
    if options.profile:
        profile(reports)


if __name__ == "__main__":
    main()
