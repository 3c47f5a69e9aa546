"""The first minutes at the review: five steps of one line each, that can be skipped and never come back."""

from __future__ import annotations

import streamlit as st

from extractor.archive.row_types import Role
from extractor.ui.messages import t
from extractor.ui.session import actor, may, store

STEPS = 5
SEEN = "tour"
"""Setting of a person: how many steps they have seen."""


def show_tour() -> None:
    """The step at hand, for a reviewer who has decided nothing yet and has not skipped it."""
    if "tour_done" in st.session_state or not may(Role.REVIEWER):
        return
    seen = store().settings(actor()).get(SEEN, 0)
    if not isinstance(seen, int) or seen >= STEPS or (seen == 0 and store().last_decision(actor()) is not None):
        st.session_state["tour_done"] = True
        return
    step = seen + 1
    with st.container(key="tour", horizontal=True, vertical_alignment="center", gap="small"):
        st.text(t(f"tour.step{step}", step=step, steps=STEPS))
        st.button(t("tour.next" if step < STEPS else "tour.end"), key=f"tour-next:{step}", on_click=_see, args=(step,))
        if step < STEPS:
            st.button(t("tour.skip"), key=f"tour-skip:{step}", on_click=_see, args=(STEPS,))


def _see(steps: int) -> None:
    store().choose(actor(), SEEN, steps)
