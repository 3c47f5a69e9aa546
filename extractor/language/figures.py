"""A Document → its figures and the account of its digits.

Blocks are read in order, each under the context of what stands above it: the section's heading, the lead-in or
bullet it hangs on, the anchor of the note it belongs to. Reading itself is the block reader's; here contexts are made,
drafts become records with offsets of the whole text, and every digit is accounted for.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Protocol

from extractor.domain.document import Block, BlockKind, Cell, Document, Fault, Remark, Stage, Table
from extractor.domain.errors import place_of
from extractor.domain.faults import Faults
from extractor.domain.figure import Base, Comparison, Digit, Figure, Kind, Status
from extractor.domain.folding import fold
from extractor.domain.lexicon import rows_over
from extractor.domain.period import is_day
from extractor.language.confidence import confidence, margin_doubts, shape_doubts
from extractor.language.continuations import Continued
from extractor.language.digit_coverage import Account, claim_quiet, claim_structure
from extractor.language.headings import Headings, heading_text, section_titles
from extractor.language.lexer.items import Reading, Scans, read_block
from extractor.language.lexer.numerals import Style, decide_style
from extractor.language.lexer.phrase_matcher import mended
from extractor.language.lexer.quantities import Quantity
from extractor.language.lexer.tokens import openings_of, words_of
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import ComparisonDraft, Context, Draft, Subject
from extractor.language.reader.surroundings import name_in
from extractor.language.reader.weights import PACKAGE, Layer, Weighted
from extractor.language.silence import Voices, holds_number, is_spoken
from extractor.language.table_doubts import Leaning, leaning_of
from extractor.language.table_rows import TableReading
from extractor.language.tables import read_table, tables_of


class ReadsBlock(Protocol):
    """What reads one block."""

    @property
    def left_base(self) -> Base | None:
        """What a lead-in leaves to the bullets below it."""
        ...

    @property
    def names(self) -> Sequence[Quantity]:
        """Numbers that measure nothing."""
        ...

    @property
    def echoes(self) -> Sequence[Quantity]:
        """Numbers that repeat others."""
        ...

    def read(self) -> list[Draft]:
        """The drafts of the block, in order."""
        ...


ReaderOf = Callable[[Reading, Context, int], ReadsBlock]
"""Makes the reader of one block: its items, its context, its start in the text."""


@dataclass(slots=True)
class Read:
    """A block that has been read: its drafts and what it leaves to the blocks below it."""

    block: Block
    reading: Reading
    reader: ReadsBlock
    drafts: list[Draft]


LONGEST = 8000
"""Characters of a block that are read in one go: no paragraph of a report is longer, and no line may take for ever."""
READ = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.NOTE})
QUIET = frozenset({BlockKind.LETTERHEAD, BlockKind.CLOSING})
"""Kinds of blocks that hold no figures; their digits are labelled."""


def first_word(block: Block) -> int:
    """Offset behind the list mark of a block."""
    return max(block.start, block.content)


def _portions(block: Block, text: str) -> list[Block]:
    """What a block says in portions of at most ``LONGEST`` characters, cut behind a sentence, a clause or a word."""
    portions = []
    start = first_word(block)
    while block.end - start > LONGEST:
        window = text[start : start + LONGEST]
        cut = next((at for mark in (". ", "; ", " ") if (at := window.rfind(mark)) > LONGEST // 2), LONGEST - 1) + 1
        portions.append(replace(block, start=start, end=start + cut))
        start += cut
    return [*portions, replace(block, start=start)]


def parent_of(document: Document, index: int) -> int | None:
    """Index of the block that block ``index`` hangs on; a number alone on its line hangs on the label before it."""
    blocks, text = document.blocks, document.text
    block = blocks[index]
    if index and _ALONE.fullmatch(text, first_word(block), block.end):
        label = blocks[index - 1]
        if label.kind in READ and not holds_number(text, first_word(label), label.end):
            return index - 1
    return block.parent


def stand_alone(document: Document) -> bool:
    """Whether no block hands anything on to another: each can be read by itself."""
    leaves = document.footnotes or document.tables
    return not leaves and all(parent_of(document, index) is None for index in range(len(document.blocks)))


_ALONE = re.compile(r"\s*\d[\d.,]*(?:\s?(?:%|[^\W\d]{1,6}(?:[ ][^\W\d]{1,6}){0,2}))?\s*\.?\s*")
"""A number with its unit and nothing else: the cell of a table whose rules are gone."""


class Reads:
    """The blocks as they are read: those with numbers, and any that a block below asks for what it says.

    A block's context is made when it is read, out of the headings above it and the block that it hangs on.
    """

    def __init__(
        self,
        document: Document,
        continued: Continued,
        headings: Headings,
        scans: Scans,
        voices: Voices,
        style: Style,
        period: str | None,
        faults: Faults,
        weights: Weighted,
        reader: ReaderOf | None,
    ) -> None:
        self._document = document
        self._continued = continued
        self.weights = weights
        self._reader_of = reader or self._by_weights
        self._faults = faults
        self._headings = headings
        self._scans = scans
        self._voices = voices
        self._style = style
        self._period = period
        self._notes = {n.mark: n for n in document.footnotes}
        self._read: dict[int, Read | None] = {}
        self._apart: list[Read] = []

    def _by_weights(self, reading: Reading, context: Context, _: int) -> ReadsBlock:
        return BlockReader(reading, context, weights=self.weights)

    def get(self, index: int) -> Read | None:
        """Block ``index`` as read, with those it goes on with; None where it is none of those that are."""
        index = self._continued.first(index)
        if index not in self._read:
            block = self._document.blocks[index]
            self._read[index] = None
            with self._faults.contain(Stage.PARAGRAPH, start=block.start, end=block.end):
                self._read[index] = self._read_block(index) if block.kind in READ else None
        return self._read[index]

    def _read_block(self, index: int) -> Read:
        block = self._continued.whole(index)
        context = self._context(index)
        first, *rest = _portions(block, self._document.text)
        read = self._read_portion(first, context)
        self._apart += [self._read_portion(portion, context) for portion in rest]
        return read

    def _context(self, index: int) -> Context:
        """What stands above a block, or before the mark of a note."""
        block = self._document.blocks[index]
        base = self._headings.above(block)
        if block.kind is BlockKind.NOTE:
            note = self._notes.get(block.footnote or "")
            return _note_context(note.anchor if note else None, self, base)
        above = parent_of(self._document, index)
        parent = self.get(above) if above is not None else None
        return base if parent is None else _left_by(parent, base, self.weights)

    def _read_portion(self, block: Block, context: Context) -> Read:
        """A block, or as much of one as is read in one go; what takes too long stays unexplained, digit by digit."""
        text = self._voices.of(block.start, block.end)
        try:
            reading = read_block(self._scans.of(text), self._style, report_period=self._period, year=context.year)
        except TimeoutError as error:
            reading = Reading(text, (), (), (), ())
            kind = type(error).__name__
            self._faults.append(Fault(Stage.PARAGRAPH, kind, place_of(error), start=block.start, end=block.end))
        reader = self._reader_of(reading, context, block.start)
        return Read(block, reading, reader, reader.read())

    def read_cell(self, cell: Cell, subject: Subject | None, section: str | None) -> None:
        """Reads a cell of a table that holds a text, under the name of its row."""
        block = Block(cell.start, cell.end, BlockKind.PARAGRAPH, section, cell.start)
        with self._faults.contain(Stage.PARAGRAPH, start=cell.start, end=cell.end):
            context = self._headings.above(block).under(subject=subject)
            self._apart += [self._read_portion(portion, context) for portion in _portions(block, self._document.text)]

    def at(self, offset: int) -> Read | None:
        """The block of the body that holds an offset of the text."""
        for index, block in enumerate(self._document.blocks):
            if block.start <= offset <= block.end and block.kind is not BlockKind.NOTE:
                return self.get(index)
        return None

    def done(self) -> list[Read]:
        """All that was read, in the order of the text."""
        read = [*self._read.values(), *self._apart]
        return sorted(filter(None, read), key=lambda read: read.block.start)


def read_figures(
    document: Document,
    *,
    report_period: str | None = None,
    heading: str | None = None,
    faults: Faults | None = None,
    reader: ReaderOf | None = None,
    layer: Layer = PACKAGE,
    weights: Weighted | None = None,
) -> tuple[tuple[Figure, ...], tuple[Digit, ...]]:
    """All figures of the document in reading order, and what became of every digit.

    ``report_period`` stands in for a report that names none (a loose passage), ``heading`` for the title above it.
    ``reader`` makes the reader of each block, by the weights of the package and ``layer`` unless another is asked for;
    ``weights`` decide in their stead.
    A paragraph, table or figure that meets a fault of ours is lost alone and kept in ``faults``; its digits are then
    unexplained.
    """
    faults = Faults() if faults is None else faults
    with rows_over(layer.rows):
        weights = weights or Weighted(layer)
        period = report_period or document.report.period
        style = decide_style(document.text)
        blocks = document.blocks
        titles = section_titles(document)
        top = heading_text(heading or "")
        spoken = [i for i, b in enumerate(blocks) if b.kind in READ and is_spoken(document.text, first_word(b), b.end)]
        voices, continued = Voices(document), Continued(document)
        quiet = [(b, document.text[b.start : b.end]) for b in blocks if b.kind in QUIET]
        quiet = [(block, text) for block, text in quiet if any(map(str.isdigit, text))]
        scans = Scans(
            [*_at_once(document, continued, spoken, voices), *(text for _, text in quiet), *titles.values(), top]
        )
        headings = Headings(document, titles, scans, style, period, weights)
        headings.begin_under(top)
        reads = Reads(document, continued, headings, scans, voices, style, period, faults, weights, reader)
        for index in spoken:
            reads.get(index)
        labelled = [(block, read_block(scans.of(text), style, report_period=period)) for block, text in quiet]
        tables: list[tuple[Table, TableReading]] = []
        for table in tables_of(document):
            with faults.contain(Stage.TABLE, start=table.start, end=table.end):
                tables.append((table, read_table(document, table, style, period)))
                for cell, subject in tables[-1][1].sentences:
                    reads.read_cell(cell, subject, table.section)
        return _finish(document, reads.done(), labelled, tables, period, faults)


def _at_once(document: Document, continued: Continued, spoken: Sequence[int], voices: Voices) -> list[str]:
    """The texts of blocks that surely are read, and of those they hang on, as far as they are read in one go."""
    wanted = {*spoken, *(parent for i in spoken if (parent := parent_of(document, i)) is not None)}
    blocks = [continued.whole(i) for i in sorted({*map(continued.first, wanted)})]
    return [voices.of(first_word(b), b.end) for b in blocks if b.kind in READ and b.end - first_word(b) <= LONGEST]


def _left_by(read: Read, base: Context, weights: Weighted) -> Context:
    """What a block leaves to those below it: its last subject, period, plan status and unit."""
    if read.block.kind is BlockKind.HEADING:
        return base
    last = next((d for d in reversed(read.drafts) if not d.bracket and d.quantity is not None), None)
    subject, parent = (last.subject, last.subject) if last is not None else _led_by(read, weights)
    context = base.under(parent=parent.text if parent is not None else base.parent)
    if read.reader.left_base is not None:
        context = context.under(bases=(read.reader.left_base,))
    if subject is not None:
        context = context.under(subject=subject)
    if last is not None:
        plan = last.status is Status.PLAN
        period = base.period if is_day(last.period) else last.period  # the day of a stock is not that of what follows
        context = context.under(period=period, unit=last.unit, status=last.status if plan else base.status)
    elif read.reading.periods:
        context = context.under(period=read.reading.periods[-1].label)
    return context


def _led_by(read: Read, weights: Weighted) -> tuple[Subject | None, Subject | None]:
    """The name that a lead-in without a number leaves, and the same as a parent where its clause begins with it."""
    start = _clause_start(read.reading)
    subject = name_in(read.reading, start, len(read.reading.items), weights)
    is_tail = subject is not None and subject.start > read.reading.items[start].start
    return subject, None if is_tail else subject


def _clause_start(reading: Reading) -> int:
    """Index of the first item of the last clause."""
    stops = [i for i, item in enumerate(reading.items[:-1]) if item.kind == "mark" and item.value in ".;:"]
    return stops[-1] + 1 if stops else 0


def _note_context(anchor: int | None, reads: Reads, base: Context) -> Context:
    """The context of a note: the figure, or the phrase, that its mark stood behind."""
    read = reads.at(anchor) if anchor is not None else None
    return base if read is None or anchor is None else _at_anchor(read, anchor - read.block.start, base, reads.weights)


def _at_anchor(read: Read, offset: int, base: Context, weights: Weighted) -> Context:
    """What the text of a block says up to ``offset``."""
    before = [d for d in read.drafts if d.start < offset]
    sentence = max(read.reading.text.rfind(". ", 0, offset), read.reading.text.rfind("; ", 0, offset)) + 1
    context = base
    if before and before[-1].start >= sentence - 1:
        last = before[-1]
        if last.subject is not None:
            context = context.under(subject=last.subject, parent=last.subject.text)
        status = last.status if last.status is not Status.ACTUAL else base.status
        return context.under(period=base.period if last.period_from == "inherited" else last.period, status=status)
    items = read.reading.items
    high = next((i for i, item in enumerate(items) if item.start >= offset), len(items))
    low = next((i for i, item in enumerate(items) if item.start >= sentence), 0)
    periods = [p for p in read.reading.periods if sentence <= p.start < offset and p.form not in ("day",)]
    if periods:
        context = context.under(period=periods[-1].label)
        cut = next((i for i, item in enumerate(items) if item.start >= periods[-1].start), high)
        high = cut if cut > low else high
    subject = name_in(read.reading, low, high, weights)
    if subject is not None:
        context = context.under(subject=subject, parent=subject.text)
    return context


def _finish(
    document: Document,
    reads: Sequence[Read],
    quiet: Sequence[tuple[Block, Reading]],
    tables: Sequence[tuple[Table, TableReading]],
    period: str | None,
    faults: Faults,
) -> tuple[tuple[Figure, ...], tuple[Digit, ...]]:
    """Records out of drafts, ids, and the account of digits: a figure's go before those that are none."""
    account = Account()
    figures: list[Figure] = []
    leaning = leaning_of(document, 0, len(document.text))
    seed = document.source.sha256 if document.source else hashlib.sha256(document.text.encode()).hexdigest()
    for ordinal, (draft, block, numbers) in enumerate(_drafted(reads, tables)):
        with faults.contain(Stage.FIGURE, start=block.start + draft.start, end=block.start + draft.end):
            draft.doubts += _of_name(draft, block.start, document.text, leaning)
            figures.append(_record(draft, block, document, period, seed, ordinal, numbers))
            for claim in _claims(draft, block.start, figures[-1]):
                account.claim(*claim)
    for label in chain(_labelled_in_tables(tables), *map(_labelled_in_text, reads), _labelled_in_quiet(quiet)):
        account.claim(*label)
    claim_structure(account, document)
    claim_quiet(account, document.blocks)
    return tuple(_unique(figures)), account.digits(document)


