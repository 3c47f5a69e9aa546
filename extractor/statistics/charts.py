"""Series as pictures: one Vega-Lite description for the file that is written and for the app that shows it.

Stated values are points on a line that stops at gaps and breaks; filled for final values, hollow for estimates. What
other reports imply is a grey bar from its lowest to its highest value. The time axis has a slot for every period,
missing ones included, so that distance is honest. Numbers are written the Vietnamese way whatever the machine's
language. Values turn into binary numbers here and only here: a picture has no use for the last đồng.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractor.domain.errors import InvalidInput
from extractor.domain.extras import optional
from extractor.domain.messages import say, spell_short
from extractor.domain.period import Period, read_period
from extractor.statistics.checks.wording import rounded
from extractor.statistics.intervals import Interval
from extractor.statistics.observations import Observation
from extractor.statistics.series import Point, Series, missing_periods
from extractor.statistics.source_sentence import mask_names

WORDS = "exports.csv"
MOST = 8
"""More lines than this cannot be told apart by colour."""

COLOURS = ("#1f6f8b", "#c8553d", "#3a7d44", "#7d5ba6", "#b8860b", "#5c6b73", "#a23b72", "#2f4858")
GREY = "#9aa5ad"
FONT = "DejaVu Sans, sans-serif"
"""Known for its Vietnamese letters; where it is missing the machine's own sans serif takes over."""
HEIGHT = 320
AXIS = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
"""Not bold: the bundled bold font lacks some Vietnamese letters."""

CONFIG = {"font": FONT, "view": {"stroke": None}, "axis": AXIS, "aria": False, "mark": {"aria": False}}
"""A reader of the screen hears the description, and the values from the table: marks would be heard as codes."""

TITLE = {"anchor": "start", "fontSize": 15, "fontWeight": "normal", "subtitleColor": "#5c6b73", "offset": 14}
TOOLTIP = {"name": "period", "shown": "value", "status": "status_word", "report": "report"}
"""Fields of a row, each under the heading of a column of the series table."""

STATED, IMPLIED, BREAK = (f"datum.kind === '{kind}'" for kind in ("stated", "implied", "break"))
BAR = {"type": "bar", "aria": False, "width": 14, "color": GREY, "stroke": GREY, "strokeWidth": 3, "opacity": 0.7}
RULE = {"type": "rule", "strokeDash": [5, 4], "color": "#c8553d"}
LINE = {"type": "line", "strokeWidth": 2}
HOLLOW = {"type": "point", "size": 80, "strokeWidth": 2, "fill": "white", "opacity": 1}
FILLED = {"type": "point", "size": 80, "strokeWidth": 2, "filled": True, "opacity": 1}

FREQS = ("M", "Q", "S", "YTD", "A", "RANGE", "POINT")
"""The order of the charts of one sheet."""

SHEET = ("$schema", "background", "config")
"""What a sheet of several charts says once."""

VIETNAMESE = "replace(replace(replace(format({}, ',~f'), /,/g, '#'), /\\./g, ','), /#/g, '.')"
"""A Vega expression that swaps the marks of an English number."""

STEPS = (
    (Decimal(10) ** 12, "chart.trillion"),
    (Decimal(10) ** 9, "chart.billion"),
    (Decimal(10) ** 6, "chart.million"),
)


def series_chart(series: Sequence[Series], *, language: str = "vi", width: int | str = 720) -> dict[str, Any]:
    """The Vega-Lite description of one chart; ``series`` must share frequency and unit.

    ``width`` is in pixels, or "container" for a page that knows how wide it is. Raises InvalidInput where the series do
    not share them, where there are none, or more than can be told apart.
    """
    _refuse_mixed(series)
    factor, unit = _scale(series, language)
    slots = _slots(series)
    rows = [row for s in series for row in _rows(s, factor, language)]
    labels = {p.label: p.name(language) for p in slots}
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": [p.label for p in slots],
        "scale": {"domain": [p.label for p in slots]},
        "axis": {"title": None, "labelAngle": -40 if len(slots) > 6 else 0, "labelExpr": _lookup(labels)},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": unit,
        "scale": {"zero": False, "nice": True},
        "axis": {"labelExpr": _number("datum.value", language), "grid": True},
    }
    colour = {
        "field": "series",
        "type": "nominal",
        "scale": {"range": list(COLOURS)},
        "legend": {"title": None, "orient": "top", "labelLimit": 640, "columns": 1} if len(series) > 1 else None,
    }
    tooltip = [
        {"field": field, "type": "nominal", "title": say(WORDS, f"series.{column}", language)}
        for field, column in TOOLTIP.items()
    ]
    valued = {"x": x, "y": y, "color": colour}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": _title(series), "subtitle": say(WORDS, "chart.key", language), **TITLE},
        "width": width,
        "height": HEIGHT,
        "background": "white",
        "description": f"{_title(series)} ({unit})",
        "config": CONFIG,
        "data": {"values": rows},
        "layer": [
            _layer(BAR, {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "tooltip": tooltip}, IMPLIED),
            _layer(RULE, {"x": x}, BREAK),
            _layer(LINE, {**valued, "detail": {"field": "segment"}}, STATED),
            _layer(HOLLOW, {**valued, "tooltip": tooltip}, STATED, "!datum.final"),
            _layer(FILLED, {**valued, "tooltip": tooltip}, STATED, "datum.final"),
        ],
    }


def _layer(mark: Mapping[str, Any], encoding: Mapping[str, Any], *filters: str) -> dict[str, Any]:
    """One mark for the rows that pass every filter."""
    return {"transform": [{"filter": kept} for kept in filters], "mark": mark, "encoding": encoding}


