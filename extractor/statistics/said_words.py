"""Words around a number that the entry of its name does not account for: what narrows a sure entry unseen.

In come a figure with the entry that an alias gave its name, and the text; out come the words of its own clause that
neither the entry, its aliases and what it is a part of, nor the figure's unit, nor a harmless word explains. The one
hard idea: *a name that was found says nothing of the words that it left out*. ``thu giữ 2 ô tô`` are no cars produced,
``8 vụ/32 bị can về tội phạm kinh tế`` not all that were prosecuted, ``hạt điều nhân 5.120 tấn`` no raw cashew. What is
harmless (verbs of reaching and of happening, times, counts, whole places) is data: classes of ``word_classes.csv`` and
rows of ``words.csv``; a proper name is harmless, the noun before it is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from extractor.domain.figure import Figure
from extractor.domain.folding import fold
from extractor.domain.lexicon import kept_until_rows_change, read_rows
from extractor.domain.unit import COUNT
from extractor.statistics.catalogue import (
    CONTEXTS,
    TOPICS,
    Indicator,
    aliases,
    ancestors,
    indicators,
    name_key,
    words_of,
)
from extractor.statistics.matching import padding_words

CLASSES, PHRASES = "vocabulary/word_classes.csv", "vocabulary/phrases.csv"
AREA_TYPES = "catalogue/area_types.csv"
HARMLESS = {
    CLASSES: frozenset({"aux", "time", "number", "link", "each"}),
    PHRASES: frozenset({"status", "compare", "bound", "bound_after", "label", "cut", "part", "each", "echo", "rate"}),
}
"""The labels of either table whose words tell when, how far and against what, and not of what."""

HARMLESS_VERBS = frozenset({"is", "reach", "level", "from", "event", "share", "equal"})
MOVING = frozenset({"up", "down", "exceed"})
"""Verbs of change: harmless before a rate, an increment before an amount (``giảm 65 hộ nghèo``)."""

HARMLESS_GROUPS = (
    "plan", "aim", "whole", "nation", "provisional", "constant_price", "current_price", "commune", "settlement",
    "neutral",
)  # fmt: skip
BODY = "body"
"""The class of word_classes.csv of who acts: ``Công an huyện phát hiện 12 vụ``."""

ENDING = frozenset(",;")
"""Marks behind which a number begins anew: ``10 con trâu, 20 con bò``; a colon leads from its name to it."""

PAIR = "/"
"""Between two counts of one thing, which share their words: ``8 vụ/32 bị can``."""

SENTENCE = 240
"""Letters that are looked at back to the beginning of a sentence."""

MARKS = " -+*•⁰¹²³⁴⁵⁶⁷⁸⁹"
"""What a line may begin with before its first word."""

REACH = 160
"""Letters around a number that are looked at, if no mark ends its clause sooner."""

LONGEST = 6
"""Syllables of the longest harmless word that is looked for."""

_END = re.compile(r"[;:()\[\]…|\t\n/]|[.,](?!\d)|(?<!\S)[-–+•*](?!\S)")
_PERIOD = re.compile(r"[.](?!\d)|[:;\n]")
"""What no list goes beyond."""

_ASIDE = re.compile(r"\([^()\d]{1,40}\)")
"""A bracket without a number says a name once more: ``dự án đầu tư nước ngoài (FDI) được cấp giấy``."""

_WORD = re.compile(r"[^\W_][\w%‰]*")


_Word = tuple[str, bool]


def sentence_to(end: int, text: str) -> str:
    """What stands of a sentence before ``end``, without marks and numbers of its line."""
    sentence = text[max(0, end - SENTENCE) : end]
    return sentence[max(sentence.rfind("\n"), sentence.rfind(". ")) + 1 :].lstrip(MARKS)


class Clauses:
    """The clauses of one text: where each number's own words begin and end, between marks and other figures."""

    def __init__(self, text: str, figures: Iterable[Figure]) -> None:
        """``figures`` are all that stand in ``text``: what belongs to another one is not this one's."""
        self._text = text
        spans = {(f.start, f.end): f for f in figures}
        spans.update({(c.start, c.end): f for f in figures for c in f.comparisons})
        self._spans = sorted(spans)
        self._owners = [spans[span] for span in self._spans]
        self._starts = [start for start, _ in self._spans]

    def before(self, figure: Figure) -> tuple[str, Figure | None]:
        """What stands of its clause before the number of ``figure``, and the figure that it stands right behind."""
        at = bisect_left(self._starts, figure.start) - 1
        low = max(figure.start - REACH, 0)
        if at >= 0 and self._spans[at][1] >= low:
            low = self._spans[at][1]
            if self._text[low : figure.start].strip() == PAIR:
                return self.before(self._owners[at])
        else:
            at = -1
        words = self._text[low : figure.start]
        cuts = [m.end() for m in _END.finditer(words) if words[m.end() :].strip() or m[0] in ENDING]
        return (words[cuts[-1] :], None) if cuts else (words, self._owners[at] if at >= 0 else None)

    def leaders(self, figure: Figure) -> Iterator[Figure]:
        """The figures before ``figure`` in one list, the nearest first: ``hỗ trợ 512 học sinh, 31 giáo viên``."""
        at = bisect_left(self._starts, figure.start) - 1
        start = figure.start
        for (begin, end), owner in zip(self._spans[at::-1], self._owners[at::-1], strict=True) if at >= 0 else ():
            if start - end >= REACH or _PERIOD.search(self._text, end, start):
                return
            yield owner
            start = begin

    def topics(self, figure: Figure) -> tuple[str, ...]:
        """The entry that the last topic of its sentence before the number names: ``quản lý thị trường … kiểm tra``."""
        said = f" {name_key(sentence_to(figure.start, self._text))} "
        ends = {topic: at + len(topic) for topic in _topics() if (at := said.rfind(f" {topic} ")) >= 0}
        last = max(ends, key=lambda topic: (ends[topic], len(topic)), default=None)
        return (_topics()[last],) if last else ()

    def after(self, figure: Figure) -> tuple[str, Figure | None]:
        """What stands of its clause behind the unit of ``figure``, and the figure that it stands right before."""
        at = bisect_left(self._starts, figure.end)
        high = figure.end + REACH
        if at < len(self._starts) and self._starts[at] <= high:
            high = self._starts[at]
            if self._text[figure.end : high].strip() == PAIR:
                return self.after(self._owners[at])
        else:
            at = len(self._starts)
        words = _ASIDE.sub(" ", self._text[figure.end : high])
        end = _END.search(words)
        return (words[: end.start()], None) if end else (words, self._owners[at] if at < len(self._starts) else None)


