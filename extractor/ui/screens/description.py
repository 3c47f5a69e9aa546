"""Lý lịch: the archive's card of a report, its files with their hashes, and how many people judge its figures.

The card shows what stands; an archivist writes over it in a form, seen at one version and saved at no other.
"""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from extractor.archive.description_card import CUSTODY, WRITTEN
from extractor.archive.finding_aids.cards import technical_of
from extractor.archive.row_types import READ, Instantiation, Item, Role, State
from extractor.domain.document import spell_reference
from extractor.domain.messages import in_language
from extractor.domain.period import spell_period
from extractor.ui.components import line, show_notes
from extractor.ui.input_parsing import read_day
from extractor.ui.messages import language, name_of, plain, spell_decimal, t
from extractor.ui.record_notes import spell_day, spell_time
from extractor.ui.session import actor, flash, may, put, refusal_told, store, token

LONG = ("title", "abstract", "custody_history", "note")
"""Fields of a whole line; the others stand two in a row."""


def show_custody(item: Item, counts: dict[State, int]) -> None:
    """The card and what can be done with it; the form in its place while an archivist writes."""
    if st.query_params.get("edit") == "1" and may(Role.ARCHIVIST):
        show_form(item)
        return
    with st.container(horizontal=True, gap="small"):
        st.button(
            t("card_of.edit"),
            icon=":material/edit:",
            on_click=put,
            args=("edit", 1),
            disabled=not may(Role.ARCHIVIST),
        )
        check = st.button(t("item.check_fixity"), key=f"fixity:{item.id}", icon=":material/verified:")
        with st.popover(t("card_of.export"), icon=":material/download:"):
            _save(t("card_of.this"), item.id)
            _save(t("card_of.all"), None)
    if check:
        check_fixity(item)
    show_judges(item)
    show_leading(item)
    show_notes(facts_of(item, counts), key="custody", tall=True)


def _save(label: str, item_id: int | None) -> None:
    st.download_button(
        label,
        data=lambda: store().cards(item_id),
        file_name="ho-so.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"cards:{item_id}",
        width="stretch",
    )


def check_fixity(item: Item) -> None:
    """Hashes every original once more and says whether each is still the file that came in."""
    wrong = [f.name for f in item.files if hashlib.sha256(store().original(f.sha256)).hexdigest() != f.sha256]
    if wrong:
        st.error(t("item.fixity_broken", names=plain(", ".join(wrong))))
    else:
        st.success(t("item.fixity_holds", count=len(item.files)))


def show_judges(item: Item) -> None:
    """The switch between one and two people for each figure."""
    key = f"judges:{item.id}:{item.version}"
    st.toggle(
        t("item.two"),
        item.votes_wanted > 1,
        key=key,
        help=t("item.two_help"),
        disabled=not may(Role.ARCHIVIST),
        on_change=lambda: _ask(item, 2 if st.session_state[key] else 1),
    )


def _ask(item: Item, wanted: int) -> None:
    with refusal_told():
        store().ask_for_votes(item.id, wanted, actor=actor(), client_id=f"{token()}:judges:{item.id}:{item.version}")


def show_leading(item: Item) -> None:
    """Which copy the figures hang on, where a report came in several."""
    copies = {file.sha256: file.name for file in item.files}
    if len(copies) < 2:
        return
    key = f"leading:{item.id}:{item.version}"
    st.selectbox(
        t("item.leading_choice"),
        list(copies),
        index=list(copies).index(item.leading),
        format_func=lambda sha256: copies[sha256],
        key=key,
        help=t("item.leading_help"),
        disabled=not may(Role.ARCHIVIST),
        on_change=lambda: _let_lead(item, st.session_state[key]),
    )


def _let_lead(item: Item, sha256: str) -> None:
    with refusal_told():
        store().let_lead(item.id, sha256, actor=actor(), client_id=f"{token()}:lead:{item.id}:{item.version}")
        flash("", t("item.leads", name=next(file.name for file in item.files if file.sha256 == sha256)))


