"""What a printed name means: decided by aliases, proposed by likeness, vetoed by contrasts and units.

A name comes in as a report wrote it, with the name it stands under and its unit; a ``Match`` goes out. The one hard
idea: *alias decides, fuzziness proposes*. An exact alias after folding is a decision; a likeness score never is, for
one syllable can reverse a name (thu/chi, nông/công). So likeness is counted in syllables as well as in letters,
contrasting words veto a candidate outright, and what is left is handed out as a proposal with its runner-up and margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.domain.errors import InvalidModels
from extractor.domain.folding import fold
from extractor.domain.lexicon import kept_until_rows_change, read_rows
from extractor.domain.unit import COUNT, broad_family, read_unit, same_family
from extractor.statistics.catalogue import (
    ABBREVIATIONS,
    ALIASES,
    CONTEXTS,
    INDICATORS,
    NOUNS,
    REFUSALS,
    TOPICS,
    Indicator,
    aliases,
    ancestors,
    compiled,
    holds_word,
    indicators,
    name_key,
    openings_of,
    orders,
    same_noun,
    unit_costs,
    words_of,
)
from extractor.statistics.places.registry import changes

CONTRASTS = "vocabulary/contrasts.csv"
PADDING = "catalogue/padding.csv"
"""Openings and endings that say that something is counted or done, and change nothing else: ``Số hộ nghèo``."""

MONEY = "money"
"""The family of units whose parts may stand in several totals."""

INDEX = "index"
"""The nature of what is measured by its change alone."""

PROPOSE = 72.0
"""Likeness from which a candidate is worth a reviewer's look; below it the name starts a series of its own."""

FREE = 4
"""Words of a name from which on their order says nothing more: ``mới thành lập``, ``thành lập mới``."""

MISPRINTS, MISPRINT = 3, 60
"""Syllables that may be misprinted in one name, and how alike each stays to the right one, of 100."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a name was found to mean: ``match`` is alias, proposed or none; scores run 0..100.

    ``under`` is the entry below which the alias holds, None where it holds anywhere.
    """

    indicator_id: str | None
    match: str
    score: float | None = None
    runner_up: str | None = None
    margin: float | None = None
    under: str | None = None


NO_MATCH = Match(None, "none")


@kept_until_rows_change()
def _openings() -> tuple[str, ...]:
    """The openings, each with the space behind it, the longest first."""
    return tuple(f"{words} " for words in _padding("open"))


@kept_until_rows_change()
def _endings() -> tuple[str, ...]:
    """The endings, each with the space before it, the longest first."""
    return tuple(f" {words}" for words in _padding("close"))


@kept_until_rows_change()
def _leads() -> tuple[str, ...]:
    """What the catalogue's own names may not be read without, each with the space behind it: ``tổng vốn đầu tư``."""
    return tuple(f"{words} " for words in _padding("lead"))


@kept_until_rows_change()
def _idle(*sides: str) -> re.Pattern[str]:
    """The words of some sides, wherever they stand: ``doanh nghiệp [được] thành lập mới``."""
    words = (words for side in sides for words in _padding(side))
    return re.compile(rf"(?<!\S)(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?!\S)")


@kept_until_rows_change()
def padding_words() -> frozenset[str]:
    """The folded words of every side: none of them says what is measured."""
    return frozenset(fold(row["words"]) for row in read_rows(PADDING))


def _padding(side: str) -> list[str]:
    return sorted((fold(r["words"]) for r in read_rows(PADDING) if r["side"] == side), key=len, reverse=True)


def strip_padding(key: str) -> str:
    """A folded name without an opening and an ending that say nothing of what is measured.

    >>> strip_padding("tổng số hộ nghèo"), strip_padding("cây ăn quả các loại")
    ('hộ nghèo', 'cây ăn quả')
    """
    if key.startswith(_openings()):
        key = key.removeprefix(next(words for words in _openings() if key.startswith(words)))
    if key.endswith(_endings()):
        key = key.removesuffix(next(words for words in _endings() if key.endswith(words)))
    return key


