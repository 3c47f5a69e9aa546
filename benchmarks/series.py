"""What series cost at scale: joining, checking, and writing 100,000 observations of 250 places over 25 years.

    python benchmarks/series.py [--observations 100000] [--formats parquet,xlsx]

Prints wall and processor time of each step and the peak memory. The observations are made, not read: two figures of one
hand-made report, moved over places and months with values of their own.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from extractor.records import Block, BlockKind, Document, Extraction, Figure, Kind, Report, Source
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
from extractor.statistics.periods import read_period

PLACES, MONTHS, FIRST_YEAR = 250, 400, 1990


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
    options = parser.parse_args()
    main(options.observations, options.formats.split(","))
