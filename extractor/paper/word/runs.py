"""The runs of a Word paragraph as pieces: decoded, in one line each, marks lifted out.

In come runs with their looks, out come ``Piece``s. The hard part is that one letter of an old encoding may be split
over two runs, so runs of one encoding are decoded together and every letter remembers which run it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from extractor.domain.document import Remark
from extractor.paper.sniff.legacy_encoding import capital_font, decode, detect, font_encoding, is_unicode_vietnamese
from extractor.paper.structure.flow import BLANKS, INVISIBLE, Mark, Piece, crop
from extractor.paper.structure.footnotes import TO_RAISED, is_exponent
from extractor.paper.structure.offsets import compose, rewrite
from extractor.paper.word.styles import Look

_MARK = re.compile(r"\s*[\[(]?(\d{1,3}|\*{1,3}|[a-z])[\])]?\s*")
_DROPPED = re.compile(f"[{INVISIBLE}\x00-\x08\x0b-\x1f\x7f-\x9f]")
T = TypeVar("T")
Edit = tuple[int, int, str]  # start, end, what stands there instead
_BLANKS = re.compile(f"[ \t{BLANKS}]+")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one look."""

    text: str
    look: Look


@dataclass(slots=True)
class Runs:
    """What is learnt from a whole file: the encoding of text whose font does not tell, and what was decoded."""

    unmarked: str | None = None
    encoding: str | None = None
    _original: list[str] = field(default_factory=list)

    def learn(self, texts: Iterable[str]) -> None:
        """Looks at all text once for an encoding that no font names."""
        self.unmarked = detect("\n".join(texts))

    def encoding_of(self, run: Run) -> str | None:
        """The encoding of one run: by its font, else by the file; never for letters that are Unicode already."""
        if run.text.isascii() and "\u00ad" not in run.text:
            return font_encoding(run.look.font)
        if is_unicode_vietnamese(run.text):
            return None
        return font_encoding(run.look.font) or self.unmarked

    def remember(self, original: str, encoding: str) -> None:
        """Keeps the text as it was before decoding."""
        self.encoding = self.encoding or encoding
        self._original.append(original)

    def original(self) -> str | None:
        """All paragraphs in which something was decoded, as they were; None where nothing was."""
        return "\n".join(self._original) if self.encoding else None