def facts_of(item: Item, counts: dict[State, int]) -> list[dict[str, Any]]:
    """The card in lines: front, what was written, state of the review, then each file."""
    read = {name: _spelled(item, name) for name in READ}
    read["number"] = spell_reference(read["number"])
    facts = [(t(f"item.{name}"), value, name in item.description) for name, value in read.items()]
    facts.append((t("item.area"), item.area or "", False))
    facts.append((t("item.period"), spell_period(item.period, language()), False))
    facts += [(t(f"item.{name}"), str(item.front.get(name) or ""), False) for name in ("signatory", "role")]
    facts += [(t(f"item.{name}"), item.description.get(name, ""), False) for name in (*WRITTEN, *CUSTODY)]
    facts += [(name_of("state", s.value), str(n), False) for s, n in counts.items() if n]
    lines = []
    for name, value, by_hand in facts:
        if value:
            mended = [(t("card_of.by_hand"), "chip")] if by_hand else []
            lines.append(line("", (f"{name}:", "where"), (value, "strong"), *mended))
    for file in item.files:
        lead = f" · {t('item.leading')}" if file.sha256 == item.leading else ""
        lines += [
            line("comment", (file.name, "strong"), f"{spell_size(file.size)}{lead}"),
            line("where", " · ".join((result_of(file), received_of(file)))),
            line("where", technical_of(file)),
            *(line("where", t("item.met", path=path)) for path, _ in file.met),
            line("where", f"SHA-256 {file.sha256}"),
        ]
    return lines


def result_of(file: Instantiation) -> str:
    """What became of a file, and why where that is more than a word."""
    result = name_of("result", file.result)
    reason = in_language(language(), file.reason, file.reason_en)
    return f"{result}: {reason}" if reason else result


def received_of(file: Instantiation) -> str:
    """Who brought a file in, and when."""
    return t("item.received", who=file.received_by, when=spell_time(file.received))


def spell_size(size: int) -> str:
    """Bytes in a unit that a person reads."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} kB" if size < 1024**2 else f"{spell_decimal(size / 1024**2)} MB"


def show_form(item: Item) -> None:
    """Every field that a person may write, filled with what stands."""
    with st.form(key_of(item, "form"), border=True):
        for names in (READ, WRITTEN, CUSTODY):
            pair: Any = None
            for name in names:
                if name in LONG:
                    _field(item, name)
                    pair = None
                elif pair is None:
                    pair = st.columns(2, gap="small")
                    with pair[0]:
                        _field(item, name)
                else:
                    with pair[1]:
                        _field(item, name)
                    pair = None
        save, drop = st.columns([1.5, 1], gap="small")
        with save:
            st.form_submit_button(
                t("card_of.save"), type="primary", shortcut="Enter", width="stretch", on_click=_describe, args=(item,)
            )
        with drop:
            st.form_submit_button(t("report.drop"), width="stretch", on_click=put, args=("edit", None))


def key_of(item: Item, name: str) -> str:
    """The key of a widget of this card as it was shown."""
    return f"describe:{item.id}:{item.version}:{name}"


def _standing(item: Item, name: str) -> str:
    return str((getattr(item, name) if name in READ else item.description.get(name)) or "")


def _spelled(item: Item, name: str) -> str:
    """What stands in a field, a day as people here write it."""
    return spell_day(_standing(item, name)) if name == "date" else _standing(item, name)


def _field(item: Item, name: str) -> None:
    st.text_input(t(f"item.{name}"), _spelled(item, name), key=key_of(item, name))


def _describe(item: Item) -> None:
    typed = {name: str(st.session_state.get(key_of(item, name), "")) for name in (*READ, *WRITTEN, *CUSTODY)}
    typed["date"] = read_day(typed["date"])
    changes: dict[str, str | None] = {n: words for n, words in typed.items() if words.strip() != _standing(item, n)}
    with refusal_told():
        store().describe(item.id, item.version, changes, actor=actor(), client_id=key_of(item, token()))
        put("edit", None)
        flash("", t("card_of.saved"))
