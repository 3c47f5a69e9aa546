"""A package with little gold, so that trying it takes no time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractor.training import guard

GOLD = ("Thu phí đạt 12 tỷ đồng, tăng 8% so với cùng kỳ.", "Trồng được 800 cây; treo 65 băng rôn.")


@pytest.fixture
def little_gold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two passages stand for the package's gold, read rightly by the package."""
    from extractor.pipeline import extract_text

    passages = [{"text": text, "figures": [figure.to_dict() for figure in extract_text(text)]} for text in GOLD]
    gold = tuple(guard.to_try("dev", passages))
    monkeypatch.setattr(guard, "package_gold", lambda: gold)
    kept = (guard.read_by_package, guard.score_package)
    for cached in kept:
        cached.cache_clear()
    yield
    for cached in kept:
        cached.cache_clear()
