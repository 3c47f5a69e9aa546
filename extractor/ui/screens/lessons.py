"""Máy học: what corrections teach the reader, tried before it is taken over, its versions, and the way back.

An archivist begins a trial; it runs in a process of its own (``archive/learning/trial.py``), and everybody who looks
sees how far it is and what it found. Taking over and going back are the archivist's. Below stand the mistakes that come
back, candidates for the tables of words.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import Any

import streamlit as st

from extractor.archive.learning.changes import GONE, Change, Changes
from extractor.archive.learning.layers import Version
from extractor.archive.learning.proposal import STEPS, Proposal
from extractor.archive.learning.trial import Trial, Tried
from extractor.archive.review.learning import learn_from
from extractor.archive.review.lesson import Lesson
from extractor.archive.row_types import Role, State
from extractor.domain.messages import say
from extractor.language import Layer
from extractor.ui.components import line, show_notes
from extractor.ui.messages import language, name_of, spell_percent, t
from extractor.ui.record_notes import spell_change, spell_time
from extractor.ui.screens.quality import show_table
from extractor.ui.session import actor, flash, may, refusal_told, store, token

MOST = 30  # lessons on one screen
HELD_OUT = "held_out"
PATIENCE = 1.0  # seconds between two looks at a trial that runs
TEACHING = (State.CORRECTED, State.REJECTED, State.ADDED)


@cache
def _trial(location: str | None) -> Trial:
    return Trial(location)


def trial() -> Trial:
    """The trial of the store that this server works on, the same for all sessions."""
    return _trial(os.environ.get("SOLIEU_DATABASE"))


def show() -> None:
    """What can be learned, the versions of what was, and the mistakes that come back."""
    show_trial()
    show_versions(store().layers())
    show_mistakes()


def show_trial() -> None:
    """How many corrections there are, the trial as far as it is, and what it found."""
    standing, closed = trial().look(), not may(Role.ARCHIVIST)
    tried = standing.tried
    if tried is not None and tried.proposal.over != store().layer().version:
        tried = None  # the store reads with another version by now
    states = store().progress().states
    count = tried.proposal.corrections if tried else sum(states.get(state, 0) for state in TEACHING)
    st.markdown(f"##### {t('lessons.can_teach' if tried else 'lessons.corrections', count=count)}")
    st.caption(t("lessons.closed" if closed else "lessons.how"))
    if standing.step is not None:
        show_progress()
        return
    if standing.is_broken:
        show_notes([line("flash fail", t("lessons.broken"))], key="trial-broken")
    begin, take, _ = st.columns([1.2, 1.2, 2], gap="small")
    begin.button(
        t("lessons.begin_again" if tried else "lessons.begin"),
        key="learn-begin",
        shortcut="T",
        type="secondary" if tried else "primary",
        on_click=_begin,
        disabled=closed,
        width="stretch",
    )
    if tried is not None:
        take.button(
            t("lessons.take"),
            key="learn-take",
            shortcut="N",
            type="primary",
            on_click=_take,
            args=(tried.proposal,),
            disabled=closed or not tried.proposal.is_taken,
            width="stretch",
        )
        if len(tried.proposal.pieces) > 1:
            show_choice(tried, closed=closed)
        show_found(tried)


def show_choice(tried: Tried, *, closed: bool) -> None:
    """Which pieces of a proposal are taken over, one or some: they are tried without the others first."""
    pieces = tried.proposal.pieces
    pick, narrow, _ = st.columns([2.4, 1.2, 0.8], gap="small", vertical_alignment="bottom")
    kept = pick.multiselect(
        t("lessons.pieces"),
        range(len(pieces)),
        range(len(pieces)),
        format_func=lambda place: piece_words(pieces[place]),
        key=f"learn-pieces:{tried.at}",
        disabled=closed,
    )
    narrow.button(
        t("lessons.try_chosen"),
        key="learn-narrow",
        on_click=_begin,
        args=(tried.proposal, kept),
        disabled=closed or not 0 < len(kept) < len(pieces),
        width="stretch",
    )


@st.fragment(run_every=PATIENCE)
def show_progress() -> None:
    """How far the trial is, looked at again and again; when it is over the whole screen is drawn anew."""
    step = trial().look().step
    if step is None:
        st.rerun()
    st.progress(step / len(STEPS), text=t(f"lessons.step_{STEPS[step]}"))


def show_found(tried: Tried) -> None:
    """What a trial found: in words, in figures that would be read otherwise, and in scores before and after."""
    found = tried.proposal
    counts = {"passages": found.passages, "decisions": found.decisions, "corrections": found.corrections}
    lines = [line("where", t("lessons.tried_at", at=spell_time(tried.at), **counts))]
    if not (found.moved or found.rows) or not found.is_new:
        show_notes([*lines, line("finding info", t("lessons.nothing"))], key="learn-found")
        return
    if found.rows:
        lines.append(line("finding pass", (t("lessons.rows", count=len(found.rows)), "strong")))
        lines += [line("comment", row_line(*one)) for one in zip_longest(found.rows, tried.changes.by_row)]
    lines.append(line("finding pass", (t("lessons.weights", count=sum(found.moved.values())), "strong")))
    lines += [
        line("comment", f"{piece_words(decision)}: {count}")
        for decision, count in sorted(found.moved.items(), key=lambda one: -one[1])
    ]
    lines += change_lines(tried.changes)
    lines += [
        line("finding fail", t("lessons.fell", texts=group_name(one.group), measure=measure_name(one.measure)))
        for one in found.fell
    ]
    if not found.fell:
        lines.append(line("finding pass", t("lessons.no_harm")))
    show_notes(lines, key="learn-found")
    show_table(
        [
            {
                t("lessons.texts"): f"{group_name(one.group)}: {measure_name(one.measure)}",
                t("lessons.before"): spell_percent(one.before, 2),
                t("lessons.after"): spell_percent(one.after, 2),
            }
            for one in found.tallies
        ],
        counts=True,
    )


def piece_words(piece: Lesson | str) -> str:
    """What may be taken over by itself in words: a row, or the weights of a decision."""
    if isinstance(piece, str):
        return say("commands.csv", f"explain.on_{piece}", language())
    return lesson_words(piece)


def row_line(lesson: Lesson, count: int | None) -> str:
    """A row in words, with how many undecided figures it changes by itself, if that was tried."""
    effect = "" if count is None else f" · {say('commands.csv', 'learn.row_changes', language(), count=count)}"
    return f"{lesson_words(lesson)}{effect}"


def change_lines(found: Changes) -> list[dict[str, Any]]:
    """What would be read otherwise among the figures that nobody has decided."""
    counts = {"otherwise": found.otherwise, "figures": found.figures, "reports": found.reports}
    told = line("finding info", (t("lessons.otherwise", **counts), "strong"))
    return [told, *(line("comment", spell(one)) for one in found.changes)]


def spell(change: Change) -> str:
    """A change in words: ``Trạng thái: Ước thực hiện → Kế hoạch (12)``."""
    if change.field == GONE:
        words = t("lessons.no_figure")
    elif change.field == "comparisons":
        words = t("lessons.comparisons")
    else:
        before, after = (spell_change(change.field, value or None) for value in (change.before, change.after))
        words = f"{before} → {after.partition(': ')[2]}"
    return f"{words} ({t('catalogue.count', count=change.count)})"


def group_name(group: str) -> str:
    """What texts that were tried are called: the store's own, or a file of the corpus."""
    name = name_of("texts", group.removesuffix(HELD_OUT).rstrip("_") or "dev")
    return t("texts.set_aside", name=name) if group.endswith(HELD_OUT) else name


