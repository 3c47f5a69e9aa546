"""What every screen needs: the open store, who acts, and the state that lives in the address.

A filter is in the address: a view can be bookmarked and sent to a colleague, and a restart of the server loses nothing.
"""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, wraps
from itertools import count

import streamlit as st

from extractor.archive.row_types import Filter, Role, State
from extractor.archive.store import Store
from extractor.domain.errors import SolieuError
from extractor.ui import auth
from extractor.ui.messages import language, plain, t

GROUPS: dict[str, tuple[State, ...]] = {
    "open": (State.EXTRACTED, State.VOTED, State.DISPUTED),
    "skipped": (State.SKIPPED,),
    "accepted": (State.ACCEPTED,),
    "corrected": (State.CORRECTED, State.ADDED),
    "rejected": (State.REJECTED,),
    "all": (),
}
"""The states that a reviewer filters by."""


WHOLE_ROUND = 16
"""Of so many readings that are set apart one makes a whole round of the garbage collector."""

_READINGS = count()


@cache
def _open(location: str | None) -> Store:
    return Store.open(location) if auth.team() else Store.open_local(location)[0]


def store() -> Store:
    """The store that this server works on."""
    return _open(os.environ.get("SOLIEU_DATABASE"))


@lru_cache(maxsize=64)  # as many readings as a store keeps in memory
def set_apart(_: int | None = None) -> None:
    """Takes what is in memory out of the garbage collector's rounds, once for each reading that comes in.

    Streamlit collects all garbage after every run, and no other thread works meanwhile, not even the one that sends
    the card. Modules, weights, catalogue and the readings at hand cost such a round 6 to 100 ms; none is garbage.
    A whole round, for the sessions that have ended since, is made with every sixteenth reading alone: each is the first
    card of a report, which somebody waits for.
    """
    if next(_READINGS) % WHOLE_ROUND == 0:
        gc.unfreeze()
        gc.collect()
    gc.freeze()


def actor() -> str:
    """Who acts in this session; the store refuses whatever the empty name of a stranger would write."""
    return auth.person() or ""


def may(needed: Role) -> bool:
    """Whether the acting person may do what ``needed`` allows; the store asks again at each write."""
    role = store().role_of(actor())
    return role is not None and role.reaches(needed)


def guarded(draw: Callable[[], None]) -> Callable[[], None]:
    """``draw`` behind the door: a stranger sees why not, and what the store says against it is a sentence."""

    @wraps(draw)
    def drawn() -> None:
        try:
            if auth.person() is None:
                auth.show_closed()
            elif not may(Role.VIEWER):
                st.subheader(t("door.no_role"))
                st.text(t("door.no_role_how", name=actor()))  # no Markdown: an address would become a link
            else:
                draw()
        except SolieuError as fault:
            st.error(plain(fault.say(language())))

    return drawn


def flash(look: str, words: str) -> None:
    """A sentence for the next time that the screen is drawn."""
    st.session_state.setdefault("flash", []).append((look, words))


@contextmanager
def refusal_told(about: object = None) -> Iterator[None]:
    """What the store or a reader refuses is told the next time, after what it is ``about``; the rest is not done."""
    try:
        yield
    except SolieuError as fault:
        flash("fail", f"{about}: {fault.say(language())}" if about else fault.say(language()))


def take_flash() -> list[tuple[str, str]]:
    """The sentences that wait to be shown, each with its look."""
    return list(st.session_state.pop("flash", []))


def token() -> str:
    """A name for this browser session: with record and version it makes one decision of one key, however often sent."""
    if "token" not in st.session_state:
        st.session_state["token"] = uuid.uuid4().hex
    return str(st.session_state["token"])


def number(name: str) -> int | None:
    """A whole number from the address; None where it is missing or is none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def put(name: str, value: str | int | None) -> None:
    """Sets a parameter of the address, or removes it."""
    if value is None or value == "":
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


ORDERS = ("sentence", "teach", "doubt", "place")
"""How the review may run; the first where nobody has chosen."""


def preference(name: str, choices: tuple[str, ...]) -> str:
    """What the address names, else what this person chose last, also before the server began; else the first."""
    asked, state = st.query_params.get(name), st.session_state
    if asked in choices:
        state[name] = asked
    elif name not in state:
        kept = store().settings(actor()).get(name)
        state[name] = kept if kept in choices else choices[0]
    return str(state[name])


def prefer(name: str, value: str) -> None:
    """Puts a choice into the address, and keeps it for this person."""
    put(name, value)
    store().choose(actor(), name, value)


def current_filter() -> Filter:
    """The filter that the address spells."""
    asked = st.query_params
    return Filter(
        item=number("report"),
        section=asked.get("section"),
        indicator=asked.get("indicator"),
        doubt=asked.get("doubt"),
        reviewer=asked.get("by"),
        states=GROUPS[asked.get("state", "open")] if asked.get("state", "open") in GROUPS else GROUPS["open"],
        words=asked.get("q"),
        remarked=asked.get("remark") == "1",
        order=preference("order", ORDERS),
    )
