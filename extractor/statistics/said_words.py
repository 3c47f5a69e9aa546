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
from extractor.domain.unit import COUNT, read_unit
from extractor.statistics.catalogue import (
    CONTEXTS,
    TOPICS,
    Indicator,
    aliases,
    ancestors,
    indicators,
    name_key,
    openings_of,
    words_of,
)
from extractor.statistics.matching import decided, entries_of, padding_words

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
IDLE = frozenset({"status", "compare", "bound", "cut", "label"})
IDLE_GROUPS = ("whole", "nation", "provisional", "constant_price", "current_price", "idle_behind")
"""The labels of phrases.csv and groups of words.csv that narrow nothing behind a name."""

BODY = "body"
"""The class of word_classes.csv of who acts: ``Công an huyện phát hiện 12 vụ``."""

ENDING = frozenset(",;")
"""Marks behind which a number begins anew: ``10 con trâu, 20 con bò``; a colon leads from its name to it."""

AMOUNTS = frozenset({"flow", "stock"})
"""Natures of what is added up, and is no average."""

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

ASIDE = re.compile(r"\([^()\d]{1,40}\)")
"""A bracket without a number says a name once more: ``dự án đầu tư nước ngoài (FDI) được cấp giấy``."""

_ITEM = re.compile(r"\s[^,;:.()\d\n]+,\s*(?P<item>[^,;:.()\d\n]{2,40})(?=,[^,;:.()\d\n]*[,;:.(\n]|[;.(\n])")
"""A thing between two marks behind a number, and no other number before the next mark."""

_WORD = re.compile(r"[^\W_][\w%‰]*")


Word = tuple[str, bool]
"""A folded syllable, and whether it is written like a proper name."""


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
        words = ASIDE.sub(" ", self._text[low : figure.start])
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

    def topics(self, figure: Figure, since: int = 0) -> tuple[str, ...]:
        """The entry that the last topic of its sentence before the number names: ``quản lý thị trường … kiểm tra``.

        What stands before ``since`` is not looked at. A sentence of parts is about no whole: ``Trong đó, TAND tỉnh thụ
        lý 458 vụ``.
        """
        ahead = self._text[max(since, figure.start - SENTENCE, 0) : figure.start]
        said = f" {name_key(sentence_to(len(ahead), ahead))} "
        if said.startswith(part_openings()):
            return ()
        ends = {topic: at + len(topic) for topic in _topics() if (at := said.rfind(f" {topic} ")) >= 0}
        last = max(ends, key=lambda topic: (ends[topic], len(topic)), default=None)
        return (_topics()[last],) if last else ()

    def set_apart(self, figure: Figure) -> str:
        """What its sentence sets apart before its first mark: ``Đối với tội phạm tham nhũng, đã khởi tố 17 vụ``."""
        ahead = sentence_to(figure.start, self._text)
        heads = (head.lstrip() for head in ahead[ahead.rfind(";") + 1 :].split(",")[:-1])
        return next((head for head in heads if f"{fold(head)} ".startswith(openings_of("set_apart"))), "")

    def label_of(self, figure: Figure) -> str:
        """What a measure is of, where a colon sets it off before the number: ``Cây lạc: Diện tích 33 ha``."""
        begin, told = max(figure.start - REACH, 0), figure.subject or ""
        measures = name_key(figure.indicator or "").startswith(tuple(words_of("measure")))
        return told if told and measures and f"{told}:" in self._text[begin : figure.start] else ""

    def whole_of(self, figure: Figure) -> Figure | None:
        """The last figure before ``figure`` that bears the name it stands under."""
        parent = name_key(figure.parent) if figure.parent else None
        at = bisect_left(self._starts, figure.start)
        return next((f for f in self._owners[:at][::-1] if parent and name_key(f.indicator or "") == parent), None)

    def listed_on(self, figure: Figure) -> str:
        """The next thing of a list whose only number is that of ``figure``: ``12 trường mầm non, tiểu học``."""
        item = _ITEM.match(self._text, figure.end)
        return item["item"] if item else ""

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
        words = ASIDE.sub(" ", self._text[figure.end : high])
        end = _END.search(words)
        return (words[: end.start()], None) if end else (words, self._owners[at] if at < len(self._starts) else None)


