"""Text in the encodings from before Unicode: found, decoded, and never guessed.

In comes text as a font or an 8-bit file left it (``s¶n xuÊt``, ``saûn xuaát``), out comes Unicode with a map back to
every letter. An encoding is told by the font where there is one, else by the text as a whole: the table under which its
marked words become Vietnamese syllables, and only if they are none as they stand. So text that is Unicode already is
left alone, also where all its letters happen to be in Latin-1 (``Hà Nam có 5 xã``). Lost glyphs are refused.

The tables are viparse's, with the few letters added that they leave out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache
from itertools import islice

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sniff.syllables import is_syllable
from extractor.paper.structure.offsets import OffsetMap, rewrite

ENCODINGS = ("tcvn3", "vni", "viscii", "vps")
_ENOUGH = 0.75  # of the marked words must come out as syllables; names and slips leave true text near 0.95
_MARGIN = 0.15  # by which the best table must beat the text as it stands and the next table
_SAMPLE = 20_000  # letters are enough to know

# What a table leaves out, or what a PDF's font puts in the place of a byte.
_ADDED = {
    "tcvn3": {"\u2212": "ư", "\u03bc": "à", "\u2219": "ã", "\u00a0": "\u00a0"},
    "vni": {"aú": "ẳ", "AÚ": "Ẳ", "î": "ỵ", "Î": "Ỵ", "í": "í", "ì": "ì", "Í": "Í", "Ì": "Ì"},
    "viscii": {},
    "vps": {},
}
_BYTES = {c: chr(b) for b in range(0x80, 0xA0) if (c := bytes([b]).decode("cp1252", "ignore"))}  # “ → 0x93
_SIGNS = {chr(b): c for b in range(0x80, 0xA0) if (c := bytes([b]).decode("cp1252", "ignore"))}  # 0x93 → “
_TOKEN = re.compile(r"[^\s!-/:-@\[-`{-~“”‘’…–—]+")
_UNICODE = re.compile(
    "[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]|[aeiouyâêô\u0103\u01a1\u01b0][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE
)
_LEGACY = re.compile(
    "[\u0080-\u00ff\u2212\u03bc\u2219\u02c6\u02dc\u0152\u0153\u0160\u0161\u0178\u0192\u2030\u2039\u203a]"
)
_RAISED = "¹²³"  # signs of Unicode text too: m², kỳ¹; no evidence at the end of a word
LOST_SIGN = re.compile("[\ufffd\ue000-\uf09f\uf100-\uf8ff(](?:(?<!\\()|(?<=\\()cid:\\d{1,6}\\))")
"""A set at its head lets the engine go from one such letter to the next."""
_LETTER_RUN = re.compile(r"[^\W\d_]+")


def font_encoding(font: str | None) -> str | None:
    """The encoding that a font's name stands for, or None: ``.VnTime`` TCVN3, ``VNI-Times`` VNI.

    >>> font_encoding("ABCDEF+.VnTimeH"), font_encoding("VNI-Times"), font_encoding("Times New Roman")
    ('tcvn3', 'vni', None)
    """
    name = re.sub(r"^[A-Z]{6}\+", "", font or "").upper()
    if name.startswith(".VN"):
        return "tcvn3"
    if name.startswith("VNI"):
        return "vni"
    return "vps" if name.startswith("VPS") else None


def capital_font(font: str | None) -> bool:
    """Whether the font draws small letters as capitals: ``.VnTimeH``, ``.VnArialH``."""
    name = (font or "").split("+")[-1]
    return name.upper().startswith(".VN") and name.endswith("H")


def is_unicode_vietnamese(text: str) -> bool:
    """Whether ``text`` has letters that only Unicode has: it is decoded already, whatever its font says."""
    return bool(_UNICODE.search(text))


def detect(text: str) -> str | None:
    """The legacy encoding of ``text`` as a whole, or None where it is Unicode, foreign, or too little to tell."""
    sample = text[:_SAMPLE]
    enough = -(-len(_LEGACY.findall(sample)) // 5)  # letters that only Unicode has, to leave the rest in no doubt
    if len(list(islice(_UNICODE.finditer(sample), enough))) == enough:
        return None
    words = [word for word in _TOKEN.findall(sample) if _LEGACY.search(word.strip(_RAISED))]
    if not words:
        return None
    as_is = _syllable_share(words)
    if as_is >= _ENOUGH:
        return None
    shares = sorted(((_syllable_share([decode(w, e)[0] for w in words]), e) for e in ENCODINGS), reverse=True)
    (best, encoding), (runner_up, _) = shares[0], shares[1]
    if best < _ENOUGH or best - as_is < _MARGIN or best - runner_up < _MARGIN:
        return None
    return encoding if len(words) > 1 or len(words[0]) > 3 else None


def are_letters(controls: Set[int], head: bytes) -> bool:
    """Whether bytes that control elsewhere are letters of the old encoding that a text begins in, as VPS has some."""
    encoding = detect(head.decode("latin-1"))
    return encoding is not None and {chr(byte) for byte in controls} <= _table(encoding)[1].keys()


def _syllable_share(words: list[str]) -> float:
    """The share of ``words`` that are syllables; a word with a digit in it is not looked at."""
    looked = [word for word in words if not any(c.isdigit() for c in word)]
    return sum(is_syllable(word) for word in looked) / len(looked) if looked else 0.0


def decode(text: str, encoding: str, *, capitals: bool = False) -> tuple[str, OffsetMap]:
    """``text`` in Unicode (NFC) and the map back; ``capitals`` where the font draws small letters as capitals.

    TCVN3 has no accented capitals: a heading is typed ``L·NH §¹O`` and shows ``LÃNH ĐẠO`` by its font, so an accented
    small letter within a word of capitals comes back as a capital.
    """
    decoded, back = rewrite(text, _edits(text, encoding))
    if encoding == "tcvn3":
        decoded = decoded.upper() if capitals and len(decoded.upper()) == len(decoded) else _raise_accents(decoded)
    return decoded, back


def decode_detected(text: str) -> tuple[str, str | None, OffsetMap]:
    """``text`` decoded from whatever it is in: text, encoding or None, map back."""
    encoding = detect(text)
    if encoding is None:
        return text, None, OffsetMap(len(text))
    decoded, back = decode(text, encoding)
    return decoded, encoding, back


def refuse_lost_glyphs(text: str, name: str) -> None:
    """Raises UnreadableFile (refused) where so many letters are lost that the rest would have to be guessed."""
    lost = len(LOST_SIGN.findall(text))
    if lost > 5 and lost > 0.02 * sum(map(len, _LETTER_RUN.findall(text))):
        raise UnreadableFile(name, Result.REFUSED, "file.lost_letters", count=lost)


@cache
def _table(encoding: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The legacy sequences of ``encoding``, longest first, as one pattern, and what each becomes."""
    from viparse.normalize.encodings import CHARMAPS

    table: dict[str, str] = dict(CHARMAPS[encoding].pairs)
    if encoding == "vni":
        table |= {s[0].upper() + s[1]: c.upper() for s, c in table.items() if len(s) == 2 and s[0].islower()} | table
    table |= _ADDED[encoding]
    if encoding in ("viscii", "vps"):
        table |= {sign: table[byte] for sign, byte in _BYTES.items() if byte in table}
    else:
        table |= _SIGNS
    ordered = sorted(table, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered))), table


