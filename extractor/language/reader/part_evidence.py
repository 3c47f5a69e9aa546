"""Evidence for the part that a number plays: value, comparison, growth that stands alone, or nothing.

What is seen: the unit and the size of the number, the verb before it and how near, the printed bases, how much stands
there that may name something, the marks and brackets, what was read last, and what the next number is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from extractor.domain.figure import Measure
from extractor.domain.folding import fold
from extractor.language.lexer.quantities import Quantity
from extractor.language.reader.drafts import Context, Draft
from extractor.language.reader.spots import COMPARING, Spot, group_of, sort_of
from extractor.language.reader.view import OUTSIDE, View, size

SOFT = frozenset({"bound", "bound_after", "period"})
"""Kinds of items that may stand between a verb and its number."""

MARKS = ",;:.()/-"

AHEAD = {"part": "p", "cut": "c", "compare": "c", "each": "e", "about": "a"}

CLOSE = Decimal("0.03")
"""How far an absolute change may lie from what a percentage makes of its figure, as a share of it."""


def part_evidence(
    view: View, spot: Spot, context: Context, last: str, mine: list[Draft], recent: Sequence[Draft]
) -> list[str]:
    """All of it.

    ``last`` is the part of the number before in this sentence, ``mine`` the figures read in it, ``recent`` the last of
    the block.
    """
    bits = _bits(view, spot, last)
    evidence = ["1", *(f"{name}={bit}" for name, bit in bits.items())]
    core = [(name, bits[name]) for name in ("g", "v", "bR", "c", "cur", "d", "pb")]
    evidence += [f"{a}={x}&{b}={y}" for (a, x), (b, y) in combinations(core, 2)]
    g = f"g={bits['g']}"
    evidence += ["&".join([g, *(f"{name}={bits[name]}" for name in names)]) for names in TOGETHER]
    evidence += [f"{g}&{word}" for word in _lexical(view, spot)]
    evidence += [f"{g}&{seen}" for seen in _classes(view, spot, bits)]
    evidence += _ahead(view, spot, g, bits["v"])
    evidence += _arithmetic(spot, mine)
    evidence += _mentions(view, spot, recent, g, bits)
    evidence += _in_force(view, spot, g, bits)
    if context.subject is not None:
        evidence.append(f"{g}&ctx={'rate' if context.subject.rate else 'yes'}&c={bits['c']}")
        evidence.append(f"{g}&ctxw={fold(context.subject.text).partition(' ')[0]}&c={bits['c']}")
    if context.bases:
        evidence.append(f"{g}&ctxb={context.bases[0].value}&v={bits['v']}")
    return evidence


TOGETHER = (
    *(("v", "bR"), ("v", "c"), ("v", "cur"), ("v", "av", "bv"), ("rate", "v"), ("rate", "c"), ("n1",), ("n1", "v")),
    *(("nouns", "v"), ("nouns", "c"), ("d", "v", "cur"), ("marks",), ("last", "v"), ("last", "c"), ("tot",)),
    *(("su", "c"), ("bL", "v"), ("bL", "c"), ("part", "c"), ("p1", "p2"), ("n1", "n2"), ("st", "v")),
    *(("c", "nouns", "v"), ("sign",), ("bound", "v"), ("c", "bR", "v"), ("dist", "v"), ("dist", "v", "c")),
    *(("prop", "small"), ("close", "v"), ("max", "v"), ("ob", "v"), ("ob", "nth"), ("lb", "v"), ("lb", "bL")),
    *(("lb", "c", "v"), ("ob", "nth", "c"), ("each", "n1"), ("each", "p1"), ("whole", "v"), ("whole", "c")),
)
"""Bits that say more together than each alone; the group of the unit goes with all of them."""


def _bits(view: View, spot: Spot, last: str) -> dict[str, str]:
    """What is seen around the number, each bit a short word."""
    return {**_number_bits(spot), **_stretch_bits(view, spot), **_neighbour_bits(view, spot), "last": last}


def _number_bits(spot: Spot) -> dict[str, str]:
    """The number itself, its bases, and the figure read before it."""
    q, current = spot.quantity, spot.current
    is_alike = current is not None and bool(q.unit) and fold(current.unit or "") == fold(q.unit or "")
    return {
        "g": spot.group,
        "fam": q.family or "-",
        "v": spot.verb,
        "bR": sort_of(spot.right),
        "bL": sort_of(spot.left),
        "bS": sort_of(spot.scope),
        "cur": "no" if current is None else group_of(current.quantity),
        "ncomp": "no" if current is None else str(min(len(current.comparisons), 2)),
        "su": str(is_alike),
        "bound": str(q.bound),
        "sign": str(q.sign),
        "tot": str(q.total is not None),
        "whole": _whole(q, current),
        "max": str(q.value_max is not None),
        "dec": str(min(q.decimals, 3)),
        "small": next((f">{limit}" for limit in (100, 20, 3) if q.value > limit), "<3"),
    }


def _whole(quantity: Quantity, current: Draft | None) -> str:
    """Whether a fraction is one of the whole that the figure before was one of: "15/20 thôn có …, 18/20 có …"."""
    if quantity.total is None:
        return "-"
    known = current.quantity if current is not None else None
    return str(known is not None and known.total == quantity.total)


def _stretch_bits(view: View, spot: Spot) -> dict[str, str]:
    """The stretch before the number: how much of it may name something, its marks and cues."""
    items, content = view.items, spot.content
    stretch = items[spot.low : spot.at]
    after = sum(1 for place in content if place > spot.verb_at) if spot.verb_at >= 0 else len(content)
    return {
        "c": size(len(content)),
        "av": str(min(after, 3)),
        "bv": str(min(len(content) - after, 3)),
        "rate": str(any(items[place].kind == "rate" for place in content)),
        "marks": "".join(sorted({item.value for item in stretch if item.kind == "mark" and item.value in MARKS})),
        "part": next((item.value for item in stretch if item.kind == "part"), "-"),
        "st": next((item.value for item in reversed(stretch) if item.kind == "status"), "-"),
        "per": str(view.count("period", spot.low, spot.at) > 0),
        "dist": _distance(view, spot),
    }


def _neighbour_bits(view: View, spot: Spot) -> dict[str, str]:
    """What stands right before and behind the number, and its bracket."""
    items, i = view.items, spot.at
    behind_bound = i - 1
    while behind_bound >= spot.low and items[behind_bound].kind in ("bound", "bound_after"):
        behind_bound -= 1
    bracket = view.brackets[i]
    following = items[i + 1] if view.kind(i + 1, i) != OUTSIDE else None
    return {
        "p1": view.kind(i - 1, i),
        "p2": view.kind(i - 2, i),
        "pb": view.kind(behind_bound, i),
        "n1": view.kind(i + 1, i),
        "n2": view.kind(i + 2, i),
        "nouns": str(nouns_behind(view, i)),
        "d": "out" if bracket < 0 else "first" if bracket >= spot.low - 1 else "in",
        "each": str(view.count("each", view.starts[i], i) > 0),
        "prop": str(i > view.starts[i] and items[i - 1].proper),
        "close": following.value if following is not None and following.kind == "mark" else "-",
        **_bracket_bits(view, spot),
    }


def _bracket_bits(view: View, spot: Spot) -> dict[str, str]:
    """What the number's bracket stands behind, which of its numbers this is, and where a base before it ends."""
    bracket, base = view.brackets[spot.at], spot.left
    if bracket < 0:
        return {"ob": "-", "nth": "-", "lb": "-" if base is None else "out"}
    inside = view.count("number", bracket, spot.at)
    held = "-" if base is None else "adj" if base.end == bracket else "in" if base.first > bracket else "far"
    return {"ob": view.kind(bracket - 1, spot.at), "nth": str(min(inside, 2)), "lb": held}


