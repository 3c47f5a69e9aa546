"""Markdown and plain text, as text recognition and old converters hand them over.

In come the bytes of a file, out comes a ``Flow``. A block is a run of lines without a blank; whether its lines are
paragraphs of their own or one paragraph wrapped at a margin is told by the whole file. Note blocks may stand anywhere
and are marked as what they are; page numbers, rules and form feeds go, and what stood before them may be cut.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.domain.letters import ACCENTED
from extractor.paper.sniff.format import wide_codec
from extractor.paper.sniff.legacy_encoding import decode_detected, detect, refuse_lost_glyphs
from extractor.paper.sniff.messages import wordless
from extractor.paper.structure.flow import BLANKS, INVISIBLE, Flow, GridCell, Piece, crop, join_pieces, remove_spans
from extractor.paper.structure.footnotes import PLAIN, RAISED
from extractor.paper.structure.labels import item_mark, read_labels
from extractor.paper.structure.part_words import in_capitals
from extractor.paper.structure.side_by_side import split_lines, unfold
from extractor.paper.tables.headers import with_header
from extractor.paper.tables.markdown import RawCell, read_html, read_pipes
from extractor.paper.tables.typed import find_typed
from extractor.paper.text.inline_markup import read_inline

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_BLANKS = re.compile(f"[{BLANKS}]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—]\s?)?(?:(?:trang|page)\s)?(?P<number>\d{1,3})(?:\s?(?:/|of)\s?\d{1,3})?(?:\s?[-–—])?", re.I
)
_RULE = re.compile(r"(?:[-_=~*.–—]\s?){3,}")
_HASHES = re.compile(r"#{1,6}\s+")
_QUOTED = re.compile(r"(?:>\s?)+")
_FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*")
_NOTE = re.compile(
    rf"(?P<bold>\*\*)?(?:(?P<raised>[{RAISED}]+)"
    r"|\[\^(?P<reference>[^\]\s]{1,12})\]:"
    r"|<sup>\s*[\[(]?(?P<sup>[\d*]{1,3})[\])]?\s*</sup>"
    r"|\$\s*\^\s*\{?\s*(?P<math>[\d*]{1,3})\s*\}?\s*\$)(?(bold)\s*)"
)
_TYPED_NOTE = re.compile(r"\[(?P<square>\d{1,3})\]|\((?P<round>\d{1,3}|\*{1,3})\)")
_TYPED_CALL = re.compile(r"[^\W_][”\"%)]?\s?(?P<sign>\[\d{1,3}\]|\((?:\d{1,3}|\*{1,3})\)(?=[.,;:\s)]|$))", re.MULTILINE)
_FINAL = re.compile(r"[.;:!?…]\W*$")
_BYTE_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}  # the longer mark of two that begin alike comes first
_WRAP = 130  # letters; text wrapped at a margin has no longer lines


@dataclass(slots=True)
class _Block:
    """A run of lines without a blank between them, as the file has them."""

    lines: list[str]
    column: str | None = None
    cut: bool = False  # a page number, a rule or a form feed stood right behind it
    indented: bool = False
    cells: Sequence[RawCell] = ()  # of a table that was typed with tabs or spaces

    @property
    def is_html(self) -> bool:
        """Whether it is the source of an HTML table."""
        return _opens_table(self.lines[0])


def read_text_bytes(data: bytes, name: str) -> Flow:
    """The flow of a Markdown or text file.

    Raises UnreadableFile: damaged where the bytes are no text, refused where glyphs are lost, or empty.
    """
    return flow_of_text(decode_bytes(data, name), name)


def flow_of_text(raw: str, name: str) -> Flow:
    """The flow of the characters ``raw``, in Unicode or in an encoding from before; raises as ``read_text_bytes``."""
    text, encoding, _ = decode_detected(raw)
    refuse_lost_glyphs(text, name)
    pieces = read_text(text)
    if not pieces:
        raise wordless(name)
    markdown = name.lower().endswith((".md", ".markdown")) or any(piece.bold or piece.grid for piece in pieces)
    kind = "markdown" if markdown else "text"
    return Flow(tuple(pieces), kind, encoding=encoding, original=raw if encoding else None)


def decode_bytes(data: bytes, name: str) -> str:
    """The characters of a text file: UTF-8, UTF-16 or UTF-32 by mark or by shape, else one byte a character.

    Windows-1258 comes out composed; bytes of an older encoding come out as Latin-1 for ``encodings`` to decode.
    """
    for mark, codec in _BYTE_MARKS.items():
        if data.startswith(mark):
            return data.decode(codec, "replace")
    sample = data[:4000]
    if wide := wide_codec(sample):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if sample.count(0) or sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample) // 10:
        raise UnreadableFile(name, Result.DAMAGED, "file.not_text")
    latin = data.decode("latin-1")
    if detect(latin) is None:
        windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
        if "\ufffd" not in windows and re.search(f"[{ACCENTED}]", windows):
            return windows
        return data.decode("utf-8", "replace") if _nearly_utf8(data) else data.decode("cp1252", "replace")
    return latin


def _nearly_utf8(data: bytes) -> bool:
    """Whether only a byte here and there spoils the UTF-8: a file cut in the middle of a letter, a stray byte."""
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") <= 3 + len(text) // 1000


def read_text(text: str) -> list[Piece]:
    """The pieces of Unicode text, Markdown or plain."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    text = _CONTROLS.sub("", _BLANKS.sub(" ", _INVISIBLE.sub("", text)).replace("\x0b", "\n"))
    pieces: list[Piece] = []
    note: str | None = None
    blocks = [part for block in _blocks(text) for part in _typed_apart(block)]
    wrapped = _is_wrapped(blocks)
    typed = _proven_typed_notes(text, blocks)
    for block in blocks:
        if block.cells or block.is_html or (len(block.lines) > 1 and read_pipes(block.lines)):
            pieces += _table(block)
            note = None
            continue
        piece = _read_block(block)
        found = _NOTE.match(block.lines[0]) or _typed_note(block.lines[0], typed)
        if found:
            for each, mark in _divide_note_block(block, typed):
                pieces.append(replace(_flat(read_inline(each)), note=mark))
                note = mark
            continue
        if note and block.indented:
            pieces.append(replace(_flat(piece), note=note))
            continue
        note = None
        pieces += _paragraphs(piece, block, wrapped=wrapped)
    return [piece for piece in pieces if piece.grid or piece.text]