def _shorter(key: str) -> list[str]:
    """``key`` without padding, without a place at its end, and without both: weaker forms to try."""
    bare = strip_padding(key)
    forms = [bare] if bare != key else []
    for form in (key, bare):
        placeless = strip_place(form)
        if placeless and placeless != form:
            forms.append(placeless)
    return forms


def strip_place(key: str) -> str:
    """A folded name without the place it ends on: ``thu ngân sách trên địa bàn huyện`` → ``thu ngân sách``."""
    for link in openings_of("place_link"):
        at = key.rfind(f" {link}")
        if at > 0:
            after = key[at + 1 + len(link) :].split()
            if after and after[0] in words_of("place_head") and len(after) <= 5:
                return key[:at]
    end = next((f" {words}" for words in words_of("place_end") if key.endswith(f" {words}")), "")
    return key.removesuffix(end)


@kept_until_rows_change()
def decided() -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Key and scope → indicators, one a family of units: full names and aliases, then weaker forms that meet no other.

    ``Gia đình văn hóa`` is a number in ``hộ`` and a share in ``%``.
    """
    strong: dict[tuple[str, str | None], list[str]] = {}
    for entry in indicators().values():
        strong.setdefault((name_key(entry.name_vi), None), []).append(entry.id)
    for alias in aliases():
        held = strong.setdefault((name_key(alias.text), alias.under), [])
        held.insert(0 if alias.is_own else len(held), alias.indicator)  # an office knows better what it means
    weak: dict[tuple[str, str | None], set[str]] = {}
    for (key, under), ids in strong.items():
        for form in _shorter(key):
            if " " in form:  # one syllable left over ("đơn", "trường") is no name
                weak.setdefault((form, under), set()).update(ids)
    table = {place: tuple(ids) for place, ids in strong.items()}
    for place, found in weak.items():
        kinds = {_counted_kind(indicators()[i]) for i in found}
        if place not in strong and len(kinds) == len(found):
            table[place] = tuple(sorted(found))
    return table


def _thin(key: str) -> str:
    """A folded name without the words that say nothing anywhere, the rest in one order.

    >>> _thin("doanh nghiệp mới được thành lập") == _thin("doanh nghiệp thành lập mới")
    True
    """
    for group in ("settlement", "commune"):  # "thôn, bản, tổ dân phố văn hóa" is one kind of place
        key = compiled(rf"(?<!\S){{{group}}}(?: {{{group}}})*(?!\S)").sub(words_of(group)[0], key)
    words = _idle("any").sub(" ", key).split()
    return " ".join(sorted(words) if len(words) >= FREE else words)


def _thin_names(key: str) -> list[str]:
    """The thin forms of a name that was read, which may hold words that widen and narrow nothing: ``lượng khách``.

    Without none of them, without each alone (``lượng`` is a part of ``sản lượng``), without all.
    """
    more = dict.fromkeys(_idle("more").findall(key))
    less = [f" {key} ".replace(f" {words} ", " ").strip() for words in more]
    return list(dict.fromkeys(_thin(form) for form in (key, *less, _idle("more").sub(" ", key))))


@kept_until_rows_change()
def _thinned() -> dict[tuple[str, str | None], tuple[str, ...]]:
    """Thin form and scope → the indicators of ``decided``, one a family of units; what two of them share is none's."""
    table: dict[tuple[str, str | None], set[str]] = {}
    for (key, under), ids in decided().items():
        form = _thin(key)
        if form == key or form.count(" ") >= FREE - 1:
            table.setdefault((form, under), set()).update(ids)
    return {
        place: tuple(sorted(ids))
        for place, ids in table.items()
        if len({_counted_kind(indicators()[i]) for i in ids}) == len(ids)
    }


def _counted_kind(entry: Indicator) -> str:
    """What keeps two entries of one name apart: the family of units, and of counted things the noun."""
    own = read_unit(entry.unit)
    return fold(own.canonical) if own and own.is_counted else broad_family(entry.family)


