"""Decodes writing in fonts from before Unicode (``.VnTime``, ``VNI-Times``) on the sheets, before lines are made.

In: the sheets of a file. Out: the same sheets with Unicode runs, the encoding's name and the text as it was. A font's
name decides for its runs; where names say nothing, the text as a whole does. Text that is Unicode already is left
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.paper.pdf.page_model import Run, Sheet
from extractor.paper.sniff.legacy_encoding import capital_font, decode, detect, font_encoding, is_unicode_vietnamese

SAMPLE = 20_000  # letters that tell the encoding of a whole file


def decode_sheets(sheets: Sequence[Sheet]) -> tuple[str | None, str | None]:
    """The legacy encoding that was decoded in place and the text before, or (None, None) where all is Unicode."""
    fonts = {run.font for sheet in sheets for run in sheet.runs}
    named = {font: encoding for font in fonts if (encoding := font_encoding(font))}
    if not named:
        sample = "".join(_sample(sheets))
        encoding = detect(sample)
        if encoding is None:
            return None, None
        named = dict.fromkeys(fonts, encoding)
    original = "\n".join("\n".join(run.text for run in sheet.runs) for sheet in sheets)
    used: set[str] = set()
    for sheet in sheets:
        for index, run in enumerate(sheet.runs):
            encoding = named.get(run.font)
            if encoding and not is_unicode_vietnamese(run.text):
                sheet.runs[index] = _decoded(run, encoding)
                used.add(encoding)
    return (min(used), original) if used else (None, None)


def _sample(sheets: Sequence[Sheet]) -> Iterator[str]:
    seen = 0
    for sheet in sheets:
        for run in sheet.runs:
            yield run.text if run.text.endswith(" ") else run.text + " "
            seen += len(run.text)
            if seen > SAMPLE:
                return


def _decoded(run: Run, encoding: str) -> Run:
    text = run.text
    if encoding == "tcvn3":
        text = text.replace(
            "\u0002", "\u00ad"
        )  # pdfium takes the soft hyphen, which is ư, for a hyphen at the line end
    return run._replace(text=decode(text, encoding, capitals=capital_font(run.font))[0])
