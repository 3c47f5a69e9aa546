"""Candidates for the name of what is measured, and the evidence for each.

A name stands in the stretch before the number (chosen by its two ends, so that the cost grows with the words and not
with their pairs), behind the number from its unit on, or with a figure read before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.domain.lexicon import kept_until_rows_change, read_rows
from extractor.language.reader.drafts import Draft, Subject
from extractor.language.reader.spots import Spot, is_part
from extractor.language.reader.view import OUTSIDE, STRONG, View, size

LONGEST = 30
"""Items that a name may have."""

MOST_ENDS = 24

NAMING = frozenset({"word", "rate", "reference", "compare", "verb", "quantity", "period", "bound"})
EDGES = ' ,:;-–*“”"'
NUMBER = "NUM"
LOW = "LOW"
BLOCK = "BLOCK"
"""What stands before a stretch: a number before it in the block, or nothing."""


def ends(view: View, low: int, high: int) -> list[int]:
    """Where a name before ``high`` may end, once something that names was met.

    Behind any item but a mark, and behind a word of counting only where nothing else is there: "Tổng số: 45 đơn".
    """
    first = next(filter(view.may_name, range(low, high)), high - 1)
    found = [
        p for p in range(first + 1, high + 1) if view.items[p - 1].kind in NAMING or view.items[p - 1].value == ")"
    ]
    if any(map(view.says, range(first, high))):
        found = [p for p in found if not view.sums(p - 1) or (p - 2 >= low and view.names_something(p - 2))]  # "ký số"
    return found[-MOST_ENDS:] or [high]


def starts(view: View, low: int, end: int) -> list[int]:
    """Where a name that ends at ``end`` may begin: no bracket is left open, and no "Theo Điều 12," stands in it."""
    found, depth = list[int](), 0
    for place in range(end - 1, max(low, end - LONGEST) - 1, -1):
        item = view.items[place]
        if item.kind == "reference" and place + 1 < end and view.items[place + 1].value == ",":
            break
        depth += (item.value == ")") - (item.value == "(")
        if item.kind != "mark" and depth == 0:
            found.append(place)
    return found[::-1] or [end - 1]


def end_evidence(view: View, low: int, end: int, high: int, group: str) -> list[str]:
    """What speaks for a name that ends before item ``end``, in a stretch from ``low`` to the number at ``high``."""
    tail = view.items[end:high]
    content = size(view.count("naming", end, high))
    kinds = "".join(sorted({item.kind[0] if item.kind != "mark" else item.value for item in tail}))
    following, last = view.kind(end, end) if end < high else NUMBER, view.kind(end - 1, end - 1)
    word, next_word = view.words(end - 1), view.words(end) if end < high else NUMBER
    second = view.kind(end + 1, end) if end + 1 < high else NUMBER
    has_verb = view.count("verb", end, high) > 0
    told = " ".join(view.words(place) for place in range(end, high)) if 0 < high - end < 5 else "-"
    return [
        f"n={following}&p={last}",
        f"tail={content}&n={following}",
        f"tail={content}&p={last}",
        f"kinds={kinds}&n={following}",
        f"strong={view.count('strong', end, high)}",
        f"nw={next_word}",
        f"pw={word}",
        f"pw={word}&n={following}",
        f"g={group}&tail={content}",
        f"verb={has_verb}&tail={content}",
        f"n={following}&n2={second}",
        f"w2={view.words(end - 2, end - 1)} {word}",
        f"known={_ends_known(view, end)}&n={following}",
        f"tail={told}",
        *_phrase_evidence(view, low, end, following),
        f"proper={view.items[end - 1].proper}&n={following}",
        f"next={end < high and view.items[end].proper}&p={last}",
        f"nw2={next_word} {view.words(end + 1) if end + 1 < high else NUMBER}",
        f"cut={word} {next_word}",
        f"joint={view.joint(end) if end < high else NUMBER}",
        *_classes_at_end(view, low, end, high),
    ]


def _classes_at_end(view: View, low: int, end: int, high: int) -> list[str]:
    """Of which classes the words on both sides of an end are, and those between it and the number."""
    last, following = view.word_class(end - 1, end - 1), view.class_ahead(end, end) if end < high else NUMBER
    return [
        f"cl={last}&cr={following}",
        f"cl2={view.word_class(end - 2, end - 1) if end - 2 >= low else LOW} {last}&cr={following}",
        f"ctail={view.classes_in(end, min(high, end + 5))}",
        f"cl={last}&ctail={view.classes_in(end, min(high, end + 3))}",
    ]


BORDERS = frozenset({"verb", "cut", "status", "period", "quantity", "part", "each", "echo", "about"})
"""Kinds of items that a plain phrase does not run across."""


def _phrase_evidence(view: View, low: int, end: int, following: str) -> list[str]:
    """What the plain phrase that ends here is: how long, behind what, with which word it begins."""
    first = end - 1
    while first > low and not _parts_phrase(view, first - 1):
        first -= 1
    naming = view.count("naming", first, end)
    border = view.kind(first - 1, end - 1) if first > low else LOW
    return [
        f"border={border}&n={following}",
        f"len={size(end - first)}&n={following}",
        f"names={min(naming, 3)}&n={following}",
        f"first={view.words(first)}&n={following}",
        f"rate={view.count('rate', first, end) > 0}&n={following}",
        f"acts={view.count('action', first, end) > 0}&border={border}",
        f"cfirst={view.word_class(first, end - 1)}&cl={view.word_class(end - 1, end - 1)}&n={following}",
    ]


def _parts_phrase(view: View, place: int) -> bool:
    """Whether an item parts plain phrases."""
    item = view.items[place]
    return item.kind in BORDERS or (item.kind == "mark" and item.value != ",")


def _ends_known(view: View, end: int) -> bool:
    """Whether a name of the catalogue ends here."""
    words = view.words(end - 1)
    known = known_names()
    if words.rpartition(" ")[2] not in _edge_words()[1]:
        return False
    for place in range(end - 2, max(end - 8, -1), -1):
        if words in known:
            return True
        if view.items[place].kind != "mark":
            words = f"{view.words(place)} {words}"
    return words in known


def start_evidence(view: View, start: int, end: int, low: int) -> list[str]:
    """What speaks for a name ``start:end`` within a stretch that begins at ``low``."""
    span = view.items[start:end]
    before = view.kind(start - 1, start) if start > low else LOW if low else BLOCK
    word_before = view.words(start - 1) if start > low else before
    me, word = view.kind(start, start), view.words(start)
    marks = [item.value for item in span if item.kind == "mark"]
    length = size(len(span) - len(marks))
    commas, strong = min(marks.count(","), 2), min(sum(mark in STRONG for mark in marks), 2)
    evidence = [
        f"p={before}&m={me}",
        f"n={length}&p={before}",
        f"commas={commas}&strong={strong}&n={length}",
        f"cues={min(view.count('cue', start, end), 3)}",
        f"acts={min(view.count('action', start + 1, end), 2)}&m={me}",
        f"links={min(view.count('link', start, end), 3)}",
        f"mw={word}",
        f"pw={word_before}",
        f"pw={word_before}&m={me}",
        f"p={before}&mw={word}",
        f"mw2={word} {view.words(start + 1) if start + 1 < end else ''}",
        f"proper={view.items[start].proper}&p={before}",
        f"p={before}&pp={view.kind(start - 2, start) if start - 1 > low else LOW}",
        f"p={before}&commas={commas}",
        f"p={before}&m={me}&commas={commas}",
        f"p={before}&last={_last_segment(view, start, end)}",
        f"pw2={view.words(start - 2) if start - 1 > low else LOW} {word_before}",
        f"cut={word_before} {word}",
        f"joint={view.joint(start) if start > low else before}",
        f"capital={view.text[view.items[start].start].isupper()}&p={before}&commas={commas}",
        *_classes_at_start(view, start, before),
    ]
    evidence += _of_words(view, start, end, before)
    inside = {view.kind(place, start) for place in range(start + 1, end)} - {"w"}
    return [*evidence, *(f"in={kind}" for kind in sorted(inside))]


def _classes_at_start(view: View, start: int, before: str) -> list[str]:
    """Of which classes the words on both sides of a start are; ``before`` is the kind of what stands there."""
    last = before if before in (LOW, BLOCK) else view.word_class(start - 1, start)
    first = view.class_ahead(start, start)
    return [f"cl={last}&cr={first}", f"cr={first}&p={before}", f"cl={last}&cr={first}&p={before}"]


def _last_segment(view: View, start: int, end: int) -> str:
    """How long the part of a name behind its last comma is, and whether it begins as the name does."""
    comma = next((place for place in range(end - 1, start, -1) if view.items[place].value == ","), -1)
    if comma < 0:
        return "-"
    return f"{size(end - comma - 1)}{view.kind(comma + 1, start) == view.kind(start, start)}"


def _of_words(view: View, start: int, end: int, before: str) -> list[str]:
    """What the words of a name say together: how many name something, whether the catalogue has them."""
    says = min(view.count("saying", start, end), 3)
    told = [f"says={says}", f"says={says}&p={before}", f"known={_is_known(view, start, end)}"]
    return [*told, f"all={_joined(view, start, end)}"] if end - start < 4 else told


def _is_known(view: View, start: int, end: int) -> bool:
    """Whether the catalogue has a name, marks left out."""
    if view.words(start).partition(" ")[0] not in _edge_words()[0]:
        return False
    return _joined(view, start, end, marks=False) in known_names()


def _joined(view: View, start: int, end: int, *, marks: bool = True) -> str:
    """The folded words of the items ``start:end``."""
    return " ".join(view.words(place) for place in range(start, end) if marks or view.items[place].kind != "mark")


@kept_until_rows_change()
def known_names() -> frozenset[str]:
    """The folded names of the catalogue, without marks."""
    return frozenset(" ".join(words_in(row["alias"])) for row in read_rows("catalogue/aliases.csv"))


def words_in(name: str) -> list[str]:
    """The folded words of a name, without marks."""
    return _WORD.findall(fold(name))


_WORD = re.compile(r"\w+")


@kept_until_rows_change()
def _edge_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words that names of the catalogue begin with, and those that they end with."""
    names = known_names()
    return frozenset(name.partition(" ")[0] for name in names), frozenset(name.rpartition(" ")[2] for name in names)


