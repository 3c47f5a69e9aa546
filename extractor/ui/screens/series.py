"""Chuỗi số liệu: one indicator over time, with its vintages, conflicts, gaps and breaks; a row leads to its source.

Nothing is joined here: statistics says what one series is. Values that nobody has judged are left out unless asked for,
and the screen says how many that leaves aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

import streamlit as st

from extractor.domain.messages import spell_number, spell_short
from extractor.domain.period import Period, read_period
from extractor.statistics import cover, series_chart, with_derived, with_former_units
from extractor.statistics.series import Series, build_series
from extractor.ui import navigation
from extractor.ui.components import line, show_notes
from extractor.ui.export_panel import show_export
from extractor.ui.filter_bar import show_empty
from extractor.ui.messages import language, name_of, plain, t
from extractor.ui.record_notes import spell_day
from extractor.ui.session import put, store

TARGET = "TARGET"  # the measure of a series of plans


def show() -> None:
    """The whole screen."""
    if store().progress().total == 0:
        show_empty()
        return
    pick, scope, out = st.columns([3, 1.6, 0.9], gap="medium", vertical_alignment="center")
    with scope:
        every, former = _toggle("all", "series.every"), _toggle("former", "series.former")
    observations, held = store().observations(judged_only=not every)
    printed = build_series(observations)
    joined = with_former_units(printed) if former else printed
    built = [s for s in with_derived(joined, language()) if any(p.chosen for p in s.points)]
    with out:
        show_export(None)
    if not built:
        st.subheader(t("series.none"))
        st.write(t("series.none_how", held=held))
        return
    built.sort(key=lambda s: (-sum(p.chosen is not None for p in s.points), s.name, s.key))
    by_key = {"|".join(s.key): s for s in built}
    asked = st.query_params.get("series")
    with pick:
        _pick(by_key, asked if asked in by_key else next(iter(by_key)))
    chosen = by_key[asked] if asked in by_key else built[0]
    if held:
        st.caption(t("series.held", held=held))
    show_chart(chosen)
    show_remarks(chosen)
    show_points(chosen)
    show_coverage([s for s in built if s.area_name == chosen.area_name])


def _toggle(name: str, text: str) -> bool:
    """A switch whose state is a word of the address; ``text`` is the key of its name, and of its help."""
    on = st.query_params.get(name) == "1"
    key = f"{name}:{on}"
    st.toggle(
        t(text),
        on,
        key=key,
        help=t(f"{text}_help"),
        on_change=lambda: put(name, "1" if st.session_state[key] else None),
    )
    return on


def show_coverage(series: Sequence[Series]) -> None:
    """Which indicators the reports of a place give for which periods, and which they leave out."""
    import pandas

    with st.expander(t("series.coverage", place=plain(series[0].area_name)), icon=":material/grid_on:"):
        st.caption(t("series.coverage_key"))
        for table in cover(series, language=language()):
            heads = [t("field.indicator"), t("series.missing"), *(p.name(language()) for p in table.periods)]
            rows = [(row.indicator, row.missing, *map(str, row.marks)) for row in table.rows]
            st.dataframe(pandas.DataFrame(rows, columns=heads), hide_index=True, key=f"coverage:{table.freq}")


def _pick(by_key: dict[str, Series], current: str) -> None:
    key = f"series:{current}"
    st.selectbox(
        t("series.pick"),
        list(by_key),
        index=list(by_key).index(current),
        format_func=lambda k: series_label(by_key[k]),
        key=key,
        on_change=lambda: put("series", st.session_state[key]),
        label_visibility="collapsed",
    )


def series_label(series: Series) -> str:
    """A series in a few words: name, scope, area, frequency, unit, number of values."""
    _, _, scope, price, measure, freq, _ = series.key
    shown = sum(p.chosen is not None for p in series.points)
    parts = [
        series.name,
        scope,
        price and t("series.price", basis=price),
        series.area_name,
        name_of("freq", freq),
        series.printed_unit[0],
    ]
    if measure == TARGET:
        parts.insert(1, name_of("status", "plan"))
    return " · ".join(p for p in parts if p) + f" ({shown})"


def show_chart(series: Series) -> None:
    """The picture that ``solieu series --plot`` draws, as wide as the page."""
    st.vega_lite_chart(series_chart([series], language=language(), width="container"), theme=None)


def status_name(code: str, series: Series) -> str:
    """A status in words; in a series of targets every value is a plan, whatever its code."""
    return name_of("status", "plan") if series.key[4] == TARGET else name_of("obs_status", code)


def show_remarks(series: Series) -> None:
    """Gaps, breaks and conflicts, in words."""
    lines = []
    if series.gaps:
        missing = [period for period in map(read_period, series.gaps) if period is not None]
        lines.append(line("finding warn", t("series.gaps", names=spell_runs(missing, language()))))
    lines += [
        line("finding warn", t("series.break_on", day=spell_day(b.on.isoformat()), note=b.note(language())))
        for b in series.breaks
    ]
    if disputed := [p.period for p in series.points if p.conflict]:
        lines.append(line("finding fail", t("series.conflict", periods=spell_runs(disputed, language()))))
    if lines:
        show_notes(lines, key="remarks")


def spell_runs(periods: Iterable[Period], tongue: str) -> str:
    """Periods of one length in words, those that follow each other as one run.

    >>> spell_runs(map(read_period, ("2022-Q1", "2022-Q3", "2022-Q4", "2023-Q1")), "vi")
    'quý I/2022, quý III/2022 – quý I/2023'
    """
    runs: list[list[Period]] = []
    for period in sorted(set(periods), key=lambda one: one.start or one.end):
        if runs and period.start == runs[-1][-1].end + timedelta(days=1):
            runs[-1].append(period)
        else:
            runs.append([period])
    ends = ([run[0], run[-1]] if len(run) > 1 else run for run in runs)
    return ", ".join(" – ".join(one.name(tongue) for one in run) for run in ends)


def spell_in_unit(value: Decimal | None, factor: Decimal, tongue: str) -> str:
    """An amount in the unit that offices print, without the zeros that the division leaves; "" for None.

    >>> spell_in_unit(Decimal("17642000000"), Decimal("1E+6"), "vi"), spell_in_unit(Decimal("12.50"), Decimal(1), "en")
    ('17.642', '12.50')
    """
    if value is None:
        return ""
    return spell_number(value, tongue) if factor == 1 else spell_short(value / factor, tongue)


def show_points(series: Series) -> None:
    """Every vintage as a row; choosing one leads to its figure."""
    import pandas

    unit, factor = series.printed_unit
    seen = [(point, o) for point in series.points for o in point.vintages or filter(None, [point.chosen])]
    rows = [
        {
            t("field.period"): point.period.name(language()),
            t("field.value"): spell_in_unit(o.value, factor, language()),
            t("field.unit"): unit,
            t("field.status"): status_name(o.status, series) if o in point.vintages else o.status_word,
            t("series.shown"): "●" if o is point.chosen else "",
            t("series.vintage"): spell_day(o.vintage),
            t("filter.report"): o.report_called,
            t("table.quote"): o.quote,
            t("series.judged"): "✓" if o.reviewed else "",
        }
        for point, o in seen
    ]
    st.caption(t("series.open_hint"))
    state = st.dataframe(
        pandas.DataFrame(rows),
        hide_index=True,
        column_config={t("field.value"): st.column_config.TextColumn(alignment="right")},
        on_select="rerun",
        selection_mode="single-row",
        key=f"points:{'|'.join(series.key)}",
    )
    chosen = state["selection"]["rows"]
    if chosen:
        _, o = seen[chosen[0]]
        record_id = store().record_of(o.source, o.figure)
        if record_id is not None:
            navigation.go("review", id=record_id, state="all")
