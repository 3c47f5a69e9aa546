"""Poor paper: pages as an archive's copiers, stamps, folds and cameras leave them, and how well they are read.

    python -m benchmarks.paper [BORN.pdf…] [--kinds stamp,fold] [--seed 1] [--pages 3] [--misses 10] [--keep FOLDER]
        [--beside]                      the same pages also by plain Tesseract and by OCRmyPDF, where they are installed
        [--alone]                       without the second reader of digits

Each born-digital report is printed and spoilt, each kind by its seed alone, then read by the tool and held against the
report as it was born. Prints for each kind: figures found (F1) and strict (F1), figures with a wrong number, how many
of those bear no doubt ("sure"), and seconds a page. ``--beside`` adds, for the tool and each other program, how many of
the printed numbers are in its text, its seconds a page, and how many times as long as Tesseract it takes. All read the
same pages in turn, each on one thread. ``--keep`` leaves the poor pages in a folder, as PDF.
"""

from __future__ import annotations

import argparse
import io
import math
import os
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.scans import wrong
from benchmarks.tables import ROOT
from extractor.domain.extraction import Extraction
from extractor.domain.figure import Figure
from extractor.evaluation import score_figures
from extractor.paper.ocr import page as recognise
from extractor.paper.read import read_in_process
from extractor.pipeline import extract_document

BORN = ("corpus/tan-khe-2012.pdf", "corpus/minh-giang-2023-q1.pdf")
RED = (205, 40, 50)
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # as the tool runs Tesseract
Maker = Callable[[Image.Image, random.Random, int], Image.Image]


def grain(picture: Image.Image, chance: random.Random, amount: float) -> Image.Image:
    """The noise of a sensor."""
    dots = np.asarray(picture, dtype=np.float32)
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, amount, dots.shape[:2])
    noise = noise[..., None] if dots.ndim == 3 else noise
    return Image.fromarray(np.clip(dots + noise, 0, 255).astype(np.uint8), picture.mode)


def shade(picture: Image.Image, darkest: float, *, x: float, y: float) -> Image.Image:
    """The page in uneven light: ``darkest`` of the white is left at the far end of the direction (x, y)."""
    wide, high = picture.size
    across = np.linspace(0, 1, wide)[None, :] * x + np.linspace(0, 1, high)[:, None] * y
    light = 1 - (1 - darkest) * (across - across.min()) / max(float(np.ptp(across)), 1e-6)
    dots = np.asarray(picture.convert("L"), dtype=np.float32) * light
    return Image.fromarray(np.clip(dots, 0, 255).astype(np.uint8), "L")


def clean(picture: Image.Image, _chance: random.Random, _dpi: int) -> Image.Image:
    return picture.convert("L").filter(ImageFilter.GaussianBlur(0.5))


