"""The three samples of poor paper in ``corpus/``, made from printed samples: a photocopy, a stamped one, a tilted one.

    python -m benchmarks.poor_samples [FOLDER]

Every page of a sample's PDF is drawn, spoilt by its own seed and saved as a scanner saves it: grey and colour as JPEG
in a PDF, black and white as G4 in a TIFF. The samples are committed, so nobody needs this to run the tests; whoever
changes one of those reports runs it again. The gold is that of the report: what is printed is the same.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

from benchmarks.paper import Maker, grain, photocopy, stamp
from benchmarks.tables import ROOT

TILT = 2.3  # degrees
SPECKS = 2_500  # to a page
QUALITY = 30  # of JPEG: what copiers use to keep a file small


@dataclass(frozen=True)
class Sample:
    """A printed sample, and what becomes of its paper."""

    born: str
    made: str
    make: Maker
    dpi: int


def tilted_and_specked(picture: Image.Image, chance: random.Random, _dpi: int) -> Image.Image:
    """Laid on the glass askew, scanned in black and white, with dust and with holes in the letters."""
    askew = picture.convert("L").rotate(TILT, Image.Resampling.BICUBIC, fillcolor=255)
    dots = np.asarray(grain(askew, chance, 20).point(lambda shade: 255 if shade > 140 else 0)).copy()
    for _ in range(SPECKS):
        x, y, size = chance.randrange(askew.width), chance.randrange(askew.height), chance.choice((1, 1, 1, 2, 2, 3))
        dots[y : y + size, x : x + size] = 0 if chance.random() < 0.7 else 255
    return Image.fromarray(dots, "L").convert("1", dither=Image.Dither.NONE)


SAMPLES = (
    Sample("tan-khe-2012.pdf", "tan-khe-2012.photocopy.pdf", photocopy, 150),
    Sample("dai-khe-2011.pdf", "dai-khe-2011.stamp.pdf", stamp, 150),
    Sample("dai-khe-2011-h1.pdf", "dai-khe-2011-h1.tilted.tif", tilted_and_specked, 200),
)


def draw(sample: Sample) -> list[Image.Image]:
    """The pages of a sample, printed and spoilt."""
    chance = random.Random(sample.made)
    with pypdfium2.PdfDocument(ROOT / "corpus" / sample.born) as pdf:
        sheets = (sheet.render(scale=sample.dpi / 72).to_pil().convert("RGB") for sheet in pdf)
        return [sample.make(sheet, chance, sample.dpi) for sheet in sheets]


def save(pages: list[Image.Image], target: Path, dpi: int) -> None:
    """The pages as one file, of the kind that its name tells."""
    if target.suffix == ".tif":
        first, *others = pages
        first.save(target, save_all=True, append_images=others, compression="group4", dpi=(dpi, dpi))
        return
    first, *others = (page.filter(ImageFilter.GaussianBlur(0.7)) for page in pages)
    still = {"creationDate": None, "modDate": None}  # a file without a clock in it
    first.save(target, "PDF", save_all=True, append_images=others, resolution=dpi, quality=QUALITY, **still)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"
    for sample in SAMPLES:
        target = folder / sample.made
        save(draw(sample), target, sample.dpi)
        print(f"{target.name}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
