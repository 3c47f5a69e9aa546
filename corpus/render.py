"""Turn a sample report from Markdown into a Word document with real footnotes, and that into a PDF.

    python corpus/render.py corpus/minh-giang-2023-q1.md docx pdf

A development tool: the rendered files are committed, so nobody needs it to run the tests. The Markdown is written as
text recognition hands it over (raised digits as marks, notes standing in the middle of the text, paragraphs cut by a
page end); here the notes go back under their marks, the cut paragraphs together, and the letterhead and the signature
into two columns. The archive holds no clock, so the same Markdown gives the same bytes. The PDF needs LibreOffice.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
NUMBERED = re.compile(r"(?:[IVX]+[.-]|\d+(?:\.\d+)+\.?|\d+[./]|[a-zđ]\))\s")
MARKUP = re.compile(
    rf"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+)\*|(?<!\bm)(?<!\bkm)(?P<mark>[{RAISED}]+)|\$\\geq (?P<math>[^$]+)\$"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SMALL = '<w:sz w:val="20"/>'
MARK = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass
class Paper:
    """The parts of a report, each a list of paragraphs in Markdown."""

    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    addressee: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    recipients: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)
    annex: list[str] = field(default_factory=list)


def read(text: str) -> Paper:
    """Sort the blocks of the Markdown into the parts of the paper, and mend what page ends and notes had cut."""
    paper = Paper()
    for block in filter(None, re.split(r"\n\s*\n", text.strip())):
        lines = block.split("\n")
        if paper.annex or (paper.signature and block.startswith("PHỤ LỤC")):
            paper.annex.append(block)
        elif paper.recipients or re.match(r"\**Nơi nhận", block):
            signed = paper.signature or block.startswith("**")
            (paper.signature if signed else paper.recipients).extend(lines)
        elif not paper.title:
            if lines[0].strip("*# ").startswith("BÁO CÁO"):
                paper.title = lines
            else:
                for line in lines:
                    motto = line.startswith(("CỘNG HÒA", "CỘNG HOÀ", "Độc lập")) or re.search(r", ngày\b", line)
                    (paper.right if motto else paper.left).append(line)
        elif block.startswith("Kính gửi"):
            paper.addressee = lines
        elif raised := re.match(f"[{RAISED}]+", block):
            paper.notes[raised[0]] = block[raised.end() :].strip()
        elif block.startswith("|"):
            paper.body.append(block)
        elif paper.body and is_cut(paper.body[-1], block):
            paper.body[-1] += " " + block
        else:
            paper.body.append(block)
    return paper


def is_cut(before: str, after: str) -> bool:
    """Whether two blocks are one paragraph: the first does not end, and the second does not begin."""
    return (
        not re.search(r"[.;:!?…*|]$", before) and not is_heading(before) and (after[0].islower() or after[0].isdigit())
    )


def is_heading(block: str) -> bool:
    """A numbered line that is a title and nothing else."""
    return bool(NUMBERED.match(block)) and len(block) < 130 and not block.endswith((".", ";")) and ": " not in block


def runs(text: str, notes: dict[str, int], style: str = "") -> Iterator[str]:
    """Word runs of one paragraph; a raised digit becomes a reference to its note."""
    at = 0
    for found in MARKUP.finditer(text):
        yield run(text[at : found.start()], style)
        if mark := found["mark"]:
            known = mark in notes
            yield f'<w:r>{MARK}<w:footnoteReference w:id="{notes[mark]}"/></w:r>' if known else run(mark, style)
        elif found["bold"]:
            yield from runs(found["bold"], notes, style + "<w:b/>")
        elif found["italic"]:
            yield from runs(found["italic"], notes, style + "<w:i/>")
        else:
            yield run(f"≥ {found['math']}", style)
        at = found.end()
    yield run(text[at:], style)


def run(text: str, style: str = "") -> str:
    """One Word run, nothing for no text."""
    return (
        f'<w:r>{f"<w:rPr>{style}</w:rPr>" if style else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        if text
        else ""
    )


def paragraph(
    inner: str, align: str = "both", indent: int = 567, after: int = 80, keep: bool = False, style: str = "Normal"
) -> str:
    """One Word paragraph; measures in twentieths of a point."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'
        f'<w:spacing w:before="40" w:after="{after}"/>'
        f'<w:ind w:firstLine="{indent}"/><w:jc w:val="{align}"/></w:pPr>{inner}</w:p>'
    )