def strange_words(figure: Figure, entry: Indicator, clauses: Clauses) -> tuple[str, ...]:
    """The folded words of a figure's clause and of its qualifier that nothing accounts for, in their order.

    What a figure's neighbour is called is the neighbour's; behind the number only what stands before a comparison is
    the figure's own, and who acts is harmless at the beginning of its clause alone.
    """
    ahead, neighbours = _led_by(figure, clauses)
    behind, right = _behind(figure, clauses)
    known = {*_words_of(entry), *_called(figure), *_syllables(figure.parent)}
    sector = known | {*_syllables(entry.sector)}
    harmless = _harmless(_is_moved(figure, ahead)) - (_means() if entry.nature in AMOUNTS else frozenset())
    having = right is not None and entry.family == COUNT and behind[:1] == [(words_of("having")[0], False)]
    return (
        *_unexplained(_parted(figure, entry), {*_words_of(entry), *_syllables(figure.unit)}, harmless),
        *_unexplained(_whole_is_about(figure, clauses), known, harmless),
        *_listed_on(figure, known, clauses),
        *_unexplained(words_in(clauses.label_of(figure)), sector, harmless),
        *_unexplained([(word, False) for word, _ in words_in(clauses.set_apart(figure))], sector, harmless),
        *_unexplained(ahead, known | neighbours, harmless, actors=True),
        *([behind[0][0]] if having and behind[0][0] not in _called(figure) else []),
        *_unexplained(behind, known | _called(right), harmless),
        *_unexplained(words_in(figure.qualifier or ""), known, harmless),
    )


def _parted(figure: Figure, entry: Indicator) -> list[Word]:
    """The name without an entry of which a count is a part, where it alone says what is counted."""
    if not figure.parent or entry.family != COUNT or entries_of(name_key(figure.parent)):
        return []
    return words_in(figure.parent) if _counts_its_parts(figure) else []


def _whole_is_about(figure: Figure, clauses: Clauses) -> list[Word]:
    """What the whole of a figure is about, where its name is a bare measure: ``dự án … tổng diện tích 567 ha``."""
    whole = clauses.whole_of(figure)
    bare = whole is not None and name_key(whole.indicator or "") in words_of("measure")
    return words_in(whole.subject or "") if whole is not None and bare else []


def _listed_on(figure: Figure, known: set[str], clauses: Clauses) -> list[str]:
    """The words of another thing of the catalogue that the list behind a number counts too."""
    item = name_key(clauses.listed_on(figure))
    listed = any((form, None) in decided() for form in (item, f"{name_key(figure.unit or '')} {item}"))
    return item.split() if listed and not known.issuperset(item.split()) else []


def _counts_its_parts(figure: Figure) -> bool:
    """Whether only the name that a figure stands under says the noun it counts: ``tiểu học`` 51 of ``em nghỉ học``."""
    counted = set(counted_words(figure))
    return (
        bool(counted) and counted <= set(_syllables(figure.parent)) and not counted <= set(_syllables(figure.indicator))
    )


def counted_words(figure: Figure) -> list[str]:
    """The folded syllables of the noun that a figure counts."""
    unit = read_unit(figure.unit)
    return name_key(figure.unit or "").split() if unit is not None and unit.is_counted else []


def clause_words(figure: Figure, clauses: Clauses) -> list[Word]:
    """The words of a figure's own clause in their order, what it counts among them."""
    counted = [(word, False) for word in counted_words(figure)]
    return [*_led_by(figure, clauses)[0], *counted, *_behind(figure, clauses)[0]]


def left_over(
    words: Sequence[Word], alias: set[str], figure: Figure, entry: Indicator, *, named: bool = False
) -> list[str]:
    """The words of a clause that are neither of ``alias`` nor what ``figure`` counts, and change what is meant.

    What leads to an alias says who did it, how many, and what the ``entry`` is called besides (``xử lý 120 trường hợp
    vi phạm giao thông``); what goes on behind its first syllable narrows it, unless it is a place, a plan or a price:
    ``vụ cháy ở các khu dân cư``, ``khai sinh lại``. Of a name (``named``) every word does.
    """
    counted = set(_syllables(figure.unit))
    last = {word: at for at, (word, _) in enumerate(words) if word in alias}
    begins = min(last.values(), default=len(words))
    lead = _idle() if named else _harmless(_is_moved(figure, words))
    return [
        *_unexplained(words[:begins], counted | _words_of(entry), lead, actors=True),
        *_unexplained(_placed(words[begins:]), alias | counted, _idle()),
    ]


