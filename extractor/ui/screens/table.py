"""Bảng: the figures of a list as a grid, edited in place, and many accepted at once after a look at what will change.

All cells that hold numbers are text and go through our own strict reader. A row that somebody else has changed in the
meantime is reported and left alone; the others are saved. The grid is keyed anew after each save.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from extractor.archive.row_types import OPEN, Filter, Record, Role
from extractor.domain.errors import InvalidInput, SolieuError
from extractor.domain.figure import Status
from extractor.domain.period import spell_period
from extractor.ui import filter_bar, navigation
from extractor.ui.components import line, show_flashes, show_notes
from extractor.ui.export_panel import show_export
from extractor.ui.input_parsing import nearest, read_known, read_number, read_period, spell_typed
from extractor.ui.messages import language, name_of, t
from extractor.ui.record_form import known_units
from extractor.ui.record_notes import compared_words, spell_amount
from extractor.ui.session import actor, current_filter, flash, may, number, put, refusal_told, store, token

PAGE = 500  # rows: a cell edit stays under a third of a second
SURE = 0.9  # confidence from which figures without doubts and findings are offered for bulk acceptance
SAMPLE = 5  # figures to be read in their sentences before a whole list is accepted
EDITABLE = ("indicator", "qualifier", "value", "unit", "period", "status")
PREVIEWED = (*EDITABLE, "compared", "section", "quote")  # all that is accepted, and where it stands

Typing = dict[tuple[int, int], dict[str, Any]]
"""Record and the version that was shown → the cells that were typed over."""

UNITS = "units-told"
"""Session state: units as typed that no list knows → what the person said that they are, the same or a known one."""

TYPED = "typed-in-grid"
"""Session state: what was typed and not saved yet, wherever the person goes meanwhile."""

BEGAN = "grid-began"
"""Session state: the grid at hand, and what of the typing it was drawn with."""


def show() -> None:
    """The whole screen."""
    wanted = current_filter()
    filter_bar.show_bar(wanted)
    show_flashes()
    if may(Role.REVIEWER) and not st.session_state.get("bulk"):
        show_undo()
    total = store().count(wanted)
    if not total:
        filter_bar.show_nothing(wanted)
        return
    if st.session_state.get("bulk"):
        show_preview(wanted)
    else:
        show_records(wanted, total)


def show_records(wanted: Filter, total: int) -> None:
    """A page of the ``total`` figures that are wanted, and what can be done with them."""
    pages = (total - 1) // PAGE + 1
    page = min(max(number("page") or 1, 1), pages)
    records = store().queue(replace(wanted, order="place"), limit=PAGE, offset=(page - 1) * PAGE)
    edited = show_grid(records)
    changes, faults = changes_of(records, edited)
    open_card(records, edited, typed=bool(changes or faults))
    save, accept, pager, out = st.columns([1.2, 1.4, 1, 0.9], gap="small", vertical_alignment="center")
    closed = not may(Role.REVIEWER)
    with save:
        label = t("table.save", count=len(changes))
        if st.button(label, type="primary", disabled=closed or not changes or bool(faults), width="stretch"):
            save_all(records, changes)
            st.rerun()
    with accept:
        sure = sure_of(wanted)
        if st.button(t("table.accept", count=len(sure)), disabled=closed or not sure, width="stretch"):
            st.session_state["bulk"] = sure
            st.rerun()
    with pager:
        show_pager(page, pages, total)
    with out:
        show_export(wanted.item, shown=wanted)
    if faults:
        show_notes([line("flash fail", fault) for fault in faults], key="faults")
        show_new_units(records, edited)


def open_card(records: list[Record], edited: Mapping[int, Mapping[str, Any]], *, typed: bool) -> None:
    """Leaves for the card of the row that was ticked, unless cells are edited that nobody has saved."""
    opened = [records[row] for row, cells in edited.items() if cells.get("open")]
    if opened and typed:
        show_notes([line("flash warn", t("table.save_first"))], key="save-first")
    elif opened:
        navigation.go("review", id=opened[0].id, **navigation.filter_of_address())


def show_grid(records: list[Record]) -> Mapping[int, Mapping[str, Any]]:
    """The grid; returns the edited cells by row, those too that were typed before the person went elsewhere."""
    import pandas

    key = f"grid:{current_filter()}:{sum(r.version for r in records)}:{records[0].id}:{language()}"
    if key not in st.session_state:  # Streamlit forgets a grid that is not on the screen
        st.session_state[BEGAN] = typing_on(records)
    began: Typing = st.session_state[BEGAN]
    rows = [row_of(record) | began.get((record.id, record.version), {}) for record in records]
    board = st.container(key="grid")  # as high as the screen leaves it: see frame.css
    board.data_editor(
        pandas.DataFrame(rows),
        key=key,
        hide_index=True,
        height="stretch",
        disabled=["state", "section", "quote", "doubt", "compared", "id"],
        column_config=columns_of(rows),
    )
    return keep_typing(records, {int(n): cells for n, cells in st.session_state[key]["edited_rows"].items()})


def columns_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How each column is called and how wide it is, in the grid and in what is about to be accepted."""
    text = st.column_config.TextColumn
    return {
        "open": st.column_config.CheckboxColumn(t("table.open"), width=80, help=t("table.open_help")),
        "id": text(t("table.id"), width=60),
        "state": text(t("filter.state"), width=105),
        "indicator": text(t("field.indicator"), width=290),
        "qualifier": text(t("field.qualifier"), width=115),
        "value": text(t("field.value"), width=value_width(rows), alignment="right"),
        "unit": text(t("field.unit"), width=100),
        "period": text(t("field.period"), width=145),
        "status": st.column_config.SelectboxColumn(
            t("field.status"), options=[name_of("status", s.value) for s in Status], width=105, required=True
        ),
        "compared": text(t("field.comparisons"), width=262),
        "section": text(t("filter.section"), width=70),
        "quote": text(t("table.quote"), width=170),
        "doubt": text(t("filter.doubt"), width=260),
    }


