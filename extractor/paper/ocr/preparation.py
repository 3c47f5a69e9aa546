"""A scanned page is prepared for recognition by what it shows: red ink, uneven ground, specks.

In: the picture of a page, in colour where it has any. Out: a grey ``Prepared`` with the names of the remedies that it
was given, and where red ink stood. The hard idea: each remedy ruins the pages that do not need it (a median eats the
commas of a clean page), so each is asked for by a measure of its own, and ``page`` keeps a prepared picture only where
it reads better. The picture itself is never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

RED = 45  # of 255: by how much red must outshine green and blue to be the ink of a seal
STAMPED = 0.0015  # of a page: more red ink than a letter or a line in red
INK_STAYS = 150  # of 255 in the red channel: darker is black ink below the red
COARSE = 4  # pixels of the page to one of the ground
REACH = 7  # of those: strokes are narrower, so the brightest of them is paper
UNEVEN = 0.10  # between the lighter and the darker parts of the ground, of white
DIM = 160  # of 255: a darker ground might be taken for ink; a paler even grey reads no better when it is divided
PAPER = 0.92  # of the ground: as light is paper too, its grain and the pale streaks that a drum draws
PALE = 2.0  # times as fast as the page gets darker below that, until it is as dark as it was
BLACK = 70  # of 255: ground this dark is a black edge, and holds no letters
SPECKLED = 0.0015  # of a page's pixels that are dark alone
DUSTY = 0.00005  # of a page's pixels that are dust far from letters; clean and worn pages lie below a third of it
STRIPS = 12  # in which a quarter of a page is looked at
CLEARANCE = 5  # in coarse pixels: how wide a square around dust must be free of letters
INK = 170  # of 255: lighter than this is the paper around a grain of dust
GRAIN = 3  # pixels: dust is no wider or higher; points and the dots of letters are, from 200 dpi on
LONE, AROUND = 110, 200  # of 255: a dark pixel, and the mean of its neighbours where they are paper

ALONG = 48  # pixels along a line that are looked at together
ASIDE = 4  # pixels: how close to a line there is paper again
RUN = 4  # such pieces to either side that a line has too: the upper edges of words hardly ever go on so far
EMPTY = 230  # of 255: a row without letters
DEPTH = 30  # of 255: how much darker a line is than paper; a grain takes half of it from its row

RED_INK, GROUND, SPECKS, DUST = "red_ink", "ground", "specks", "dust"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A grey picture, what was done to it, and the mask of red ink on it (None where there is none)."""

    picture: Image
    remedies: tuple[str, ...] = ()
    red: Image | None = None


def prepare(picture: Image) -> Prepared:
    """The page with the remedies that its measures ask for."""
    remedies: list[str] = []
    red = find_red(picture)
    grey = picture.convert("L")
    if red is not None:
        grey = without_red(picture, grey, red)
        remedies.append(RED_INK)
    ground = find_ground(grey)
    if is_uneven(ground):
        grey = divide(grey, ground)
        remedies.append(GROUND)
    part = sample(grey)
    if speck_share(part) > SPECKLED / 2 and speck_share(grey) > SPECKLED:
        from PIL.ImageFilter import MedianFilter

        grey = grey.filter(MedianFilter(3))
        part = sample(grey)
        remedies.append(SPECKS)
    if far_share(part, find_dust(part)) > DUSTY / 2 and is_dusty(grey, dust := find_dust(grey)):
        from PIL.ImageChops import lighter

        grey = lighter(grey, dust)
        remedies.append(DUST)
    return Prepared(grey, tuple(remedies), red)


def find_red(picture: Image) -> Image | None:
    """Where a page bears the red ink of seals: a mask of its size, or None where there is next to none."""
    from PIL.ImageFilter import MaxFilter

    if picture.mode != "RGB":
        return None
    small = _red(picture.reduce(COARSE))
    if _mean(small) < 255 * STAMPED:
        return None
    return _red(picture).filter(MaxFilter(3))


