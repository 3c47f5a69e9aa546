"""The extraction: all that one file yielded."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from extractor.domain.document import Document, Footnote, Report, Section
from extractor.domain.figure import Digit, Figure
from extractor.domain.finding import Finding
from extractor.domain.plain import as_plain

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, repr=False)
class Extraction:
    """All that one file yielded."""

    document: Document
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    digits: tuple[Digit, ...] = ()
    layer: int = 0  # version of what an office has learned that read it; 0 where the package alone did

    def __repr__(self) -> str:
        source, report = self.document.source, self.report
        told = (source.name if source else None, report.number, report.date, report.area, report.period)
        front = " · ".join(words for words in told if words)
        return f"<Extraction {front}: {len(self.figures)} figures, {len(self.findings)} findings>"

    def _repr_html_(self) -> str:
        """The extraction as a notebook shows it."""
        from extractor.domain.notebook import as_html

        return as_html(self)

    @property
    def report(self) -> Report:
        """Front and back matter, and the result class."""
        return self.document.report

    @property
    def sections(self) -> tuple[Section, ...]:
        """The outline, in reading order."""
        return self.document.sections

    @property
    def footnotes(self) -> tuple[Footnote, ...]:
        """The notes, in order of their marks."""
        return self.document.footnotes

    @property
    def text(self) -> str:
        """The canonical text that all offsets point into."""
        return self.document.text

    def to_dict(self) -> dict[str, Any]:
        """One JSON object: report, source, sections, footnotes, text, figures, findings, digits."""
        source = self.document.source
        return {
            "report": as_plain(self.report),
            "source": as_plain(replace(source, original=None)) if source else None,
            "sections": as_plain(self.sections),
            "footnotes": as_plain(self.footnotes),
            "text": self.text,
            "figures": [f.to_dict() for f in self.figures],
            "findings": as_plain(self.findings),
            "digits": [d._asdict() for d in self.digits],
        }

    def to_frame(self) -> pandas.DataFrame:
        """One row a figure, the columns of ``Figure.to_dict``; decimals stay ``Decimal``."""
        from extractor.domain.extras import optional

        with optional():
            import pandas

        names = [f.name for f in fields(Figure)]
        return pandas.DataFrame([[getattr(f, n) for n in names] for f in self.figures], columns=names)
