"""Runs of ink become lines of text: by baseline, with raised footnote marks lifted out and their places kept.

In: the runs of one sheet. Out: ``Line``s from top to bottom. The hard idea: a line is what shares a baseline,
whatever the boxes say; a small run that hangs above a baseline next to larger letters is a mark or an exponent of
that line, never a line or a digit of its own (``cùng kỳ1.`` must not become a number). Lines know where each stretch
of their text stands. This module does not know columns, notes or paragraphs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from extractor.paper.pdf.glyph_widths import spread, stand
from extractor.paper.pdf.page_model import Run
from extractor.paper.structure.footnotes import PLAIN, RAISED, TO_RAISED

SMALL = 0.82  # of the letters beside it: what is larger is not set as a mark
LIFT = (0.12, 0.8)  # how far above the baseline a mark hangs, in sizes of the letters beside it
DROP = 0.45  # how far below the baseline an index hangs (CO₂)
LEVEL = 0.12  # baselines this close, in sizes, are one line
SPACE = 0.16  # a gap this wide, in sizes, is a space that nobody wrote
DIGITS = 0.22  # likewise between two digits: a 1 keeps much white about it, and a number must not fall apart
ALONE = 0.3  # likewise between two signs of a number that were each drawn alone
RECOGNISED = "ocr"  # the font of a recogniser's words: it told them apart, though the boxes of two may overlap
NONE = 0.11  # in sizes: letters this close have no space between them, whatever an engine guessed
SUPERSCRIPTS = PLAIN | str.maketrans("⁽⁾", "()")
HYPHENS = ("\u0002", "\ufffe", "\u2010", "\u2011")  # the first two are pdfium's words for a hyphen at a line end

_NUMERIC = regex.compile(r"\d[\d.,()*]|[.,(]\d")
_MARK = regex.compile(r"[(\[]?(?:\d{1,3}|\*{1,3}|[a-z†‡])[)\]]?")
_EXPONENT = regex.compile(r"(?:(?:^|[\s\d/(])(?:[kcdmh]?m|dam|μm)|[×x]\s?10)$", regex.IGNORECASE)
_RAISED_DIGITS = regex.compile(rf"[⁽(\[]?[{RAISED}]+[⁾)\]]?")
_POWERS = {"2": "²", "3": "³"}


Spot = tuple[int, int, float, float, float, float, float, str, float]
"""Start, end, x0, top, x1, bottom, confidence, another reading, how wide a space is."""


@dataclass(slots=True, eq=False)
class Line:
    """One line, or the part of one that stands in a column or cell. Spans and offsets point into ``text``."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    marks: list[tuple[int, str]] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    italic: list[tuple[int, int]] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    glued: bool = False  # the line was broken inside a word or number: nothing stands between it and the next
    label: str = ""  # the raised mark that it opens with, as a note does
    runs: list[Run] = field(default_factory=list)

    @property
    def all_bold(self) -> bool:
        """Every letter is bold."""
        return sum(b - a for a, b in self.bold) >= len(self.text) - self.text.count(" ") and bool(self.text)

    def lift(self, start: int, end: int, mark: str) -> None:
        """Takes ``text[start:end]`` out as the footnote mark ``mark``; everything after it moves up."""

        def to(offset: int) -> int:
            return offset if offset <= start else max(start, offset - (end - start))

        self.change(self.text[:start] + self.text[end:], to)
        self.marks = sorted([*self.marks, (start, mark)])

    def change(self, text: str, to: Callable[[int], int]) -> None:
        """Takes another text, in which what stood at an offset stands at ``to(offset)``; empty spans go."""
        self.text = text
        self.marks = [(to(a), mark) for a, mark in self.marks]
        self.bold = [(to(a), to(b)) for a, b in self.bold if to(a) < to(b)]
        self.italic = [(to(a), to(b)) for a, b in self.italic if to(a) < to(b)]
        self.spots = [(to(s[0]), to(s[1]), *s[2:]) for s in self.spots if to(s[0]) < to(s[1])]


@dataclass(slots=True)
class _Row:
    """Runs on one baseline, and the small ones that hang from it."""

    baseline: float
    size: float
    runs: list[Run]
    hung: list[Run] = field(default_factory=list)


def find_lines(runs: Iterable[Run]) -> list[Line]:
    """The lines that ``runs`` make up, from top to bottom; a line may hold wide gaps."""
    rows = _rows(sorted(runs, key=lambda run: (run.baseline, run.x0)))
    _hang(rows)
    return [build_line(row.runs, row.hung) for row in rows if row.runs]