def series_charts(series: Sequence[Series], *, language: str = "vi") -> dict[str, Any]:
    """The description of a picture for any series: a chart for each frequency and unit, one below the other.

    Months and quarters share a sheet, never an axis. Raises InvalidInput as ``series_chart`` does.
    """
    groups: dict[tuple[str, str], list[Series]] = {}
    for one in sorted(series, key=lambda s: FREQS.index(s.freq)):
        groups.setdefault((one.freq, one.unit), []).append(one)
    if len(groups) < 2:
        return series_chart(series, language=language)
    panels = [series_chart(group, language=language) for group in groups.values()]
    for panel, (freq, _) in zip(panels, groups, strict=True):
        panel["title"]["text"] += f" · {say(WORDS, f'freq.{freq}', language)}"
    whole = {name: panels[0][name] for name in SHEET}
    rest = [{name: value for name, value in panel.items() if name not in SHEET} for panel in panels]
    return {**whole, "vconcat": rest, "spacing": 36, "resolve": {"scale": {"x": "independent", "color": "independent"}}}


def write_chart(series: Sequence[Series], path: str | Path, *, language: str = "vi") -> None:
    """Draw ``series`` into a PNG or SVG file, without a browser and without the network; see ``series_charts``.

    Raises InvalidInput for another kind of file and where the drawing library is not installed.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in {".png", ".svg"}:
        raise InvalidInput("chart.no_picture", name=target.name)
    description = series_charts(series, language=language)
    with optional():
        import vl_convert
    if kind == ".png":
        target.write_bytes(vl_convert.vegalite_to_png(description, scale=2))
    else:
        target.write_text(vl_convert.vegalite_to_svg(description), encoding="utf-8")


def _refuse_mixed(series: Sequence[Series]) -> None:
    if not series or not any(s.points for s in series):
        raise InvalidInput("chart.no_series")
    if len(series) > MOST:
        raise InvalidInput("chart.too_many", count=len(series), most=MOST)
    if len({(s.freq, s.unit) for s in series}) > 1:
        raise InvalidInput("chart.mixed")


def _scale(series: Sequence[Series], language: str) -> tuple[Decimal, str]:
    """The divisor and name of the unit in which the axis stays short."""
    unit = series[0].unit
    if unit != "VND":
        return Decimal(1), unit
    largest = max(abs(v) for s in series for p in s.points for v in _values(p))
    for factor, name in STEPS:
        if largest >= 10 * factor:
            return factor, say(WORDS, name, language)
    return Decimal(1), say(WORDS, "chart.dong", language)


def _values(point: Point) -> Iterable[Decimal]:
    if point.chosen and point.chosen.value is not None:
        yield point.chosen.value
    hull = point.implied_range
    if hull:
        yield from hull.pair


def _slots(series: Sequence[Series]) -> list[Period]:
    """Every period of every series, missing ones included, in time order."""
    periods = {p.period.label: p.period for s in series for p in s.points}
    for s in series:
        for label in missing_periods([p.period for p in s.points], s.freq):
            period = read_period(label)
            if period:
                periods.setdefault(label, period)
    return sorted(periods.values(), key=lambda p: (p.end, p.label))


def _rows(one: Series, factor: Decimal, language: str) -> Iterable[dict[str, Any]]:
    name = _series_name(one)
    ends = sorted(p.end for p in _slots([one]))
    segment, before = 0, None
    for point in one.points:
        common = {"series": name, "period": point.period.label, "name": point.period.name(language)}
        end = point.period.end
        broken = [b for b in one.breaks if before is not None and before < b.on <= end]
        if broken:
            yield {**common, "kind": "break", "status": broken[0].note(language)}
        o, hull = point.chosen, point.implied_range
        value = o.value if o else None
        if hull and (value is None or not hull.low <= value <= hull.high):
            yield {**common, **_implied(point.implied[-1], hull, factor, language)}
        if o is None or value is None:
            continue
        skipped = before is not None and any(before < e < end for e in ends)
        segment += bool(broken) or skipped
        yield {
            **common,
            "kind": "stated",
            "value": float(value / factor),
            "segment": f"{name}-{segment}",
            "shown": _written(value / factor, language),
            "final": o.status == "A",
            "status": o.status_word,
            "report": o.report_called,
        }
        before = end


def _implied(source: Observation, hull: Interval, factor: Decimal, language: str) -> dict[str, Any]:
    low, high = (v / factor for v in hull.pair)
    return {
        "kind": "implied",
        "low": float(low),
        "high": float(high),
        "shown": f"{_written(low, language)} – {_written(high, language)}",
        "status": say("exports.csv", "implied.plan" if source.measure == "TARGET" else "implied.last_year", language),
        "report": source.report_called,
    }


def _written(value: Decimal, language: str) -> str:
    return spell_short(rounded(value, 3), language)


def _series_name(one: Series) -> str:
    parts = [mask_names(one.name), one.area_name, one.key[2], one.key[3]]
    if one.measure == "TARGET":
        parts.append(say(WORDS, "measure.TARGET"))
    return " · ".join(p for p in parts if p)


def _title(series: Sequence[Series]) -> str:
    names = list(dict.fromkeys(mask_names(s.name) for s in series))
    places = list(dict.fromkeys(s.area_name for s in series if s.area_name))
    if len(series) == 1:
        return _series_name(series[0])
    return " · ".join(x for x in (", ".join(names[:3]), ", ".join(places[:3])) if x)


def _number(expression: str, language: str) -> str:
    return f"format({expression}, ',~f')" if language == "en" else VIETNAMESE.format(expression)


def _lookup(labels: dict[str, str]) -> str:
    """A Vega expression from a period's label to its name."""
    return f"({json.dumps(labels, ensure_ascii=False)})[datum.value] || datum.value"