def strange_words(figure: Figure, entry: Indicator, clauses: Clauses) -> tuple[str, ...]:
    """The folded words of a figure's clause and of its qualifier that nothing accounts for, in their order.

    What a figure's neighbour is called is the neighbour's; behind the number only what stands before a comparison is
    the figure's own, and who acts is harmless at the beginning of its clause alone.
    """
    ahead, neighbours = _led_by(figure, clauses)
    after, right = clauses.after(figure)
    known = {*_words_of(entry), *_called(figure), *_syllables(figure.parent)}
    behind = _words(after)
    ends = next((at for at, (word, _) in enumerate(behind) if word in words_of("compared")), len(behind))
    moved = figure.value is None or not set(words_of("moved_to")).isdisjoint(word for word, _ in ahead)
    having = right is not None and entry.family == COUNT and behind[:1] == [(words_of("having")[0], False)]
    return (
        *_unexplained(ahead, known | neighbours, moved, actors=True),
        *([behind[0][0]] if having and behind[0][0] not in _called(figure) else []),
        *_unexplained(behind[:ends], known | _called(right), moved),
        *_unexplained(_words(figure.qualifier or ""), known, moved),
    )


def _led_by(figure: Figure, clauses: Clauses) -> tuple[list[_Word], set[str]]:
    """The words before the number of ``figure`` or of the list that it goes on, and the syllables of its neighbours."""
    before, left = clauses.before(figure)
    ahead, called = _words(before, opens=True), _called(left)
    leaders = iter(clauses.leaders(figure) if not ahead else ())
    while not ahead and (leader := next(leaders, None)) is not None:
        before, left = clauses.before(leader)
        ahead, called = _words(before, opens=True), called | _called(leader) | _called(left)
    return ahead, called


