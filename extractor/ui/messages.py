"""The words of the screens, in the language of the session; all of them live in ``models/interface/screens.csv``."""

from __future__ import annotations

import os
import re
from decimal import Decimal

import streamlit as st

from extractor.domain.messages import say, say_known, spell_number

FILE = "screens.csv"
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~$:&^=-])")


TONGUE = "tongue"
"""Session state: the language of the run, once ``settle_language`` has looked."""

COOKIE = "solieu-language"
"""Where a browser keeps the language while its person is at the provider who logs them in, from whom they come back to
the bare address and a new session."""


def language() -> str:
    """The language of this session: "vi" unless the address, this browser, or the command that began says "en"."""
    settled = st.session_state.get(TONGUE)
    return str(settled) if settled else _asked()


def settle_language() -> None:
    """Looks once at the beginning of a run: a card says ninety sentences, and each look is a call of Streamlit's."""
    st.session_state[TONGUE] = _asked()


def _asked() -> str:
    said = st.query_params.get("lang") or st.session_state.get("lang") or st.context.cookies.get(COOKIE)
    return "en" if (said or os.environ.get("SOLIEU_LANGUAGE")) == "en" else "vi"


def t(key: str, **values: object) -> str:
    """The sentence ``key`` in the session's language."""
    return say_in(language(), key, **values)


def say_in(tongue: str, key: str, **values: object) -> str:
    """The sentence ``key`` in a language; counts as people write them there."""
    return say(FILE, key, tongue, **{name: _counted(value, tongue) for name, value in values.items()})


def _counted(value: object, tongue: str) -> object:
    """A count as people write it, thousands grouped; everything else as it is."""
    return spell_number(value, tongue) if isinstance(value, int) and not isinstance(value, bool) else value


def spell_decimal(value: float, digits: int = 1) -> str:
    """What the program reckons, rounded, in the marks of the session's language."""
    return spell_number(Decimal(f"{value:.{digits}f}"), language())


def spell_value(value: Decimal) -> str:
    """A figure's value where it is only shown, all decimals kept: in the marks of the session's language.

    In fields it stands as the paper prints it and as it is typed, whatever the language.
    """
    return spell_number(value, language())


def spell_percent(share: float | None, digits: int = 1) -> str:
    """A share as people write it: ``97,4 %``, in English ``97.4 %``."""
    return "–" if share is None else f"{spell_decimal(share * 100, digits)} %"


def name_of(kind: str, code: str | None) -> str:
    """The name of a code (``status.plan``, ``doubt.weak_indicator``); a code without a name is shown as words."""
    if code is None:
        return say_known(FILE, f"{kind}.none", language()) or "–"
    return say_known(FILE, f"{kind}.{code}", language()) or code.replace("_", " ")


def plain(text: str) -> str:
    """``text`` for a place that Streamlit reads as Markdown: every mark that could mean something is escaped."""
    return MARKDOWN.sub(r"\\\1", text).replace("\n", " ")
