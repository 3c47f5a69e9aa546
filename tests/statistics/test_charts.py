"""Charts: what the description holds, and that it becomes a picture without a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.domain.errors import InvalidInput
from extractor.domain.figure import Status
from extractor.statistics import observe
from extractor.statistics.charts import series_chart, series_charts, write_chart
from extractor.statistics.series import Series, build_series
from tests.statistics.reports import Writer

MONEY = "triệu đồng"


def spending(*rows: tuple[str, str, Status], unit: str = MONEY, name: str = "Tổng chi ngân sách") -> tuple[Series, ...]:
    w = Writer(date="2023-12-30")
    for period, value, status in rows:
        w.add(name, value, unit, period, status=status, growth="10,0")
    return tuple(s for s in build_series(observe(w.extraction())) if s.measure == "VALUE")


QUARTERS = (("2023-Q1", "140.905", Status.ACTUAL), ("2023-Q2", "150.000", Status.ESTIMATE))


def rows_of(series: tuple[Series, ...], kind: str) -> list[dict[str, object]]:
    return [r for r in series_chart(series)["data"]["values"] if r["kind"] == kind]


def test_estimates_and_final_values_are_told_apart() -> None:
    stated = rows_of(spending(*QUARTERS), "stated")
    assert [(r["period"], r["final"], r["value"]) for r in stated] == [
        ("2023-Q1", True, 140.905),
        ("2023-Q2", False, 150),
    ]
    assert stated[0]["shown"] == "140,905"
    assert series_chart(spending(*QUARTERS))["layer"][2]["encoding"]["y"]["title"] == "tỷ đồng"


def test_implied_values_are_bars_of_their_own() -> None:
    implied = rows_of(spending(*QUARTERS), "implied")
    assert [r["period"] for r in implied] == ["2022-Q1", "2022-Q2"]
    assert all(r["low"] < r["high"] for r in implied)


def test_the_axis_has_a_slot_for_missing_periods_and_the_line_stops_there() -> None:
    series = spending(("2023-Q1", "140.905", Status.ACTUAL), ("2023-Q3", "150.000", Status.ACTUAL))
    domain = series_chart(series)["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert domain == ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3"]
    segments = [r["segment"] for r in rows_of(series, "stated")]
    assert len(set(segments)) == 2


def test_a_break_is_a_line() -> None:
    poverty = (("2021", "1,2", Status.ACTUAL), ("2022", "2,3", Status.ACTUAL))
    assert [r["period"] for r in rows_of(spending(*poverty, unit="%", name="Tỷ lệ hộ nghèo"), "break")] == ["2022"]


@pytest.mark.parametrize(("number", "called"), [("12/BC", "12/BC"), ("/BC", "…/BC (bao-cao.md)"), (None, "bao-cao.md")])
def test_a_report_without_a_number_is_called_by_its_file(number: str | None, called: str) -> None:
    w = Writer()
    w.report = replace(w.report, number=number)
    w.add("Tổng chi ngân sách", "140.905", MONEY, "2023-Q1", growth="10,0")
    series = build_series(observe(w.extraction()))
    assert {r["report"] for kind in ("stated", "implied") for r in rows_of(series, kind)} == {called}


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture_is_written(tmp_path: Path, suffix: str) -> None:
    pytest.importorskip("vl_convert")
    path = tmp_path / f"a{suffix}"
    write_chart(spending(*QUARTERS), path)
    content = path.read_bytes()
    assert content.startswith(b"\x89PNG" if suffix == ".png" else b"<svg")
    if suffix == ".svg":
        assert "quý I/2023" in content.decode("utf-8")
        assert "ước thực hiện" in content.decode("utf-8")


def test_frequencies_share_a_sheet_and_no_axis() -> None:
    mixed = [*spending(*QUARTERS), *spending(("2023-03", "41.106", Status.ACTUAL))]
    panels = series_charts(mixed)["vconcat"]
    assert [p["title"]["text"].rpartition(" · ")[2] for p in panels] == ["tháng", "quý"]
    kinds = [{r["period"] for r in p["data"]["values"]} for p in panels]
    assert kinds == [{"2022-03", "2023-03"}, {"2022-Q1", "2022-Q2", "2023-Q1", "2023-Q2"}]
    assert "vconcat" not in series_charts(spending(*QUARTERS))


def test_what_cannot_be_drawn_is_said(tmp_path: Path) -> None:
    months = spending(("2023-03", "41.106", Status.ACTUAL))
    with pytest.raises(InvalidInput, match="tần suất"):
        series_chart([*spending(*QUARTERS), *months])
    with pytest.raises(InvalidInput, match="Không có chuỗi"):
        series_chart([])
    with pytest.raises(InvalidInput, match="tối đa 8"):
        series_chart([*spending(*QUARTERS)] * 9)
    with pytest.raises(InvalidInput, match="png"):
        write_chart(spending(*QUARTERS), tmp_path / "a.pdf")


def test_no_person_is_named_in_a_picture() -> None:
    chart = str(series_chart(spending(*QUARTERS, unit="đồng", name="Ông Trần Văn Mẫu")))
    assert "Trần Văn" not in chart