def measure_name(measure: str) -> str:
    """What a measure is called."""
    return say("commands.csv", f"learn.measure_{measure}_f1", language())


def show_versions(versions: list[Version]) -> None:
    """Who took over what, newest first, and the way back to any of them."""
    st.markdown(f"##### {t('lessons.versions')}")
    if not versions:
        st.caption(t("lessons.no_versions"))
        return
    show_table([version_row(one) for one in reversed(versions)])
    older = [one.version for one in reversed(versions[:-1])] + [0]
    pick, back, _ = st.columns([1.6, 1, 2], gap="small", vertical_alignment="bottom")
    chosen = pick.selectbox(
        t("lessons.back_to"), older, format_func=version_name, key=f"learn-back-to:{versions[-1].version}"
    )
    back.button(
        t("lessons.back"),
        key="learn-back",
        shortcut="H",
        on_click=_go_back,
        args=(chosen, versions[-1].version),
        disabled=not may(Role.ARCHIVIST),
        width="stretch",
    )


def version_name(version: int) -> str:
    """A version in words; the program as it came is none."""
    return t("quality.curve_version", version=version) if version else t("lessons.package")


def version_row(one: Version) -> dict[str, Any]:
    """A version as a row."""
    layer = Layer(content=one.content)
    return {
        t("quality.version"): str(one.version),
        t("catalogue.on"): spell_time(one.at),
        t("lessons.by"): one.accepted_by,
        t("lessons.head_weights"): str(layer.count_weights()),
        t("lessons.head_rows"): str(sum(map(len, layer.rows.values()))),
        t("lessons.restores"): "" if one.restores is None else version_name(one.restores),
    }