def _rows(runs: list[Run]) -> list[_Row]:
    rows: list[_Row] = []
    for run in runs:
        row = rows[-1] if rows else None
        if row and abs(run.baseline - row.baseline) <= max(LEVEL * max(row.size, run.size), 0.8):
            if run.size > row.size:
                row.size = run.size
                row.baseline = run.baseline
            row.runs.append(run)
        else:
            rows.append(_Row(run.baseline, run.size, [run]))
    return rows


def _hang(rows: list[_Row]) -> None:
    """Moves small runs to the line that they hang from: larger letters beside them, a little lower or higher."""
    for index, row in enumerate(rows):
        if all(len(run.text.strip()) > 5 for run in row.runs):
            continue
        neighbours = rows[max(index - 2, 0) : index] + rows[index + 1 : index + 4]
        for run in list(row.runs):
            if len(run.text.strip()) > 5:
                continue
            host = _host(run, neighbours)
            if host is not None:
                row.runs.remove(run)
                host.hung.append(run)


def _host(run: Run, rows: list[_Row]) -> _Row | None:
    best: tuple[float, _Row] | None = None
    for row in rows:
        lift = row.baseline - run.baseline
        if not (-DROP * row.size <= lift <= LIFT[1] * row.size) or abs(lift) < LIFT[0] * run.size:
            continue
        for other in row.runs:
            if run.size <= SMALL * other.size:
                gap = max(run.x0 - other.x1, other.x0 - run.x1, 0.0)
                if gap <= 0.6 * other.size and (best is None or gap < best[0]):
                    best = (gap, row)
    return best[1] if best else None


def build_line(runs: Sequence[Run], hung: Sequence[Run] = ()) -> Line:
    """One line of ``runs`` (on its baseline) and ``hung`` (small, above or below it)."""
    if hung or len(runs) > 1:
        order = sorted([(_place(run), 0, run) for run in runs] + [(run.x0, 1, run) for run in hung])
        main = max(runs, key=lambda run: len(run.text))
        right = max(run.x1 for _, _, run in order)
        top, bottom = min(run.top for run in runs), max(run.bottom for run in runs)
    else:
        (main,) = runs
        order, right, top, bottom = [(main.x0, 0, main)], main.x1, main.top, main.bottom
    line = Line("", order[0][2].x0, right, top, bottom, main.baseline, main.size, runs=[*runs, *hung])
    text = ""
    last: Run | None = None
    for _, raised, run in order:
        words = _with_plain_hyphens(run.text)
        if raised:
            mark = _mark_of(words.strip(), text, run, line)
            if mark is not None:
                _note(line, text, mark)
                text = text.rstrip()  # pdfium guesses a space after marks; the gap below is the better witness
                last = run._replace(size=line.size)
                continue
            words = _as_power(words, text)
        if last is not None and text:
            size = line.size if raised or last.baseline != run.baseline else min(run.size, last.size)
            text = _spaced(text, words, _gap(last, run, size), space_between(last, run) * size, NONE * size)
        text = _append(line, text, words, run)
        last = run
    line.text = text
    line.glued = _is_glued(line, order[-1][2].text)
    _tidy(line)
    return line


def _with_plain_hyphens(text: str) -> str:
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-")
    return text


def _note(line: Line, text: str, mark: str) -> None:
    """Keeps a mark behind ``text``, what was read of the line so far; a mark before all text is the line's label."""
    if text.strip():
        line.marks.append((len(text.rstrip()), mark))
    else:
        line.label = mark


def _gap(last: Run, run: Run, size: float) -> float:
    """The white between two runs; recognised words were told apart, though their boxes overlap."""
    gap = run.x0 - last.x1
    return max(gap, NONE * size) if run.font == RECOGNISED else gap


def space_between(last: Run, run: Run) -> float:
    """The gap between two runs, in sizes, that is a space: signs of a number keep much white about them."""
    is_alone = len(last.text.strip()) == len(run.text.strip()) == 1 and run.font != RECOGNISED
    if is_alone and _NUMERIC.fullmatch(last.text[-1:] + run.text[:1]):
        return ALONE
    return DIGITS if last.text[-1:].isdigit() and run.text[:1].isdigit() else SPACE


def _spaced(text: str, words: str, gap: float, room: float, none: float) -> str:
    """``text`` with a space at its end where the ``gap`` before ``words`` is over ``room``, below ``none`` without."""
    if gap > room:
        return text if text.endswith(" ") else text + " "
    if gap < none and not words.startswith(" "):
        return text.rstrip()  # pdfium guesses spaces behind a run whose font changes in mid-word
    return text


def _place(run: Run) -> float:
    """Where a run stands in its line; one that opens with a mark over a letter stands behind that letter."""
    return (run.x0 + run.x1) / 2 if unicodedata.combining(run.text[:1] or " ") else run.x0


