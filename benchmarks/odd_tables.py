"""Odd tables of annexes: how many cells come out with the right name, unit, period and base.

    python -m benchmarks.odd_tables [--forms md,docx,pdf,plain,landscape] [--tables 01-bases,…] [--misses 10]
        [--keep FOLDER]

In: ``benchmarks/annexes``, one annex table a file, each with its gold (``gold.csv``: what every cell with digits says,
written down by hand). ``docx`` and ``pdf`` are the same tables through LibreOffice, ``plain`` a PDF without rulings,
``landscape`` a PDF whose annex is turned while its text is portrait. A cell of values is right when name, qualifier,
parent (where the gold has them), unit and period are; a cell of comparisons when those of its figure, base and kind
are. Prints cells, right ones, and figures with a wrong unit that nothing doubts.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from pathlib import Path

from benchmarks.tables import ROOT
from extractor.domain.figure import Comparison, Figure
from extractor.domain.folding import fold
from extractor.paper.read import read_in_process
from extractor.pipeline import extract_document

TABLES = ROOT / "benchmarks" / "annexes"
FORMS = ("md", "docx", "pdf", "plain", "landscape")
RULED = 'border="1" cellspacing="0" cellpadding="3" width="100%"'
PLAIN = 'border="0" cellspacing="0" cellpadding="4" width="100%"'
UNIT_DOUBTS = {"unit_missing", "unit_inherited", "unit_unsure"}
Gold = dict[str, str]


def read_gold() -> dict[str, list[Gold]]:
    """Table → the cells of its gold."""
    cells: dict[str, list[Gold]] = defaultdict(list)
    with (TABLES / "gold.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cells[row["table"]].append(row)
    return cells


def as_html(source: str, table: str) -> str:
    """The Markdown of an annex as a page that LibreOffice reads."""
    out = ["<html><head><meta charset='utf-8'></head><body style='font-family:Liberation Serif;font-size:11pt'>"]
    for block in source.split("\n\n"):
        if block.startswith("<table>"):
            out.append(block.replace("<table>", f"<table {table} style='font-size:10pt'>"))
        else:
            for line in block.strip().split("\n"):
                stars = len(line) - len(line.lstrip("*"))
                tag, align = (("span", "justify"), ("i", "right"), ("b", "center"))[stars]
                out.append(f"<p style='margin:5pt' align='{align}'><{tag}>{escape(line.strip('*'))}</{tag}></p>")
    return "".join([*out, "</body></html>"])


def convert(source: Path, kind: str, suffix: str) -> Path:
    """The file as LibreOffice writes it in another format, beside it."""
    with tempfile.TemporaryDirectory() as profile:
        home = f"-env:UserInstallation=file://{profile}"
        command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(source.parent), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return source.with_suffix(suffix)


def turn_annex(document: Path) -> None:
    """Ends the portrait section before the last word that stands alone above the table; the rest is landscape."""
    with zipfile.ZipFile(document) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/>'
    turned = (
        '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="850" w:right="1134" w:bottom="850" w:left="1134"/>'
    )
    annex = text.rfind("<w:p>", 0, text.index("<w:tbl>"))
    first = text.rfind("<w:p>", 0, annex)
    cut = f"<w:p><w:pPr><w:sectPr>{size}</w:sectPr></w:pPr></w:p>"
    text = text[:first] + cut + text[first:]
    tail = text.rfind("<w:sectPr")
    text = text[:tail] + re.sub(r"<w:pgSz[^>]*/>\s*<w:pgMar[^>]*/>", turned, text[tail:])
    parts["word/document.xml"] = text.encode()
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def rendered(source: Path, form: str, folder: Path) -> Path:
    """One annex in one form."""
    if form == "md":
        return source
    page = folder / f"{source.stem}-{form}.html"
    if page.with_suffix(".docx" if form == "docx" else ".pdf").exists():
        return page.with_suffix(".docx" if form == "docx" else ".pdf")
    page.write_text(as_html(source.read_text(encoding="utf-8"), PLAIN if form == "plain" else RULED), encoding="utf-8")
    if form in ("docx", "landscape"):
        written = convert(convert(page, "odt", ".odt"), "docx:MS Word 2007 XML", ".docx")
        if form == "docx":
            return written
        turn_annex(written)
        return convert(written, "pdf", ".pdf")
    return convert(page, "pdf:writer_pdf_Export", ".pdf")


def number_of(printed: str) -> Decimal:
    """What a printed cell is worth, or the number in its text; brackets are a minus."""
    found = re.search(r"\d[\d.,]*", printed)
    assert found is not None
    bare = found[0].replace(".", "").replace(",", ".")
    return Decimal(bare) * (-1 if printed[0] in "(-" else 1)


def said_of(figures: Sequence[Figure]) -> Iterator[tuple[str, Figure, Comparison | None]]:
    """Each number as printed, its figure, and the comparison that it is."""
    for figure in figures:
        if figure.value is not None:
            yield figure.quote, figure, None
        for comparison in figure.comparisons:
            yield comparison.quote, figure, comparison


def faults(gold: Gold, figure: Figure, comparison: Comparison | None) -> list[str]:
    """The fields of a cell that are wrong."""
    if bool(gold["base"]) != (comparison is not None):
        return ["value" if comparison else "comparison"]
    same = {
        "name": fold(figure.indicator or "") == fold(gold["name"]),
        "qualifier": not gold["qualifier"] or fold(figure.qualifier or "") == fold(gold["qualifier"]),
        "parent": not gold["parent"] or fold(figure.parent or "") == fold(gold["parent"]),
        "period": figure.period == gold["period"],
    }
    if comparison is None:
        same["unit"] = fold(figure.unit or "") == fold(gold["unit"])
        same["status"] = figure.status.value == gold["status"]
        same["number"] = figure.value == number_of(gold["number"])
    else:
        same["base"] = comparison.base.value == gold["base"]
        same["kind"] = comparison.kind.value == gold["kind"]
        same["number"] = comparison.value == number_of(gold["number"])
    return [name for name, holds in same.items() if not holds]


def wrong_units(gold: Gold, figure: Figure, comparison: Comparison | None) -> bool:
    """Whether a value has a unit that is not its own, and nothing doubts it."""
    if comparison is not None or figure.unit is None or fold(figure.unit) == fold(gold["unit"]):
        return False
    return not UNIT_DOUBTS & {*figure.doubts}


def score(path: Path, gold: Sequence[Gold]) -> tuple[int, int, list[str]]:
    """Right cells, wrong units without a doubt, and what was wrong."""
    figures = extract_document(read_in_process(path)).figures
    said = {quote: (figure, comparison) for quote, figure, comparison in said_of(figures)}
    right = undoubted = 0
    told = []
    for cell in gold:
        quotes = (cell["number"], cell["number"].strip("+"), cell["number"].strip("()"))
        found = next((said[quote] for quote in quotes if quote in said), None)
        if found is None:
            told.append(f"{cell['number']}: not found ({cell['name']})")
            continue
        figure, comparison = found
        undoubted += wrong_units(cell, figure, comparison)
        if wrong := faults(cell, figure, comparison):
            read = f"{figure.indicator} | {figure.qualifier} | {figure.parent} | {figure.unit} | {figure.period}"
            compared = f" {comparison.base.value} {comparison.kind.value}" if comparison else ""
            told.append(f"{cell['number']} ({cell['name']}): {','.join(wrong)}: read {read}{compared}")
        right += not wrong
    return right, undoubted, told


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--forms", default=",".join(FORMS))
    parser.add_argument("--tables", default="")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args(arguments)
    gold = {name: cells for name, cells in read_gold().items() if not chosen.tables or name in chosen.tables}
    print(f"{'table':16} {'form':10} {'cells':>5} {'right':>5} {'unit wrong, undoubted':>22}")
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for form in chosen.forms.split(","):
            cells = right = undoubted = 0
            for name, expected in gold.items():
                found, units, told = score(rendered(TABLES / f"{name}.md", form, folder), expected)
                cells, right, undoubted = cells + len(expected), right + found, undoubted + units
                if told or chosen.misses:
                    print(f"{name:16} {form:10} {len(expected):5} {found:5} {units:22}")
                for line in told[: chosen.misses]:
                    print(f"    {line}")
            print(f"{'all':16} {form:10} {cells:5} {right:5} {undoubted:22}   {right / max(cells, 1):.3f}", flush=True)


if __name__ == "__main__":
    main()
