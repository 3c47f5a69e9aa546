"""The review screen as a script of its own: what the card would send stands in ``told``."""

from __future__ import annotations

import streamlit as st

from extractor.ui import pages
from extractor.ui.screens import review

pages.pages()
told = st.session_state.pop("told", None)
if told is not None:
    review.act(told)
review.show()
