"""What every screen needs, without a screen."""

from __future__ import annotations

import gc
from itertools import count

import pytest

from extractor.ui import session


def test_the_first_card_of_a_report_seldom_waits_for_a_whole_round(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = []
    monkeypatch.setattr(session, "_READINGS", count())
    monkeypatch.setattr(gc, "collect", lambda: rounds.append("whole"))
    session.set_apart.cache_clear()
    try:
        for reading in range(2 * session.WHOLE_ROUND):
            made = [[reading]]
            session.set_apart(reading)
            assert not any(one is made for one in gc.get_objects())  # those that a round would look at
        assert len(rounds) == 2
    finally:
        session.set_apart.cache_clear()
        gc.unfreeze()