# --------------------------------------------------------------------------------------------------------- blocks


def _blocks(text: str) -> list[_Block]:
    """The blocks of ``text`` without page numbers and rules, tables apart."""
    lines = split_lines(text.replace("\f", "\n\f\n").split("\n"))
    tables = _tables(lines)
    blocks: list[_Block] = []
    is_open = False  # the last block, for the next line to stand in
    page = at = 0
    while at < len(lines):
        if at in tables:
            blocks.append(_Block(["\n".join(line for line, _ in lines[at : tables[at]]).strip()]))
            is_open, at = False, tables[at]
            continue
        line, column = lines[at]
        number = _page_number(lines, at, page)
        page = page if number is None else number
        ends_page = number is not None or line == "\f"
        at += 1
        if ends_page or _parts_blocks(line):
            if is_open:
                blocks[-1].cut = ends_page or bool(line.strip())
            is_open = False
            continue
        if not is_open or blocks[-1].column != column:
            blocks.append(_Block([], column, indented=line.startswith(("    ", "\t"))))
            is_open = True
        blocks[-1].lines.append(_without_lead(line))
    return blocks


def _typed_apart(block: _Block) -> Iterator[_Block]:
    """A block, or its parts where tables were typed in it."""
    done = 0
    for begin, end, cells in find_typed(block.lines) if block.column is None else ():
        if done < begin:
            yield replace(block, lines=block.lines[done:begin], cut=False)
        yield replace(block, lines=block.lines[begin:end], cells=cells)
        done = end
    if done < len(block.lines):
        yield replace(block, lines=block.lines[done:]) if done else block


def _tables(lines: Sequence[tuple[str, str | None]]) -> dict[int, int]:
    """The lines at which HTML tables open, each with the line behind the table's end."""
    ends = [at for at, (line, _) in enumerate(lines) if "</table" in line.lower()]
    opening = [at for at, (line, _) in enumerate(lines) if ends and at <= ends[-1] and _opens_table(line.strip())]
    return {at: ends[bisect_left(ends, at)] + 1 for at in opening}


def _opens_table(line: str) -> bool:
    return line[:6].lower() == "<table"


def _page_number(lines: Sequence[tuple[str, str | None]], at: int, page: int) -> int | None:
    """The number that a line bears alone, if it may be the next after ``page``; 0 where none was seen."""
    bare = lines[at][0].strip()
    found = _PAGE_NUMBER.fullmatch(bare) if len(bare) < 20 else None
    if found is None or not _stands_alone(lines, at):
        return None
    number = int(found["number"])
    return number if not page or page < number <= page + 3 else None


def _parts_blocks(line: str) -> bool:
    """Whether a line is blank, a rule or the fence of a code block."""
    bare = line.strip()
    return not bare or bool(_RULE.fullmatch(bare) or _FENCE.fullmatch(line))


def _without_lead(line: str) -> str:
    """A line without the marks of a quotation, and with those of a heading as bold."""
    bare = line.strip()
    return _HASHES.sub(_bold_heading, _QUOTED.sub("", bare, count=1), count=1) if bare[0] in "#>" else line.rstrip()


def _bold_heading(_: re.Match[str]) -> str:
    return "**"  # a heading is bold to its end; inline closes what stays open at the end of a line


def _stands_alone(lines: Sequence[tuple[str, str | None]], at: int) -> bool:
    """Whether no text stands right above or right below, or the page ends there."""
    above = lines[at - 1][0] if at else ""
    below = lines[at + 1][0] if at + 1 < len(lines) else ""
    return "\f" in (above, below) or not (above.strip() or below.strip())