@kept_until_rows_change()
def words_of_names() -> frozenset[str]:
    """All words of the catalogue's names."""
    return frozenset(word for name in known_names() for word in name.split())


def is_motion(view: View, place: int) -> bool:
    """Whether an item is a verb that no table holds: behind a mark, before a word of direction, in no known name."""
    item = view.items[place]
    if item.kind != "word" or item.proper or view.kind(place + 1, place) != "verb.level":
        return False
    opens = place == view.starts[place] or view.items[place - 1].kind == "mark"
    return opens and view.words(place) not in words_of_names() and not view.text[item.start].isupper()


def noun_ends(view: View, index: int) -> list[int]:
    """Where a counted noun phrase behind the number at ``index`` may end."""
    found = [index + 1]
    for place in range(index + 1, min(len(view.items), index + 12)):
        item = view.items[place]
        stops = item.kind == "mark" and item.value in (";", ".", "(", ")", ":")
        if item.quantity is not None or stops or view.sentences[place] != view.sentences[index]:
            break
        if item.kind != "mark":
            found.append(place + 1)
    return found


def noun_evidence(view: View, index: int, end: int, family: str, unit: str) -> list[str]:
    """What speaks for a counted noun phrase from the unit of the number at ``index`` to ``end``."""
    following, last, length = view.kind(end, index), view.kind(end - 1, index), size(end - index - 1)
    word, next_word = view.words(end - 1), view.words(end, index)
    return [
        f"n={following}&m={last}",
        f"n={following}&len={length}",
        f"nw={next_word}",
        f"nw={next_word}&m={last}",
        f"mw={word}",
        f"cues={view.count('cue', index + 1, end)}",
        f"links={min(2, view.count('joining', index + 1, end))}",
        f"commas={view.count('comma', index + 1, end)}",
        f"acts={min(2, view.count('action', index + 1, end))}",
        f"fam={family}&len={length}",
        f"u={unit}&len={length}",
        f"n={following}&n2={view.kind(end + 1, index)}",
        f"w2={view.words(end - 2, index)} {word}",
        f"nw2={next_word} {view.words(end + 1, index)}",
        f"cut={word} {next_word}",
        f"proper={view.items[end - 1].proper}&n={following}",
        f"next={following != OUTSIDE and view.items[end].proper}&m={last}",
        f"joint={view.joint(end) if following != OUTSIDE else OUTSIDE}",
        f"n={following}&len={length}&fam={family}",
        *_rest_evidence(view, index, end, following),
        *_classes_behind(view, index, end),
    ]


