"""Folded forms: what two spellings of one Vietnamese phrase have in common, for comparison only, never for display.

Text comes in as written; out comes a form in which ``Thuỷ sản`` meets ``thủy sản``, ``Tỉ lệ`` meets ``tỷ lệ`` and
``nông - lâm`` meets ``nông, lâm``. The one hard idea: a tone mark belongs to a *syllable*, so it is lifted off and set
down again by one rule that knows onset and nucleus. A rule over letter pairs would turn ``quý`` into ``qúy`` and
``giá`` into ``gía``. Tones and shape marks are kept: ``thu`` and ``thú``, ``nông`` and ``nóng`` stay apart.

Nothing here corrects a text, guesses a missing mark, or knows a word.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from extractor.domain.letters import true_letters

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook above, dot below as combining marks: huyền, sắc, ngã, hỏi, nặng."""

VOWELS = frozenset("aăâeêioôơuưy")
SHAPED = frozenset("ăâêôơư")

FREE_I = frozenset({"h", "k", "l", "m", "s", "t", "qu"})
"""Onsets after which a lone final ``i`` and ``y`` are two spellings of one syllable: kì/kỳ, tỉ/tỷ, quí/quý."""

SIGNS = frozenset("%‰")
"""Marks that carry meaning in a name and survive the folding of punctuation."""


NAME = 160  # letters up to which a text is taken for a name: those come again and again, so their folds are kept

_INVISIBLE = regex.compile(r"\p{Cf}+")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_BETWEEN = regex.compile(rf"[^\p{{L}}\p{{N}}{''.join(sorted(SIGNS))}]+")


def fold_spelling(text: str) -> str:
    """``text`` in NFC and lower case, tone marks placed one way, free i/y written y, white space single; marks kept.

    Invisible characters are left out.

    >>> fold_spelling("Thuỷ sản; Tỉ lệ HOÀ giải")
    'thủy sản; tỷ lệ hòa giải'
    >>> fold_spelling("tr.đ/người")
    'tr.đ/người'
    """
    text = true_letters(unicodedata.normalize("NFC", text)).lower()
    text = unicodedata.normalize("NFC", text)  # lower-casing may leave a loose combining mark (İ)
    if not text.isprintable():  # nor is any invisible character
        text = _INVISIBLE.sub("", text)
    return " ".join(_WORD.sub(lambda word: fold_syllable(word[0]), text).split())


def fold(text: str) -> str:
    """``fold_spelling(text)`` with every mark between words dropped except % and ‰.

    >>> fold("Giá trị sản xuất nông - lâm, thuỷ sản (quí I)")
    'giá trị sản xuất nông lâm thủy sản quý i'
    """
    return _fold_name(text) if len(text) <= NAME else _fold(text)


def _fold(text: str) -> str:
    return _BETWEEN.sub(" ", fold_spelling(text)).strip()


_fold_name = lru_cache(maxsize=8192)(_fold)


@lru_cache(maxsize=16384)
def fold_syllable(word: str) -> str:
    """One lower-case word with its tone on the vowel where we write it; what is no Vietnamese syllable unchanged.

    >>> [fold_syllable(w) for w in ("hoà", "quí", "qúy", "giá", "kĩ", "khoẻ", "nghiã")]
    ['hòa', 'quý', 'quý', 'giá', 'kỹ', 'khỏe', 'nghĩa']
    """
    marks = unicodedata.normalize("NFD", word)
    tones = [c for c in marks if c in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in marks if c not in TONES))
    if len(tones) > 1:
        return word
    parts = split_syllable(bare)
    if parts is None:
        return word
    onset, nucleus, coda = parts
    if nucleus == "i" and not coda and onset in FREE_I:
        nucleus = "y"
    if tones:
        at = _tone_place(nucleus, coda)
        nucleus = unicodedata.normalize("NFC", nucleus[: at + 1] + tones[0] + nucleus[at + 1 :])
    return onset + nucleus + coda


def split_syllable(bare: str) -> tuple[str, str, str] | None:
    """Onset, nucleus and coda of a toneless word; None where the vowels do not stand together.

    The ``u`` of ``qu`` and the ``i`` of ``gi`` before a vowel belong to the onset.

    >>> split_syllable("quy"), split_syllable("gia"), split_syllable("gi"), split_syllable("km")
    (('qu', 'y', ''), ('gi', 'a', ''), ('g', 'i', ''), None)
    """
    first = next((i for i, c in enumerate(bare) if c in VOWELS), -1)
    if first < 0:
        return None
    pair = bare[:first] + bare[first]
    follows_vowel = first + 1 < len(bare) and bare[first + 1] in VOWELS
    if follows_vowel and (pair == "qu" or (pair == "gi" and bare[first + 1] != "ê")):
        first += 1
    end = first
    while end < len(bare) and bare[end] in VOWELS:
        end += 1
    if any(c in VOWELS for c in bare[end:]) or end - first > 3:
        return None
    return bare[:first], bare[first:end], bare[end:]


def _tone_place(nucleus: str, coda: str) -> int:
    """Return the index that carries the tone: a shaped vowel, else the middle, else the first before no coda."""
    shaped = [i for i, c in enumerate(nucleus) if c in SHAPED]
    if shaped:
        return shaped[-1]
    if len(nucleus) == 3:
        return 1
    return 1 if len(nucleus) == 2 and coda else 0