def body(paper: Paper, notes: dict[str, int]) -> Iterator[str]:
    """The paragraphs between the addressee and the recipients; numbered titles bold, run-in titles up to the colon."""
    for block in paper.body:
        if block.startswith("|"):
            yield table(block)
        elif block.startswith("PHẦN "):
            yield from (paragraph(run(x, "<w:b/>"), "center", 0, 20, keep=True) for x in block.split("\n"))
        elif is_heading(block):
            yield paragraph("".join(runs(block, notes, "<w:b/>")), keep=True)
        elif NUMBERED.match(block) and 0 < (colon := block.find(":") + 1) < 90:
            yield paragraph("".join(runs(block[:colon], notes, "<w:b/>")) + "".join(runs(block[colon:], notes)))
        else:
            yield paragraph("".join(runs(block, notes)))


def annex(paper: Paper) -> Iterator[str]:
    """What stands behind the signature, on a page of its own: title lines and tables."""
    for number, block in enumerate(paper.annex):
        if number == 0:
            yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        if block.startswith("|"):
            yield table(block)
        else:
            style = partial(paragraph, align="center", indent=0, after=20)
            yield from (style(run(x, "<w:i/>" if x.startswith("(") else "<w:b/>")) for x in block.split("\n"))


def table(block: str) -> str:
    """A Markdown table as a Word table; an empty first cell stays a cell."""
    return grid([[c.strip() for c in row.strip()[1:-1].split("|")] for row in block.split("\n")])