def _drafted(reads: Sequence[Read], tables: Sequence[tuple[Table, TableReading]]) -> Iterator[tuple[Draft, Block, int]]:
    """Each draft with the block that its offsets count from and how many numbers its sentence holds; tables last."""
    for read in reads:
        held = Counter[int]()
        for draft in read.drafts:
            held[draft.sentence] += (draft.quantity is not None) + len(draft.comparisons)
        for draft in sorted(read.drafts, key=lambda d: d.start):
            yield draft, read.block, held[draft.sentence]
    for table, cells in tables:
        for draft in cells.drafts:
            yield draft, Block(0, 0, BlockKind.TABLE, table.section), 1


def _labelled_in_tables(tables: Sequence[tuple[Table, TableReading]]) -> Iterator[tuple[int, int, str]]:
    """The digits of headers, names and notes."""
    return chain.from_iterable(cells.labels for _, cells in tables)


def _labelled_in_text(read: Read) -> Iterator[tuple[int, int, str]]:
    """The digits of a block that are no figures: echoes, names, periods, references."""
    at = read.block.start
    for label, spans in (("echo", read.reader.echoes), ("name", read.reader.names), ("period", read.reading.periods)):
        yield from ((at + span.start, at + span.end, label) for span in spans)
    yield from ((at + r.start, at + r.end, r.label) for r in read.reading.references)


