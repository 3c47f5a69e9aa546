"""The door: who is in front of the screen, and whether they may come in.

Three ways. *Local*: the one person at this machine, on loopback. *Header*: a reverse proxy that has checked who it is
says so in a header of its own. *OIDC*: Streamlit's own log-in. Which one is set by ``SOLIEU_TEAM`` (empty, a header's
name, or ``oidc``). A name is identity only; what it may do is the store's business.
"""

from __future__ import annotations

import os

import streamlit as st

from extractor.archive.roles import local_name
from extractor.ui.messages import plain, t

OIDC = "oidc"


def team() -> str:
    """How people of a team are known: "" for local work, "oidc", or the name of the proxy's header."""
    return os.environ.get("SOLIEU_TEAM", "").strip()


def person() -> str | None:
    """The name of who acts in this session, None while nobody has been recognised."""
    way = team()
    if not way:
        return local_name()
    if way == OIDC and not st.user.get("is_logged_in"):
        return None
    name = st.user.get("email")
    if not name or st.user.get("email_verified") is False:  # anybody could have typed it at the provider
        return None
    return str(name).strip() or None


def show_person() -> None:
    """In a team: whose name decisions are signed with, and the way out where logging in was ours."""
    name = person() if team() else None
    if name is None:
        return
    if team() == OIDC:
        st.button(plain(name), help=t("door.log_out"), icon=":material/logout:", key="log-out", on_click=st.logout)
    else:
        st.text(name)  # no Markdown: an address would become a link


def show_closed() -> None:
    """What a stranger sees."""
    if team() == OIDC and st.user.get("is_logged_in"):
        st.subheader(t("door.unverified"))
        st.write(t("door.unverified_how"))
        st.button(t("door.log_out"), on_click=st.logout)
    elif team() == OIDC:
        st.subheader(t("door.log_in"))
        st.write(t("door.log_in_how"))
        st.button(t("door.log_in_button"), type="primary", on_click=st.login)
    else:
        st.subheader(t("door.unknown"))
        st.write(t("door.unknown_how"))