def nouns_behind(view: View, index: int) -> int:
    """How many words right behind the number may name something, four at most."""
    count = 0
    while count < 4 and view.kind(index + 1 + count, index) != OUTSIDE and view.names_something(index + 1 + count):
        count += 1
    return count


def _distance(view: View, spot: Spot) -> str:
    """Whether the verb stands right before the number."""
    if spot.verb_at < 0:
        return "no"
    between = view.items[spot.verb_at + 1 : spot.at]
    return "adj" if all(item.kind in SOFT for item in between) else "far"


def _lexical(view: View, spot: Spot) -> list[str]:
    """The words around the number, one by one."""
    i, content = spot.at, spot.content
    verb = view.words(spot.verb_at) if spot.verb_at >= 0 else "-"
    unit = fold(spot.quantity.unit or "")
    words = [
        f"pw={view.words(i - 1, i)}",
        f"nw={view.words(i + 1, i)}",
        f"u={unit}",
        f"u={unit}&c={size(len(content))}",
    ]
    words += [f"vw={verb}", f"vw={verb}&nw={view.words(i + 1, i)}"]
    words += [f"has={view.words(place)}" for place in content[-4:]]
    if 0 < len(content) < 3:
        words.append(f"only={' '.join(view.words(place) for place in content)}")
    if content:
        words += [f"cw0={view.words(content[0])}", f"cw={view.words(content[-1])}"]
        words.append(f"last2={' '.join(view.words(place) for place in content[-2:])}")
    return words


