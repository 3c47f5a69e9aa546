"""What series cost at scale: joining, checking, and writing 100,000 observations of 250 places over 25 years.

    python -m benchmarks.series [--observations 100000] [--formats parquet,xlsx] [--store NEW.sqlite]

Prints wall and processor time of each step and the peak memory. The observations are made, not read: one figure of one
hand-made report, moved over places and months with values of their own. With ``--store``, a store of 100,000 figures
is made there (one report of the corpus, moved over places and years), and ``Store.series`` is asked for single keys.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from statistics import median

import extractor
from extractor.archive import Store
from extractor.domain.document import Block, BlockKind, Document, Report, Source
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Figure, Kind
from extractor.domain.period import read_period, shift_years
from extractor.statistics import (
    SERIES_FORMATS,
    Observation,
    build_series,
    check_series,
    normalise,
    observe,
    points_frame,
    select_observations,
    write_series,
)

PLACES, MONTHS, FIRST_YEAR = 250, 400, 1990
YEARS, ROUNDS = 25, 15


def one_observation() -> Observation:
    """A monthly figure as a report has it."""
    text = "Tổng chi ngân sách: tháng 3 ước thực hiện 41.106 triệu đồng."
    quote = "41.106 triệu đồng"
    at = text.index(quote)
    figure = Figure(
        "f", Kind.PERFORMANCE, "Tổng chi ngân sách", Decimal(41106), "triệu đồng", quote, at, at + len(quote)
    )
    document = Document(
        text,
        blocks=(Block(0, len(text), BlockKind.PARAGRAPH),),
        report=Report(number="1/BC-UBND", date="2023-03-30", area="huyện Thử", period="2023-03"),
        source=Source("1.md", "0" * 64, "markdown", len(text)),
    )
    [found] = observe(Extraction(document, normalise([replace(figure, period="2023-03")], document.report)))
    return found


def many(count: int) -> Iterator[Observation]:
    """``count`` observations, one a place and month, then a second report's vintage of each."""
    base = one_observation()
    for i in range(count):
        place, month, vintage = i % PLACES, i // PLACES % MONTHS, i // (PLACES * MONTHS)
        label = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}"
        period = read_period(label)
        assert period is not None
        value = Decimal(40_000 + i % 7919) * 1_000_000
        yield replace(
            base,
            area=f"~huyện {place}",
            area_name=f"huyện {place}",
            period=period,
            value=value,
            low=value - 500_000,
            high=value + 500_000,
            figure=f"f{i}",
            vintage=f"{label}-28",
            report=f"{month}-{vintage}/BC-UBND",
        )


def timed(name: str, work: Callable[[], object]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{name:34} {wall:8.2f} s   processor {processor:6.2f} s")


def build(path: Path, count: int, each: int | None = None) -> None:
    """A store of ``count`` figures: the reports of YEARS years of as many places as that takes.

    ``each``: how many figures of a report are kept, all by default.
    """
    read = extractor.extract(Path(__file__).parent.parent / "corpus" / "minh-giang-2023-q1.md")
    source = read.document.source
    assert source is not None
    store, actor = Store.open_local(path)
    total = number = 0
    while total < count:
        place, back = f"quận {number // YEARS}", number % YEARS
        content = f"{place} {back}".encode()
        front = replace(
            read.report,
            issuer=f"UBND {place}",
            area=place,
            number=f"{number}/BC-UBND",
            date=shift_years(read.report.date or "", -back),
            period=shift_years(read.report.period or "", -back),
        )
        figures = tuple(
            replace(f, area=place, period=shift_years(f.period, -back) if f.period else None)
            for f in read.figures[:each]
        )
        file = replace(source, sha256=hashlib.sha256(content).hexdigest())
        document = replace(read.document, source=file, report=front)
        moved = replace(read, document=document, figures=figures)
        total += store.add_extraction(moved, content, actor=actor).added
        number += 1
    store.close()


def ask(path: Path) -> None:
    """How long ``Store.series`` takes for one key, for a name of its own, and for one indicator of all places."""
    store = Store.open(path)
    print(f"{store.progress().total:,} figures of {len(store.items()):,} reports in the store")
    asked = {
        "Store.series, one key": {"indicator": "rev_state", "freq": "Q", "measure": "VALUE", "area": "quận 7"},
        "Store.series, one key, other place": {"indicator": "exp_local", "freq": "Q", "area": "quận 11"},
        "Store.series, a name of its own": {"indicator": "~gian hàng", "area": "quận 3"},
        "Store.series, one indicator, all places": {"indicator": "rev_state", "freq": "Q"},
    }
    store.series("rev_state", area="quận 1", judged_only=False)  # pandas and the list of names are loaded here, once
    for name, question in asked.items():
        clock, processor = [], []
        for _ in range(ROUNDS):
            began, at_work = time.perf_counter(), time.process_time()
            frame = store.series(**question, judged_only=False)
            clock.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (time.process_time() - at_work))
        print(
            f"{name:42} {len(frame):6,} points   median {median(clock):7.1f} ms, least {min(clock):7.1f} ms"
            f"   processor {median(processor):7.1f} ms"
        )
    store.close()


def main(count: int, formats: list[str]) -> None:
    observations = list(many(count))
    series = build_series(observations)
    points = sum(len(s.points) for s in series)
    print(f"{count:,} observations, {len(series):,} series, {points:,} points\n")
    one = select_observations(observations, area="huyện 7")
    points_frame(())  # pandas is loaded here, once
    timed("one key: build and frame", lambda: points_frame(build_series(one)))
    timed("one key among all: select too", lambda: build_series(select_observations(observations, area="huyện 7")))
    timed("all: build", lambda: build_series(observations))
    timed("all: check", lambda: check_series(series))
    with tempfile.TemporaryDirectory() as folder:
        for name in formats:
            timed(f"all: write {name}", lambda name=name: write_series(series, Path(folder) / name, name))
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observations", type=int, default=100_000)
    parser.add_argument("--formats", default=",".join(SERIES_FORMATS))
    parser.add_argument("--store", type=Path, help="make or use a store here and ask it, instead of the rest")
    options = parser.parse_args()
    if options.store:
        if not options.store.exists():
            build(options.store, options.observations)
        ask(options.store)
    else:
        main(options.observations, options.formats.split(","))
