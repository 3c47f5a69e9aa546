"""Pictures of paper become pages: every kind that scanners make, of the size of the paper, with not a shade changed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.pdf.picture_pages import bind_pictures
from extractor.paper.read import read_document
from tests.paper.ocr.test_page import needs_tesseract
from tests.paper.press import Press
from tests.waiting import starts_processes


def paper(mode: str = "RGB") -> Image.Image:
    press = Press().page()
    press.paragraph(100, "Thu cho con em trong nam 2023 la 56.057 dong, bang 78,3 so cung nam; chi ra 140.905 dong.")
    with pypdfium2.PdfDocument(press.bytes()) as pdf:
        return pdf[0].render(scale=200 / 72).to_pil().convert(mode)


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def shown(data: bytes, page: int = 0) -> tuple[tuple[int, int], Image.Image]:
    with pypdfium2.PdfDocument(bind_pictures(data, "a").pdf) as pdf:
        wide, high = pdf[page].get_size()
        return (round(wide), round(high)), pdf[page].render(scale=200 / 72).to_pil().convert("L")


@pytest.mark.parametrize(
    ("kind", "mode", "how"),
    [
        ("PNG", "RGB", {"dpi": (200, 200)}),
        ("PNG", "L", {}),
        ("PNG", "RGBA", {}),
        ("PNG", "P", {}),
        ("JPEG", "RGB", {"dpi": (200, 200), "quality": 95}),
        ("TIFF", "1", {"compression": "group4", "dpi": (200, 200)}),
        ("TIFF", "RGB", {"compression": "tiff_lzw"}),
        ("JPEG2000", "RGB", {}),
    ],
)
def test_a_picture_of_any_kind_is_a_page_of_its_size(kind: str, mode: str, how: dict[str, Any]) -> None:
    size, picture = shown(saved(paper(mode), kind, **how))
    assert abs(size[0] - 595) <= 1 and abs(size[1] - 842) <= 1
    ours = paper(mode if mode == "1" else "L").convert("L").resize(picture.size)
    difference = ImageChops.difference(ours.reduce(4), picture.reduce(4)).getextrema()
    assert difference[1] < 60  # type: ignore[operator]


def test_an_unlikely_fineness_is_not_believed() -> None:
    assert shown(saved(paper(), "PNG", dpi=(2, 2)))[0] == (595, 842)


def test_a_camera_that_was_held_upright_gives_an_upright_page() -> None:
    turned = paper().transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    size, picture = shown(saved(turned, "JPEG", quality=95, exif=exif))
    assert size == (595, 842)
    assert ImageChops.difference(paper("L").resize(picture.size).reduce(8), picture.reduce(8)).getextrema()[1] < 60  # type: ignore[operator]


def test_pages_of_a_tiff_stay_in_order_and_a_damaged_one_is_told() -> None:
    pages = [Image.new("L", (400, 600), shade) for shade in (10, 100, 200)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    with pypdfium2.PdfDocument(bind_pictures(data, "a").pdf) as pdf:
        shades = [page.render().to_pil().convert("L").getpixel((100, 100)) for page in pdf]
    assert shades == [10, 100, 200]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n", b"II*\x00\x08\x00\x00\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF"])
def test_a_picture_that_is_cut_short_is_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        bind_pictures(data, "a.png")
    assert caught.value.result is Result.DAMAGED
    with pytest.raises(UnreadableFile):
        bind_pictures(saved(paper(), "PNG")[:-4000], "a.png")


def test_a_picture_beyond_measure_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.paper.pdf.picture_pages.PIXELS", 1000)
    with pytest.raises(UnreadableFile) as caught:
        bind_pictures(saved(paper(), "PNG"), "a.png")
    assert caught.value.result is Result.TOO_LARGE


@needs_tesseract
@starts_processes
def test_a_tiff_is_read_as_the_scan_that_it_is(tmp_path: Path) -> None:
    path = tmp_path / "quet.tif"
    path.write_bytes(saved(paper("1"), "TIFF", compression="group4", dpi=(200, 200)))
    document = read_document(path)
    assert document.source is not None
    assert (document.source.format, document.source.pages) == ("tiff", 1)
    assert "56.057" in document.text and "140.905" in document.text
    assert all(placement.box.page == 1 for placement in document.placements)