def _labelled_in_quiet(quiet: Sequence[tuple[Block, Reading]]) -> Iterator[tuple[int, int, str]]:
    """The references and periods of the letterhead and the closing."""
    for block, reading in quiet:
        yield from ((block.start + r.start, block.start + r.end, r.label) for r in reading.references)
        yield from ((block.start + p.start, block.start + p.end, "period") for p in reading.periods)


def _claims(draft: Draft, at: int, figure: Figure) -> list[tuple[int, int, str, str | None]]:
    """The digit spans that a draft takes, each with the field that holds it."""
    claims: list[tuple[int, int, str, str | None]] = []
    q = draft.quantity
    if q is not None:
        if q.total_start and q.total is not None:
            claims.append((at + q.total_start, at + q.number_end, "total", figure.id))
        claims.append((at + q.start, at + q.number_end, "value", figure.id))
        claims.append((at + q.number_end, at + q.end, "unit", figure.id))
    claims += [(at + c.start, at + c.end, "comparison", figure.id) for c in draft.comparisons]
    if draft.subject is not None and draft.subject.end > draft.subject.start and draft.subject.end <= draft.end:
        claims.append((at + draft.subject.start, at + draft.subject.end, "name", None))
    return claims


def _record(
    draft: Draft, block: Block, document: Document, period: str | None, seed: str, ordinal: int, numbers: int
) -> Figure:
    """The frozen record of a draft; ``numbers`` is how many its sentence holds."""
    start, end = block.start + draft.start, block.start + draft.end
    subject, quantity = draft.subject, draft.quantity
    shown = quantity or NO_QUANTITY
    comparisons = tuple(_comparison(c, block.start, document.text) for c in draft.comparisons)
    period_from = draft.period_from if draft.period else ("report" if period else None)
    doubts = _doubts(draft, block.start, document, numbers)
    told_apart = ":" if quantity else f"{ordinal}:{comparisons[0].start if comparisons else ''}"
    key = f"{seed}:{start}:{end}:{told_apart}"
    return Figure(
        id=hashlib.blake2b(key.encode(), digest_size=8).hexdigest(),
        kind=_kind(draft, period_from),
        indicator=mended(subject.text) if subject else None,
        value=quantity.value * (quantity.sign or 1) if quantity else None,
        unit=draft.unit if quantity else None,
        quote=document.text[start:end],
        start=start,
        end=end,
        qualifier=subject.qualifier if subject else None,
        parent=mended(draft.parent) if draft.parent else None,
        subject=draft.about,
        alternatives=draft.alternatives,
        area=document.report.area,
        period=draft.period or period,
        period_from=period_from,
        status=draft.status,
        value_max=shown.value_max,
        bound=shown.bound,
        total=shown.total,
        decimals=shown.decimals,
        comparisons=comparisons,
        section=block.section,
        footnote=block.footnote,
        confidence=confidence(doubts, draft.margins),
        doubts=tuple(doubts),
    )


