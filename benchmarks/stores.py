"""What stores of 1,000, 100,000 and 1,000,000 records answer in what time, and the app on them.

    python -m benchmarks.stores [--sizes 1000 100000 1000000] [--keep out] [--presses 40] [--visits 3]

The stores are made once by ``benchmarks/series.py`` (one report of the corpus, moved over places and years, ``EACH``
figures of it) and stay in the folder ``--keep``. Each question is put to a store that was just opened (the first
answer) and again; the app is visited in headless Chromium by ``benchmarks/review.py``: seconds to the first card, and
from a key to the next.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.series import build
from benchmarks.tables import ROOT, show

SIZES = (1_000, 100_000, 1_000_000)
EACH = 50  # figures of a report: a million of them are 20,000 reports
AGAIN = 7


def questions() -> dict[str, Callable[[Any], object]]:
    """What screens and commands ask of a store."""
    from extractor.archive.row_types import Filter
    from extractor.archive.shelf_list import Wanted

    everything = Filter()
    columns = ("unit", "period", "area", "indicator", "section")
    return {
        "how many are reviewed": lambda store: store.progress(),
        "next record to review": lambda store: store.next_open(everything, actor="bench"),
        "first 200 of the queue": lambda store: store.queue(everything),
        "what fields of a card offer": lambda store: [store._facet((0, 0), column, None) for column in columns],
        "what filters offer": lambda store: [store._facet((0, 0), "doubts", None), store.judges()],
        "a name in all reports": lambda store: store.next_open(Filter(words="gian hàng"), actor="bench"),
        "names of the newest 500 reports": lambda store: store._name((0, 0), None),
        "a page of the shelf": lambda store: [store.shelf(Wanted()), store.count_shelf(Wanted())],
        "the shelf by what is left": lambda store: store.shelf(Wanted(order="left")),
        "the quality of all": lambda store: [store.quality(), store.agreement(), store.workload(), store.efforts()],
        "text and figures of a report": lambda store: store.reading_of(1),
        "series of one indicator and place": lambda store: store.series("rev_state", area="quận 1", judged_only=False),
    }


def milliseconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return 1000 * (clock() - began)


def ask(path: Path) -> dict[str, tuple[float, float]]:
    """Question → milliseconds of the first answer by the clock, and median processor time of the next."""
    from extractor.archive import Store

    found = {}
    for name, question in questions().items():
        store = Store.open(path)
        first = milliseconds(lambda question=question, store=store: question(store), time.perf_counter)
        again = statistics.median(
            milliseconds(lambda question=question, store=store: question(store), time.process_time)
            for _ in range(AGAIN)
        )
        store.close()
        found[name] = first, again
    return found


def use(path: Path, presses: int, visits: int) -> dict[str, str]:
    """The app on a copy of the store."""
    from benchmarks.review import PAUSE, browsing, press, visit

    with browsing(path) as (address, browser):
        opened = []
        for _ in range(visits):
            seconds, page = visit(browser, address)
            opened.append(seconds)
            page.context.close()
        _, page = visit(browser, address)
        taken = press(page, presses, pause=PAUSE)
    marks = statistics.quantiles(taken, n=20)
    return {
        "app: first card after a start, s": f"{opened[0]:.2f}",
        "app: first card, s": f"{statistics.median(opened):.2f}",
        "app: key to next record, ms (p50 / p95)": f"{marks[9]:.0f} / {marks[18]:.0f}",
    }


def run(sizes: Sequence[int] = SIZES, keep: Path = ROOT / "out", presses: int = 40, visits: int = 3) -> None:
    """Makes what is missing, asks, shows."""
    keep.mkdir(parents=True, exist_ok=True)
    columns: list[dict[str, str]] = []
    for size in sizes:
        path = keep / f"bench-store-{size}.sqlite"
        if not path.is_file():
            part = path.with_suffix(".part.sqlite")
            part.unlink(missing_ok=True)
            build(part, size, EACH)
            part.replace(path)
        cells = {name: f"{first:.0f} / {again:.1f}" for name, (first, again) in ask(path).items()}
        cells |= use(path, presses, visits) if presses else {}
        columns.append({**cells, "size of the store, MB": f"{path.stat().st_size / 2**20:.0f}"})
    rows = [(name, *(column[name] for column in columns)) for name in columns[0]]
    title = "Milliseconds: the first answer after opening, by the clock / processor time of the next, median."
    show("stores", title, ("", *(f"{size:,} records" for size in sizes)), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--keep", type=Path, default=ROOT / "out")
    parser.add_argument("--presses", type=int, default=40)
    parser.add_argument("--visits", type=int, default=3)
    chosen = parser.parse_args()
    run(chosen.sizes, chosen.keep, chosen.presses, chosen.visits)


if __name__ == "__main__":
    main()