def show_mistakes() -> None:
    """What is corrected the same way again and again, with its sentences: candidates for the tables of words.

    The command ``solieu learn`` says the same, and writes what a person takes.
    """
    st.markdown(f"##### {t('lessons.mistakes')}")
    st.caption(t("catalogue.lessons_how"))
    lessons = learn_from(store())
    if not lessons:
        st.caption(t("catalogue.no_lessons"))
    lines = []
    for lesson in lessons[:MOST]:
        lines.append(line("finding pass" if lesson.row else "finding info", (lesson_words(lesson), "strong")))
        lines.append(line("where", t("lessons.table", table=f"models/{lesson.table}")))
        lines += [line("comment", f"“{sentence}”") for sentence in lesson.sentences]
    show_notes(lines, key="lessons")


def lesson_words(lesson: Lesson) -> str:
    """What was corrected, from what to what and how often; a code is called by its name: Kế hoạch, năm."""
    before, after = (_spell_code(lesson.kind, value) for value in (lesson.before, lesson.after))
    words = {"before": before, "after": after, "by": lesson.by, "on": lesson.on}
    return say("commands.csv", f"learn.kind_{lesson.kind}", language(), count=lesson.count, **words)


CODES = {"period": "freq", "status": "status", "kind": "kind", "bound": "bound"}
"""Fields whose lessons speak in codes → the names of the codes."""


def _spell_code(field: str, value: str) -> str:
    return name_of(CODES[field], value or None) if field in CODES else value or "–"


# ------------------------------------------------------------------------------------------------------------- acts


def _begin(found: Proposal | None = None, kept: Sequence[int] = ()) -> None:
    if may(Role.ARCHIVIST):
        trial().begin(found, kept)


def _take(found: Proposal) -> None:
    with refusal_told():
        request = f"{token()}:learn:{found.over}"
        layer = store().learn(found.content, over=found.over, actor=actor(), client_id=request)
        trial().forget()
        flash("", t("lessons.taken", version=layer.version))


def _go_back(version: int, newest: int) -> None:
    with refusal_told():
        layer = store().unlearn(version, actor=actor(), client_id=f"{token()}:unlearn:{newest}:{version}")
        trial().forget()
        flash("", t("lessons.gone_back", name=version_name(version), version=layer.version))
