"""Each remedy is given to the page that needs it, and to no other; what was printed stays."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat
from PIL.ImageFilter import MaxFilter

from extractor.paper.ocr import preparation
from extractor.paper.ocr.orientation import lies_sideways, turn_back
from extractor.paper.ocr.preparation import DUST, GROUND, RED_INK, SPECKS, brightest, prepare, red_share
from extractor.paper.ocr.quality import is_poor, weigh
from extractor.paper.ocr.skew_and_rulings import find_rulings, is_closed, smooth_folds
from extractor.paper.ocr.tesseract import ScanLine, Word
from extractor.paper.tables.ruled import find_frames

SIZE = (1240, 1754)


def printed(pixels: int = 24) -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(pixels)
    for y in range(150, 1600, 50):
        draw.text(
            (150 + y * 7 % 90, y),
            "Thu ngan sach 56.057 trieu dong, dat 10,9% ke hoach, chi 140.905 trieu dong.",
            "black",
            font,
        )
    return page


def darkness(picture: Image.Image) -> float:
    return 255 - ImageStat.Stat(picture.convert("L")).mean[0]


def test_a_clean_page_is_left_as_it_is() -> None:
    page = prepare(printed())
    assert page.remedies == ()
    assert ImageChops.difference(page.picture, printed().convert("L")).getbbox() is None


def test_red_ink_goes_and_black_below_it_stays() -> None:
    page = printed()
    layer = Image.new("RGB", SIZE, "white")
    ImageDraw.Draw(layer).ellipse((300, 400, 700, 800), outline=(210, 40, 50), width=30)
    stamped = ImageChops.multiply(page, layer)
    ready = prepare(stamped)
    assert ready.remedies == (RED_INK,)
    assert abs(darkness(ready.picture) - darkness(page)) < 0.1 * darkness(page)
    assert red_share(ready.red, (300, 580, 330, 620)) > 0.5
    assert red_share(ready.red, (900, 100, 1000, 200)) == 0


def strewn(page: Image.Image, grains: int, *, inside: tuple[int, int, int, int]) -> Image.Image:
    """The page with dark grains of one to three pixels inside a box."""
    chance, draw = random.Random(18), ImageDraw.Draw(page)
    for _ in range(grains):
        x, y, size = chance.randrange(inside[0], inside[2]), chance.randrange(inside[1], inside[3]), chance.randrange(3)
        draw.rectangle((x, y, x + size, y + size), fill="black")
    return page


def test_dust_between_the_lines_goes_and_letters_stay() -> None:
    clean, dusty = printed(32).convert("L"), strewn(printed(32), 600, inside=(0, 0, *SIZE))
    dusty = strewn(dusty, 600, inside=(0, 0, 140, SIZE[1]))
    ready = prepare(dusty)
    assert ready.remedies == (DUST,)
    assert darkness(ready.picture) - darkness(clean) < 0.5 * (darkness(dusty) - darkness(clean))
    assert ImageChops.subtract(ready.picture, clean).crop((0, 0, 1200, 1754)).getbbox() is None


@pytest.mark.parametrize("upright", [False, True])
def test_a_hairline_that_breaks_into_grains_is_no_dust(upright: bool) -> None:
    chance = random.Random(7)
    page = Image.new("L", SIZE, 247)
    for x in range(60, 1100):  # grey around what counts as ink, sinking by a pixel now and then
        at = (x, 600 + x // 400)
        page.putpixel(at[::-1] if upright else at, chance.randrange(150, 200))
    page.putpixel((300, 300), 20)
    assert preparation.find_dust(page).crop((120, 120, 1000, 1000)).getbbox() == (180, 180, 181, 181)


def test_pieces_of_worn_letters_are_no_dust() -> None:
    worn = printed()
    for y in range(150, 1600, 50):
        worn = strewn(worn, 20, inside=(260, y + 6, 800, y + 18))
    assert preparation.find_dust(worn.convert("L")).getbbox() is not None
    assert prepare(worn).remedies == ()


def test_uneven_light_is_divided_away() -> None:
    light = Image.linear_gradient("L").resize(SIZE).point(lambda shade: 120 + shade * 120 // 255)
    ready = prepare(ImageChops.multiply(printed(), Image.merge("RGB", (light,) * 3)))
    assert ready.remedies == (GROUND,)
    assert ready.picture.crop((0, 0, 1240, 100)).getextrema()[0] > 230  # type: ignore[operator]
    assert abs(darkness(ready.picture) - darkness(printed())) < 0.25 * darkness(printed())


def test_an_even_grey_page_is_left_as_it_is_and_a_dark_one_is_not() -> None:
    for shade, remedies in ((225, ()), (140, (GROUND,))):
        page = ImageChops.multiply(printed(), Image.new("RGB", SIZE, (shade,) * 3))
        assert prepare(page).remedies == remedies


def test_a_black_edge_becomes_paper() -> None:
    page = printed()
    ImageDraw.Draw(page).rectangle((0, 0, 60, SIZE[1]), fill=(20, 20, 20))
    ImageDraw.Draw(page).rectangle((61, 0, SIZE[0], 100), fill=(180, 180, 180))
    assert preparation.GROUND in prepare(page).remedies
    assert prepare(page).picture.getpixel((20, 900)) == 255


def test_specks_are_smoothed_only_where_there_are_many() -> None:
    chance, page = random.Random(1), printed()
    for _ in range(20_000):
        page.putpixel((chance.randrange(SIZE[0]), chance.randrange(SIZE[1])), (0, 0, 0))
    ready = prepare(page)
    assert ready.remedies == (SPECKS,)
    assert preparation.speck_share(ready.picture) < 0.0002


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_on_its_side_is_told_by_its_rows(quarters: int) -> None:
    turned = turn_back(printed().convert("L"), quarters)
    assert lies_sideways(turned) is (quarters % 2 == 1)
    assert turn_back(turned, 4 - quarters).tobytes() == printed().convert("L").tobytes()


def line(*words: tuple[str, float]) -> ScanLine:
    return ScanLine(0, 10, 0, 10, [Word(text, 0, 0, 10, 10, sure) for text, sure in words])


def test_a_reading_that_found_more_outweighs_a_surer_one() -> None:
    fuller = [line(("ngân", 0.8), ("sách", 0.8), ("56.057", 0.7))]
    surer = [line(("ngân", 0.99))]
    garbage = [line(("Hcok", 0.9), ("||", 0.9), ("xqz", 0.9))] * 20
    assert weigh(fuller) > weigh(surer) > weigh(garbage) == 0
    assert is_poor(garbage)
    assert not is_poor([line(("ngân", 0.95), ("sách", 0.93))] * 20)


def test_folds_are_no_rules_of_a_table() -> None:
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    for y in (580, 1160):
        draw.line((0, y, SIZE[0], y + 3), fill=60, width=3)
    for x in (400, 830):
        draw.line((x, 0, x, SIZE[1]), fill=60, width=3)
    assert find_rulings(page, 595, 842) == ([], [])


def test_pale_streaks_and_grain_of_a_grey_page_become_paper_and_ink_stays() -> None:
    shades = Image.new("L", SIZE, 200)
    draw = ImageDraw.Draw(shades)
    draw.rectangle((0, 0, SIZE[0] // 2, SIZE[1]), fill=150)
    draw.line((300, 0, 300, SIZE[1]), fill=139, width=2)  # a streak of a drum
    draw.rectangle((400, 400, 404, 420), fill=60)
    prepared = prepare(shades)
    assert GROUND in prepared.remedies
    assert prepared.picture.getpixel((300, 700)) == 255
    assert prepared.picture.getpixel((402, 410)) in range(95, 110)


def test_a_hairline_is_a_rule_also_where_it_falls_between_two_rows() -> None:
    page = Image.new("L", (1654, 2339), 255)  # 200 dpi, looked at with 144
    draw = ImageDraw.Draw(page)
    lines = [300 + 61 * n for n in range(20)]
    for y in lines:
        draw.line((200, y, 1400, y), fill=100, width=1)
    for x in (200, 800, 1400):
        draw.line((x, lines[0], x, lines[-1]), fill=40, width=2)
    across, down = find_rulings(page, 595, 842)
    assert len(across) >= 0.9 * len(lines)
    assert len(down) == 3


def test_rules_in_pale_grey_are_rules_and_the_edge_of_a_shaded_row_is_none() -> None:
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((150, 700, 1100, 760), fill=200)
    for y in (300, 360, 420, 480):
        draw.line((150, y, 1100, y), fill=205, width=2)
    for x in (150, 500, 800, 1100):
        draw.line((x, 300, x, 480), fill=205, width=2)
    [frame] = find_frames(*find_rulings(page, 595, 842))
    assert is_closed(frame)
    assert (len(frame.xs), len(frame.ys)) == (4, 4)


@pytest.mark.parametrize(("top", "bottom"), [(328, 348), (331, 341)])
def test_bold_letters_where_a_wall_or_floor_would_run_prove_none(top: int, bottom: int) -> None:
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    for y in (300, 380, 440, 500):
        draw.line((150, y, 1100, y), fill=0, width=2)
    draw.line((150, 336, 800, 336), fill=0, width=2)
    for x in (150, 800, 1100):
        draw.line((x, 300, x, 500), fill=0, width=2)
    draw.line((500, 336, 500, 500), fill=0, width=2)
    draw.rectangle((498, 308, 502, 328), fill=0)  # a letter of the head over two columns
    for x in range(820, 1080, 9):
        draw.rectangle((x, top, x + 6, bottom), fill=0)  # words of a head two rows high
    [frame] = find_frames(*find_rulings(page, 595, 842))
    heads = [(cell.row, cell.column, cell.rows, cell.columns) for cell in frame.cells()[0] if cell.row < 2]
    assert heads == [(0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_fold_through_letters_is_bridged() -> None:
    page = printed().convert("L")
    folded = page.copy()
    draw = ImageDraw.Draw(folded)
    draw.line((600, 0, 606, SIZE[1]), fill=70, width=3)
    draw.line((0, 871, SIZE[0], 867), fill=70, width=3)
    whole = smooth_folds(folded, 595, 842)
    assert abs(darkness(whole) - darkness(page)) < 0.03 * darkness(page)
    assert folded.getpixel((600, 50)) < 100 < 230 < whole.getpixel((600, 50))  # type: ignore[operator]
    assert smooth_folds(page, 595, 842) is page


def test_a_stroke_that_lies_along_a_fold_is_seen_in_its_shadow() -> None:
    page = Image.new("L", SIZE, 255)
    ImageDraw.Draw(page).line((601, 300, 601, 330), fill=0, width=4)
    shadow = Image.new("L", SIZE, 255)
    ImageDraw.Draw(shadow).line((601, 0, 601, SIZE[1]), fill=100, width=4)
    whole = smooth_folds(ImageChops.multiply(page, shadow), 595, 842)
    stroke, paper = whole.crop((600, 305, 604, 325)), whole.crop((600, 400, 604, 600))
    assert max(stroke.tobytes()) < 60
    assert min(paper.tobytes()) > 230


def test_only_a_frame_with_four_sides_is_a_table() -> None:
    def frames(left: int) -> list[bool]:
        page = Image.new("L", SIZE, 255)
        draw = ImageDraw.Draw(page)
        for y in (300, 360, 420, 480):
            draw.line((150, y, 1100, y), fill=0, width=3)
        for x in (left, 500, 800, 1100):
            draw.line((x, 300, x, 480), fill=0, width=3)
        return [is_closed(frame) for frame in find_frames(*find_rulings(page, 595, 842))]

    assert frames(150) == [True]
    assert frames(300) == [False]


def test_brightest_is_the_filter_of_its_width() -> None:
    page = printed().convert("L").crop((0, 0, 400, 400))
    page.paste(255, (0, 100, 2, 300))  # at the edge: what lies there does not come back at the other
    page.paste(0, (398, 0, 400, 400))
    for steps, wide in ((1, 3), (2, 7)):
        assert brightest(page, steps).tobytes() == page.filter(MaxFilter(wide)).tobytes()
