"""Odd tables of annexes: how many cells come out with the right name, unit, period and base.

    python -m benchmarks.odd_tables [--forms md,html,docx,xlsx,pdf,plain,landscape,scan,scan-plain]
        [--tables 01-bases,…] [--misses 10] [--keep FOLDER]

In: ``benchmarks/annexes``, one annex table a file, each with its gold (``gold.csv``: what every cell with digits says,
written down by hand). ``html`` is the same as a page, ``xlsx`` as a sheet with numbers as numbers, ``docx`` and ``pdf``
are the tables through LibreOffice, ``plain`` a PDF without rulings, ``landscape`` a PDF whose annex is turned while its
text is portrait, ``scan`` and ``scan-plain`` pictures of the PDFs at 200 dpi. A cell of values is right when name,
qualifier, parent (where the gold has them), unit and period are; a cell of comparisons when those of its figure, base
and kind are. Prints cells, right ones, and figures with a wrong unit that nothing
doubts.
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

import xlsxwriter
from lxml import html

from benchmarks.scans import print_and_scan
from benchmarks.tables import ROOT
from extractor.domain.figure import Comparison, Figure
from extractor.domain.folding import fold
from extractor.paper.read import read_in_process
from extractor.pipeline import extract_document

TABLES = ROOT / "benchmarks" / "annexes"
FORMS = ("md", "html", "docx", "xlsx", "pdf", "plain", "landscape", "scan", "scan-plain")
SCANNED = argparse.Namespace(dpi=200, skew=0.3, soft=0.5, grain=10, quality=80)
RULED = 'border="1" cellspacing="0" cellpadding="3" width="100%"'
PLAIN = 'border="0" cellspacing="0" cellpadding="4" width="100%"'
UNIT_DOUBTS = {"unit_missing", "unit_inherited", "unit_unsure"}
FIELD_DOUBTS = {
    "name": {"indicator_uncertain", "indicator_missing"},
    "qualifier": {"indicator_uncertain"},
    "parent": {"indicator_uncertain"},
    "unit": UNIT_DOUBTS,
    "period": {"period_unsure"},
    "status": {"period_unsure"},
    "base": {"base_unsure"},
    "kind": {"base_unsure"},
    "comparison": {"base_unsure", "unit_unsure", "indicator_uncertain", "period_unsure"},
    "value": {"base_unsure", "unit_unsure", "indicator_uncertain", "period_unsure"},
}
READ_DOUBTS = {"low_confidence", "readers_disagree", "under_stamp", "ocr_digit", "ocr_spacing", "number_style"}
TURNED = "writing-mode"
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


def turn_heads(document: Path) -> None:
    """Turns the words of the first row's cells, but for the first two, by a right angle."""
    with zipfile.ZipFile(document) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before, first, after = re.split(r"(<w:tr[ >].*?</w:tr>)", parts["word/document.xml"].decode(), maxsplit=1)
    cells = re.split(r"(?=<w:tc>)", re.sub(r"<w:trPr>.*?</w:trPr>|<w:trPr/>", "", first))
    row = re.sub(r"(<w:tr[^>]*>)", r'\1<w:trPr><w:trHeight w:val="2600" w:hRule="exact"/></w:trPr>', cells[0])
    upright = '<w:textDirection w:val="btLr"/>'
    turned = (re.sub(r"(<w:vAlign[^>]*/>)?</w:tcPr>", rf"{upright}\1</w:tcPr>", cell, count=1) for cell in cells[3:])
    parts["word/document.xml"] = "".join([before, row, *cells[1:3], *turned, after]).encode()
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def write_workbook(source: str, target: Path) -> None:
    """The annex as a sheet: a line a row, the table's numbers as numbers, its merged cells merged."""
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Biểu")
        formats: dict[str, xlsxwriter.format.Format] = {}
        at = 0
        for block in source.split("\n\n"):
            if not block.startswith("<table>"):
                for line in block.strip().split("\n"):
                    sheet.write_string(at, 0, line.strip("*"))
                    at += 1
                at += 1
                continue
            taken: set[tuple[int, int]] = set()
            for n, row in enumerate(html.fromstring(block).iter("tr"), at):
                column = 0
                for cell in row:
                    while (n, column) in taken:
                        column += 1
                    for broken in cell.iter("br"):
                        broken.tail = f"\n{broken.tail or ''}"
                    down, over = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                    taken.update((n + i, column + j) for i in range(down) for j in range(over))
                    words = cell.text_content()
                    if down > 1 or over > 1:
                        sheet.merge_range(n, column, n + down - 1, column + over - 1, words)
                    elif re.fullmatch(r"\d{1,2}\.\d{1,2}", words):  # a row's number, as a sheet takes it when typed
                        sheet.write_number(n, column, float(words))
                    elif re.fullmatch(r"\(?[-−+]?\d[\d.\n]*(,\d+)?\)?", words) and cell.tag == "td":
                        whole, comma, places = words.strip(")").partition(",")
                        code = (
                            ("#,##0" if "." in words or len(whole) < 4 else "0")
                            + comma.replace(",", ".")
                            + "0" * len(places)
                        )
                        shape = formats.setdefault(code, book.add_format({"num_format": f"{code};({code})"}))
                        sheet.write_number(n, column, float(number_of(words)), shape)
                    else:
                        sheet.write_string(n, column, words)
                at = n + 1