def match_indicator(
    name: str | None,
    *,
    parent: str | None = None,
    unit: str | None = None,
    qualifier: str | None = None,
    near: tuple[str, ...] = (),
    whole: bool = True,
) -> Match:
    """What ``name`` means in the catalogue, with ``parent`` the name it stands under and ``unit`` as printed.

    An alias decides, if the unit agrees with the indicator's family; else the likest candidate that no contrast and no
    unit vetoes is proposed. ``near`` are the entries that stand just before it, the nearest first: an alias that holds
    under one of them holds here too (``5 vụ tai nạn giao thông, chết 2 người``). A name read as a ``whole`` may hold
    empty words and another order; words put together may not.

    >>> match_indicator("Nông nghiệp", parent="Giá trị sản xuất nông, lâm, thủy sản", unit="triệu đồng").indicator_id
    'go_agri'
    >>> match_indicator("Nông nghiệp", unit="triệu đồng").match == "alias"
    False
    """
    if not name or not name.strip():
        return NO_MATCH
    qualified = name_key(qualifier) if qualifier else None
    return _match(name_key(name), name_key(parent) if parent else None, unit, qualified, near, whole)


@kept_until_rows_change(maxsize=16384)
def _match(
    key: str, parent: str | None, unit: str | None, qualifier: str | None, near: tuple[str, ...], whole: bool
) -> Match:
    if any(words.startswith(openings_of("each")) for words in (key, parent or "")):
        return NO_MATCH  # what one gets is not what all get: "mỗi nhà", and the sources of that money
    forms = [f"{key} {qualifier}", key] if qualifier else [key]
    asked = _asked(forms, parent, unit, near)
    met = _first(decided(), ((form, form, places) for form, places in asked), unit)
    if met is None and whole:
        thin = ((form, less, places) for form, places in asked for less in _thin_names(form))
        met = _first(_thinned(), thin, unit)
    if met is None:
        return _propose(forms[0], unit)
    above = _bearing(parent) if parent else ()
    return NO_MATCH if met.under not in above and _crosses(met.indicator_id or "", above) else met


_Scopes = tuple[str | None, ...]


def _asked(forms: list[str], parent: str | None, unit: str | None, near: tuple[str, ...]) -> list[tuple[str, _Scopes]]:
    """What a name is looked up as, the surest first, each with the scopes that it may hold in.

    A bare measure is its neighbour's own: ``sản lượng`` behind an area of shrimps is not that of all fish.
    """
    beside = near if forms[-1] in words_of("measure") else _with_wholes(near)
    scopes: _Scopes = (*dict.fromkeys((*_with_wholes(entries_of(parent)), *beside)), None)
    asked = [(form, scopes) for form in forms]
    if unit:  # "diện tích" in km2 is that of a whole place
        asked += [(f"{form} {name_key(unit)}", (None,)) for form in forms]
    if parent:  # "Nông nghiệp" under "Giá trị sản xuất": the name spelled out
        asked.append((f"{parent} {forms[-1]}", (None,)))
    asked += [(weaker, scopes) for form in forms for weaker in _weaker(form, unit)]
    if _is_share(unit):  # "xã đạt chuẩn 50%" is their share
        asked += [(f"{words_of('rate')[0]} {form}", places) for form, places in asked]
    return asked


def _first(
    table: dict[tuple[str, str | None], tuple[str, ...]], asked: Iterable[tuple[str, str, _Scopes]], unit: str | None
) -> Match | None:
    """The first entry of a table that fits: each name as it was read, as the table holds it, and where it may hold."""
    for form, key, places in asked:
        for under in places:
            for found in table.get((key, under), ()):
                if fits(form, unit, indicators()[found]):
                    return Match(found, "alias", 100.0, under=under)
    return None