@dataclass(slots=True)
class Writer:
    """Collects the runs and marks of one paragraph."""

    runs: Runs
    centred: bool = False
    _taken: list[Run] = field(default_factory=list)
    _marks: list[tuple[int, str]] = field(default_factory=list)  # number of runs before it, mark

    def add(self, run: Run) -> None:
        """The next run."""
        if run.text:
            self._taken.append(run)

    def mark(self, mark: str) -> None:
        """A note is called here."""
        self._marks.append((len(self._taken), mark))

    def pieces(self) -> list[Piece]:
        """The lines of the paragraph; a line break begins a new one."""
        text, owners = self._decoded()
        lifted = self._lift(text, owners)
        pieces: list[Piece] = []
        start = 0
        for line in text.split("\n"):
            end = start + len(line)
            piece = self._piece(text, owners, start, end, lifted)
            if piece.text or piece.marks:
                pieces.append(piece)
            start = end + 1
        return pieces

    def _decoded(self) -> tuple[str, list[int]]:
        """The text of all runs in Unicode, NFC, and the run that each letter came from."""
        chunks: list[str] = []
        owners: list[int] = []
        numbered = list(enumerate(self._taken))
        decoded_any: str | None = None
        for encoding, group in groupby(numbered, key=lambda pair: self.runs.encoding_of(pair[1])):
            members = list(group)
            text = "".join(run.text for _, run in members)
            owner = [number for number, run in members for _ in run.text]
            if encoding is None:
                new, back = compose(text)
            else:
                new, back = decode(text, encoding)
                if new != text:
                    decoded_any = encoding
            chunks.append(new)
            owners += owner if back.identical else (owner[start] for start in back.starts)
        if decoded_any:
            self.runs.remember("".join(run.text for run in self._taken), decoded_any)
        text = "".join(chunks)
        if any(run.look.capitals or capital_font(run.look.font) for run in self._taken):
            text = "".join(_in_capitals(c, self._taken[o].look) for c, o in zip(text, owners, strict=True))
        return text, owners

    def _lift(self, text: str, owners: list[int]) -> list[tuple[int, int, str]]:
        """Raised runs that are typed note marks: start, end, mark; an exponent is none."""
        lifted: list[tuple[int, int, str]] = []
        for _, start, end in _stretches(self._taken[owner].look.raised for owner in owners):
            found = _MARK.fullmatch(text[start:end])
            if found and (found[1].isdigit() or "*" in found[1]):
                lifted.append((start, end, found[1]))
        return lifted

    def _piece(self, text: str, owners: list[int], start: int, end: int, lifted: list[tuple[int, int, str]]) -> Piece:
        """One line: blanks single, marks out, spans of bold, italic and hidden letters kept."""
        line = text[start:end]
        edits, marks = _take_out(
            line, [(a - start, b - start, mark) for a, b, mark in lifted if start <= a and b <= end]
        )
        new, back = rewrite(line, _single_blanks(line, edits))
        origin = list(back.starts) if not back.identical else list(range(len(new)))
        opens = bool(marks and new) and not line[: marks[0][0]].strip()
        note = marks.pop(0)[1] if opens else None
        marks += self._called(text, owners, start, end)
        placed = [Mark(bisect_left(origin, offset), mark) for offset, mark in marks]
        looks = [self._taken[owners[start + at]].look for at in origin]
        piece = Piece(
            new,
            marks=tuple(sorted(placed, key=lambda m: m.offset)),
            note=note,
            bold=tuple((a, b) for _, a, b in _stretches(look.bold for look in looks)),
            italic=tuple((a, b) for _, a, b in _stretches(look.italic for look in looks)),
            centred=self.centred,
            remarks=tuple(
                Remark(a, b, "hidden_text", hidden)
                for hidden, a, b in _stretches(look.hidden for look in looks)
                if hidden
            ),
        )
        return crop(piece, len(new) - len(new.lstrip()), max(len(new.rstrip()), len(new) - len(new.lstrip())))

    def _called(self, text: str, owners: list[int], start: int, end: int) -> Iterator[tuple[int, str]]:
        """The calls of notes in one line, by their offset in it; one between two lines belongs to the first."""
        for before, mark in self._marks:
            offset = bisect_left(owners, before)
            if start <= offset <= end and not (offset == start and start and text[start - 1] != "\n"):
                yield offset - start, mark


def _in_capitals(char: str, look: Look) -> str:
    upper = char.upper()
    return upper if len(upper) == 1 and (look.capitals or capital_font(look.font)) else char


def _take_out(line: str, lifted: list[tuple[int, int, str]]) -> tuple[list[Edit], list[tuple[int, str]]]:
    """The edits that lift raised marks out of a line, and the marks by offset; an exponent stays, as raised digits."""
    edits: list[Edit] = []
    marks: list[tuple[int, str]] = []
    for a, b, mark in lifted:
        if is_exponent(line[:a], mark) or (mark.isdigit() and line[:a].endswith("10")):
            edits.append((a, b, line[a:b].translate(TO_RAISED)))
        else:
            edits.append((a, b, ""))
            marks.append((a, mark))
    return edits, marks


def _single_blanks(line: str, edits: list[Edit]) -> list[Edit]:
    """``edits`` and those that leave single blanks or all tabs, none at the ends, and no letters that print nothing."""
    taken = {at for a, b, _ in edits for at in range(a, b)}
    dropped = [(*found.span(), "") for found in _DROPPED.finditer(line)]
    blanks = [(*found.span(), "\t" * found[0].count("\t") or " ") for found in _BLANKS.finditer(line)]
    blanks = [(a, b, blank) for a, b, blank in blanks if blank != line[a:b]]
    free = [edit for edit in (*dropped, *blanks) if taken.isdisjoint(range(edit[0], edit[1]))]
    head, tail = len(line) - len(line.lstrip()), len(line.rstrip())
    inner = [edit for edit in sorted([*edits, *free]) if edit[0] >= head and edit[1] <= tail]
    return [edit for edit in ((0, head, ""), *inner, (max(head, tail), len(line), "")) if edit[0] < edit[1]]


def _stretches(values: Iterable[T]) -> Iterator[tuple[T, int, int]]:
    """Each value that says something (neither False nor None), with the stretch of places over which it lasts."""
    start = end = 0
    for value, group in groupby(values):
        end += sum(1 for _ in group)
        if value:
            yield value, start, end
        start = end