NO_QUANTITY = Quantity(0, 0, Decimal(0))
"""What a figure without a number of its own shows: neither range, bound, total nor decimals."""


def _doubts(draft: Draft, at: int, document: Document, numbers: int) -> list[str]:
    """All doubts of a draft, each once: its own, those of its comparisons, of its shape and of the paper."""
    compared = [code for c in draft.comparisons for code in c.doubts]
    paper = _paper_doubts(document.remarks, at + draft.start, at + draft.end)
    unsure = margin_doubts(draft)
    doubts = list(dict.fromkeys([*draft.doubts, *unsure, *compared, *shape_doubts(draft, numbers), *paper]))
    if draft.quantity is not None and draft.unit is None:
        doubts.append("unit_missing")
    if any(
        c.unit == "%" and not document.text.endswith(("%", *words_of("hundred")), 0, at + c.end)
        for c in draft.comparisons
    ):
        doubts.append("percent_missing")
    return doubts


def _kind(draft: Draft, period_from: str | None) -> Kind:
    """A size is a specification; what is compared, planned, or has a period of its own is performance."""
    quantity, subject = draft.quantity, draft.subject
    is_length = quantity is not None and quantity.family == "length"
    if is_length and subject is not None and f"{fold(subject.text)} ".startswith(openings_of("size")):
        return Kind.SPEC
    own_period = draft.period is not None and period_from != "report"
    performs = bool(draft.comparisons) or draft.status is not Status.ACTUAL or own_period
    return Kind.PERFORMANCE if performs else Kind.COUNT