@kept_until_rows_change()
def _anywhere() -> dict[str, list[tuple[str, ...]]]:
    """Key → what it stands for in each scope that decides it."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for (key, _), ids in decided().items():
        table.setdefault(key, []).append(ids)
    return table


@kept_until_rows_change(maxsize=4096)
def _bearing(parent: str) -> tuple[str, ...]:
    """Every entry that a parent's folded name may stand for, wherever it holds."""
    forms = dict.fromkeys([parent, *_shorter(parent)])
    return tuple(dict.fromkeys(i for form in forms for ids in _anywhere().get(form, ()) for i in ids))


def _crosses(found: str, above: tuple[str, ...]) -> bool:
    """Whether a counted part of one whole stands here under another: 1 complaint among 9 petitions resolved.

    So does what the name above it is a part of: services are no retail sales and services below retail sales.
    A share below a share of something else has another base, and what parts one whole in another way is no part: fish
    below all that is farmed. Money is left alone: one tax is a part of several totals.
    """
    entry, known = indicators()[found], indicators()
    if above and all(found in ancestors(a) for a in above):
        return True
    same = [a for a in above if known[a].unit == entry.unit]
    part = entry.family == COUNT and entry.parent is not None
    share = entry.family == "percent" and entry.nature == "ratio"
    parted = broad_family(entry.family) != MONEY and entry.nature != INDEX  # names of branches stand under others
    whole = set(ancestors(found)) if parted else set()
    parted_twice = all(not whole.isdisjoint(ancestors(a)) for a in above)
    return bool(same) and (part or share or parted_twice) and not any(related(found, a) for a in same)


def related(one: str, other: str) -> bool:
    """Whether two entries are one, or one is a part of the other."""
    return one == other or one in ancestors(other) or other in ancestors(one)


def is_told_of(entry: str | None, whole: str | None) -> bool:
    """Whether an entry is a part of another one, or one of its aliases stands below that: solved crimes and crimes."""
    told = _scopes().get(entry or "", frozenset())
    return related(entry or "", whole or "") or not told.isdisjoint({whole, *ancestors(whole or "")})


@kept_until_rows_change()
def _scopes() -> dict[str, frozenset[str]]:
    """Entry → the entries below which one of its aliases holds."""
    found: dict[str, set[str]] = {}
    for alias in aliases():
        if alias.under is not None:
            found.setdefault(alias.indicator, set()).add(alias.under)
    return {entry: frozenset(scopes) for entry, scopes in found.items()}


def fits(form: str, unit: str | None, entry: Indicator) -> bool:
    """Whether the printed unit may be the entry's: same family, and no other noun than the one that the name holds.

    7 ``công trình`` of ``trường học`` are not 7 schools, 9.240 ``em`` of ``trung học cơ sở`` are no schools either, and
    ``dịch vụ tăng 7,6%`` is no share, though shares of ``dịch vụ`` are printed without the word for it. An index is
    only told by its growth: ``CPI tăng 1,08%``. A base that the name holds may be printed once more: ``số bác sĩ/vạn
    dân`` 12,8 ``bác sĩ/vạn dân``.
    """
    head, _, base = (unit or "").partition("/")
    if base and entry.nature == "ratio" and entry.family == COUNT and form.endswith(name_key(base)):
        unit = head
    printed, own = read_unit(unit), read_unit(entry.unit)
    if not same_family(unit, entry.family):
        return False
    if printed is None and entry.family == "percent":
        return entry.nature == INDEX or holds_word(form, "rate")
    if printed is None or own is None or not (printed.is_counted and own.is_counted):
        return True
    noun, counted = fold(printed.canonical), fold(own.canonical)
    return same_noun(noun, counted) or f" {noun} " in compiled("{compound}").sub("", f" {form} ")


def _is_share(unit: str | None) -> bool:
    """Whether a printed unit is that of shares and rates of change."""
    known = read_unit(unit)
    return known is not None and broad_family(known.family) == "percent"