def _classes(view: View, spot: Spot, bits: dict[str, str]) -> list[str]:
    """Of which classes the words around the number are."""
    i, content = spot.at, spot.content
    before, behind = view.word_class(i - 1, i), view.class_ahead(i + 1, i)
    told = view.classes_in(max(spot.low, i - 4), i)
    named = " ".join(dict.fromkeys(view.word_class(place, i) for place in content[-4:]))
    return [
        f"cl={before}&cr={behind}",
        f"cr={behind} {view.word_class(i + 2, i)}",
        f"cr={behind}&c={bits['c']}&v={bits['v']}",
        f"ctail={told}",
        f"cname={named}&v={bits['v']}",
        f"cname={named}&cr={behind}",
    ]


def _ahead(view: View, spot: Spot, group: str, verb: str) -> list[str]:
    """What the next number of the sentence is, and what stands up to it."""
    items, position = view.items, spot.at + 1
    next_verb, marks, kinds, following = "-", "", "", "END"
    while position < len(items) and view.sentences[position] == view.sentences[spot.at]:
        item = items[position]
        if item.quantity is not None:
            following = group_of(item.quantity)
            break
        if item.kind == "mark" and item.value in MARKS:
            marks += item.value
        elif item.kind == "verb" and next_verb == "-":
            next_verb = item.value
        kinds += AHEAD.get(item.kind, "")
        position += 1
    return [
        f"{group}&nq={following}&nv={next_verb}",
        f"{group}&nm={marks[:3]}&nq={following}",
        f"{group}&v={verb}&nq={following}&nv={next_verb}",
        f"{group}&nk={kinds[:3]}",
        f"{group}&gap={size(position - spot.at - 1)}",
        f"{group}&nw={view.words(spot.at + 1, spot.at)}&nq={following}",
        f"{group}&nw={view.words(spot.at + 1, spot.at)}&nq={following}&v={verb}",
    ]


def _arithmetic(spot: Spot, mine: list[Draft]) -> list[str]:
    """What the numbers prove: the size of a change, a share to its printed digit."""
    q, current = spot.quantity, spot.current
    if current is None or current.quantity is None or not current.quantity.value:
        return []
    if spot.group not in COMPARING:
        is_alike = bool(q.unit) and fold(current.unit or "") == fold(q.unit or "")
        return _size_of_change(q.value, current) if is_alike else []
    if spot.group != "share" or q.decimals < 1:
        return []
    half = Decimal(5).scaleb(-q.decimals - 1)
    return ["proved=share"] if any(abs(share - q.value) <= half for share in _shares(mine[-5:])) else []