@kept_until_rows_change()
def _topics() -> dict[str, str]:
    """The folded words of what a sentence is about → the entry below which its bare verbs stand."""
    return {name_key(row["topic"]): row["indicator"] for row in read_rows(TOPICS)}


def _called(figure: Figure | None) -> set[str]:
    """The syllables of a figure's name and unit."""
    return {*_syllables(figure.indicator), *_syllables(figure.unit)} if figure else set()


def _words(words: str, *, opens: bool = False) -> list[_Word]:
    """The folded syllables of a text without numbers, and of each whether it is written like a proper name.

    The first of a clause may be a capital that begins it, if no other one follows.
    """
    found = [word for word in _WORD.findall(words) if not word[0].isdigit()]
    begins = opens and not (len(found) > 1 and found[1][0].isupper())
    return [
        (syllable, word[0].isupper() and not (at == 0 and begins) and not (word.isupper() and len(word) > 1))
        for at, word in enumerate(found)
        for syllable in name_key(word).split()
    ]


def _unexplained(words: Sequence[_Word], known: set[str], moved: bool, *, actors: bool = False) -> list[str]:
    """What is left of folded words without harmless ones, the longest first, and without known syllables and names."""
    left, at, harmless, narrowing = [], 0, _harmless(moved), frozenset(words_of("narrowing"))
    while at < len(words):
        runs = [" ".join(word for word, _ in words[at : at + n]) for n in range(min(LONGEST, len(words) - at), 0, -1)]
        run = next((r for r in runs if r in narrowing or r in harmless or (actors and r in _actors())), "")
        if run in narrowing and not known.issuperset(run.split()):
            left += run.split()
        elif words[at][0] in known:
            actors = False
        elif not run and not words[at][1]:
            actors = False
            left.append(words[at][0])
        at += max(run.count(" ") + 1, 1)
    return left


def _syllables(words: str | None) -> list[str]:
    return [*fold(words).split(), *name_key(words).split()] if words else []


@kept_until_rows_change(maxsize=2)
def _harmless(moved: bool) -> frozenset[str]:
    """The folded harmless words, those of change among them where something ``moved`` to a value or by a rate."""
    words = {fold(row["word"]) for row in read_rows(CLASSES) if row["class"] in HARMLESS[CLASSES]}
    verbs = HARMLESS_VERBS | MOVING if moved else HARMLESS_VERBS
    for row in read_rows(PHRASES):
        if row["label"] in HARMLESS[PHRASES] or (row["label"] == "verb" and row["value"] in verbs):
            words.add(fold(row["phrase"]))
    words.update(fold(row[column]) for row in read_rows(AREA_TYPES) for column in ("type", "short"))
    words.update(word for group in HARMLESS_GROUPS for word in words_of(group))
    return frozenset((words | padding_words()) - {""})


@kept_until_rows_change()
def _actors() -> frozenset[str]:
    """The folded words for who acts."""
    return frozenset(fold(row["word"]) for row in read_rows(CLASSES) if row["class"] == BODY) | {*words_of("actor")}


@kept_until_rows_change(maxsize=4096)
def _words_of(entry: Indicator) -> frozenset[str]:
    """The syllables of all that an entry, and what it is a part of, is called, and of the contexts it is found in."""
    return frozenset().union(*(_entry_syllables()[i] for i in (entry.id, *ancestors(entry.id))))


@kept_until_rows_change()
def _entry_syllables() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {entry.id: set(_syllables(entry.name_vi)) for entry in indicators().values()}
    for alias in aliases():
        found[alias.indicator].update(_syllables(alias.text))
    for row in read_rows(CONTEXTS):
        for entry in filter(None, (row["indicator"], row["becomes"])):
            found[entry].update(_syllables(row["context"]))
    return {entry: frozenset(words) for entry, words in found.items()}
