"""Inline markup of Markdown as text recognition writes it: bold, italic, math, raised marks; balanced or not.

In comes the raw text of a block, out comes a ``Piece`` without markup characters. Text recognition writes marks that no
grammar of Markdown would take (``*** Bên cạnh…:**`` is a star and a bold title), so nothing here is refused: a mark
that pairs with none is dropped where it can only be markup (``**``) and kept where it may be a sign (``*``).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from extractor.paper.structure.flow import Mark, Piece
from extractor.paper.structure.footnotes import PLAIN, RAISED, TO_RAISED, is_exponent

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<keep>\(\*{1,3}\))"
    r"|(?P<stars>\*+)"
    r"|(?P<under>(?<![^\W_])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?![^\W_]))"
    r"|\$(?P<math>[^$\n]{1,160})\$"
    rf"|(?P<raised>[{RAISED}]+)"
    r"|\[\^(?P<reference>[^\]\s]{1,12})\]"
    r"|<sup>(?P<sup>[^<\n]{1,12})</sup>"
    r"|<(?P<tag>/?(?:b|strong|i|em|u|br|hr|span|p|div|center|font|sub)\b[^<>\n]{0,200})>"
    r"|&(?P<entity>#?\w{1,8});"
    r"|(?P<image>!\[[^\]\n]{0,200}\]\([^)\s]{0,400}\))"
    r"|\[(?P<link>[^\]\[\n]{1,200})\]\((?:https?:|#|mailto:)[^)\s]{0,400}\)"
    r"|(?P<tick>`+)",
    re.IGNORECASE,
)
_COMMANDS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤", "times": "×", "pm": "±",
    "approx": "≈", "sim": "~", "neq": "≠", "to": "→", "rightarrow": "→", "uparrow": "↑", "downarrow": "↓", "cdot": "·",
    "div": "÷", "circ": "°", "degree": "°", "ldots": "…", "dots": "…", "quad": " ", "phi": "φ", "Phi": "Φ",
    "varnothing": "∅", "alpha": "α", "beta": "β", "Delta": "Δ", "sum": "∑", "infty": "∞",
}  # fmt: skip
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]{0,60})\}\s*\{([^{}]{0,60})\}")
_WRAPPED = re.compile(r"\\(?:text|mathrm|mathbf|mathit|textbf|textit|operatorname)\s*\{([^{}]{0,120})\}")
_RAISED_MATH = re.compile(r"\^\s*(?:\{\s*([\d()*]{1,6})\s*\}|(\d))")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s?|\\([%$#&_{} ,;!])")
_OPENERS = re.compile(r"[\s(\[“\"‘'>\-–:;,./]")


@dataclass(slots=True)
class _Writer:
    chunks: list[str] = field(default_factory=list)
    length: int = 0
    bold: list[tuple[int, int]] = field(default_factory=list)
    italic: list[tuple[int, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    bold_from: int | None = None
    italic_from: int | None = None

    def write(self, text: str) -> None:
        self.chunks.append(text)
        self.length += len(text)

    def toggle_bold(self) -> None:
        if self.bold_from is None:
            self.bold_from = self.length
        else:
            self.bold.append((self.bold_from, self.length))
            self.bold_from = None

    def toggle_italic(self) -> None:
        if self.italic_from is None:
            self.italic_from = self.length
        else:
            self.italic.append((self.italic_from, self.length))
            self.italic_from = None

    def before(self) -> str:
        """The last few letters written."""
        return "".join(self.chunks[-4:])[-6:]

    def raise_mark(self, mark: str) -> None:
        """A raised figure: the exponent of a unit stays, a footnote mark is lifted out."""
        before = self.before()
        if mark.isdigit() and (is_exponent(before, mark) or (before == "10" or before.endswith((" 10", ",10", "x10")))):
            self.write(mark.translate(TO_RAISED))
        else:
            self.marks.append(Mark(self.length, mark))


def read_inline(raw: str) -> Piece:
    r"""The text of ``raw`` without markup; line ends are kept for the caller to cut at.

    >>> piece = read_inline(r"tăng **1,3%** so cùng kỳ¹; cây cao $\geq 4m$")
    >>> piece.text, piece.marks, piece.bold
    ('tăng 1,3% so cùng kỳ; cây cao ≥ 4m', (Mark(offset=20, mark='1'),), ((5, 9),))
    """
    if not _TOKEN.search(raw):
        return Piece(raw)
    writer = _Writer()
    tokens = list(_TOKEN.finditer(raw))
    paired = _pair_single_stars(raw, tokens)
    last = 0
    for order, token in enumerate(tokens):
        writer.write(raw[last : token.start()])
        last = token.end()
        _write_token(writer, raw, token, literal=order not in paired)
    writer.write(raw[last:])
    text = "".join(writer.chunks)
    if writer.bold_from is not None and _opens_line(text, writer.bold_from):  # never closed: to the end of its line
        end = text.find("\n", writer.bold_from)
        writer.bold.append((writer.bold_from, end if end >= 0 else len(text)))
    spans = [(a, b) for a, b in writer.bold if a < b]
    return Piece(text, marks=tuple(writer.marks), bold=tuple(spans), italic=tuple(writer.italic))


def _write_token(writer: _Writer, raw: str, token: re.Match[str], *, literal: bool) -> None:
    """What one token of markup means; a picture and a tick mean nothing. ``literal``: a single star is a sign."""
    kind = token.lastgroup or ""
    value = token[kind]
    if kind in ("escaped", "keep", "link"):
        writer.write(value)
    elif kind == "stars":
        _stars(writer, raw, token, literal=literal)
    elif kind == "under":
        (writer.toggle_bold if len(value) == 2 else writer.toggle_italic)()
    elif kind == "math":
        _math(writer, value)
    elif kind == "raised":
        writer.raise_mark(value.translate(PLAIN))
    elif kind in ("reference", "sup"):
        writer.raise_mark(value.strip().strip("[]()") or value.strip())
    elif kind == "tag":
        _tag(writer, value.lower())
    elif kind == "entity":
        writer.write(html.unescape(token[0]))


def _opens_line(text: str, at: int) -> bool:
    """Whether nothing but the mark of a list stands before ``at`` on its line."""
    before = text[:at].rpartition("\n")[2]
    return not before or before.strip() in ("*", "-", "+")


def _pair_single_stars(raw: str, tokens: list[re.Match[str]]) -> set[int]:
    """The indices of single stars that open or close italics; every other single star is a sign."""
    paired: set[int] = set()
    opened: int | None = None
    for order, token in enumerate(tokens):
        if token.lastgroup != "stars" or len(token["stars"]) != 1 or _leads_line(raw, token):
            continue
        before, after = raw[token.start() - 1 : token.start()], raw[token.end() : token.end() + 1]
        if opened is not None and before.strip():
            paired |= {opened, order}
            opened = None
        elif after.strip() and (not before or _OPENERS.match(before)):
            opened = order
    return paired


def _leads_line(raw: str, token: re.Match[str]) -> bool:
    """Whether the stars open a line and a blank follows: a starred heading or item, not emphasis."""
    before = raw[max(0, token.start() - 1) : token.start()]
    after = raw[token.end() : token.end() + 1]
    return (not before or before == "\n") and (after in (" ", "\t"))


def _stars(writer: _Writer, raw: str, token: re.Match[str], *, literal: bool) -> None:
    size = len(token["stars"])
    if _leads_line(raw, token) and size in (1, 3):
        writer.write("*")
        if size == 3:
            writer.toggle_bold()
    elif size == 1:
        if literal:
            writer.write("*")
        else:
            writer.toggle_italic()
    elif size == 2:
        writer.toggle_bold()
    elif size == 3:
        writer.toggle_bold()
        writer.toggle_italic()


def _tag(writer: _Writer, tag: str) -> None:
    name = re.match(r"/?\w+", tag)
    bare = name[0].lstrip("/") if name else ""
    if bare in ("br", "hr"):
        writer.write("\n")
    elif bare in ("b", "strong"):
        writer.toggle_bold()
    elif bare in ("i", "em"):
        writer.toggle_italic()


def _math(writer: _Writer, formula: str) -> None:
    r"""``\geq 4m`` as ``≥ 4m``; a lone raised figure (``$^{12}$``) as a mark; what is no formula stays as it is."""
    if not re.search(r"[\\^_{}]", formula):
        writer.write(f"${formula}$")
        return
    alone = _RAISED_MATH.fullmatch(formula.strip())
    if alone:
        writer.raise_mark((alone[1] or alone[2]).strip("()"))
        return
    text = _FRACTION.sub(r"\1/\2", formula)
    text = _WRAPPED.sub(r"\1", text)
    text = _RAISED_MATH.sub(lambda m: (m[1] or m[2]).translate(TO_RAISED), text)
    text = _COMMAND.sub(_command, text)
    writer.write(" ".join(text.replace("{", "").replace("}", "").replace("_", "").split()))


def _command(found: re.Match[str]) -> str:
    if found[1]:
        sign = _COMMANDS.get(found[1], "")
        return f"{sign} " if found[0].endswith(" ") and sign else sign
    return " " if found[2] in " ,;!" else found[2]