def grid(rows: list[list[str]]) -> str:
    """A ruled table; the row of dashes that Markdown wants below the header is dropped."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    rows = [row for row in rows if not all(c and set(c) <= set(":-") for c in row)]
    longest = [min(36, max(9, *map(len, column))) for column in zip(*rows, strict=True)]
    widths = [9180 * each // sum(longest) for each in longest]
    out = []
    for number, row in enumerate(rows):
        head = "<w:tblHeader/>" if number == 0 else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{paragraph(run(cell, ('<w:b/>' if head else '') + SMALL), 'left', 0, 20)}</w:tc>"
            for cell, width in zip(row, widths, strict=True)
        )
        out.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>")
    tracks = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{tracks}</w:tblGrid>'
    )
    return f"<w:tbl>{look}{''.join(out)}</w:tbl>"


def columns(left: list[str], right: list[str]) -> str:
    """Two columns without rules, as in a letterhead or over a signature."""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(column) or paragraph("")}</w:tc>'
        for width, column in ((3700, left), (5900, right))
    )
    whole = "<w:trPr><w:cantSplit/></w:trPr>"
    return f'<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/></w:tblPr><w:tr>{whole}{cells}</w:tr></w:tbl>'


def document(paper: Paper) -> str:
    """``word/document.xml``."""
    notes = {mark: number + 2 for number, mark in enumerate(paper.notes)}
    centred = partial(paragraph, align="center", indent=0, after=20)
    head = columns(
        [centred(run(x, "" if x.startswith("Số") or not i else "<w:b/>")) for i, x in enumerate(paper.left)],
        [centred(run(x, "<w:i/>" if ", ngày" in x else '<w:b/><w:sz w:val="25"/>')) for x in paper.right],
    )
    title = "".join(centred(run(x.strip("*# "), "<w:b/>")) for x in paper.title)
    addressee = "".join(paragraph(run(x), "center", 0, 120) for x in paper.addressee)
    signature = [x for line in paper.signature for x in ([line.strip("*")] if line else [])]
    name = signature[-1:] if len(signature) > 1 else []
    foot = columns(
        [
            paragraph(run(x, "<w:b/><w:i/>" if i == 0 else '<w:sz w:val="22"/>'), "left", 0, 0)
            for i, x in enumerate(paper.recipients)
        ],
        [centred(run(x, "<w:b/>")) for x in signature[: len(signature) - len(name)]]
        + [centred("")] * 3
        + [centred(run(x, "<w:b/>")) for x in name],
    )
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1020" w:bottom="1134" w:left="1700" w:header="567" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )
    gap = paragraph("", after=0)
    inner = head + gap + title + gap + addressee + "".join(body(paper, notes)) + gap + foot + paragraph("", after=0)
    inner += "".join(annex(paper))
    return f'{XML}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{inner}{page}</w:body></w:document>'


def footnotes(paper: Paper) -> str:
    """``word/footnotes.xml``: two separators that Word wants, then the notes; ids follow the order, not the marks."""
    own = f"<w:r>{MARK}<w:footnoteRef/></w:r>{run(' ')}"
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    note = partial(paragraph, indent=0, after=0, style="FootnoteText")
    notes = "".join(
        f'<w:footnote w:id="{number}">{note(own + "".join(runs(text, {})))}</w:footnote>'
        for number, text in enumerate(paper.notes.values(), 2)
    )
    return f'{XML}<w:footnotes xmlns:w="{WORD}">{rules}{notes}</w:footnotes>'


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
INNER_PARTS = ("styles", "footnotes", "header", "settings")
TYPES = (
    f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{PARTS}.document.main+xml"/>'
    + "".join(f'<Override PartName="/word/{x}.xml" ContentType="{PARTS}.{x}+xml"/>' for x in INNER_PARTS)
    + "</Types>"
)
RELATIONS = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
INNER = (
    f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    + "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{x}" Target="{x}.xml"/>' for i, x in enumerate(INNER_PARTS, 1))
    + "</Relationships>"
)
FONT = "Times New Roman"
SIZE, NARROWED = '<w:sz w:val="27"/>', '<w:sz w:val="24"/>'  # Times is narrower than others of its size
COMPLETE = "Noto Serif"  # has every Vietnamese letter; with others LibreOffice borrows letters from here and there
STYLES = (
    f'{XML}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
    f'{SIZE}<w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>'
    '<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>'
)
HEADER = (
    f'{XML}<w:hdr xmlns:w="{WORD}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
)
SETTINGS = (
    f'{XML}<w:settings xmlns:w="{WORD}"><w:footnotePr>'
    '<w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr></w:settings>'
)


def to_docx(source: Path, target: Path, font: str = FONT) -> None:
    """Write ``source`` (Markdown) as a Word document."""
    paper = read(source.read_text(encoding="utf-8"))
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS,
        "word/_rels/document.xml.rels": INNER,
        "word/document.xml": document(paper),
        "word/footnotes.xml": footnotes(paper),
        "word/styles.xml": STYLES.replace(FONT, font).replace(SIZE, SIZE if font == FONT else NARROWED),
        "word/header.xml": HEADER,
        "word/settings.xml": SETTINGS,
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), xml.encode(), zipfile.ZIP_DEFLATED)


def to_pdf(source: Path, target: Path) -> None:
    """Print a Word document with LibreOffice, with a profile of its own so that an open window is not disturbed."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}/lo",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                profile,
                source,
            ],
            check=True,
            capture_output=True,
        )
        target.write_bytes((Path(profile) / source.with_suffix(".pdf").name).read_bytes())


def main() -> None:
    """Command line: a Markdown file, then ``docx``, ``pdf`` or both; ``pdf=FONT`` prints in another font."""
    source, *formats = sys.argv[1:]
    markdown = Path(source)
    for wanted in formats:
        name, _, font = wanted.partition("=")
        if name == "docx":
            to_docx(markdown, markdown.with_suffix(".docx"))
        else:
            with tempfile.TemporaryDirectory() as folder:
                word = Path(folder) / f"{markdown.stem}.docx"
                to_docx(markdown, word, font or COMPLETE)
                to_pdf(word, markdown.with_suffix(".pdf"))


if __name__ == "__main__":
    main()
