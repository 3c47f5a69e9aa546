"""How an extraction shows itself in a notebook: a line, or a small page with the figures marked in their words.

In: an extraction. Out: HTML in which every word of the report is escaped. Nothing is computed, and nothing is loaded.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from extractor.domain.finding import Level
from extractor.domain.messages import say
from extractor.domain.period import spell_period

if TYPE_CHECKING:
    from extractor.domain.extraction import Extraction
    from extractor.domain.figure import Figure

WORDS = "exports.csv"
SHOWN = 30
"""Figures that a page shows; a notebook is no review screen."""

AROUND = 70
"""Letters of the text on either side of a figure."""

COLUMNS = ("indicator", "period", "status", "quote", "page", "confidence", "sentence")


def as_html(extraction: Extraction) -> str:
    """The report's front, what the checks hold against it, and its first figures, each marked in the text around it."""
    report, source = extraction.report, extraction.document.source
    front = (source.name if source else None, report.number, report.date, report.area, spell_period(report.period))
    heading = " · ".join(escape(words) for words in front if words)
    heads = "".join(f"<th>{escape(say(WORDS, column))}</th>" for column in COLUMNS)
    rows = "".join(_row(figure, extraction.text) for figure in extraction.figures[:SHOWN])
    count = say(WORDS, "notebook.count", count=len(extraction.figures), shown=min(len(extraction.figures), SHOWN))
    return (
        f"<div><b>{heading}</b><br>{escape(count)}{_findings(extraction)}"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(figure: Figure, text: str) -> str:
    before, after = text[max(0, figure.start - AROUND) : figure.start], text[figure.end : figure.end + AROUND]
    sentence = f"{escape(before)}<mark>{escape(text[figure.start : figure.end])}</mark>{escape(after)}"
    name = " · ".join(words for words in (figure.indicator, figure.qualifier) if words)
    status = say(WORDS, f"status.{figure.status.value}")
    page = str(figure.page or "")
    cells = (name, spell_period(figure.period), status, figure.quote, page, f"{figure.confidence:.2f}")
    return "<tr>" + "".join(f"<td>{escape(words)}</td>" for words in cells) + f"<td>{sentence}</td></tr>"


def _findings(extraction: Extraction) -> str:
    """What does not fit, one line each."""
    loud = [f for f in extraction.findings if f.level in {Level.FAIL, Level.WARN}]
    lines = (f"<li>{escape(say(WORDS, f'level.{f.level.value}'))}: {escape(f.message)}</li>" for f in loud)
    return f"<ul>{''.join(lines)}</ul>" if loud else ""