def photocopy(picture: Image.Image, chance: random.Random, dpi: int) -> Image.Image:
    """Grey ground that darkens to a side, a black edge, bits of toner."""
    dark = shade(picture, 0.55, x=1, y=0.3)
    draw = ImageDraw.Draw(dark)
    draw.rectangle((0, 0, dpi // 8, dark.height), fill=25)
    for _ in range(350):
        x, y, size = chance.randrange(dark.width), chance.randrange(dark.height), chance.choice((1, 1, 2, 2, 3))
        draw.ellipse((x, y, x + size, y + size), fill=40)
    return grain(dark.filter(ImageFilter.GaussianBlur(0.6)), chance, 8)


def stamp(picture: Image.Image, chance: random.Random, dpi: int) -> Image.Image:
    """Two round seals in red over the lines, as opaque as ink pads leave them."""
    paper = picture.convert("RGB")
    for _ in range(2):
        radius = round(dpi * 0.7)
        x = chance.randrange(radius, paper.width - radius)
        y = chance.randrange(paper.height // 5, paper.height - 2 * radius)
        layer = Image.new("L", paper.size, 0)
        draw = ImageDraw.Draw(layer)
        for inset, thick in ((0, dpi // 40), (dpi // 6, dpi // 70)):
            r = radius - inset
            draw.ellipse((x - r, y - r, x + r, y + r), outline=255, width=thick)
        points = [
            (x + (0.45 if n % 2 else 0.2) * radius * math.sin(n * math.pi / 5),
             y - (0.45 if n % 2 else 0.2) * radius * math.cos(n * math.pi / 5))
            for n in range(10)
        ]  # fmt: skip
        draw.polygon(points, fill=255)
        for turn in range(0, 360, 12):
            at = radius - dpi // 12
            cx, cy = x + at * math.cos(math.radians(turn)), y + at * math.sin(math.radians(turn))
            draw.rectangle((cx - dpi // 60, cy - dpi // 40, cx + dpi // 60, cy + dpi // 40), fill=255)
        ink = Image.new("RGB", paper.size, RED)
        mixed = Image.blend(paper, ink, 0.75)
        darker = Image.fromarray(np.minimum(np.asarray(mixed), np.asarray(Image.blend(ink, paper, 0.25))), "RGB")
        paper = Image.composite(darker, paper, layer.filter(ImageFilter.GaussianBlur(0.7)))
    return grain(paper, chance, 5)


def salt(picture: Image.Image, chance: random.Random, _dpi: int) -> Image.Image:
    """Salt and pepper: one dot in forty is black or white."""
    dots = np.asarray(picture.convert("L")).copy()
    drawn = np.random.default_rng(chance.randrange(2**32)).random(dots.shape)
    dots[drawn < 0.0125] = 0
    dots[drawn > 0.9875] = 255
    return Image.fromarray(dots, "L")


def turned(degrees: float) -> Maker:
    def turn(picture: Image.Image, chance: random.Random, _dpi: int) -> Image.Image:
        whole = degrees % 90 == 0
        out = picture.convert("L").rotate(degrees, Image.Resampling.BICUBIC, expand=whole, fillcolor=255)
        return grain(out, chance, 4)

    return turn


def fold(picture: Image.Image, chance: random.Random, dpi: int) -> Image.Image:
    """Folded in four, each fold a dark line with a bright edge over the letters."""
    paper = picture.convert("L")
    draw = ImageDraw.Draw(paper)
    thick = max(2, dpi // 70)
    for y in (paper.height // 3, 2 * paper.height // 3):
        draw.line((0, y, paper.width, y + chance.randrange(-6, 7)), fill=70, width=thick)
        draw.line((0, y + thick, paper.width, y + thick), fill=235, width=1)
    x = paper.width // 2 + chance.randrange(-30, 30)
    draw.line((x, 0, x + chance.randrange(-6, 7), paper.height), fill=80, width=thick)
    return grain(paper.filter(ImageFilter.GaussianBlur(0.5)), chance, 6)


def worn(picture: Image.Image, chance: random.Random, _dpi: int) -> Image.Image:
    """Toner that came off: strokes thinned and pale in patches."""
    dots = np.asarray(picture.convert("L"), dtype=np.float32)
    rng = np.random.default_rng(chance.randrange(2**32))
    patches = Image.fromarray((rng.random((24, 17)) * 255).astype(np.uint8), "L").resize(picture.size, 3)
    holes = Image.fromarray((rng.random(dots.shape) * 255).astype(np.uint8), "L").filter(ImageFilter.GaussianBlur(1.2))
    pale = 0.35 + 0.45 * np.asarray(patches, dtype=np.float32) / 255
    lost = np.asarray(holes, dtype=np.float32) > 150
    ink = (255 - dots) * pale
    ink[lost] *= 0.3
    return grain(Image.fromarray((225 - ink * 225 / 255).clip(0, 255).astype(np.uint8), "L"), chance, 7)


def phone(picture: Image.Image, chance: random.Random, _dpi: int) -> Image.Image:
    """A photograph by hand: perspective, the shadow of an arm, soft focus."""
    wide, high = picture.size
    drift = [chance.uniform(0, 0.025) for _ in range(8)]
    corners = (
        -drift[0] * wide, -drift[1] * high, -drift[2] * wide, high * (1 + drift[3]),
        wide * (1 + drift[4]), high * (1 + drift[5]), wide * (1 + drift[6]), -drift[7] * high,
    )  # fmt: skip
    bent = picture.convert("L").transform(picture.size, Image.Transform.QUAD, corners, 3, fillcolor=90)
    return grain(shade(bent, 0.45, x=-0.6, y=1).filter(ImageFilter.GaussianBlur(0.9)), chance, 7)


KINDS: dict[str, tuple[int, Maker]] = {
    "clean-150": (150, clean),
    "clean-200": (200, clean),
    "clean-300": (300, clean),
    "photocopy": (200, photocopy),
    "stamp": (200, stamp),
    "salt": (200, salt),
    "skew-4": (200, turned(4)),
    "turned-90": (200, turned(90)),
    "turned-180": (200, turned(180)),
    "fold": (200, fold),
    "worn": (200, worn),
    "phone": (200, phone),
}


def spoil(born: Path, target: Path, kind: str, *, seed: int, pages: int) -> None:
    """The report at ``born``, printed and spoilt, as a PDF of pictures."""
    dpi, make = KINDS[kind]
    chance = random.Random(f"{seed}:{kind}:{born.name}")
    made = []
    with pypdfium2.PdfDocument(born) as pdf:
        for sheet in list(pdf)[:pages]:
            picture = make(sheet.render(scale=dpi / 72).to_pil().convert("RGB"), chance, dpi)
            packed = io.BytesIO()
            picture.save(packed, "JPEG", quality=75)
            made.append(Image.open(packed))
    made[0].save(target, "PDF", save_all=True, append_images=made[1:], resolution=dpi, quality=85)


def plain_tesseract(path: Path) -> str:
    """The text that Tesseract alone reads on the pages, drawn at 200 dpi."""
    pages = []
    with pypdfium2.PdfDocument(path) as pdf:
        for sheet in pdf:
            packed = io.BytesIO()
            sheet.render(scale=200 / 72, grayscale=True).to_pil().save(packed, "PNG")
            command = ["tesseract", "stdin", "stdout", "-l", "vie", "--dpi", "200"]
            done = subprocess.run(command, input=packed.getvalue(), capture_output=True, check=True, env=ONE_THREAD)
            pages.append(done.stdout)
    return b"\n".join(pages).decode()


def ocrmypdf(path: Path) -> str:
    """The text that OCRmyPDF reads, with the remedies that it has for poor pages."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        remedies = ["--force-ocr", "--rotate-pages", "--deskew", "--output-type", "pdf"]
        command = [
            "ocrmypdf",
            "-q",
            "-j",
            "1",
            "-l",
            "vie",
            *remedies,
            "--sidecar",
            str(text),
            str(path),
            f"{folder}/out.pdf",
        ]
        subprocess.run(command, capture_output=True, check=True, env=ONE_THREAD)
        return text.read_text(encoding="utf-8")


OTHERS: dict[str, Callable[[Path], str]] = {"tesseract": plain_tesseract, "ocrmypdf": ocrmypdf}


class Numbers:
    """How many of the printed numbers are in what a program read, and its time."""

    def __init__(self) -> None:
        self.found = self.printed = 0
        self.seconds = 0.0

    def add(self, printed: str, text: str, seconds: float) -> None:
        """One report's text, as it was printed and as it was read."""
        wanted = Counter(NUMBER.findall(printed))
        self.found += (wanted & Counter(NUMBER.findall(text))).total()
        self.printed += wanted.total()
        self.seconds += seconds

    def show(self, program: str, pages: int, least: Numbers) -> str:
        """One line below the kind's; ``least`` is what plain Tesseract needs."""
        return (
            f"    {program:10} {self.found:4} of {self.printed} numbers {self.seconds / max(pages, 1):7.2f} s/page "
            f"{self.seconds / max(least.seconds, 1e-6):5.2f} x tesseract"
        )


class Row:
    """What came of one kind over all reports."""

    def __init__(self) -> None:
        self.gold = self.predicted = self.found = self.strict = 0.0
        self.mistaken: list[Figure] = []
        self.sure: list[Figure] = []
        self.pages, self.seconds = 0, 0.0
        self.misses: list[object] = []

    def add(self, ours: Extraction, theirs: Extraction, seconds: float) -> None:
        """One report's figures held against those of the report as it was born."""
        period = theirs.report.period
        gold, predicted = ([f.to_dict() for f in one.figures] for one in (theirs, ours))
        score = score_figures(gold, predicted, report_period=period)
        both = score.gold + score.predicted
        self.gold, self.predicted = self.gold + score.gold, self.predicted + score.predicted
        self.found, self.strict = self.found + score.found_f1 * both, self.strict + score.strict_f1 * both
        mistaken = list(wrong(ours.figures, theirs.figures))
        self.mistaken += mistaken
        self.sure += [figure for figure in mistaken if not figure.doubts]
        self.pages += ours.document.source.pages if ours.document.source else 1
        self.seconds += seconds
        self.misses += score.misses

    def show(self, kind: str) -> str:
        """One line of the table."""
        both = max(self.gold + self.predicted, 1)
        return (
            f"{kind:12} {self.found / both:6.3f} {self.strict / both:7.3f} {len(self.mistaken):6} {len(self.sure):5} "
            f"{self.seconds / max(self.pages, 1):7.2f}"
        )


def first_pages(born: Path, folder: Path, pages: int) -> Path:
    """The report with only its first pages, still born digital."""
    with pypdfium2.PdfDocument(born) as pdf, pypdfium2.PdfDocument.new() as cut:
        cut.import_pages(pdf, list(range(min(pages, len(pdf)))))
        target = folder / f"born-{born.name}"
        cut.save(target)
    return target


def read(path: Path) -> Extraction | None:
    """What the tool makes of a file; None where it refuses it."""
    from extractor.domain.errors import UnreadableFile

    try:
        return extract_document(read_in_process(path))
    except UnreadableFile as refusal:
        print(f"    {path.name}: {refusal.en}")
        return None


def read_beside(beside: dict[str, Numbers], poor: Path, printed: str, ours: tuple[str, float]) -> None:
    """Has each other program read the pages, and counts what it and the tool (text and seconds) found."""
    beside["solieu"].add(printed, *ours)
    for program, read_text in OTHERS.items():
        if program in beside:
            began = time.perf_counter()
            text = read_text(poor)
            beside[program].add(printed, text, time.perf_counter() - began)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("born", type=Path, nargs="*")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--beside", action="store_true")
    parser.add_argument("--alone", action="store_true")
    chosen = parser.parse_args(arguments)
    if chosen.alone:
        recognise.find_second_reader = lambda: None
    programs = ["solieu", *filter(shutil.which, OTHERS)] if chosen.beside else []
    born = chosen.born or [ROOT / path for path in BORN]
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        golds = [read(first_pages(path, Path(made), chosen.pages)) for path in born]
        recognise.find_second_reader()  # its weights are loaded once a process, not once a page
        print(f"{'kind':12} {'found':>6} {'strict':>7} {'wrong':>6} {'sure':>5} {'s/page':>7}", flush=True)
        for kind in chosen.kinds.split(","):
            row, beside = Row(), {program: Numbers() for program in programs}
            for path, gold in zip(born, golds, strict=True):
                poor = folder / f"{path.stem}-{kind}.pdf"
                spoil(path, poor, kind, seed=chosen.seed, pages=chosen.pages)
                began = time.perf_counter()
                ours = read(poor)
                seconds = time.perf_counter() - began
                assert gold is not None
                if beside:
                    read_beside(beside, poor, gold.document.text, (ours.document.text if ours else "", seconds))
                if ours is None:
                    row.gold += len(gold.figures)
                    continue
                row.add(ours, gold, seconds)
            print(row.show(kind), flush=True)
            for figure in row.sure[: chosen.misses]:
                print(f"    sure and wrong: {figure.indicator}: {figure.quote}")
            for miss in row.misses[: chosen.misses]:
                print("   ", miss)
            for program, numbers in beside.items():
                print(numbers.show(program, row.pages, beside.get("tesseract", numbers)), flush=True)


if __name__ == "__main__":
    main()
