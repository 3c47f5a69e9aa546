"""A web page (.html, or the page in an .mht) becomes the flow of a document, by way of the text reader.

In: the bytes of the page. Out: a ``Flow``. The hard idea: what a browser shows as paragraphs, bold words, raised marks
and tables has a spelling that ``reader`` reads already, so the page is spelt that way and nothing is read twice.
Scripts, styles and what is not displayed are left out; no link is followed and no picture loaded.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace

from lxml import etree

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sniff.messages import wordless
from extractor.paper.structure.flow import Flow
from extractor.paper.text.reader import decode_bytes, flow_of_text
from extractor.paper.word.package import Element

_DROPPED = frozenset(
    ("script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "select", "nav", "button")
)
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote", "pre", "dl",
     "dt", "dd", "center", "header", "footer", "main", "tr", "table", "td", "th", "tbody", "thead", "body", "form",
     "fieldset", "hr", "address", "figure")
)  # fmt: skip
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_MARKUP = re.compile(r"([\\`*_#<>|$\[\]~])")
_SPACES = re.compile(r"[ \t\r\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
DEEPEST = 200  # elements in elements: pages that people wrote need thirty


def read_html(data: bytes, name: str) -> Flow:
    """The flow of a web page; raises UnreadableFile: refused where it nests beyond reason, or empty."""
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    source = _decoded(data, name).encode("utf-8", "replace")
    root = etree.fromstring(source, parser) if source.strip() else None
    if root is None:
        raise wordless(name)
    try:
        text = "".join(_spelt(root, 0))
    except OverflowError as error:
        raise UnreadableFile(name, Result.REFUSED, "file.nested_html") from error
    return replace(flow_of_text(_BLANK_LINES.sub("\n\n", text), name), format="html")


def _decoded(data: bytes, name: str) -> str:
    """The characters of the page, in the encoding that it declares where its bytes agree."""
    declared = _CHARSET.search(data[:4096])
    codec = declared[1].decode("ascii").lower() if declared else ""
    if codec in ("windows-1258", "cp1258"):
        return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    return decode_bytes(data, name)


def _spelt(element: Element, depth: int) -> list[str]:
    """The words of an element and what follows it, in the spelling of Markdown."""
    if depth > DEEPEST:
        raise OverflowError(depth)
    tail = _plain(element.tail)
    kind = element.tag.lower() if isinstance(element.tag, str) else ""
    if not kind or _is_unseen(element, kind):
        return [tail]
    if kind == "br":
        return ["\n", tail]
    if kind == "table" and element.find(".//table") is None:
        return ["\n\n", _table(element, depth), "\n\n", tail]
    return [*_set(element, kind, depth), tail]


def _is_unseen(element: Element, kind: str) -> bool:
    """Whether a browser does not show the element."""
    return kind in _DROPPED or bool(_UNSEEN.search(element.get("style") or "")) or element.get("hidden") is not None


def _set(element: Element, kind: str, depth: int) -> list[str]:
    """What stands in an element, with the spelling of its kind around it."""
    inside = [_plain(element.text), *(part for child in element for part in _spelt(child, depth + 1))]
    if kind == "sup" and len(mark := "".join(inside).strip().replace("\\", "")) <= 5 and mark:
        return [f"<sup>{mark}</sup>"]
    if kind in _BOLD and "".join(inside).strip() and "\n" not in "".join(inside).strip():
        inside = ["**", "".join(inside).strip(), "**"]
    if kind in _BLOCKS:
        return ["\n\n", "- " if kind == "li" else "", *inside, "\n\n"]
    return inside


def _table(table: Element, depth: int) -> str:
    """A table of the page on one line of source, with spans and heads and nothing else."""
    rows = []
    for row in table.iter("tr"):
        cells = []
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            spans = "".join(
                f' {span}="{value}"'
                for span in ("rowspan", "colspan")
                if (value := (cell.get(span) or "").strip()).isdigit()
            )
            words = "".join([_plain(cell.text), *(part for child in cell for part in _spelt(child, depth + 1))])
            lines = [line.strip() for line in words.split("\n") if line.strip()]
            cells.append(f"<{cell.tag}{spans}>{'<br>'.join(lines)}</{cell.tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _plain(text: str | None) -> str:
    """Words of the page as words of Markdown: white space is one space, signs of markup are none."""
    words = _SPACES.sub(" ", text or "").replace("\xa0", " ")
    return _MARKUP.sub(lambda found: html.escape(found[1]) if found[1] in "<>" else "\\" + found[1], words)
