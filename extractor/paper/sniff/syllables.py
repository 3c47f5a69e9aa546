"""Whether a word is a syllable that Vietnamese can write: the evidence for language and for encoding.

In comes a word in NFC, out comes yes or no. Vietnamese writes each syllable as a word of its own, out of some thirty
onsets and a closed list of rhymes, so a text decoded with the wrong table fails here at once, and so does every other
language. Names and loans (``Robot``, ``Website``) fail too: only shares mean something, never one word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from extractor.domain.letters import true_letters

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot oong ooc
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc ui um un ung uô uôc uôi uôm uôn uông uôt up ut
uê uêch uên uênh uêt uơ uy uya uych uyên uyêt uynh uyt uyu uyn uyp
ư ưa ưc ưi ưm ưn ưng ươ ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ya uâ
"""
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORDS = re.compile(r"[^\W\d_]+")


@cache
def _syllables() -> frozenset[str]:
    """All onset and rhyme pairs without tones."""
    return frozenset(onset + rhyme for onset in ["", *_ONSETS.split()] for rhyme in _RHYMES.split())


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether ``word`` (any case, NFC) is built like a Vietnamese syllable with at most one tone.

    >>> is_syllable("nghiệp"), is_syllable("Thuỷ"), is_syllable("plan"), is_syllable("nghiÖp")
    (True, True, False, False)
    """
    letters = unicodedata.normalize("NFD", true_letters(word).lower().replace("đ", "\x00")).replace("\x00", "đ")
    bare, tones = _TONES.subn("", letters)
    return tones <= 1 and unicodedata.normalize("NFC", bare) in _syllables()


def vietnamese_share(text: str) -> float:
    """The share of the words with a Vietnamese letter that are syllables, times their share in what Vietnamese writes.

    1.0 for running Vietnamese; near 0 for English, which has syllables by chance (``an``, ``to``) but no marked letter.
    """
    words = _WORDS.findall(text)
    if not words:
        return 0.0
    marked = [word for word in words if not word.isascii()]
    good = sum(map(is_syllable, marked))
    plain = sum(map(is_syllable, words))
    usual = 0.6  # of the words of Vietnamese prose bear a mark; more than this proves nothing further
    return min(1.0, good / (usual * len(words))) * (plain / len(words))


FEW = 5
"""Words that make a line of a language; fewer may be a name."""


def is_foreign(text: str) -> bool:
    """Whether a text has no Vietnamese letter, and most of its words are no syllables even without their marks.

    Words in capitals alone are names of any language.

    >>> is_foreign("Labour force at 15 years of age and above by sex"), is_foreign("Tong thu ngan sach dat 15 ty dong")
    (True, False)
    >>> is_foreign("GDP, CPI, FDI, ODA, PCI"), is_foreign("Samsung Display 15")
    (False, False)
    """
    words = [word for word in _WORDS.findall(text) if not word.isupper()] if text.isascii() else []
    return len(words) >= FEW and sum(map(is_syllable, words)) * 2 < len(words)