def _weaker(key: str, unit: str | None) -> list[str]:
    """What is left of a name without padding, place and ``tổng``, then without the noun that was counted, then with it.

    ``xử phạt trường hợp`` and ``cơ sở vi phạm`` say the counted noun once more; ``huấn luyện`` of 62 ``dân quân``
    leaves it to the unit.
    """
    forms = _shorter(key)
    forms += [form.removeprefix(lead) for lead in _leads() for form in (key, *forms) if form.startswith(lead)]
    known = read_unit(unit)
    if known is None or not known.is_counted:
        return forms
    noun = fold(known.canonical)
    rests = []
    for form in (key, *forms):
        rest = form.removesuffix(f" {noun}") if form.endswith(f" {noun}") else form.removeprefix(f"{noun} ")
        if rest not in {form, noun}:
            rests += [rest, *_shorter(rest)]
    whole = [f"{form} {noun}" for form in (key, *forms) if " " in noun and noun not in form]
    return forms + rests + whole


def _with_wholes(entries: Iterable[str]) -> tuple[str, ...]:
    """The entries below which a name may stand, each before what it is a part of: secondary schools are schools."""
    return tuple(dict.fromkeys(scope for entry in entries for scope in (entry, *ancestors(entry))))


def entries_of(parent: str | None) -> tuple[str, ...]:
    """What the folded name above a name stands for."""
    if not parent:
        return ()
    table = decided()
    return table.get((parent, None)) or next(
        (table[(f, None)] for f in _weaker(parent, None) if (f, None) in table), ()
    )


class _Spelling(NamedTuple):
    """A spelling that holds anywhere, its syllables, and what it stands for."""

    text: str
    words: list[str]
    indicators: tuple[str, ...]


@kept_until_rows_change()
def _spellings() -> tuple[list[_Spelling], list[str], dict[str, list[int]]]:
    """What names are likened to, their syllables in order, and the places where each syllable stands."""
    table: dict[str, set[str]] = {}
    for (key, under), ids in decided().items():
        if under is None:
            table.setdefault(key, set()).update(ids)
    spellings = [_Spelling(key, key.split(), tuple(sorted(ids))) for key, ids in table.items()]
    places: dict[str, list[int]] = {}
    for place, spelling in enumerate(spellings):
        for word in dict.fromkeys(spelling.words):
            places.setdefault(word, []).append(place)
    return spellings, [" ".join(sorted(spelling.words)) for spelling in spellings], places


def _propose(key: str, unit: str | None) -> Match:
    """Rank what resembles ``key``, in letters and in syllables alike, and is vetoed by neither unit nor contrast."""
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import Indel

    words = key.split()
    if len(words) < 2 or is_vague(key, unit):  # one syllable resembles everything
        return NO_MATCH
    spellings, ordered, places = _spellings()
    near = sorted(set().union(*(places.get(word, ()) for word in words)))
    choices = [ordered[place] for place in near]
    alike = process.extract(" ".join(sorted(words)), choices, scorer=fuzz.ratio, limit=40, score_cutoff=55)
    scored = []
    for _, letters, index in alike:
        spelling = spellings[near[index]]
        syllables = 100 * Indel.normalized_similarity(words, spelling.words)
        scored.append((round((letters + syllables) / 2, 1), spelling))
    if all(score < PROPOSE for score, _ in scored):  # as of most names
        return NO_MATCH
    ranked = _ranked(key, unit, scored)[:2]
    if not ranked or ranked[0][1] < PROPOSE:
        return NO_MATCH
    second = ranked[1] if len(ranked) > 1 else (None, 0.0)
    return Match(ranked[0][0], "proposed", ranked[0][1], second[0], round(ranked[0][1] - second[1], 1))


def _ranked(key: str, unit: str | None, scored: list[tuple[float, _Spelling]]) -> list[tuple[str, float]]:
    """Entry and likeness, the likest first, of what no contrast, no other word and no unit vetoes."""
    best: dict[str, float] = {}
    for score, spelling in scored:
        if contrast(key, spelling.text) or not _same_words(key.split(), spelling.words, unit):
            continue
        for indicator in spelling.indicators:
            if fits(spelling.text, unit, indicators()[indicator]) and score > best.get(indicator, 0):
                best[indicator] = score
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