def _append(line: Line, text: str, words: str, run: Run) -> str:
    """``text`` with the words of ``run``; raised digits that the font itself holds are lifted out as marks."""
    lead = len(words) - len(words.lstrip())
    body = words.strip()
    if lead and text and not text.endswith(" "):
        text += " "
    parts = _split_marks(body, text)
    stretches = stand(body, run.x0, run.x1, run.words)
    at = spread(body, run.x0, run.x1, run.words) if len(parts) > 1 else []
    begun = 0
    for part, is_mark in parts:
        if is_mark:
            _note(line, text, part.translate(SUPERSCRIPTS).strip("()[]"))
        elif part:
            start = len(text)
            text += part
            moved = start - begun
            for a, b, x0, x1, space in _within(begun, begun + len(part), stretches, at) if at else stretches:
                spot = (moved + a, moved + b, x0, run.top, x1, run.bottom, run.confidence, run.other, space)
                line.spots.append(spot)
            if run.bold:
                _extend(line.bold, start, len(text))
            if run.italic:
                _extend(line.italic, start, len(text))
        begun += len(part)
    if words[-1:].isspace() and not text.endswith(" "):
        text += " "
    return text


def _within(
    start: int, end: int, stretches: Iterable[tuple[int, int, float, float, float]], at: Sequence[float]
) -> Iterator[tuple[int, int, float, float, float]]:
    """What ``start:end`` holds of the ``stretches``; where one is cut, its letters begin ``at`` these places."""
    for a, b, _, _, space in stretches:
        a, b = max(a, start), min(b, end)
        if a < b:
            yield a, b, at[a], at[b], space


def _split_marks(body: str, before: str) -> list[tuple[str, bool]]:
    """``body`` in stretches of letters and of raised digits that mark a note."""
    if not any(map(body.__contains__, RAISED)):
        return [(body, False)]
    parts: list[tuple[str, bool]] = []
    at = 0
    for match in _RAISED_DIGITS.finditer(body):
        if _EXPONENT.search(before + body[: match.start()]) and match.group() in "²³⁴⁵⁶⁷⁸⁹":
            continue
        parts += [(body[at : match.start()], False), (match.group(), True)]
        at = match.end()
    return [*parts, (body[at:], False)]


def _mark_of(words: str, before: str, run: Run, line: Line) -> str | None:
    """The footnote mark that a small run is, or None for exponents, indices, ``°`` and ordinals."""
    if run.baseline > line.baseline or not _MARK.fullmatch(words.translate(SUPERSCRIPTS)):
        return None
    plain = words.translate(SUPERSCRIPTS).strip("()[]")
    if plain.isdigit() and _EXPONENT.search(before) and (plain in _POWERS or before.rstrip().endswith("10")):
        return None
    if plain.isalpha() and (before.strip()[-1:].isdigit() or plain == "o"):
        return None  # 1st, 25 oC
    return plain


def _as_power(words: str, before: str) -> str:
    """An exponent stays in the text, as the character that means it."""
    plain = words.strip()
    if _EXPONENT.search(before):
        return plain.translate(TO_RAISED)
    if plain in {"o", "0"} and before.rstrip()[-1:].isdigit():
        return "°"
    return words


def _extend(spans: list[tuple[int, int]], start: int, end: int) -> None:
    if spans and start - spans[-1][1] <= 1:
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _is_glued(line: Line, last: str) -> bool:
    """Whether the line ends inside a word or number: at a hyphen or stroke that no space stands before or after."""
    if last[-1:].isspace():
        return False
    text = line.text
    return len(text) > 1 and text[-1] in "-/" and text[-2].isalnum()


def _tidy(line: Line) -> None:
    """Single spaces, none at the ends, NFC; all offsets moved along."""
    text = line.text
    short = text.rstrip()
    even = short[:1] != " " and "  " not in short and short.isprintable()  # as no white space but the space is
    if even and unicodedata.is_normalized("NFC", short):
        line.text, end = short, len(short)
        line.marks = [(min(at, end), mark) for at, mark in line.marks]
        return
    out, moved = _single_spaced(text)

    def to(offset: int) -> int:
        return min(moved[min(offset, len(text))], len(out))

    line.change(out, to)


def _single_spaced(text: str) -> tuple[str, list[int]]:
    """``text`` in NFC with single spaces and none at the ends, and where each of its offsets has moved."""
    moved: list[int] = []
    out = ""
    for letter in text:
        moved.append(len(out))
        if letter.isspace():
            if out and not out.endswith(" "):
                out += " "
        elif out and unicodedata.combining(letter):
            joined = unicodedata.normalize("NFC", out[-1] + letter)
            if len(joined) == 1:
                moved[-1] = len(out) - 1
            out = out[:-1] + joined
        else:
            out += letter
    out = out.rstrip()
    return out, [*moved, len(out)]