def _mentions(view: View, spot: Spot, recent: Sequence[Draft], group: str, bits: dict[str, str]) -> list[str]:
    """Whether the words before the number name a figure that was read already, and how the number is dealt out."""
    row = "-" if spot.row is None else "names" if spot.row.names else "figures"
    content = {word for place in spot.content for word in view.words(place).split()}
    told = max((_mention(content, draft, draft is spot.current) for draft in recent), default=(0, "new"))[1]
    return [
        f"{group}&row={row}",
        f"{group}&row={row}&v={bits['v']}",
        f"{group}&told={told}",
        f"{group}&told={told}&c={bits['c']}",
        f"{group}&told={told}&v={bits['v']}&bR={bits['bR']}",
        f"{group}&told={told}&v={bits['v']}&bL={bits['bL']}",
        f"{group}&told={told}&v={bits['v']}&bS={bits['bS']}",
        f"{group}&bS={bits['bS']}&v={bits['v']}",
        f"{group}&bS={bits['bS']}&c={bits['c']}&v={bits['v']}",
    ]


def _in_force(view: View, spot: Spot, group: str, bits: dict[str, str]) -> list[str]:
    """The verb that a lead-in or the clause before has left: "tăng cao: giày 142%, vải 87%"."""
    if spot.verb != "-":
        return []
    verb = "-"
    for place in range(spot.clause - 1, view.starts[spot.at] - 1, -1):
        item = view.items[place]
        if item.kind == "verb" and item.value != "none":
            verb = f"{item.value}:{'lead' if place >= spot.low else 'told'}"
            break
    seen = f"{group}&lv={verb}"
    return [seen, *(f"{seen}&{name}={bits[name]}" for name in ("c", "last", "bS", "d", "marks"))]


def shape_of(view: View, spot: Spot) -> tuple[str, ...]:
    """How a number stands in its sentence, for finding others that stand so: its unit's group, its verb, its side."""
    bracket = "in" if view.brackets[spot.at] >= 0 else "out"
    return spot.group, spot.verb, bracket, view.kind(spot.at - 1, spot.at), view.kind(spot.at + 1, spot.at)


def sequence_evidence(spot: Spot, last: str, last_two: str, alike: tuple[str, str]) -> list[str]:
    """What the parts of the numbers before say, and that of the last number that stood as this one does."""
    g = f"g={spot.group}"
    return [
        f"{g}&alike={alike[0]}",
        f"{g}&alike={alike[0]}&last={last}",
        f"{g}&like={alike[1]}&last={last}",
        f"{g}&two={last_two}",
        f"two={last_two}&v={spot.verb}",
    ]


def _mention(content: set[str], draft: Draft, is_current: bool) -> tuple[int, str]:
    """How much of what was said names ``draft``: all, most or none of it, and what that figure has already."""
    words = set(fold(f"{draft.subject.text if draft.subject else ''} {draft.unit or ''}").split())
    shared = len(content & words)
    if not content or shared * 2 < len(content):
        return 0, "new"
    how = "all" if shared == len(content) else "most"
    has = "growth" if draft.quantity is None else "compared" if draft.comparisons else "value"
    return shared, f"{how}:{'current' if is_current else 'other'}:{has}"


def _shares(mine: Sequence[Draft]) -> Iterator[Decimal]:
    """The percentages that figures are of their own totals and of larger figures of their unit."""
    numbers = [draft.quantity for draft in mine if draft.quantity is not None]
    for number in numbers:
        if number.total:
            yield number.value / number.total * 100
        for whole in numbers:
            if whole.value > number.value and whole.unit == number.unit:
                yield number.value / whole.value * 100


def _size_of_change(value: Decimal, current: Draft) -> list[str]:
    assert current.quantity is not None
    for comparison in current.comparisons:
        if comparison.kind is Measure.CHANGE and comparison.value not in (0, -100):
            expected = abs(current.quantity.value * comparison.value / (100 + comparison.value))
            if abs(expected - value) <= expected * CLOSE:
                return ["proved=change"]
    return ["size=over" if value >= current.quantity.value else "size=under"]