def _classes_behind(view: View, index: int, end: int) -> list[str]:
    """Of which classes the words on both sides of the end of a counted noun phrase are."""
    last, following = view.word_class(end - 1, index), view.class_ahead(end, index)
    return [
        f"cl={last}&cr={following}",
        f"cl={last}&cr={following} {view.word_class(end + 1, index)}",
        f"cr={following}&mw={view.words(end - 1)}",
    ]


def _rest_evidence(view: View, index: int, end: int, following: str) -> list[str]:
    """What is left of the plain phrase behind ``end``: how long, whether it acts, and what ends it."""
    stop = end
    while view.kind(stop, index) != OUTSIDE and not _parts_phrase(view, stop) and stop - end < 12:
        stop += 1
    acts = view.count("action", end, stop) > 0
    return [
        f"rest={size(stop - end)}&n={following}",
        f"acts={acts}&n={following}&rest={min(stop - end, 3)}",
        f"stop={view.kind(stop, index)}&n={following}",
        f"stop={view.kind(stop, index)}&rest={size(stop - end)}",
        f"commas={view.count('comma', end, stop)}&n={following}",
    ]


def subject_of(view: View, first: int, last: int) -> Subject:
    """The items ``first:last`` as a name: as written, without marks at its edges; a last bracket qualifies."""
    text = view.written(first, last)
    bare, qualifier = text.strip(EDGES), None
    opening = bare.rfind("(")
    if bare.endswith(")") and opening > 0:
        bare, qualifier = bare[:opening].strip(EDGES), bare[opening + 1 : -1].strip() or None
    start = view.items[first].start + (text.index(bare) if bare else 0)
    is_rate = view.count("rate", first, last) > 0
    return Subject(bare, start, start + len(bare), qualifier, is_rate)


