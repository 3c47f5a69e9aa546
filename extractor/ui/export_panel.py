"""Takes figures out: one file of a chosen format, judged figures by default, with the number that stayed behind."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from extractor.archive.row_types import Filter
from extractor.archive.to_extraction import CORRECTING, to_corrections
from extractor.statistics import FORMATS, Names, write
from extractor.statistics.workbook import Correction
from extractor.ui.messages import language, t
from extractor.ui.session import GROUPS, store

WANTED = ("xlsx", "csv", "parquet", "jsonl", "json")


def show_export(item_id: int | None, *, shown: Filter | None = None) -> None:
    """A fold with format and scope, and the file behind one button; ``shown`` is the list that stands on the screen."""
    with st.popover(t("export.title"), icon=":material/download:", width="stretch"):
        chosen = st.selectbox(t("export.format"), [f for f in WANTED if f in FORMATS], key=f"format:{item_id}")
        every = st.checkbox(t("export.every"), key=f"export-every:{item_id}", help=t("export.every_help"))
        names = st.checkbox(t("export.names"), key=f"export-names:{item_id}", help=t("export.names_help"))
        narrowed = shown is not None and shown != Filter(item=item_id, states=shown.states, order=shown.order)
        listed = shown is not None and st.checkbox(
            t("export.shown"), value=narrowed, key=f"export-shown:{shown}", help=t("export.shown_help")
        )
        if listed and shown is not None:
            st.caption(t("export.along", count=_unjudged(shown)))
        else:
            st.caption(t("export.all_in") if every else t("export.left_out", count=store().progress(item_id).left))
        st.download_button(
            t("export.save"),
            data=lambda: make(
                item_id, chosen, judged_only=not every and not listed, names=names, shown=shown if listed else None
            ),
            file_name=f"so-lieu.{chosen}",
            mime="application/octet-stream",
            type="primary",
            width="stretch",
            on_click="ignore",
            key=f"save:{item_id}:{chosen}",
        )


def _unjudged(shown: Filter) -> int:
    """How many figures of a list nobody has decided on, those put off included."""
    states = GROUPS["open"] + GROUPS["skipped"]
    asked = tuple(state for state in states if not shown.states or state in shown.states)
    return store().count(replace(shown, states=asked)) if asked else 0


def make(item_id: int | None, form: str, *, judged_only: bool, names: bool, shown: Filter | None = None) -> bytes:
    """The file's bytes; ``shown`` takes exactly the figures of a list."""
    items: Sequence[int] = [item_id] if item_id is not None else store().item_ids()
    outgoing = [store().send_out(one, judged_only=judged_only, wanted=shown).extraction for one in items]
    if shown is not None:
        outgoing = [one for one in outgoing if one.figures] or outgoing[:1]
    kept = Names.KEPT if names else Names.MASKED
    with tempfile.TemporaryDirectory(prefix="solieu-") as folder:
        target = Path(folder) / f"so-lieu.{form}"
        write(outgoing, target, form, names=kept, corrections=corrections(item_id), language=language())
        return target.read_bytes()


def corrections(item_id: int | None) -> list[Correction]:
    """Every correction that stands or stood, oldest first, one row a field."""
    return to_corrections(reversed(store().events(item_id=item_id, kinds=CORRECTING, limit=10_000)))
