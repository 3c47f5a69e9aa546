"""The runs of a Word paragraph as pieces: decoded, in one line each, marks lifted out.

In come runs with their looks, out come ``Piece``s. The hard part is that one letter of an old encoding may be split
over two runs, so runs of one encoding are decoded together and every letter remembers which run it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from extractor.domain.document import Remark
from extractor.paper.sniff.legacy_encoding import capital_font, decode, detect, font_encoding, is_unicode_vietnamese
from extractor.paper.structure.flow import Mark, Piece, crop
from extractor.paper.structure.footnotes import RAISED, is_exponent
from extractor.paper.structure.offsets import compose, rewrite
from extractor.paper.word.styles import Look

_MARK = re.compile(r"\s*[\[(]?(\d{1,3}|\*{1,3}|[a-z])[\])]?\s*")
_DIGITS = str.maketrans("0123456789", RAISED)
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BLANKS = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


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
            text = "".join(self._raised(c, self._taken[o].look) for c, o in zip(text, owners, strict=True))
        return text, owners

    @staticmethod
    def _raised(char: str, look: Look) -> str:
        upper = char.upper()
        return upper if len(upper) == 1 and (look.capitals or capital_font(look.font)) else char

    def _lift(self, text: str, owners: list[int]) -> list[tuple[int, int, str]]:
        """Raised runs that are typed note marks: start, end, mark; an exponent is none."""
        lifted: list[tuple[int, int, str]] = []
        for raised, group in groupby(range(len(text)), key=lambda at: self._taken[owners[at]].look.raised):
            if not raised:
                continue
            places = list(group)
            found = _MARK.fullmatch(text[places[0] : places[-1] + 1])
            if found and (found[1].isdigit() or "*" in found[1]):
                lifted.append((places[0], places[-1] + 1, found[1]))
        return lifted

    def _piece(self, text: str, owners: list[int], start: int, end: int, lifted: list[tuple[int, int, str]]) -> Piece:
        """One line: blanks single, marks out, spans of bold, italic and hidden letters kept."""
        edits: list[tuple[int, int, str]] = []
        marks: list[tuple[int, str]] = []
        for a, b, mark in lifted:
            if not (start <= a and b <= end):
                continue
            if is_exponent(text[start:a], mark) or (mark.isdigit() and text[start:a].endswith("10")):
                edits.append((a - start, b - start, text[a:b].translate(_DIGITS)))
            else:
                edits.append((a - start, b - start, ""))
                marks.append((a - start, mark))
        line = text[start:end]
        taken = {at for a, b, _ in edits for at in range(a, b)}

        def free(found: re.Match[str]) -> bool:
            return taken.isdisjoint(range(*found.span()))

        edits += [(*found.span(), "") for found in _DROPPED.finditer(line) if free(found)]
        edits += [(*found.span(), " ") for found in _BLANKS.finditer(line) if found[0] != " " and free(found)]
        head, tail = len(line) - len(line.lstrip()), len(line.rstrip())
        edits = [(a, b, r) for a, b, r in sorted(edits) if a >= head and b <= tail]
        if head:
            edits.insert(0, (0, head, ""))
        if tail < len(line) and tail > head:
            edits.append((tail, len(line), ""))
        new, back = rewrite(line, edits)
        origin = list(back.starts) if not back.identical else list(range(len(new)))
        note = None
        if marks and marks[0][0] <= head and new:
            note = marks.pop(0)[1]
        placed = [Mark(bisect_left(origin, offset), mark) for offset, mark in marks]
        for before, mark in self._marks:
            offset = bisect_left(owners, before)
            if start <= offset <= end and not (offset == start and start and text[start - 1] != "\n"):
                placed.append(Mark(bisect_left(origin, offset - start), mark))
        looks = [self._taken[owners[start + at]].look for at in origin]
        piece = Piece(
            new,
            marks=tuple(sorted(placed, key=lambda m: m.offset)),
            note=note,
            bold=_spans([look.bold for look in looks]),
            italic=_spans([look.italic for look in looks]),
            centred=self.centred,
            remarks=_hidden(looks),
        )
        return crop(piece, len(new) - len(new.lstrip()), max(len(new.rstrip()), len(new) - len(new.lstrip())))


def _spans(flags: list[bool]) -> tuple[tuple[int, int], ...]:
    """Runs of True."""
    spans: list[tuple[int, int]] = []
    at = 0
    for flag, group in groupby(flags):
        size = sum(1 for _ in group)
        if flag:
            spans.append((at, at + size))
        at += size
    return tuple(spans)


def _hidden(looks: list[Look]) -> tuple[Remark, ...]:
    remarks: list[Remark] = []
    at = 0
    for hidden, group in groupby(looks, key=lambda look: look.hidden):
        size = sum(1 for _ in group)
        if hidden:
            remarks.append(Remark(at, at + size, "hidden_text", hidden))
        at += size
    return tuple(remarks)
