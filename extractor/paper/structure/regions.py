"""Which pieces of a document are letterhead, body, closing and annex.

In come the joined pieces, out comes one ``Region`` a piece. The letterhead is the run of lines from the top that look
like nothing else (motto, issuer, number, place and date, kind, title, addressee); the closing starts behind ``./.``
where recipients or a signature follow, and ends where an annex opens. A document without a letterhead has none: the
first line that reads like a sentence or bears a section label is body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

from extractor.domain.letters import CAPITALS, ONE_CAPITAL
from extractor.paper.structure.flow import Piece
from extractor.paper.structure.labels import Style, item_mark, read_labels
from extractor.paper.structure.part_words import compiled, in_capitals

LETTERHEAD_LINES = 60  # no letterhead is longer, whatever comes out of two interleaved columns
_LINE = 200  # a line of a letterhead or a title is no longer; a title in one paragraph may be twice that
_TITLE = 420

MOTTO = "(?i){motto}"
NUMBER = (
    r"(?:^|\s){number_label}\s*[:.]?\s*(?P<number>"
    r"(?:\d{1,5}[a-z]?\s*|[.…_\s]{1,12}|(?=[^\s/]*[^\w\s/]|[^\s/]*[\d_])[^\s/]{1,5}\s?)?(?:/\d{4})?\s*/\s*"
    rf"[{ONE_CAPITAL}][\w&]{{0,11}}(?:\s?[-–]\s?[{ONE_CAPITAL}][\w&]{{0,15}}){{0,3}}"
    rf"|(?:\d{{1,5}}|[.…]{{1,9}})?\s*[-–]\s*[{ONE_CAPITAL}][A-Za-z]{{0,3}}/[{ONE_CAPITAL}][\w]{{1,12}})"
)
DATE = (
    r"(?i)(?P<place>[^\W\d_][^,\n]{0,58}),\s*{date_word}(?P<day>[.…_\s]*\d{0,2}[.…_\s]*|\s*[^\s\w,]?\w?[^\s\w,]{0,2}\w?\s*)"
    r"{month}(?P<month>[.…_\s]*[\dlIO]{0,2}[.…_\s]*){year}\s*(?P<year>\d{4})"
)
KIND = r"(?i)(?P<kind>{kind})(?=$|[\s:])"
ADDRESSEE = r"(?i){addressee}\s*:?"
ISSUER = r"(?i){issuer}(?=$|\s)"
ENCLOSED = r"(?i)\({enclosed}"
SUBJECT_HEAD = r"{subject_head}\b"  # a title without its kind
SUBJECT = r"{subject}\b"
STAMP = r"{stamp}\W*$"
SECRECY = r"\W*(?:{secrecy_label}\s*:\s*)?(?P<stamp>{secrecy_capitals})\W*"
RECIPIENTS = r"{recipients}\b\s*:?"
AUTHORITY = re.compile(rf"(?:T/?M|KT|TL|TUQ|T\.\s?M|K\.\s?T|Q)\s?\.\s*(?=[{CAPITALS}])")
OFFICE = r"(?:Q\.\s*)?{office_capitals}(?=$|\W)"
END_OF_BODY = re.compile(r"\./\.?\W*$")


class Region(Enum):
    """What a piece belongs to."""

    LETTERHEAD = auto()
    BODY = auto()
    CLOSING = auto()


def divide_regions(pieces: Sequence[Piece]) -> list[Region]:
    """One region a piece; an annex behind the signature is body again."""
    head = _letterhead_end(pieces)
    start, end = _closing(pieces, head)
    return [
        Region.LETTERHEAD if at < head else Region.CLOSING if start <= at < end else Region.BODY
        for at in range(len(pieces))
    ]


def _letterhead_end(pieces: Sequence[Piece]) -> int:
    """The number of pieces that the letterhead takes."""
    letterhead = _Letterhead()
    end = sum(1 for _ in takewhile(letterhead.takes, pieces[:LETTERHEAD_LINES]))
    return end if letterhead.proofs or letterhead.hints > 1 else 0


@dataclass(slots=True)
class _Letterhead:
    """The letterhead line by line, and what has shown that it is one."""

    proofs: int = 0  # number, date, motto, kind: lines that stand nowhere else
    hints: int = 0  # an issuer, a subject: lines that may stand elsewhere too, but not one below the other
    has_title: bool = False
    has_addressee: bool = False

    def takes(self, piece: Piece) -> bool:
        """Whether ``piece`` goes on with the letterhead; what it shows is counted."""
        text = piece.text.strip()
        if piece.grid or _opens_body(text):
            return False
        if piece.column or _proves_letterhead(text):
            self.proofs += 1
        elif _is_stamp(text):
            pass
        elif compiled(ADDRESSEE).match(text):
            self.proofs += 1
            self.has_addressee = True
        elif self.has_addressee:
            return bool(item_mark(text)) and len(text) <= _LINE // 2
        elif self.has_title:
            return _title_line(piece)
        else:
            return self._takes_title(text) or self._takes_issuer(text)
        return True

    def _takes_title(self, text: str) -> bool:
        """The first line of the title: a kind of document, or below an issuer a subject in capitals without one."""
        if len(text) <= _TITLE and _opens_title(text, proven=self.proofs > 0):
            self.proofs += 1
            self.has_title = True
        elif self.hints and len(text) <= _LINE and compiled(SUBJECT_HEAD).match(text) and in_capitals(text):
            self.hints += 1
            self.has_title = True
        return self.has_title

    def _takes_issuer(self, text: str) -> bool:
        """A short line that is no sentence, an issuer for one."""
        capitals, issuer = in_capitals(text), bool(compiled(ISSUER).match(text))
        if len(text) > _LINE or text.endswith((".", ":", ";")) or not (capitals or issuer or len(text) < 60):
            return False
        self.hints += capitals and issuer
        return True


def _opens_body(text: str) -> bool:
    """Whether ``text`` bears the label of a first section."""
    return any(label.style < Style.LOWER and not label.weak and 1 in label.numbers for label in read_labels(text))


def _proves_letterhead(text: str) -> bool:
    """Motto, number, or place and date, and nothing of a sentence behind it."""
    if len(text) > _LINE:
        return False
    if compiled(MOTTO).search(text):
        return True
    number = compiled(NUMBER).match(text)
    date = compiled(DATE).search(text)
    if date:
        return not text[date.end() :].strip(" .,;)") and len(text) <= _LINE // 2
    return bool(number and len(text[number.end() :].strip()) <= 2)


def _is_stamp(text: str) -> bool:
    """A stamp, or what the document is enclosed with: it proves nothing."""
    stamped = compiled(SECRECY).fullmatch(text) or compiled(STAMP).match(text) or compiled(ENCLOSED).match(text)
    return len(text) <= _LINE and bool(stamped)


def _opens_title(text: str, *, proven: bool) -> bool:
    """Whether the kind of document opens the title here; in small letters only where a letterhead stands above it."""
    found = compiled(KIND).match(text)
    if not found or text.endswith((":", ";", ",", "./.")):
        return False
    return found["kind"].isupper() or (proven and not text.endswith("."))


def _title_line(piece: Piece) -> bool:
    """Whether a line behind the kind goes on with the title: capitals, bold, centred, or short and no sentence."""
    text = piece.text.strip()
    if len(text) > _TITLE:
        return False
    bold = sum(b - a for a, b in piece.bold) >= 0.9 * len(text)
    if in_capitals(text) or piece.centred or bold or compiled(SUBJECT).match(text):
        return not text.endswith((":", "./."))
    return len(text) <= _LINE and not text.endswith((".", ":")) and not item_mark(text)


def _closing(pieces: Sequence[Piece], head: int) -> tuple[int, int]:
    """Where the closing starts and ends; both at the end of the document where it has none."""
    count = len(pieces)
    sign = next((at for at in range(head, count) if _signs(pieces[at])), None)
    ends = [at for at in range(head, count) if END_OF_BODY.search(pieces[at].text) and not pieces[at].grid]
    if sign is None:
        if not ends or count - ends[-1] > LETTERHEAD_LINES:
            return count, count
        start = ends[-1] + 1
    else:
        start = sign
        behind = [at for at in ends if at < sign and not item_mark(pieces[at].text)]
        if behind and sign - behind[-1] <= 6 and all(len(p.text) <= _LINE for p in pieces[behind[-1] + 1 : sign]):
            start = behind[-1] + 1
    end = start
    while end < count and not _opens_annex(pieces[end]):
        end += 1
    return start, end


def _signs(piece: Piece) -> bool:
    """Whether the recipients or the signature open here."""
    text = piece.text.strip()
    if len(text) > 4 * _LINE or piece.grid:
        return False
    if compiled(RECIPIENTS).match(text):
        return True
    if len(text) > _LINE or not in_capitals(text):
        return False
    return bool(AUTHORITY.match(text) or compiled(OFFICE).fullmatch(text))


def _opens_annex(piece: Piece) -> bool:
    """A table, or a line that opens an annex by its word or by a section label."""
    text = piece.text.strip()
    if piece.grid:
        return True
    labels = read_labels(text)
    if any(label.style is Style.ANNEX for label in labels):
        return True
    return in_capitals(text) and any(label.style in (Style.PART, Style.ROMAN) and not label.weak for label in labels)
