"""A shelf of made reports, the same for the same seed: 3 to 16 pages, as Markdown, Word and PDF.

    python -m benchmarks.reports FOLDER [--count 1000] [--seed 1] [--pages 3-16] [--pdf 0.2]

Each is put together from paragraphs of the samples in corpus/: a letterhead, a number and an office of its own, figures
whose last digits are its own, as many sections as the pages ask for. So words and structure are those of real reports
and no two files are alike. PDFs are printed by LibreOffice, many at a time; without it the share of PDF becomes Word.
What is there already stays: a generator that was stopped goes on.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.render import COMPLETE, RAISED, Paper, read, to_docx

CORPUS = Path(__file__).parent.parent / "corpus"
LETTERS = 2_950  # of a page as LibreOffice prints it
LONGER = 2.5  # pages by which a report exceeds the shortest on average: most are short, as on a real shelf
OFFICES = 250
AT_ONCE = 40  # PDFs that one LibreOffice prints
GROUPED = re.compile(r"(?<![\d./])(\d{1,3}(?:\.\d{3})*)\.(\d{3})(?![\d./])")
MARKS = re.compile(rf"(?<!\bm)(?<!\bkm)[{RAISED}]+")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
ROMAN_HEADING = re.compile(r"^[IVX]+\.\s")


@dataclass(frozen=True)
class Sheet:
    """One file to be: its name without the ending, its format and its length."""

    number: int
    kind: str
    pages: int

    @property
    def name(self) -> str:
        return f"{self.number // 1000:03}/bao-cao-{self.number:06}.{self.kind}"


@cache
def samples() -> tuple[Paper, ...]:
    paths = sorted(path for path in CORPUS.glob("*.md") if path.stem != "README")
    return tuple(read(path.read_text(encoding="utf-8")) for path in paths)


def plan(count: int, seed: int, pages: tuple[int, int], pdf: float) -> list[Sheet]:
    """What the shelf holds: every fifth file a PDF (by default), the rest Word and Markdown in turn; most are short."""
    chance = random.Random(seed)
    kinds = ("md", "docx")
    low, high = pages
    return [
        Sheet(
            n,
            "pdf" if chance.random() < pdf else kinds[n % 2],
            min(high, low + int(chance.expovariate(1 / LONGER))),
        )
        for n in range(1, count + 1)
    ]


def write(sheet: Sheet, seed: int) -> str:
    """The report as Markdown."""
    chance = random.Random(f"{seed}:{sheet.number}")
    papers = chance.sample(samples(), len(samples()))
    first = papers[0]
    office = sheet.number % OFFICES
    lines = ["ỦY BAN NHÂN DÂN", f"XÃ KIỂM THỬ {office}", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    lines += ["Độc lập - Tự do - Hạnh phúc", "", f"Số: {sheet.number}/BC-UBND", ""]
    lines += [next((line for line in first.right if "ngày" in line), "Kiểm Thử, ngày 20 tháng 3 năm 2023"), ""]
    lines += [*first.title, ""]
    if first.addressee:
        lines += [*first.addressee, ""]
    blocks: list[str] = []
    length, part, turn = 0, 0, 0
    while length < sheet.pages * LETTERS:
        paper = papers[turn % len(papers)]
        for block in paper.body:
            if length >= sheet.pages * LETTERS:
                break
            if ROMAN_HEADING.match(block):
                block = f"{ROMAN[part % len(ROMAN)]}. {block.split('. ', 1)[1]}"
                part += 1
            if turn:
                block = MARKS.sub("", block)
            blocks.append(own(block, chance))
            length += len(block) + 40  # what a paragraph's last line leaves white
        turn += 1
    notes = [f"{mark} {own(text, chance)}" for mark, text in first.notes.items() if any(mark in b for b in blocks)]
    lines += ["\n\n".join([*blocks, *notes]), ""]
    lines += ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "", "**CHỦ TỊCH**", "", "Nguyễn Văn An"]
    return "\n".join(lines) + "\n"


def own(block: str, chance: random.Random) -> str:
    """The block with the last digits of its large numbers drawn anew."""
    return GROUPED.sub(lambda found: f"{found[1]}.{chance.randrange(1000):03}", block)


def make_shelf(
    folder: Path, count: int, *, seed: int = 1, pages: tuple[int, int] = (3, 16), pdf: float = 0.2
) -> list[Path]:
    """The files of the shelf, made where they are missing."""
    share = pdf if shutil.which("soffice") else 0.0
    wanted = plan(count, seed, pages, share)
    to_print: list[Sheet] = []
    for sheet in wanted:
        path = folder / sheet.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            continue
        if sheet.kind == "pdf":
            to_print.append(sheet)
        elif sheet.kind == "md":
            path.write_text(write(sheet, seed), encoding="utf-8")
        else:
            _to_word(sheet, seed, path)
    for at in range(0, len(to_print), AT_ONCE):
        _print(to_print[at : at + AT_ONCE], seed, folder)
    return [folder / sheet.name for sheet in wanted]


def _to_word(sheet: Sheet, seed: int, path: Path, font: str | None = None) -> None:
    with tempfile.TemporaryDirectory() as place:
        source = Path(place) / "source.md"
        source.write_text(write(sheet, seed), encoding="utf-8")
        part = Path(place) / "part.docx"
        to_docx(source, part, *([font] if font else []))
        shutil.copyfile(part, path)


def _print(sheets: Sequence[Sheet], seed: int, folder: Path) -> None:
    """One LibreOffice for many files; its profile is its own, so that an open window is not disturbed."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        words = [place / f"{sheet.number}.docx" for sheet in sheets]
        for sheet, word in zip(sheets, words, strict=True):
            _to_word(sheet, seed, word, COMPLETE)
        profile = f"-env:UserInstallation=file://{place}/profile"
        typed = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(place / "out"),
            *map(str, words),
        ]
        subprocess.run(typed, check=True, capture_output=True, timeout=1200)
        for sheet in sheets:
            shutil.move(place / "out" / f"{sheet.number}.pdf", folder / sheet.name)


def read_pages(text: str) -> tuple[int, int]:
    low, _, high = text.partition("-")
    return int(low), int(high or low)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=read_pages, default=(3, 16))
    parser.add_argument("--pdf", type=float, default=0.2)
    chosen = parser.parse_args()
    files = make_shelf(chosen.folder, chosen.count, seed=chosen.seed, pages=chosen.pages, pdf=chosen.pdf)
    size = sum(path.stat().st_size for path in files)
    kinds = {kind: sum(path.suffix == f".{kind}" for path in files) for kind in ("md", "docx", "pdf")}
    print(f"{len(files):,} reports, {size / 2**20:.0f} MB: {kinds}")


if __name__ == "__main__":
    main()