def inherit_evidence(
    view: View, spot: Spot, rank: int, draft: Draft | None, subject: Subject, facts: InheritFacts
) -> list[str]:
    """What speaks for the name of ``draft`` (None: what stands above the block), the ``rank``-th last of its kind.

    Above the block stand the subject that the heading or lead-in names and the parent that the block hangs on.
    """
    q = spot.quantity
    is_same = draft is not None and draft.sentence == view.sentences[spot.at]
    has_unit = draft is not None and fold(draft.unit or "") == fold(q.unit or "")
    is_open = view.brackets[spot.at] >= 0
    is_head, is_first = draft is not None and draft is facts.head, draft is not None and draft is facts.first
    above = None if draft is not None else "parent" if rank == facts.candidates - 1 and facts.has_parent else "subject"
    is_bare = spot.low == spot.at
    return [
        f"rank={rank}&unit={has_unit}&same={is_same}",
        f"rank={rank}&ctx={above}",
        f"ctx={above}&number={facts.number}&parent={facts.has_parent}",
        f"ctx={above}&len={min(6, subject.text.count(' '))}&bare={is_bare}",
        f"head={is_head}&open={is_open}",
        f"first={is_first}&same={is_same}&unit={has_unit}",
        f"rate={subject.rate}&g={spot.group}",
        f"open={is_open}&in={draft is not None and draft.bracket}&rank={rank}",
        f"count={facts.candidates}&rank={rank}",
        f"part={is_part(view, spot)}&first={is_first}&rank={rank}",
        f"clause={view.kind(spot.clause - 1, spot.at)}&rank={rank}",
        f"growth={draft is not None and draft.quantity is None}&rank={rank}",
    ]


class InheritFacts(NamedTuple):
    """What all candidates for an inherited name have in common."""

    candidates: int
    first: Draft | None  # of the sentence
    head: Draft | None  # of the bracket
    number: int  # figures of the block so far
    has_parent: bool  # the last candidate is what the block hangs on
