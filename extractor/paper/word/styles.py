"""What a run of Word text looks like once its styles have had their say.

In come ``styles.xml`` and the properties of paragraphs and runs, out come ``Look``s: font, bold, italic, raised,
hidden, capitals. Styles inherit from each other; a circle of styles ends where it closes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from extractor.paper.word.numbering import attribute, count_of, local, value_of
from extractor.paper.word.package import Element

_OFF = ("0", "false", "off", "none")
_TINY = 8  # half-points: smaller than 4 pt is not meant to be read
_RAISED = 4  # half-points by which a run must stand above the line to count as raised


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a run; ``hidden`` says how it is hidden: ``vanish``, ``white``, ``tiny``."""

    font: str | None = None
    bold: bool = False
    italic: bool = False
    raised: bool = False
    capitals: bool = False
    hidden: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A style as it stands in the file."""

    parent: str | None
    run: Element | None
    number: tuple[str, int] | None
    centred: bool | None


@dataclass(slots=True)
class Styles:
    """The styles of a document."""

    styles: dict[str, Style] = field(default_factory=dict)
    base: Look = field(default_factory=Look)
    default: str | None = None  # the paragraph style of a paragraph that names none
    _looks: dict[tuple[str, Look], Look] = field(default_factory=dict)

    def look(self, name: str | None, below: Look) -> Look:
        """``below`` changed by the style ``name`` and all that it inherits from."""
        if name is None or name not in self.styles:
            return below
        key = (name, below)
        if key not in self._looks:
            look = below
            for style in reversed(self._chain(name)):
                look = change(look, style.run)
            self._looks[key] = look
        return self._looks[key]

    def number(self, name: str | None) -> tuple[str, int] | None:
        """List and level that the style ``name`` puts its paragraphs into."""
        return next((style.number for style in self._chain(name) if style.number), None)

    def centred(self, name: str | None) -> bool:
        """Whether the style ``name`` centres its paragraphs."""
        return next((style.centred for style in self._chain(name) if style.centred is not None), False)

    def _chain(self, name: str | None) -> list[Style]:
        chain: list[Style] = []
        seen: set[str] = set()
        while name is not None and name in self.styles and name not in seen:
            seen.add(name)
            chain.append(self.styles[name])
            name = self.styles[name].parent
        return chain


def read_styles(root: Element | None) -> Styles:
    """The styles that ``styles.xml`` defines; none where the part is missing."""
    styles = Styles()
    for element in root if root is not None else ():
        if local(element) == "docDefaults":
            run = next((child for child in element.iter() if local(child) == "rPr"), None)
            styles.base = change(Look(), run)
        elif local(element) == "style":
            name = attribute(element, "styleId") or ""
            found = children(element)
            paragraph = children(found.get("pPr"))
            if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true"):
                styles.default = name
            styles.styles[name] = Style(
                value_of(found.get("basedOn")), found.get("rPr"), number_of(paragraph), centred_of(paragraph)
            )
    return styles


def children(element: Element | None) -> dict[str, Element]:
    """The first child of each local name."""
    found: dict[str, Element] = {}
    for child in element if element is not None else ():
        found.setdefault(local(child), child)
    return found


def number_of(paragraph: Mapping[str, Element]) -> tuple[str, int] | None:
    """List and level out of ``w:numPr``; list "0" takes a paragraph out of the list of its style."""
    inside = children(paragraph.get("numPr"))
    number = value_of(inside.get("numId"))
    if number is None:
        return None
    return number, count_of(inside.get("ilvl"), 0, digits=2)


def centred_of(paragraph: Mapping[str, Element]) -> bool | None:
    """Whether ``w:jc`` centres; None where it says nothing."""
    jc = value_of(paragraph.get("jc"))
    return None if jc is None else jc == "center"


def change(look: Look, run: Element | None) -> Look:
    """``look`` changed by the run properties ``w:rPr``."""
    if run is None or not len(run):
        return look
    found = children(run)
    fonts = found.get("rFonts")
    font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi") if fonts is not None else None
    return replace(
        look,
        font=font or look.font,
        bold=_toggle(found.get("b"), look.bold),
        italic=_toggle(found.get("i"), look.italic),
        raised=_is_raised(found, look),
        capitals=_toggle(found.get("caps"), look.capitals),
        hidden=_how_hidden(found, look),
    )


def _how_hidden(found: Mapping[str, Element], look: Look) -> str | None:
    if "vanish" in found:
        return "vanish" if is_on(found["vanish"]) else None
    if (value_of(found.get("color")) or "").upper() == "FFFFFF":
        return "white"
    return "tiny" if count_of(found.get("sz"), _TINY, digits=9) < _TINY else look.hidden


def _toggle(element: Element | None, below: bool) -> bool:
    return below if element is None else is_on(element)


def is_on(element: Element) -> bool:
    """Whether a toggle is on: present and not switched off."""
    return (value_of(element) or "1") not in _OFF


def _is_raised(found: Mapping[str, Element], look: Look) -> bool:
    if "vertAlign" in found:
        return value_of(found["vertAlign"]) == "superscript"
    position = value_of(found.get("position"))
    if position and position.lstrip("-").isdecimal() and position.isascii() and len(position) < 6:
        return int(position) >= _RAISED
    return look.raised