def _is_wrapped(blocks: Sequence[_Block]) -> bool:
    """Whether the file breaks its lines at a margin: most blocks of three lines and more are filled to one width."""
    filled = total = 0
    for block in blocks:
        if len(block.lines) < 3 or block.lines[0].startswith(("<table", "|")):
            continue
        widths = [len(line) for line in block.lines[:-1]]
        total += len(widths)
        if 40 <= max(widths) <= _WRAP:
            filled += sum(width >= 0.75 * max(widths) for width in widths)
    return total >= 3 and filled >= 0.7 * total


# ---------------------------------------------------------------------------------------------------------- notes


def _proven_typed_notes(text: str, blocks: Sequence[_Block]) -> frozenset[str]:
    """The typed marks that open a note block and also stand behind a word of the text.

    ``(1)`` may open an item of a list as well: it is a note only where it opens no more than one block.
    """
    opened = Counter(found[0] for block in blocks if (found := _TYPED_NOTE.match(block.lines[0])))
    if not opened:
        return frozenset()
    called = {found["sign"] for found in _TYPED_CALL.finditer(text)}
    return frozenset(mark for mark, times in opened.items() if mark in called and (mark[0] == "[" or times == 1))


def _typed_note(line: str, typed: frozenset[str]) -> re.Match[str] | None:
    found = _TYPED_NOTE.match(line)
    return found if found and found[0] in typed else None


def _divide_note_block(block: _Block, typed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The notes of one block, each with its mark: every line that begins with a mark begins a note."""
    mark = ""
    taken: list[str] = []
    for line in block.lines:
        found = _NOTE.match(line) or _typed_note(line, typed)
        if found:
            if taken:
                yield " ".join(taken), mark
            groups = found.groupdict()
            mark = next(v for k, v in groups.items() if v and k != "bold").translate(PLAIN)
            taken = [(groups.get("bold") or "") + line[found.end() :].strip()]
        else:
            taken.append(line.strip())
    if taken:
        yield " ".join(taken), mark


# ----------------------------------------------------------------------------------------------------- paragraphs


def _read_block(block: _Block) -> Piece:
    return read_inline("\n".join(line.strip() for line in block.lines))


def _paragraphs(piece: Piece, block: _Block, *, wrapped: bool) -> Iterator[Piece]:
    """The paragraphs of a block: each of its lines, or the lines of a wrapped paragraph joined."""
    lines: list[Piece] = []
    for line in _written_lines(piece):
        if lines and not (wrapped and _goes_on(lines[-1], line, block)):
            yield _finish(lines, block, last=False)
            lines = []
        lines.append(line)
    if lines:
        yield _finish(lines, block, last=True)


def _written_lines(piece: Piece) -> Iterator[Piece]:
    """The lines of ``piece`` that hold any text, each on its own."""
    start = 0
    for text in piece.text.split("\n"):
        line = _flat(crop(piece, start, start + len(text)))
        start += len(text) + 1
        if line.text:
            yield line


def _finish(lines: Sequence[Piece], block: _Block, *, last: bool) -> Piece:
    joined = join_pieces(lines, [" "] * (len(lines) - 1))
    return replace(joined, column=block.column, cut=block.cut and last)


def _goes_on(above: Piece, below: Piece, block: _Block) -> bool:
    """Whether a line of a wrapped file goes on with the line above it."""
    if item_mark(below.text) or any(not label.weak for label in read_labels(below.text)):
        return False
    if in_capitals(above.text) or in_capitals(below.text):
        return False
    width = max(len(line) for line in block.lines)
    return not (_FINAL.search(above.text) and len(above.text) < 0.7 * width)


def _flat(piece: Piece) -> Piece:
    """``piece`` on one line: runs of blanks are one space, none at the ends."""
    text = piece.text
    if "\n" in text:
        piece = replace(piece, text=text.replace("\n", " "))
    start, end = len(piece.text) - len(piece.text.lstrip()), len(piece.text.rstrip())
    piece = crop(piece, start, max(start, end))
    doubled = [(found.start() + 1, found.end()) for found in _SPACES.finditer(piece.text) if len(found[0]) > 1]
    if "\t" in piece.text:
        piece = replace(piece, text=piece.text.replace("\t", " "))
    return remove_spans(piece, doubled)


# --------------------------------------------------------------------------------------------------------- tables


def _table(block: _Block) -> list[Piece]:
    """A grid, or the columns of a letterhead or signature that was written as a table."""
    raw = block.cells or (read_html(block.lines[0]) if block.is_html else read_pipes(block.lines) or [])
    if not raw:
        return []
    if unfolded := unfold(_rows(raw)):
        return unfolded
    cells = with_header(
        GridCell(cell.row, cell.column, _flat(read_inline(cell.text)).text, cell.rows, cell.columns, cell.header)
        for cell in raw
    )
    return [Piece("", grid=cells)]


def _rows(cells: Sequence[RawCell]) -> list[list[list[Piece]]]:
    """The paragraphs of every cell, row by row."""
    rows: dict[int, list[list[Piece]]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append([*_written_lines(read_inline(cell.text))])
    return [rows[row] for row in sorted(rows)]
