"""What letterhead and closing say about a report: number, date, title, issuer, area, period, recipients, signature.

In come the divided pieces, out comes the ``Report``; a part that the paper does not show is None. Everything is as
printed but for three plain readings: the date in digits to the precision printed, the area in small letters with
capitals where a name has them, and the label of the period that the report is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from extractor.domain.document import PRINTED, Report, Result, Source
from extractor.domain.errors import UnreadableFile
from extractor.domain.letters import CAPITALS
from extractor.domain.lexicon import read_rows
from extractor.domain.messages import TOLD, say
from extractor.paper.structure.flow import Piece
from extractor.paper.structure.labels import item_mark
from extractor.paper.structure.part_words import FILE, compiled, in_capitals
from extractor.paper.structure.regions import (
    ADDRESSEE,
    AUTHORITY,
    DATE,
    ENCLOSED,
    ISSUER,
    KIND,
    MOTTO,
    NUMBER,
    OFFICE,
    RECIPIENTS,
    SECRECY,
    STAMP,
    SUBJECT_HEAD,
    Region,
)
from extractor.paper.structure.reported_period import read_period

UNSURE = frozenset({"low_confidence", "readers_disagree"})  # what a recogniser says of words
MISREAD = str.maketrans("lIO", "110")  # letters that a recogniser puts for digits
ANNEX_LINES = 12  # above the table of an annex: letterhead, title, unit
HEADLINE = 160  # letters of a line that is no paragraph
_AREA = (
    rf"(?P<kind>{{area}})\s+"
    rf"(?P<name>[{CAPITALS}0-9][\w’']*(?:\s*[-–]\s*[{CAPITALS}]\w*|\s+[{CAPITALS}][\w’']*){{0,5}})"
)
_AREA_CAPITALS = (  # XÃ HỘI is no commune
    rf"(?P<kind>{{area_capitals}})\s+(?P<name>(?!{{no_area_name}}\b)[{CAPITALS}0-9]+"
    rf"(?:\s*[-–]\s*[{CAPITALS}]+|\s+(?!{{no_area_name}}\b|{{behind_area_name}}\b)[{CAPITALS}]+){{0,5}})(?!\w)"
)
_PARTY = rf"(?P<kind>{{party_seat}})\s+{{party_committee}}\s+(?P<name>[{CAPITALS}]+(?:\s+[{CAPITALS}]+){{0,4}})"
_BODY_AREA = "{body_area}"
_SPEAKER = r"(?i)(?:^|[.;]\s+)(?P<issuer>{issuer}\s[^.;:,]{2,60}?)\s+{reports}\b"
_BARE_ISSUER = "(?i){issuer}"
_WHOLE_ISSUER = "{whole_issuer}"
_NAME = re.compile(rf"[{CAPITALS}][\w’']*(?:\s+[{CAPITALS}][\w’']*){{1,5}}$")
_RANK = r"^(?:{rank}\.?\s*)+"
_FOR_ANOTHER = re.compile(r"(?:K\.?\s?T|TL|TUQ)\s?\.")
_SIGNED = r"\({signed}[^)]*\)"
_ITEMS = re.compile(r"(?:^|(?<=[;,.])\s+)[-–+]\s*")


def refuse_secret(pieces: Sequence[Piece], source: Source | None) -> None:
    """Raises UnreadableFile (refused) where a line is a secrecy stamp: such a document is not ours to read."""
    for piece in pieces:
        if len(piece.text) < 40 and not piece.grid and (found := compiled(SECRECY).fullmatch(piece.text.strip())):
            name = source.name if source else say(TOLD, "word.document")
            stamp = found["stamp"]
            raise UnreadableFile(name, Result.REFUSED, "file.secret", stamp=stamp)


def read_report(pieces: Sequence[Piece], regions: Sequence[Region]) -> Report:
    """Front and back matter of the report."""
    head = [piece for piece, region in zip(pieces, regions, strict=True) if region is Region.LETTERHEAD]
    closing = [piece for piece, region in zip(pieces, regions, strict=True) if region is Region.CLOSING]
    body = [p.text for p, region in zip(pieces, regions, strict=True) if region is Region.BODY and p.text][:40]
    lines = [piece.text.strip() for piece in head]
    number = _number(head)
    place, date = _place_and_date(head)
    title = _title(lines)
    superior, issuer = _issuer(head, body)
    opening = " ".join(body[:2])
    headline = "" if head else _headline(body)
    year = date[:4] if date else None
    recipients, signatory, role = _signature(closing)
    return Report(
        number=number,
        place=place,
        date=date,
        title=title,
        addressee=_addressee(lines),
        issuer=issuer,
        superior=superior,
        area=_area(issuer, superior, title or headline, body),
        period=read_period(title or headline, year)
        or (read_period(opening[:600], year) if head else None)
        or _annex_period(pieces, year),
        recipients=recipients,
        signatory=signatory,
        role=role,
    )


def _headline(body: Sequence[str]) -> str:
    """The line over a text without a letterhead, as a page of a website begins; "" where it begins with a sentence."""
    first = body[0].strip() if len(body) > 1 else ""
    return first if len(first) <= HEADLINE and not first.endswith((".", ";", ":")) else ""


def _annex_period(pieces: Sequence[Piece], year: str | None) -> str | None:
    """The period that the lines above a first table name, where an annex lies in the file without its report."""
    above = list(takewhile(lambda piece: not piece.grid, pieces[: ANNEX_LINES + 1]))
    if len(above) > ANNEX_LINES or len(above) == len(pieces):
        return None
    named = (read_period(piece.text, year) for piece in above if not compiled(DATE).search(piece.text))
    return next((period for period in named if period), None)


def _number(head: Sequence[Piece]) -> str | None:
    """The report's own number, above its title or alone on a line; without digits that were read without confidence.

    What a title cites in its midst is the number of another document.
    """
    title = next((at for at, piece in enumerate(head) if compiled(KIND).match(piece.text.strip())), len(head))
    for at, piece in enumerate(head):
        found = compiled(NUMBER).search(piece.text) if at < title else compiled(NUMBER).match(piece.text)
        if found:
            start, end = found.span("number")
            digits = re.match(r"[\d\s.…_]*[a-z]?\s*(?=[/–-])|[^/]*", found["number"])
            own = digits.end() if digits else 0
            is_number = re.fullmatch(r"[\d.…_]*[a-z]?", found["number"][:own].replace(" ", "")) is not None
            cut = 0 if is_number and _is_sure(piece, start, start + own) else own
            return re.sub(r"\s+", "", piece.text[start + cut : end])
    return None


def _place_and_date(head: Sequence[Piece]) -> tuple[str | None, str | None]:
    """Where and when; the day or month is left out where it was read without confidence, as what is written by hand."""
    for piece in head:
        if found := compiled(DATE).search(piece.text):
            day, month = found["day"].strip(" ._…"), found["month"].strip(" ._…").translate(MISREAD)
            date = found["year"]
            if month.isdigit() and 1 <= int(month) <= 12 and _is_sure(piece, *found.span("month")):
                date += f"-{int(month):02d}"
                if day.isdigit() and 1 <= int(day) <= 31 and _is_sure(piece, *found.span("day")):
                    date += f"-{int(day):02d}"
            place = compiled(NUMBER).sub("", found["place"]).strip(" .,\t")
            return re.split(r"\s{3,}|\t", place)[-1] or None, date
    return None, None


def _is_sure(piece: Piece, start: int, end: int) -> bool:
    """Whether the recogniser was sure of the words in ``start:end``; what is born digital is.

    Readers that differ by letters of the shape of digits alone agree: "l1" is 11.
    """
    unsure = (
        r.start < end and start < r.end and r.code in UNSURE
        and r.detail.translate(MISREAD) != piece.text[r.start : r.end]
        for r in piece.remarks
    )  # fmt: skip
    weak = (p.start < end and start < p.end and p.confidence < PRINTED for p in piece.placements)
    return not any(unsure) and not any(weak)


def _title(lines: Sequence[str]) -> str | None:
    """Kind and subject, over several lines."""
    start = next(
        (i for i, line in enumerate(lines) if compiled(KIND).match(line) or compiled(SUBJECT_HEAD).match(line)), None
    )
    if start is None:
        return None
    taken: list[str] = []
    for line in lines[start:]:
        if compiled(ADDRESSEE).match(line) or compiled(ENCLOSED).match(line) or (line[0] == "(" and line[-1] == ")"):
            break
        if (
            compiled(NUMBER).search(line)
            or compiled(DATE).search(line)
            or compiled(MOTTO).search(line)
            or compiled(STAMP).match(line)
            or _is_noise(line)
        ):
            continue
        taken.append(line)
    return " ".join(" ".join(taken).split()) or None


def _is_noise(line: str) -> bool:
    """Whether a line is the marks over a line of capitals, or its underlining, that a recogniser took for letters.

    >>> _is_noise("À .^A .À 2 Lá ˆ , - ˆ"), _is_noise("V/v thu chi 9 tháng")
    (True, False)
    """
    tokens = line.split()
    return len(tokens) > 3 and sum(token.strip(".,:;-–").isalpha() and len(token) > 1 for token in tokens) * 4 < len(
        tokens
    )


def _addressee(lines: Sequence[str]) -> str | None:
    for at, line in enumerate(lines):
        if found := compiled(ADDRESSEE).match(line):
            items = [text[mark[1] :] for text in lines[at + 1 :] if (mark := item_mark(text))]
            named = [part.strip(" .,;:-–") for part in (line[found.end() :], *items)]
            return "; ".join(filter(None, named)) or None
    return None


def _issuer(head: Sequence[Piece], body: Sequence[str]) -> tuple[str | None, str | None]:
    """Superior and issuer: the lines above the number that name a body; else who says that it reports."""
    names = _names_of_bodies(head)
    if len(names) > 1 and _is_bare(names[0]):
        names = [" ".join(names)]
    if names:
        return (names[-2] if len(names) > 1 else None), names[-1]
    speaker = next((found for text in body[:3] if (found := compiled(_SPEAKER).search(text))), None)
    return None, speaker["issuer"].strip() if speaker else None


def _names_of_bodies(head: Sequence[Piece]) -> list[str]:
    """The names above kind and subject, each with the lines in capitals that it goes on over."""
    names: list[str] = []
    for piece in head:
        text = piece.text.strip()
        if compiled(KIND).match(text) or compiled(ADDRESSEE).match(text) or compiled(SUBJECT_HEAD).match(text):
            break
        text = re.split(r"\s{3,}|\t", compiled(MOTTO).split(text)[0])[0].strip(" *-–_")
        if (
            compiled(NUMBER).search(text)
            or compiled(DATE).search(text)
            or compiled(STAMP).match(text)
            or compiled(SECRECY).fullmatch(text)
        ):
            continue
        if compiled(ISSUER).match(text):
            names.append(text)
        elif names and in_capitals(text) and piece.column != "right":
            names[-1] += f" {text}"
    return names


def _is_bare(name: str) -> bool:
    """``ỦY BAN NHÂN DÂN`` alone: the rest of the name stands on the next line."""
    return bool(compiled(_BARE_ISSUER).fullmatch(name)) and not compiled(_WHOLE_ISSUER).fullmatch(name.upper())


def _area(issuer: str | None, superior: str | None, title: str | None, body: Sequence[str]) -> str | None:
    """The unit that the report is about: of the issuer, else of its superior, else the one the body names most."""
    for name in (issuer, superior, title):
        if name and (area := _name_area(name)):
            return area
    named: Counter[str] = Counter()
    for text in body:
        for found in compiled(_BODY_AREA).finditer(text):
            if unit := compiled(_AREA).match(text, found.end()):
                named[f"{unit['kind']} {unit['name']}"] += 1
    return named.most_common(1)[0][0] if named else None


def _name_area(name: str) -> str | None:
    """``ỦY BAN NHÂN DÂN QUẬN KIẾN AN`` → ``quận Kiến An``, ``HUYỆN ỦY TÂN AN`` → ``huyện Tân An``."""
    if found := compiled(_PARTY).search(name):
        return f"{_party_area(found['kind'].lower())} {_in_small_letters(found['name'])}"
    if found := compiled(_AREA_CAPITALS).search(name):
        return f"{found['kind'].lower()} {_in_small_letters(found['name'])}"
    if found := compiled(_AREA).search(name):
        return f"{found['kind']} {' '.join(found['name'].split())}"
    return None


def _party_area(seat: str) -> str:
    """The widest unit whose name begins so: of ``thành ủy`` the ``thành phố``."""
    return next(row["word"] for row in read_rows(FILE) if row["role"] == "area" and row["word"].split()[0] == seat)


def _in_small_letters(name: str) -> str:
    """``KIẾN AN`` → ``Kiến An``."""
    return " ".join(re.sub(r"[^\W\d_]+", lambda word: word[0][0] + word[0][1:].lower(), name).split())


def _signature(closing: Sequence[Piece]) -> tuple[tuple[str, ...], str | None, str | None]:
    """Recipients, signatory, role: never the one signed for; below ``KT. CHỦ TỊCH`` a stamp may hide his own."""
    recipients: list[str] = []
    signatory = role = absent = None
    listing = False
    for piece in closing:
        text = piece.text.strip()
        if found := compiled(RECIPIENTS).match(text):
            listing = True
            recipients += _split_items(text[found.end() :])
        elif AUTHORITY.match(text) or (in_capitals(text) and compiled(OFFICE).search(text)):
            absent, role = _offices_in(text, absent, role)
        elif listing and (item_mark(text) or (piece.column == "left" and not (role or absent))):
            recipients += _split_items(text)
        else:
            bare = compiled(_RANK).sub("", compiled(_SIGNED).sub("", text)).strip()
            if len(bare) <= 40 and _NAME.fullmatch(bare):
                signatory = bare
    return tuple(recipients), signatory, role


def _offices_in(text: str, absent: str | None, role: str | None) -> tuple[str | None, str | None]:
    """The office signed for and the signer's own after a line of offices; what it does not tell stays."""
    offices = compiled(OFFICE).findall(text)
    if offices and _FOR_ANOTHER.match(text):
        absent = offices.pop(0)
    return absent, offices[-1] if offices and offices[-1] != absent else role


def _split_items(text: str) -> list[str]:
    """``- UBND tỉnh; - Lưu: VT./.`` → its items, without marks and ends."""
    return [part for raw in _ITEMS.split(text) if (part := re.sub(r"[\s.;,/]+$", "", raw.strip()))]