def _red(picture: Image) -> Image:
    """White where red outshines the other colours."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    return ImageChops.subtract(red, ImageChops.lighter(green, blue)).point(lambda over: 255 if over > RED else 0)


def without_red(picture: Image, grey: Image, red: Image) -> Image:
    """The grey page with paper where only red ink stood; what is black below the ink stays."""
    from PIL.Image import composite

    seen = picture.getchannel("R").point(lambda shade: min(255, shade * 255 // INK_STAYS))
    return composite(seen, grey, red)


def find_ground(grey: Image) -> Image:
    """The shade of the paper at every place, ``COARSE`` times smaller than the page."""
    from PIL.ImageFilter import GaussianBlur

    return brightest(grey.reduce(COARSE), 2).filter(GaussianBlur(REACH))


def is_uneven(ground: Image) -> bool:
    """Whether the paper is dark, or lighter here and darker there."""
    shades = ground.histogram()
    light, dark = _share_of(shades, 0.9), _share_of(shades, 0.05)
    return light < DIM or light - dark > UNEVEN * 255


def divide(grey: Image, ground: Image) -> Image:
    """The page as if its paper were white everywhere; a black edge is paper too."""
    from PIL import ImageMath
    from PIL.Image import Resampling, composite, new

    back = ground.resize(grey.size, Resampling.BILINEAR)

    def white(given: dict[str, Any]) -> Any:
        return given["convert"](given["min"](given["page"] * 255 / given["max"](given["back"], 1), 255), "L")

    flat: Image = ImageMath.lambda_eval(white, page=grey, back=back)
    flat = flat.point([min(255, max(shade, round(255 - (PAPER * 255 - shade) * PALE))) for shade in range(256)])
    edge = back.point(lambda shade: 255 if shade < BLACK else 0)
    return composite(new("L", grey.size, 255), flat, edge)


def sample(grey: Image) -> Image:
    """A quarter of the page, in strips from all over it: enough to see that it bears no grain and no dust."""
    from PIL.Image import new

    high = grey.height // (4 * STRIPS)
    if not high:
        return grey
    part = new("L", (grey.width, high * STRIPS))
    for n in range(STRIPS):
        top = n * grey.height // STRIPS
        part.paste(grey.crop((0, top, grey.width, top + high)), (0, n * high))
    return part


def speck_share(grey: Image) -> float:
    """The share of pixels that are dark alone among light ones."""
    from PIL import ImageChops
    from PIL.ImageFilter import Kernel

    around = grey.filter(Kernel((3, 3), (1, 1, 1, 1, 0, 1, 1, 1, 1), 8)).point(lambda s: 255 if s > AROUND else 0)
    dark = grey.point(lambda shade: 255 if shade < LONE else 0)
    return _mean(ImageChops.multiply(around, dark)) / 255


def find_dust(grey: Image) -> Image:
    """Where grains of dust lie, dark and alone among paper, not along a line: a mask of the page's size."""
    from PIL import ImageChops
    from PIL.Image import Transpose
    from PIL.ImageFilter import Kernel

    ink = grey.point(lambda shade: 255 if shade < INK else 0)
    inside = range(1, GRAIN + 1)
    ring = [0 if row in inside and column in inside else 1 for row in range(GRAIN + 2) for column in range(GRAIN + 2)]
    alone = ink.filter(Kernel((GRAIN + 2, GRAIN + 2), ring, 1)).point(lambda dark: 0 if dark else 255)
    turned = find_hairlines(grey.transpose(Transpose.TRANSPOSE)).transpose(Transpose.TRANSPOSE)
    lines = ImageChops.lighter(find_hairlines(grey), turned)
    return ImageChops.subtract(ImageChops.multiply(brightest(alone, 1), ink), lines)


def find_hairlines(grey: Image) -> Image:
    """Where level lines run that are so thin and pale that they break into grains: a mask of the page's size.

    Along a line a row of pixels is darker than those close above and below, which are paper; grains hardly darken it.
    """
    from PIL import ImageChops
    from PIL.Image import Resampling

    rows = grey.resize((max(1, grey.width // ALONG), grey.height), Resampling.BOX)
    beside = ImageChops.darker(ImageChops.offset(rows, 0, ASIDE), ImageChops.offset(rows, 0, -ASIDE))
    thin = ImageChops.subtract(beside, rows).point(lambda depth: 255 if depth >= DEPTH else 0)
    thin = ImageChops.multiply(thin, beside.point(lambda shade: 255 if shade >= EMPTY else 0))
    for shift in (1, -1):  # a line may sink by a pixel
        thin = ImageChops.lighter(thin, ImageChops.offset(thin, 0, shift))
    whole = thin
    for shift in range(-RUN, RUN + 1):
        whole = ImageChops.darker(whole, ImageChops.offset(thin, shift, 0))
    line = whole
    for shift in range(-RUN, RUN + 1):
        line = ImageChops.lighter(line, ImageChops.offset(whole, shift, 0))
    return line.resize(grey.size, Resampling.NEAREST)


def brightest(grey: Image, steps: int) -> Image:
    """A fast MaxFilter: each pixel as bright as the brightest of the square around it, 3 wide for a step, 7 for two."""
    from PIL.ImageChops import lighter, offset
    from PIL.ImageOps import expand

    reach = sum(range(steps + 1))
    page = expand(grey, reach)  # what is shifted over one edge comes back at the other: into black
    for step in range(1, steps + 1):
        for x, y in ((step, 0), (0, step)):
            page = lighter(page, lighter(offset(page, x, y), offset(page, -x, -y)))
    return page.crop((reach, reach, reach + grey.width, reach + grey.height))


def is_dusty(grey: Image, dust: Image) -> bool:
    """Whether most of the dust lies where no letters are: beside them it may be pieces of worn strokes, or points."""
    return far_share(grey, dust) > max(DUSTY, _mean(dust) / 255 / 2)


def far_share(grey: Image, dust: Image) -> float:
    """The share of a page's pixels that are dust far from letters."""
    from PIL import ImageChops
    from PIL.Image import Resampling
    from PIL.ImageFilter import MaxFilter

    letters = ImageChops.subtract(grey.point(lambda shade: 255 if shade < INK else 0), dust)
    near = letters.reduce(COARSE).point(lambda dark: 255 if dark else 0).filter(MaxFilter(CLEARANCE))
    return _mean(ImageChops.subtract(dust, near.resize(dust.size, Resampling.NEAREST))) / 255


def ink_share(grey: Image) -> float:
    """The share of a page's pixels that are ink."""
    return _mean(grey.point(lambda shade: 255 if shade < LONE else 0)) / 255


def red_share(red: Image | None, box: tuple[float, float, float, float]) -> float:
    """How much of ``box`` (in pixels) lies under red ink."""
    if red is None:
        return 0.0
    x0, top, x1, bottom = (round(side) for side in box)
    if x1 <= x0 or bottom <= top:
        return 0.0
    return _mean(red.crop((x0, top, x1, bottom))) / 255


def _mean(picture: Image) -> float:
    from PIL.ImageStat import Stat

    return float(Stat(picture).mean[0])


def _share_of(shades: list[int], share: float) -> int:
    """The shade below which ``share`` of the pixels lie."""
    left = share * sum(shades)
    for shade, count in enumerate(shades):
        left -= count
        if left <= 0:
            return shade
    return 255