def rendered(source: Path, form: str, folder: Path) -> Path:
    """One annex in one form."""
    if form == "md":
        return source
    page = folder / f"{source.stem}-{form}.html"
    target = page.with_suffix({"html": ".html", "docx": ".docx", "xlsx": ".xlsx"}.get(form, ".pdf"))
    if target.exists():
        return target
    written = source.read_text(encoding="utf-8")
    if form.startswith("scan"):
        print_and_scan(rendered(source, "plain" if form == "scan-plain" else "pdf", folder), target, SCANNED)
    elif form == "xlsx":
        write_workbook(written, target)
    else:
        page.write_text(as_html(written, PLAIN if form == "plain" else RULED), encoding="utf-8")
        if form in ("docx", "landscape") or TURNED in written:
            print_by_word(page, form, is_turned=TURNED in written)
        elif form != "html":
            convert(page, "pdf:writer_pdf_Export", ".pdf")
    return target


def print_by_word(page: Path, form: str, *, is_turned: bool) -> None:
    """The page as Word writes it, and the PDF of that."""
    if form == "html":
        return
    written = convert(convert(page, "odt", ".odt"), "docx:MS Word 2007 XML", ".docx")
    if is_turned:
        turn_heads(written)
    if form == "landscape":
        turn_annex(written)
    if form != "docx":
        convert(written, "pdf", ".pdf")


def number_of(printed: str) -> Decimal:
    """What a printed cell is worth, or the number in its text; brackets are a minus."""
    found = re.search(r"\d[\d.,]*", "".join(printed.split()))
    assert found is not None
    bare = found[0].replace(".", "").replace(",", ".")
    return Decimal(bare) * (-1 if printed[0] in "(-−" else 1)


def said_of(figures: Sequence[Figure]) -> Iterator[tuple[str, Figure, Comparison | None]]:
    """Each number as printed, its figure, and the comparison that it is."""
    for figure in figures:
        if figure.value is not None:
            yield "".join(figure.quote.split()), figure, None
        for comparison in figure.comparisons:
            yield "".join(comparison.quote.split()), figure, comparison


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


def is_undoubted(field: str, figure: Figure) -> bool:
    """Whether nothing doubts a field that is wrong."""
    return not (FIELD_DOUBTS.get(field, set()) | READ_DOUBTS) & {*figure.doubts}


def wrong_units(gold: Gold, figure: Figure, comparison: Comparison | None) -> bool:
    """Whether a value has a unit that is not its own, and nothing doubts it."""
    if comparison is not None or figure.unit is None or fold(figure.unit) == fold(gold["unit"]):
        return False
    return not UNIT_DOUBTS & {*figure.doubts}


def score(path: Path, gold: Sequence[Gold]) -> tuple[int, int, list[str]]:
    """Right cells, wrong units without a doubt, and what was wrong.

    A cell is found by what it prints, else by its number: a workbook keeps no sign of how a zero was written.
    """
    figures = extract_document(read_in_process(path)).figures
    said = {quote: (figure, comparison) for quote, figure, comparison in said_of(figures)}
    worth = {number_of(quote): pair for quote, pair in said.items()}
    printed = {number_of(cell["number"]) for cell in gold}
    right = undoubted = 0
    told = [
        f"{quote} is sure and stands nowhere ({figure.indicator})"
        for quote, (figure, _) in said.items()
        if abs(number_of(quote)) not in {*map(abs, printed)} and not READ_DOUBTS & {*figure.doubts}
    ]
    for cell in gold:
        quotes = (cell["number"], cell["number"].strip("+"), cell["number"].strip("()"))
        found = next((said[quote] for quote in quotes if quote in said), worth.get(number_of(cell["number"])))
        if found is None:
            told.append(f"{cell['number']}: not found ({cell['name']})")
            continue
        figure, comparison = found
        undoubted += wrong_units(cell, figure, comparison)
        if wrong := faults(cell, figure, comparison):
            read = f"{figure.indicator} | {figure.qualifier} | {figure.parent} | {figure.unit} | {figure.period}"
            compared = f" {comparison.base.value} {comparison.kind.value}" if comparison else ""
            fields = ",".join(f"{field}!" if is_undoubted(field, figure) else field for field in wrong)
            told.append(f"{cell['number']} ({cell['name']}): {fields}: read {read}{compared}")
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
