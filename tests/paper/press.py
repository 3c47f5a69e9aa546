"""A small PDF press for tests: pages set letter by letter, with no font file and no library.

Fonts are the reader's own Times; each letter is drawn as its plain letter (``ế`` as ``e``) and a table says what it
means, so text comes out right, stands where the widths say, and its ink is where ink should be.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.paper.pdf.glyph_widths import measure
from extractor.paper.pdf.object_writer import bind, stream

Colour = tuple[float, float, float]
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
GLYPHS = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven",
    "8": "eight", "9": "nine", " ": "space", ".": "period", ",": "comma", ";": "semicolon", ":": "colon",
    "!": "exclam", "?": "question", "(": "parenleft", ")": "parenright", "[": "bracketleft", "]": "bracketright",
    "-": "hyphen", "/": "slash", "%": "percent", "*": "asterisk", "+": "plus", "&": "ampersand", "=": "equal",
    "<": "less", ">": "greater", "²": "twosuperior", "³": "threesuperior", "¹": "onesuperior", "đ": "d", "Đ": "D",
    "–": "endash", "…": "ellipsis",
}  # fmt: skip
NAMES = ("Times-Roman", "Times-Bold", "Times-Italic")


@dataclass
class Sheet:
    width: float
    height: float
    rotate: int
    content: list[bytes] = field(default_factory=list)


class Press:
    """Sets pages in points from the top left corner; marks are written ``kỳ^1`` in ``paragraph``."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._codes: dict[str, int] = {" ": 32}

    def page(self, width: float = 595, height: float = 842, *, rotate: int = 0) -> Press:
        self.sheets.append(Sheet(width, height, rotate))
        return self

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 14,
        bold: bool = False,
        italic: bool = False,
        colour: Colour = BLACK,
        mode: int = 0,
        turn: Sequence[float] = (1, 0, 0, 1),
        stretch: float = 0.0,
    ) -> float:
        """Sets ``words`` on the baseline ``y``; gives the place where the next word goes."""
        sheet = self.sheets[-1]
        font = 1 if bold else 2 if italic else 0
        codes = bytes(self._code(letter) for letter in words)
        a, b, c, d = turn
        sheet.content.append(
            b"BT /F%d %g Tf %g %g %g rg %d Tr %g Tw %g %g %g %g %g %g Tm <%s> Tj ET"
            % (font, size, *colour, mode, stretch, a, b, c, d, x, sheet.height - y, codes.hex().encode())
        )
        return x + measure(words) * size / 1000 + stretch * words.count(" ")

    def full(self, x: float, y: float, words: str, *, right: float = 538, size: float = 14) -> None:
        """Sets a line whose spaces are stretched so that it fills the width."""
        self.text(x, y, words, size=size, stretch=(right - x - self._wide(words, size)) / words.count(" "))

    def scattered(
        self, y: float, letters: Sequence[tuple[float, str]], *, size: float = 14, bold: bool = False
    ) -> None:
        """Sets letters at places of their own in one operation, as a program does that fills gaps from another font."""
        sheet = self.sheets[-1]
        parts = []
        at = letters[0][0]
        for x, letter in letters:
            parts.append(b"%g <%02x>" % (-(x - at) * 1000 / size, self._code(letter)))
            at = x + measure(letter) * size / 1000
        sheet.content.append(
            b"BT /F%d %g Tf 0 0 0 rg 0 Tr 0 Tw 1 0 0 1 %g %g Tm [%s] TJ ET"
            % (1 if bold else 0, size, letters[0][0], sheet.height - y, b" ".join(parts))
        )

    def line(self, x0: float, y0: float, x1: float, y1: float, thick: float = 0.5) -> None:
        height = self.sheets[-1].height
        self.sheets[-1].content.append(b"%g w %g %g m %g %g l S" % (thick, x0, height - y0, x1, height - y1))

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Colour | None = None) -> None:
        height = self.sheets[-1].height
        paint = b"S" if fill is None else b"f"
        colour = b"" if fill is None else b"%g %g %g rg " % fill
        self.sheets[-1].content.append(b"%s%g %g %g %g re %s" % (colour, x0, height - y1, x1 - x0, y1 - y0, paint))

    def paragraph(
        self,
        y: float,
        words: str,
        *,
        left: float = 85,
        right: float = 538,
        indent: float = 36,
        size: float = 14,
        pitch: float = 1.28,
        until: float = 10_000,
    ) -> tuple[float, str]:
        """Sets justified lines from baseline ``y``; gives the next baseline and what did not fit above ``until``."""
        rest = words.split(" ")
        x = left + indent
        while rest and y <= until:
            line = [rest.pop(0)]
            while rest and x + self._wide(" ".join([*line, rest[0]]), size) <= right:
                line.append(rest.pop(0))
            free = right - x - self._wide(" ".join(line), size)
            stretch = free / (len(line) - 1) if rest and len(line) > 1 else 0.0
            self._set(x, y, line, size, stretch)
            x, y = left, y + pitch * size
        return y, " ".join(rest)

    def _wide(self, words: str, size: float) -> float:
        return sum(
            measure(part) * (0.65 if index % 2 else 1.0) * size / 1000 for index, part in enumerate(_marks(words))
        )

    def _set(self, x: float, y: float, line: list[str], size: float, stretch: float) -> None:
        for index, part in enumerate(_marks(" ".join(line))):
            if index % 2:
                x = self.text(x, y - 0.4 * size, part, size=0.65 * size)
            elif part:
                x = self.text(x, y, part, size=size, stretch=stretch)

    def _code(self, letter: str) -> int:
        if letter not in self._codes:
            self._codes[letter] = 33 + len(self._codes)
            assert self._codes[letter] < 256, "too many letters for one test"
        return self._codes[letter]

    def bytes(self) -> bytes:
        objects: list[bytes] = []

        def add(body: bytes) -> int:
            objects.append(body)
            return len(objects)

        add(b"<</Type/Catalog/Pages 2 0 R>>")
        add(b"")
        table = b"".join(
            b"<%02x> <%s>\n" % (code, letter.encode("utf-16-be").hex().encode()) for letter, code in self._codes.items()
        )
        cmap = (
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
            b"1 begincodespacerange <00> <ff> endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
            % (len(self._codes), table)
        )
        unicode = add(stream(cmap))
        widths = [0] * 256
        for letter, code in self._codes.items():
            widths[code] = measure(letter)
        shapes = b" ".join(b"%d/%s" % (code, _glyph(letter).encode()) for letter, code in self._codes.items())
        fonts = [
            add(
                b"<</Type/Font/Subtype/Type1/BaseFont/%s/FirstChar 0/LastChar 255/Widths[%s]/ToUnicode %d 0 R"
                b"/Encoding<</Type/Encoding/Differences[%s]>>>>"
                % (name.encode(), b" ".join(b"%d" % w for w in widths), unicode, shapes)
            )
            for name in NAMES
        ]
        resources = b"<</Font<<%s>>>>" % b"".join(b"/F%d %d 0 R" % (i, number) for i, number in enumerate(fonts))
        pages = []
        for sheet in self.sheets:
            content = add(stream(b"\n".join(sheet.content)))
            pages.append(
                add(
                    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Rotate %d/Contents %d 0 R/Resources %s>>"
                    % (sheet.width, sheet.height, sheet.rotate, content, resources)
                )
            )
        objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % n for n in pages))
        return bind(objects)


def _marks(words: str) -> list[str]:
    """Plain text and marks in turn: ``kỳ^1.`` → ``["kỳ", "1", "."]``."""
    out = [""]
    for index, part in enumerate(words.split("^")):
        if index:
            digits = len(part) - len(part.lstrip("0123456789*()abc"))
            out += [part[:digits], part[digits:]]
        else:
            out[0] = part
    return out


def _glyph(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter)[0]
    return GLYPHS.get(letter) or GLYPHS.get(plain) or (plain if plain.isascii() and plain.isalpha() else "bullet")
