"""The outline and the notes of a document as a person would read them: what ``solieu structure`` prints.

In comes a Document, out comes text in the reader's language: what letterhead and closing say, every section under its
label and indented by its level with the number of its paragraphs, and every note with its mark and the words at which
it is called. Prints nothing itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from extractor.domain.document import BlockKind, Document, Footnote
from extractor.domain.messages import TOLD, Message, sentences

_WIDTH = 100  # letters of a title; a terminal shows about so many
_AROUND = 28  # letters shown before a note's call
_START = 72  # letters shown of a note


def render_outline(document: Document, language: str = "vi") -> str:
    """Front matter, outline, tables and notes of ``document``."""
    lines = _front(document, language)
    lines += ["", _say(language, "heads")]
    lines += _sections(document, language) or [f"  ({_say(language, 'no_heads')})"]
    if document.tables:
        lines += ["", _say(language, "tables", count=len(document.tables))]
        lines += [f"  {_shown(_title_of(document, at), _WIDTH)}" for at in range(len(document.tables))]
    if document.footnotes:
        lines += ["", _say(language, "notes", count=len(document.footnotes))]
        lines += [_note(document, note, language) for note in document.footnotes]
    return "\n".join(lines)


def _say(language: str, key: str, **values: int) -> str:
    return Message(f"outline.{key}", values).say(language)


def _front(document: Document, language: str) -> list[str]:
    """The fields of the report that messages.csv has a name for."""
    lines = []
    for field in fields(document.report):
        value = getattr(document.report, field.name)
        if value and f"outline.{field.name}" in sentences(TOLD):
            text = "; ".join(value) if isinstance(value, tuple) else str(value)
            lines.append(f"{_say(language, field.name)}: {text}")
    return lines


def _sections(document: Document, language: str) -> list[str]:
    own = Counter(
        block.section
        for block in document.blocks
        if block.section and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
    )
    called = Counter(
        block.section for block in document.blocks if block.kind is BlockKind.NOTE and block.section is not None
    )
    lines = []
    for section in document.sections:
        line = f"{'  ' * section.level}{section.label} {_shown(section.title, _WIDTH)}".rstrip()
        counts = []
        if own[section.path]:
            counts.append(_say(language, "paragraphs", count=own[section.path]))
        if called[section.path]:
            counts.append(_say(language, "note_lines", count=called[section.path]))
        lines.append(f"{line}  ({', '.join(counts)})" if counts else line)
    return lines


def _note(document: Document, note: Footnote, language: str) -> str:
    text = _shown(document.text[note.start : note.end], _START)
    if note.anchor is None:
        return f"  [{note.mark}] ({_say(language, 'not_called')}): {text}"
    before = document.text[max(0, note.anchor - _AROUND) : note.anchor].rpartition("\n")[2]
    cut = note.anchor > _AROUND and len(before) == _AROUND
    return f"  [{note.mark}] {'…' if cut else ''}{before}[{note.mark}]: {text}"


def _title_of(document: Document, at: int) -> str:
    """The caption of a table, else its first row."""
    table = document.tables[at]
    if table.caption:
        return document.text[slice(*table.caption)]
    return document.text[table.start : table.end].split("\n", 1)[0].replace("\t", " | ")


def _shown(text: str, width: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"
