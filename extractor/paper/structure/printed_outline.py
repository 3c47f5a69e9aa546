"""The outline and the notes of a document as a person would read them: what ``solieu structure`` prints.

In comes a Document, out comes text in the reader's language: what letterhead and closing say, every section under its
label and indented by its level with the number of its paragraphs, and every note with its mark and the words at which
it is called. Prints nothing itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

from extractor.domain.document import BlockKind, Document, Footnote

_WIDTH = 100  # letters of a title; a terminal shows about so many
_AROUND = 28  # letters shown before a note's call
_START = 72  # letters shown of a note
_FIELDS = {
    "number": ("Số, ký hiệu", "Number"),
    "place": ("Nơi lập", "Place"),
    "date": ("Ngày", "Date"),
    "title": ("Tiêu đề", "Title"),
    "addressee": ("Kính gửi", "Addressee"),
    "superior": ("Cơ quan chủ quản", "Superior body"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "area": ("Địa bàn", "Area"),
    "period": ("Kỳ báo cáo", "Period"),
    "recipients": ("Nơi nhận", "Recipients"),
    "role": ("Chức vụ người ký", "Signed as"),
    "signatory": ("Người ký", "Signatory"),
    "reason": ("Ghi chú", "Remark"),
}


def render_outline(document: Document, language: str = "vi") -> str:
    """Front matter, outline, tables and notes of ``document``."""
    english = language == "en"
    lines = _front(document, english=english)
    lines += ["", "Outline" if english else "Đề mục"]
    lines += _sections(document, english=english) or ["  (none found)" if english else "  (không thấy đề mục nào)"]
    if document.tables:
        lines += ["", f"Tables: {len(document.tables)}" if english else f"Bảng: {len(document.tables)}"]
        lines += [f"  {_shown(_title_of(document, at), _WIDTH)}" for at in range(len(document.tables))]
    if document.footnotes:
        lines += ["", f"Footnotes: {len(document.footnotes)}" if english else f"Chú thích: {len(document.footnotes)}"]
        lines += [_note(document, note, english=english) for note in document.footnotes]
    return "\n".join(lines)


def _front(document: Document, *, english: bool) -> list[str]:
    lines = []
    for field in fields(document.report):
        value = getattr(document.report, field.name)
        if value and field.name in _FIELDS:
            text = "; ".join(value) if isinstance(value, tuple) else str(value)
            lines.append(f"{_FIELDS[field.name][english]}: {text}")
    return lines


def _sections(document: Document, *, english: bool) -> list[str]:
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
            counts.append(f"{own[section.path]} " + ("paragraphs" if english else "đoạn"))
        if called[section.path]:
            counts.append(f"{called[section.path]} " + ("note lines" if english else "dòng chú thích"))
        lines.append(f"{line}  ({', '.join(counts)})" if counts else line)
    return lines


def _note(document: Document, note: Footnote, *, english: bool) -> str:
    text = _shown(document.text[note.start : note.end], _START)
    if note.anchor is None:
        return f"  [{note.mark}] ({'never called' if english else 'không thấy chỗ đánh dấu'}): {text}"
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
