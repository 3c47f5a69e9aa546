"""Numbers of the program's own on a screen are written as its language writes them."""

from __future__ import annotations

import pytest

from tests.ui.drawing import drawn


@pytest.mark.parametrize(
    ("tongue", "shown"),
    [("vi", ["0,67", "97,4 %", "1,5 MB", "17.642"]), ("en", ["0.67", "97.4 %", "1.5 MB", "17,642"])],
)
def test_reckoned_numbers_have_the_marks_of_the_language(tongue: str, shown: list[str]) -> None:
    def script() -> None:
        from decimal import Decimal

        import streamlit as st

        from extractor.ui.messages import language, spell_decimal, spell_percent
        from extractor.ui.screens.description import spell_size
        from extractor.ui.screens.series import spell_in_unit

        st.text(spell_decimal(0.667, 2))
        st.text(spell_percent(0.974))
        st.text(spell_size(3 * 2**19))
        st.text(spell_in_unit(Decimal("17642000000"), Decimal("1E+6"), language()))

    assert [text.value for text in drawn(script, lang=tongue).text] == shown
