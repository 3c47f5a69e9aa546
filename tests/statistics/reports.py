"""Hand-made reports for the tests of statistics: figures built as language would, from one line each."""

from __future__ import annotations

from decimal import Decimal

from extractor.domain.document import Block, BlockKind, Document, Report, Source
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Base, Bound, Comparison, Figure, Kind, Measure, Status
from extractor.domain.finding import Finding
from extractor.statistics import normalise

SHORT = {
    "plan": (Base.PLAN, Measure.RATIO),
    "plan_change": (Base.PLAN, Measure.CHANGE),
    "growth": (Base.SAME_PERIOD, Measure.CHANGE),
    "ratio": (Base.SAME_PERIOD, Measure.RATIO),
    "share": (Base.TOTAL, Measure.RATIO),
    "previous": (Base.PREVIOUS, Measure.CHANGE),
}


def number(text: str) -> tuple[Decimal, int]:
    """A printed number and its decimals: "20.961,454" → 20961.454, 3."""
    bare = text.replace(".", "").replace(",", ".")
    return Decimal(bare), len(bare.partition(".")[2])


class Writer:
    """Collects passages and the figures in them; offsets are right by construction."""

    def __init__(self, *, period: str = "2023-Q1", area: str = "quận Kiến An", date: str | None = "2023-03") -> None:
        self.text = ""
        self.figures: list[Figure] = []
        self.blocks: list[Block] = []
        self.report = Report(number="12/BC-UBND", date=date, issuer="Ủy ban nhân dân", area=area, period=period)

    def say(self, text: str, *, section: str | None = None, footnote: str | None = None, title: bool = False) -> int:
        """A block of its own; returns its offset."""
        start = len(self.text)
        self.text += text + "\n"
        kind = BlockKind.HEADING if title else BlockKind.NOTE if footnote else BlockKind.PARAGRAPH
        self.blocks.append(Block(start, start + len(text), kind, section=section, footnote=footnote))
        return start

    def add(
        self,
        indicator: str | None,
        value: str | None,
        unit: str | None,
        period: str | None = "2023-Q1",
        *,
        status: Status = Status.ESTIMATE,
        parent: str | None = None,
        qualifier: str | None = None,
        total: str | None = None,
        bound: Bound | None = None,
        area: str | None = None,
        footnote: str | None = None,
        section: str | None = "II.1",
        quote: str | None = None,
        at: int | None = None,
        **compared: str,
    ) -> Figure:
        """A figure; without ``at`` it gets a sentence of its own."""
        amount, decimals = number(value) if value is not None else (None, 0)
        words = quote or " ".join(x for x in (value, unit) if x) or "0"
        if at is None:
            block = self.say(f"{indicator}: {words}.", section=section, footnote=footnote)
            at = self.text.index(words, block)
        else:
            at = self.text.index(words, at)
        comparisons = []
        for name, printed in compared.items():
            base, kind = SHORT[name]
            ratio, places = number(printed)
            comparisons.append(
                Comparison(
                    base=base, kind=kind, value=ratio, unit="%", quote=printed, start=at, end=at, decimals=places
                )
            )
        figure = Figure(
            id=f"f{len(self.figures) + 1:03d}",
            kind=Kind.PERFORMANCE,
            indicator=indicator,
            value=amount,
            unit=unit,
            quote=words,
            start=at,
            end=at + len(words),
            qualifier=qualifier,
            parent=parent,
            period=period,
            status=status,
            total=number(total)[0] if total else None,
            bound=bound,
            decimals=decimals,
            comparisons=tuple(comparisons),
            section=section,
            footnote=footnote,
            area=area,
        )
        self.figures.append(figure)
        return figure

    def document(self) -> Document:
        """The document so far."""
        source = Source(name="bao-cao.md", sha256="ab" * 32, format="markdown", size=len(self.text))
        return Document(text=self.text, blocks=tuple(self.blocks), report=self.report, source=source)

    def extraction(self, findings: tuple[Finding, ...] = ()) -> Extraction:
        """All of it, normalised."""
        document = self.document()
        return Extraction(document, normalise(tuple(self.figures), document.report), findings)