def typing_on(records: list[Record]) -> Typing:
    """What waits to be saved; what was typed over a state that has moved on is told and waits no longer."""
    kept: Typing = st.session_state.setdefault(TYPED, {})
    standing = {record.id: record for record in records}
    for name in [name for name in kept if name[0] in standing and standing[name[0]].version != name[1]]:
        lost = ", ".join(str(said) for said in kept.pop(name).values())
        flash("warn", f"{t('table.moved_on', quote=standing[name[0]].quote)} ({lost})")
    return dict(kept)


def keep_typing(records: list[Record], edited: Mapping[int, Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """Keeps what was typed on these records, and returns all of it by row; what a record says anyway is no typing."""
    kept: Typing = st.session_state.setdefault(TYPED, {})
    whole: dict[int, dict[str, Any]] = {}
    for n, record in enumerate(records):
        name = (record.id, record.version)
        cells, stands = {**st.session_state[BEGAN].get(name, {}), **edited.get(n, {})}, row_of(record)
        typed = {cell: said for cell, said in cells.items() if said != stands[cell]}
        if typed:
            whole[n] = typed
        kept.pop(name, None)
        if lasting := {cell: said for cell, said in typed.items() if cell in EDITABLE}:
            kept[name] = lasting
    return whole


def row_of(record: Record) -> dict[str, Any]:
    """A record as a row of texts."""
    return {
        "open": False,
        "state": name_of("state", record.state.value),
        "indicator": record.indicator or "",
        "qualifier": record.qualifier or "",
        "value": spell_typed(record.value),
        "unit": record.unit or "",
        "period": spell_period(record.period, language()),
        "status": name_of("status", record.status),
        "compared": "; ".join(compared_words(record, spell_typed)),  # beside a value that is typed
        "section": record.section or "",
        "quote": record.quote,
        "doubt": ", ".join(name_of("doubt", code) for code in record.doubts),
        "id": str(record.id),
    }


def changes_of(
    records: list[Record], edited: Mapping[int, Mapping[str, Any]]
) -> tuple[dict[int, dict[str, Any]], list[str]]:
    """Row → changed fields, and what could not be read, each with its row's quote."""
    words = {name_of("status", s.value): s.value for s in Status}
    changes: dict[int, dict[str, Any]] = {}
    faults: list[str] = []
    for row, cells in edited.items():
        record = records[row]
        try:
            read = {name: _read(name, cells[name], record, words) for name in EDITABLE if name in cells}
        except SolieuError as fault:
            faults.append(f"{record.quote}: {fault.say(language())}")
            continue
        changed = {name: value for name, value in read.items() if value != getattr(record, name)}
        if changed:
            changes[row] = changed
    return changes, faults


def _read(name: str, cell: Any, record: Record, words: Mapping[str, str]) -> Any:
    text = str(cell or "").strip()
    if name == "value":
        return read_number(text)
    if name == "period":
        return read_period(text, report_period=record.period)
    if name == "status":
        return words.get(text, record.status)
    if name == "unit" and text:
        return _read_unit(text, record)
    return text or None


def _read_unit(text: str, record: Record) -> str:
    """A unit that is known, or that the person was asked about; raises InvalidInput for any other."""
    told: Mapping[str, str] = st.session_state.get(UNITS, {})
    found = text if text == record.unit else told.get(text) or read_known(text, known_units())
    if found is None:
        raise InvalidInput("typed.new_unit", text=text)
    return found


def show_new_units(records: list[Record], edited: Mapping[int, Mapping[str, Any]]) -> None:
    """Units that no list knows: to be taken as the nearest one that is known, or to be added as they were typed."""
    typed = {str(cells["unit"] or "").strip(): records[row] for row, cells in edited.items() if "unit" in cells}
    for text, record in typed.items():
        try:
            _read("unit", text, record, {})
        except InvalidInput:
            with st.container(horizontal=True):
                for word, unit in (("use", nearest(text, known_units())), ("add", text)):
                    if unit is not None:
                        label = t(f"table.unit_{word}", unit=unit)
                        st.button(label, key=f"{word}:{text}", on_click=_tell_unit, args=(text, unit))


def _tell_unit(text: str, unit: str) -> None:
    st.session_state.setdefault(UNITS, {})[text] = unit


def save_all(records: list[Record], changes: Mapping[int, Mapping[str, Any]]) -> None:
    """One correction a row; a row that cannot be saved is named and the others are kept."""
    kept = 0
    for row, changed in changes.items():
        record = records[row]
        request = f"{token()}:{record.id}:{record.version}:grid"
        with refusal_told(record.quote):
            store().correct(record.id, record.version, changed, actor=actor(), client_id=request)
            st.session_state.get(TYPED, {}).pop((record.id, record.version), None)
            kept += 1
    if kept:
        flash("", t("table.saved", count=kept))


def sure_of(wanted: Filter) -> dict[int, int]:
    """Open records of the list that nothing speaks against → their version: sure, no doubt, no check that fails."""
    return store().sure(replace(wanted, states=OPEN, order="place"), SURE)


def show_preview(wanted: Filter) -> None:
    """What a bulk acceptance will change, before it does."""
    chosen: dict[int, int] = st.session_state["bulk"]
    records = store().records([one for one, version in sure_of(wanted).items() if chosen.get(one) == version])
    st.subheader(t("table.preview", count=len(records)))
    st.caption(t("table.preview_how", share=int(SURE * 100)))
    import pandas

    rows = [{name: said for name, said in row_of(record).items() if name in PREVIEWED} for record in records]
    board = st.container(key="preview")
    board.dataframe(pandas.DataFrame(rows), hide_index=True, height="stretch", column_config=columns_of(rows))
    read = show_sample(records)
    accept, drop = st.columns([1.5, 1], gap="medium")
    label = t("table.accept_now", count=len(records))
    if accept.button(label, type="primary", width="stretch", disabled=not records or not read):
        accept_all(records)
        st.session_state.pop("bulk")
        st.rerun()
    if drop.button(t("report.drop"), width="stretch"):
        st.session_state.pop("bulk")
        st.rerun()


def value_width(rows: Iterable[Mapping[str, Any]]) -> int:
    """Pixels that the longest value of a column needs: what is too wide loses its first digits."""
    return max([115, *(20 + 8 * len(row["value"] or "") for row in rows)])


def show_sample(records: list[Record]) -> bool:
    """A few of the figures in their sentences, evenly from the whole list; returns whether they were read."""
    chosen = records[:: max(1, len(records) // SAMPLE)][:SAMPLE]
    lines = []
    for record in chosen:
        text = store().reading(record.reading_id).text.replace("\n", " ")
        before = text[max(0, record.start - 70) : record.start].partition(" ")[2]
        after = text[record.end : record.end + 40].rpartition(" ")[0]
        told = f"{spell_amount(record)} · {record.indicator or '–'}"
        quoted = (f"…{before}", (record.quote, "strong"), (f"{after}…", "joined"))
        lines.append(line("finding running", (told, "strong"), *quoted))
    show_notes(lines, key="sample")
    return st.checkbox(t("table.sample_read", count=len(chosen)), key=f"sample:{sum(r.id for r in chosen)}")


def accept_all(records: list[Record]) -> None:
    """Accepts the records at the versions that were shown, as one batch that can be taken back as one."""
    kept, left = store().accept_many({r.id: r.version for r in records}, actor=actor())
    for record in records:
        if record.id in left:
            flash("fail", t("table.moved_on", quote=record.quote))
    if kept:
        flash("", t("table.accepted", count=kept))


def show_undo() -> None:
    """Takes back one's last bulk acceptance, as far as it still stands."""
    last = store().last_batch(actor())
    if last is None:
        return
    batch, count = last
    if st.button(t("table.undo_batch", count=count), key=f"undo:{batch}:{count}", icon=":material/undo:"):
        flash("", t("table.batch_undone", count=store().undo_many(batch, actor=actor())))
        st.rerun()


def show_pager(page: int, pages: int, total: int) -> None:
    """Which part of a long list is shown."""
    if pages == 1:
        st.caption(t("table.total", total=total))
        return
    back, where, forward = st.columns([1, 2, 1], vertical_alignment="center")
    if back.button("←", disabled=page == 1, key="page-back"):
        put("page", page - 1)
        st.rerun()
    where.caption(t("table.page", page=page, pages=pages, total=total))
    if forward.button("→", disabled=page == pages, key="page-forward"):
        put("page", page + 1)
        st.rerun()