def _same_words(name: list[str], spelling: list[str], unit: str | None) -> bool:
    """Whether a name differs from a spelling in misprints and in more words that say nothing alone, and in no other.

    A word more narrows what is meant (``đăng ký lại khai sinh``), a word less widens it (``dư nợ`` of anybody).
    """
    known = read_unit(unit)
    said = {*words_of("filler"), *(fold(known.canonical).split() if known else ())}
    pairs = _misprints([word for word in name if word not in said or word in spelling], spelling)
    return pairs is not None and len(pairs) <= MISPRINTS


def _misprints(name: Sequence[str], spelling: Sequence[str]) -> list[tuple[str, str]] | None:
    """The words of a name that stand for others of a spelling, each with that; None where any has no likeness."""
    from rapidfuzz import fuzz

    less = [word for word in spelling if word not in name]
    pairs = []
    for word in (word for word in name if word not in spelling):
        meant = max(less, key=lambda other: fuzz.ratio(word, other), default="")
        if not are_alike(word, meant):
            return None
        less.remove(meant)
        pairs.append((word, meant))
    return None if less else pairs


def are_alike(word: str, meant: str) -> bool:
    """Whether one syllable may be another misprinted."""
    from rapidfuzz import fuzz

    return fuzz.ratio(word, meant) >= MISPRINT


def misread_for(key: str, entry: str) -> tuple[str, str] | None:
    """The one word of a folded name, and that of an entry's spelling, for which the name was likened to the entry."""
    for spelling in _spellings()[0]:
        if entry in spelling.indicators:
            pairs = _misprints(key.split(), spelling.words)
            if pairs is not None and len(pairs) == 1:
                return pairs[0]
    return None


@kept_until_rows_change()
def refused() -> frozenset[tuple[str, str]]:
    """Names, as keys, with the entries that they are not, whatever they look like."""
    return frozenset((name_key(row["name"]), row["indicator"]) for row in read_rows(REFUSALS))


def is_vague(key: str, unit: str | None) -> bool:
    """Whether a name says nothing but what is done or measured, and what was counted: ``đã giải quyết``."""
    known = read_unit(unit)
    padded = f" {key} "
    for words in (fold(known.canonical) if known else "", *words_of("vague")):
        padded = padded.replace(f" {words} ", "  ") if words else padded
    return len(padded.split()) < 2


@kept_until_rows_change()
def _contrasts() -> tuple[tuple[tuple[str, str], ...], int]:
    """The pairs, and a number whose bits say which of them have no right side."""
    rows = tuple((fold(r["left"]), fold(r["right"])) for r in read_rows(CONTRASTS))
    return rows, sum(1 << n for n, (_, right) in enumerate(rows) if not right)


@kept_until_rows_change()
def _contrasting() -> list[tuple[str, int, int]]:
    """Each contrasting word between spaces, and the pairs of which it is the left and the right one, as bits."""
    bits: dict[str, list[int]] = {}
    for n, pair in enumerate(_contrasts()[0]):
        for side, word in enumerate(pair):
            if word:
                bits.setdefault(f" {word} ", [0, 0])[side] |= 1 << n
    return [(word, left, right) for word, (left, right) in bits.items()]


@kept_until_rows_change(maxsize=16384)
def _sides(name: str) -> tuple[int, int]:
    """Of which pairs a folded name holds the left word, and of which the right one, as bits."""
    padded = f" {name} "
    left = right = 0
    for word, on_left, on_right in _contrasting():
        if word in padded:
            left, right = left | on_left, right | on_right
    return left, right


def contrast(one: str, other: str) -> tuple[str, str] | None:
    """Find the pair of contrasting words that keeps two folded names apart, or None.

    A pair without a right side is a word whose presence on one side alone is enough (``tỷ lệ``, ``cận``).

    >>> contrast("tổng thu ngân sách", "tổng chi ngân sách")
    ('thu', 'chi')
    """
    rows, lone = _contrasts()
    (left_a, right_a), (left_b, right_b) = _sides(one), _sides(other)
    apart = left_a & ~right_a & right_b & ~left_b | right_a & ~left_a & left_b & ~right_b | (left_a ^ left_b) & lone
    return rows[(apart & -apart).bit_length() - 1] if apart else None


