"""What the words of a number's clause mean together, where the name that was read for it is no alias.

In come a figure, the entries that it stands below and the clauses of its text; out comes the entry of the one alias
that accounts for every word. The one hard idea: *a clause is an alias and harmless words, or it is not sure*. ``TAND
hai cấp thụ lý 7.860 vụ án dân sự`` is read as ``vụ án dân sự``, and its clause says ``thụ lý … vụ án dân sự``; ``số hộ
nghèo theo chuẩn mới`` is ``hộ nghèo``. The longest alias decides; two entries that are as long decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.domain.figure import Figure
from extractor.domain.lexicon import kept_until_rows_change
from extractor.statistics.catalogue import ancestors, indicators, name_key
from extractor.statistics.matching import FREE, decided, entries_of, fits, is_vague, related
from extractor.statistics.said_words import Clauses, Word, clause_words, counted_words, left_over, words_in

SHORTEST = 3
"""Syllables of the shortest alias that a clause is read as, with what it counts: two are said of anything."""


class _Wording(NamedTuple):
    """An alias, its syllables, where it holds, and what it stands for."""

    text: str
    words: tuple[str, ...]
    under: str | None
    indicators: tuple[str, ...]


@kept_until_rows_change()
def _wordings() -> dict[str, list[_Wording]]:
    """Every alias of several syllables without a number, by the one of its syllables that the fewest aliases hold."""
    table = [_Wording(key, tuple(key.split()), under, ids) for (key, under), ids in decided().items()]
    table = [w for w in table if len(w.words) > 1 and not any(c.isdigit() for c in w.text)]
    often: dict[str, int] = {}
    for wording in table:
        for word in set(wording.words):
            often[word] = often.get(word, 0) + 1
    found: dict[str, list[_Wording]] = {}
    for wording in table:
        found.setdefault(min(wording.words, key=lambda word: (often[word], word)), []).append(wording)
    return found


def clause_entry(figure: Figure, near: tuple[str, ...], clauses: Clauses) -> str | None:
    """The entry that the figure's own name, else its whole clause, says with harmless words around it."""
    parents = entries_of(name_key(figure.parent) if figure.parent else None)
    if figure.parent and not parents:
        return None
    below = tuple(dict.fromkeys(i for entry in (*parents, *near) for i in (entry, *ancestors(entry))))
    name = words_in(" ".join(filter(None, (figure.indicator, figure.qualifier))))
    clause = [] if clauses.listed_on(figure) else clause_words(figure, clauses)
    for words in (name, clause):
        found = _meant(words, name, figure, below)
        if found and all(related(found, parent) for parent in parents):
            return found
    return None


def _meant(words: Sequence[Word], name: Sequence[Word], figure: Figure, below: tuple[str, ...]) -> str | None:
    said = [word for word, _ in words]
    counted = counted_words(figure)
    fitting: dict[str, int] = {}
    for wording in _candidates(said):
        if wording.under is not None and wording.under not in below:
            continue
        alias = set(wording.words)
        if len({*wording.words, *counted}) < SHORTEST or _is_cut(counted, wording.words):
            continue
        if is_vague(wording.text, figure.unit) or not _holds(said, wording.words):
            continue
        entry = next((i for i in wording.indicators if fits(wording.text, figure.unit, indicators()[i])), None)
        if entry is None:
            continue
        meant = indicators()[entry]
        if not left_over(words, alias, figure, meant) and not left_over(name, alias, figure, meant, named=True):
            fitting[entry] = max(fitting.get(entry, 0), len(wording.words))
    longest = [entry for entry, length in fitting.items() if length == max(fitting.values())]
    return longest[0] if len(longest) == 1 else None


def _is_cut(counted: Sequence[str], words: Sequence[str]) -> bool:
    """Whether an alias holds a part of the counted noun alone: ``đơn`` of ``đơn vị``."""
    return not set(counted).isdisjoint(words) and not set(counted).issubset(words)


def _candidates(said: Iterable[str]) -> Iterable[_Wording]:
    table = _wordings()
    return (wording for word in dict.fromkeys(said) for wording in table.get(word, ()))


def _holds(said: Sequence[str], words: Sequence[str]) -> bool:
    """Whether all syllables of an alias are said, in its order unless it is long enough to be free."""
    if len(words) >= FREE:
        return all(said.count(word) >= words.count(word) for word in set(words))
    rest = iter(said)
    return all(word in rest for word in words)