def _edits(text: str, encoding: str) -> Iterator[tuple[int, int, str]]:
    pattern, table = _table(encoding)
    for found in pattern.finditer(text):
        if found[0] in ("\u2212", "\u2219") and not _between_letters(text, found.start()):
            continue
        if found[0] == "\u2030" and text[found.start() - 1 : found.start()].isdigit():
            continue  # "17,2‰": no word begins inside a number
        yield found.start(), found.end(), table[found[0]]


def _between_letters(text: str, at: int) -> bool:
    """Whether the sign at ``at`` touches a letter, so that it is one itself: ``n−íc`` but not ``5 − 10``, ``−5``."""
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return any(c.isalpha() or "\u00a1" <= c <= "\u00ff" for c in around)


def _raise_accents(text: str) -> str:
    """Accented small letters in words of capitals as capitals; a lone letter or two goes with its neighbours."""
    spans = [found.span() for found in _LETTER_RUN.finditer(text)]
    states = [_case(text[a:b]) for a, b in spans]
    pieces: list[str] = []
    last = 0
    for order, (a, b) in enumerate(spans):
        state = states[order]
        if state == "open":
            near = [s for s in (*states[max(0, order - 1) : order], *states[order + 1 : order + 2]) if s != "open"]
            state = "capitals" if near and all(s == "capitals" for s in near) else "mixed"
        if state == "capitals":
            pieces += (text[last:a], text[a:b].upper())
            last = b
    pieces.append(text[last:])
    return "".join(pieces)


def _case(word: str) -> str:
    """``capitals`` for ``LãNH``, ``mixed`` for ``Tổng``, ``open`` where only neighbours can tell: ``Vụ``, ``ở``."""
    plain = [c for c in word if c.isascii() or c in "ĂÂÊÔƠƯĐ"]
    if len(plain) >= 2 and all(c.isupper() for c in plain):
        return "capitals"
    if any(c.islower() for c in plain) or any(c in "ăâêôơưđ" for c in word):
        return "mixed"
    return "open"