def _placed(words: Sequence[Word]) -> list[Word]:
    """The words, of which only those behind a kind of place are proper names: ``vụ Đông Xuân`` is none."""
    placed: list[Word] = []
    for at, (word, proper) in enumerate(words):
        behind = at > 0 and (placed[-1][1] or words[at - 1][0] in words_of("place_head"))
        placed.append((word, proper and behind))
    return placed


def _behind(figure: Figure, clauses: Clauses) -> tuple[list[Word], Figure | None]:
    """The words behind the number of ``figure`` as far as the first comparison, and the figure that follows them."""
    after, right = clauses.after(figure)
    behind = words_in(after)
    ends = next((at for at, (word, _) in enumerate(behind) if word in words_of("compared")), len(behind))
    return behind[:ends], right


def _is_moved(figure: Figure, ahead: Sequence[Word]) -> bool:
    """Whether verbs of change say nothing of what is measured: before a rate, and before a value moved to."""
    return figure.value is None or not set(words_of("moved_to")).isdisjoint(word for word, _ in ahead)


def _led_by(figure: Figure, clauses: Clauses) -> tuple[list[Word], set[str]]:
    """The words before the number of ``figure`` or of the list that it goes on, and the syllables of its neighbours."""
    before, left = clauses.before(figure)
    ahead, called = words_in(before, opens=True), _called(left)
    leaders = iter(clauses.leaders(figure) if not ahead else ())
    while not ahead and (leader := next(leaders, None)) is not None:
        before, left = clauses.before(leader)
        ahead, called = words_in(before, opens=True), called | _called(leader) | _called(left)
    return ahead, called


@kept_until_rows_change()
def part_openings() -> tuple[str, ...]:
    """What a sentence of parts begins with, between spaces."""
    return tuple(f" {fold(row['phrase'])} " for row in read_rows(PHRASES) if row["label"] == "part")


@kept_until_rows_change()
def _means() -> frozenset[str]:
    """The words of averages, which no amount is: ``bình quân một tháng có 24.300 doanh nghiệp``."""
    return frozenset(words_of("average"))


@kept_until_rows_change()
def _topics() -> dict[str, str]:
    """The folded words of what a sentence is about → the entry below which its bare verbs stand."""
    return {name_key(row["topic"]): row["indicator"] for row in read_rows(TOPICS)}


def _called(figure: Figure | None) -> set[str]:
    """The syllables of a figure's name and unit."""
    return {*_syllables(figure.indicator), *_syllables(figure.unit)} if figure else set()


def words_in(words: str, *, opens: bool = False) -> list[Word]:
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


def _unexplained(
    words: Sequence[Word], known: set[str], harmless: frozenset[str], *, actors: bool = False
) -> list[str]:
    """What is left of folded words without harmless ones, the longest first, and without known syllables and names."""
    left, at, narrowing = [], 0, frozenset(words_of("narrowing"))
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
def _idle() -> frozenset[str]:
    """The folded words that narrow nothing in a name either."""
    words = {fold(row["phrase"]) for row in read_rows(PHRASES) if row["label"] in IDLE}
    words.update(fold(row[column]) for row in read_rows(AREA_TYPES) for column in ("type", "short"))
    words.update(word for group in IDLE_GROUPS for word in words_of(group))
    return frozenset((words | padding_words()) - {""})


@kept_until_rows_change()
def _actors() -> frozenset[str]:
    """The folded words for who acts."""
    return frozenset(fold(row["word"]) for row in read_rows(CLASSES) if row["class"] == BODY) | {*words_of("actor")}


@kept_until_rows_change(maxsize=4096)
def _words_of(entry: Indicator) -> frozenset[str]:
    """The syllables of all that an entry, and what it is a part of, is called, and of where it is found.

    That is in the contexts that give it, and in sentences about what its aliases hold below.
    """
    return frozenset().union(*(_entry_syllables()[i] for i in (entry.id, *ancestors(entry.id))))


@kept_until_rows_change()
def _entry_syllables() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {entry.id: set(_syllables(entry.name_vi)) for entry in indicators().values()}
    topics: dict[str, set[str]] = {}
    for topic, entry in _topics().items():
        topics.setdefault(entry, set()).update(topic.split())
    for alias in aliases():
        found[alias.indicator].update(_syllables(alias.text), topics.get(alias.under or "", ()))
    for row in read_rows(CONTEXTS):
        for entry in filter(None, (row["indicator"], row["becomes"])):
            found[entry].update(_syllables(row["context"]))
    return {entry: frozenset(words) for entry, words in found.items()}
