"""A picture of paper (.png, .jpg, .tif with its pages, .jp2) becomes a PDF of scanned pages, and goes the way of one.

In: the bytes of the picture. Out: the bytes of a PDF with one picture a page, not a shade of it changed: a JPEG goes
in as it is, all else as its pixels. So whatever reads, draws or makes searchable a scanned PDF does so for a picture
too. The hard idea: a page has a size, and a picture only says how fine it is, often wrongly; what says nonsense is
taken for A4. Runs in the reading child: picture codecs are where strangers' files do most harm.
"""

from __future__ import annotations

import io
import warnings
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.pdf.object_writer import bind, stream
from extractor.paper.sandbox.limits import DEFAULT, Limits
from extractor.paper.sniff.format import picture_kind
from extractor.paper.sniff.messages import damaged

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 150_000_000  # of one page: A3 in 600 dpi has 70 million
A4 = 11.69  # inches, of its longer side
FINENESS = (100.0, 1_300.0)  # dpi that scanners have; cameras say 72, screens 96, and mean nothing by it
INCHES = (3.0, 60.0)  # of a page's longer side: a receipt to a plan
REDUCED = 254  # the tag of a TIFF whose first bit says that a page is the small copy of another
TURNED = 0x0112  # the tag that says how a camera was held


@dataclass(frozen=True, slots=True)
class Bound:
    """The PDF of a picture's pages, and the pages (from 1) that could not be decoded: they are empty in it."""

    pdf: bytes
    failed: tuple[int, ...] = ()


def as_pdf(data: bytes, name: str) -> bytes:
    """``data`` itself where it is no picture, else the PDF of its pages."""
    return bind_pictures(data, name).pdf if picture_kind(data) else data


def bind_pictures(data: bytes, name: str, limits: Limits = DEFAULT) -> Bound:
    """The PDF of a picture's pages; raises UnreadableFile: damaged, or too large."""
    from PIL import Image

    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    pages: list[int] = []
    failed: list[int] = []
    try:
        Image.MAX_IMAGE_PIXELS = None  # the limit is ours, below
        with (
            warnings.catch_warnings(action="ignore"),  # what it warns of is an error below, or does no harm
            Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "JPEG2000")) as opened,
        ):
            count = int(getattr(opened, "n_frames", 1))
            if count > limits.pages:
                raise UnreadableFile(name, Result.TOO_LARGE, "file.too_many_pages", count=count)
            for frame in range(count):
                if not _seek(opened, frame):
                    continue
                if opened.width * opened.height > PIXELS:
                    raise UnreadableFile(name, Result.TOO_LARGE, "file.picture_too_large", page=frame + 1)
                page = _add_page(objects, opened, data if count == 1 else b"")
                pages.append(page)
                if objects[page - 1].find(b"/XObject") < 0:
                    failed.append(len(pages))
    except (OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError, zlib.error) as error:
        raise damaged(name) from error
    if len(failed) == len(pages):
        raise damaged(name)
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % page for page in pages))
    return Bound(bind(objects), tuple(failed))


def _seek(opened: Image, frame: int) -> bool:
    """Goes to a page; False where it is only the small copy of another."""
    opened.seek(frame)
    tags = getattr(opened, "tag_v2", {})
    return not int(tags.get(REDUCED, 0)) & 1


def _add_page(objects: list[bytes], opened: Image, whole: bytes) -> int:
    """Adds the page that ``opened`` shows, empty where it cannot be decoded, and returns its number."""
    wide, high = _inches(opened)
    try:
        picture = _object(opened, whole)
    except (OSError, ValueError, SyntaxError, zlib.error):
        picture = b""
    if opened.getexif().get(TURNED, 1) in (5, 6, 7, 8):
        wide, high = high, wide
    box = b"%.3f %.3f" % (72 * wide, 72 * high)
    if not picture:
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]>>" % box)
        return len(objects)
    objects.append(picture)
    content = b"%.3f 0 0 %.3f 0 0 cm /P Do" % (72 * wide, 72 * high)
    objects.append(stream(content))
    objects.append(
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>"
        % (box, len(objects), len(objects) - 1)
    )
    return len(objects)


def _object(opened: Image, whole: bytes) -> bytes:
    """The picture as an object of a PDF."""
    from PIL import ImageOps

    upright = opened.getexif().get(TURNED, 1) == 1
    if whole and opened.format == "JPEG" and opened.mode in ("L", "RGB") and upright:
        opened.load()  # a JPEG that is cut short says so here
        return _image(opened, whole, b"/DCTDecode", 8)
    plain = _plain(ImageOps.exif_transpose(opened))
    bits = 1 if plain.mode == "1" else 8
    return _image(plain, zlib.compress(plain.tobytes(), 1), b"/FlateDecode", bits)


def _plain(picture: Image) -> Image:
    """The picture in black and white, grey or colours, on white where it was seen through."""
    from PIL.Image import new

    if picture.mode in ("1", "L", "RGB"):
        return picture
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    if picture.mode.startswith("I") or picture.mode == "F":
        low, high = (float(end) for end in picture.convert("F").getextrema()[:2])  # type: ignore[arg-type]
        spread = 255 / (high - low) if high > low else 0.0
        return picture.convert("F").point(lambda shade: shade * spread - low * spread).convert("L")
    return picture.convert("RGB")


def _image(picture: Image, body: bytes, packing: bytes, bits: int) -> bytes:
    space = b"/DeviceRGB" if picture.mode == "RGB" else b"/DeviceGray"
    head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent %d/Filter%s" % (
        picture.width,
        picture.height,
        space,
        bits,
        packing,
    )
    return stream(body).replace(b"<<", head, 1)


def _inches(opened: Image) -> tuple[float, float]:
    """How large the paper was: by the fineness that the file states where that makes a page, else as A4."""
    stated = opened.info.get("dpi") or (0, 0)
    across, down = (float(part or 0) for part in stated[:2])
    if all(FINENESS[0] <= part <= FINENESS[1] for part in (across, down)):
        wide, high = opened.width / across, opened.height / down
        if INCHES[0] <= max(wide, high) <= INCHES[1]:
            return wide, high
    scale = A4 / max(opened.width, opened.height, 1)
    return opened.width * scale, opened.height * scale