def check_catalogue() -> tuple[int, int, int]:
    """Hold the catalogue together: parents in no circle, aliases that yield their row, contrasts that tell apart.

    Returns how many indicators, aliases and contrasts were looked at; raises InvalidModels at the first that cannot be.
    """
    known = indicators()
    for row in read_rows(INDICATORS):
        _check_entry(known[row["id"]], int(row["#"]), known)
    _check_aliases(known)
    for row in read_rows(CONTRASTS):
        if contrast(fold(row["example_left"]), fold(row["example_right"])) is None:
            raise InvalidModels(CONTRASTS, int(row["#"]), "models.no_contrast")
    for row in read_rows(PADDING):
        key, bare = fold(row["example"]), f" {fold(row['example'])} ".replace(f" {fold(row['words'])} ", " ", 1).strip()
        weaker = {"open": [strip_padding(key)], "close": [strip_padding(key)], "lead": _weaker(key, None)}
        weaker |= {side: [" ".join(_idle(side).sub(" ", key).split())] for side in ("any", "more")}
        if bare == key or bare not in weaker.get(row["side"], ()):
            raise InvalidModels(PADDING, int(row["#"]), "models.no_padding", words=row["words"])
    words = {ABBREVIATIONS: "short", NOUNS: "noun", CONTEXTS: "context", TOPICS: "topic", REFUSALS: "name"}
    for file, column in words.items():
        for row in read_rows(file):
            if f" {fold(row[column])} " not in f" {fold(row['example'])} ":
                raise InvalidModels(file, int(row["#"]), "models.not_held", word=row[column])
    for file in (CONTEXTS, TOPICS, REFUSALS):
        for row in read_rows(file):
            for entry in filter(None, (row["indicator"], row.get("becomes"))):
                if entry not in known:
                    raise InvalidModels(file, int(row["#"]), "models.no_indicator", indicator=entry)
    orders()
    unit_costs()
    changes()
    return len(known), len(aliases()), len(_contrasts()[0])


def _check_entry(entry: Indicator, row: int, known: dict[str, Indicator]) -> None:
    if entry.parent:
        if entry.parent not in known:
            raise InvalidModels(INDICATORS, row, "models.no_parent", parent=entry.parent)
        if not entry.rule:
            raise InvalidModels(INDICATORS, row, "models.parent_without_rule")
        if entry.rule == "sum" and broad_family(entry.family) != broad_family(known[entry.parent].family):
            raise InvalidModels(INDICATORS, row, "models.two_families")
        if entry.id in ancestors(entry.id):
            raise InvalidModels(INDICATORS, row, "models.circle")


def _check_aliases(known: dict[str, Indicator]) -> None:
    """No alias stands twice in one scope and family of units, and each yields its row."""
    seen: dict[tuple[str, str | None, str], tuple[str, int]] = {}
    for row in read_rows(INDICATORS):
        entry = known[row["id"]]
        seen[(name_key(entry.name_vi), None, _counted_kind(entry))] = (entry.id, int(row["#"]))
    for row, alias in zip(read_rows(ALIASES), aliases(), strict=True):
        number = int(row["#"])
        key = (name_key(alias.text), alias.under, _counted_kind(known[alias.indicator]))
        if key in seen:
            other, line = seen[key]
            raise InvalidModels(ALIASES, number, "models.alias_taken", alias=alias.text, earlier=line, indicator=other)
        seen[key] = (alias.indicator, number)
        parent = known[alias.under].name_vi if alias.under else None
        got = match_indicator(alias.text, parent=parent, unit=known[alias.indicator].unit)
        if got.match != "alias" or got.indicator_id != alias.indicator:
            raise InvalidModels(ALIASES, number, "models.alias_yields", alias=alias.text, indicator=got.indicator_id)