def _comparison(draft: ComparisonDraft, at: int, text: str) -> Comparison:
    """The frozen comparison of a draft."""
    assert draft.base is not None
    return Comparison(
        base=draft.base,
        kind=draft.kind,
        value=draft.value,
        unit=draft.unit,
        quote=text[at + draft.start : at + draft.end],
        start=at + draft.start,
        end=at + draft.end,
        value_max=draft.value_max,
        bound=draft.bound,
        decimals=draft.decimals,
        base_text=draft.base_text,
    )


def _paper_doubts(remarks: Sequence[Remark], start: int, end: int) -> list[str]:
    """The remarks of paper that touch a span."""
    return [r.code for r in remarks if r.start < end and start < r.end]


def _of_name(draft: Draft, at: int, text: str, leaning: Leaning) -> tuple[str, ...]:
    """The doubt of a figure whose name was not read surely; a name that was handed down stands elsewhere."""
    subject = draft.subject
    is_here = subject is not None and subject.start < subject.end <= draft.end
    return leaning.of_name(text, [(at + subject.start, at + subject.end)]) if subject and is_here else ()


def _unique(figures: Sequence[Figure]) -> list[Figure]:
    """The figures in reading order; two of one id cannot be (the same span read twice)."""
    seen: dict[str, Figure] = {}
    for figure in sorted(figures, key=lambda f: (f.start, f.end)):
        seen.setdefault(figure.id, figure)
    return list(seen.values())
