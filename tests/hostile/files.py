"""Files that mean harm, or were harmed, made in code: each function returns bytes."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Iterable

Objects = dict[int, bytes]


def pdf(objects: Objects, *, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these numbered objects with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"


def one_page(
    content: bytes, extra: Objects | None = None, *, page: bytes = b"/MediaBox[0 0 595 842]", resources: bytes = b""
) -> bytes:
    """A page whose content stream object (4) is ``content`` as it stands."""
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>" % (page, resources),
            4: content,
            5: FONT,
            **(extra or {}),
        }
    )


def good_pdf(text: bytes = b"BAO CAO: quy I thuc hien 162.409 trieu dong") -> bytes:
    return one_page(stream(b"BT /F1 14 Tf 85 700 Td (%s) Tj ET" % text))


def flate_bomb(megabytes: int = 512, *, twice: bool = False) -> bytes:
    """A content stream that unpacks to ``megabytes`` of spaces; ``twice`` packed it is a few hundred bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    filters = b"/Filter/FlateDecode"
    if twice:
        packed, filters = zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]"
    return one_page(stream(packed, filters))


def nested_forms(fan: int = 10, depth: int = 8) -> bytes:
    """Forms that each draw the next one ``fan`` times: fan to the power of depth drawings from two kilobytes."""
    extra: Objects = {}
    for level in range(depth):
        number = 10 + level
        inner = b"/XObject<</X %d 0 R>>" % (number + 1) if level < depth - 1 else b"/Font<</F1 5 0 R>>"
        content = b"/X Do " * fan if level < depth - 1 else b"BT /F1 12 Tf 10 10 Td (x) Tj ET"
        extra[number] = stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>" % inner)
    return one_page(stream(b"/X Do " * fan), extra, resources=b"/XObject<</X 10 0 R>>")


def brackets(count: int = 2_000_000) -> bytes:
    return one_page(stream(zlib.compress(b"[" * count, 9), b"/Filter/FlateDecode"))


def image_bomb() -> bytes:
    """An image of 40,000 × 40,000 points from a megabyte and a half."""
    row = zlib.compress(b"\x00" * (1 << 20) * 64, 9)
    image = stream(
        row,
        b"/Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode",
    )
    return one_page(stream(b"q 595 0 0 842 0 0 cm /X Do Q"), {10: image}, resources=b"/XObject<</X 10 0 R>>")


def no_media_box() -> bytes:
    return one_page(stream(b"BT /F1 14 Tf 85 700 Td (Quy I 162.409 trieu dong) Tj ET"), page=b"")


def crooked_media_box() -> bytes:
    return one_page(stream(b"BT /F1 14 Tf 85 700 Td (Quy I 162.409) Tj ET"), page=b"/MediaBox[0 0]")


def kids_loop() -> bytes:
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})


def parent_loop() -> bytes:
    """A page tree whose nodes are each other's children; the rotation is looked for among the parents."""
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>",
            3: b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
        }
    )


def previous_loop() -> bytes:
    data = good_pdf()
    at = data.rindex(b"startxref\n") + 10
    start = data[at : data.index(b"\n", at)]
    return data.replace(b"trailer\n<<", b"trailer\n<</Prev %s" % start)


def outline_loop() -> bytes:
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            4: stream(b"BT /F1 14 Tf 85 700 Td (Quy I 162.409 trieu dong) Tj ET"),
            5: FONT,
            6: b"<</First 7 0 R/Last 7 0 R/Count 1>>",
            7: b"<</Title(a)/Parent 6 0 R/Next 7 0 R/First 6 0 R>>",
        }
    )


def one_page_often(times: int = 20_000) -> bytes:
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (times, b"3 0 R " * times),
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            4: stream(b"BT /F1 14 Tf 85 700 Td (x) Tj ET"),
            5: FONT,
        }
    )


def portfolio() -> bytes:
    """A cover page that only carries another file."""
    content = stream(b"BT /F 12 Tf 72 700 Td (Open this portfolio in a newer reader.) Tj ET")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a.pdf)5 0 R]>>>>>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 7 0 R>>>>>>",
            4: content,
            5: b"<</Type/Filespec/F(a.pdf)/UF(a.pdf)/EF<</F 6 0 R>>>>",
            6: stream(good_pdf(), b"/Type/EmbeddedFile"),
            7: font,
        }
    )


def no_pages() -> bytes:
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"})


def planted_cmap(path: bytes) -> bytes:
    """A font whose encoding names a file beside which a pickle may lie (CVE-2025-64512)."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/%s/DescendantFonts[6 0 R]>>" % path.replace(b"/", b"#2F")
    child = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>"
    return one_page(stream(b"BT /F1 14 Tf 85 700 Td <00410042> Tj ET"), {5: font, 6: child})


def locked_pdf() -> bytes:
    """A PDF that asks for a password: the keys are noise, so no password opens it."""
    data = good_pdf()
    lock = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)
    return data.replace(b"trailer\n<<", b"trailer\n<<" + lock)


# --------------------------------------------------------------------------------------------------------------- zip

CONTENT_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(document: bytes | Iterable[bytes], others: dict[str, bytes] | None = None) -> bytes:
    """A Word package around the XML of its body, given whole or in pieces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES)
        for name, data in (others or {}).items():
            package.writestr(name, data)
        with package.open("word/document.xml", "w") as part:
            for chunk in [document] if isinstance(document, bytes) else document:
                part.write(chunk)
    return out.getvalue()


def body(inner: bytes, before: bytes = b"") -> bytes:
    return b'<?xml version="1.0"?>%s<w:document %s><w:body>%s</w:body></w:document>' % (before, W, inner)


def good_docx() -> bytes:
    return docx(body("<w:p><w:r><w:t>Quý I thực hiện 162.409 triệu đồng.</w:t></w:r></w:p>".encode()))


def entity_docx(target: str = "file:///etc/passwd") -> bytes:
    before = b'<!DOCTYPE a [<!ENTITY e SYSTEM "%s">]>' % target.encode()
    return docx(body(b"<w:p><w:r><w:t>A&e;B 999</w:t></w:r></w:p>", before))


def entity_docx_utf16() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'
    return docx(text.encode("utf-16"))


def billion_laughs() -> bytes:
    lines = [b'<!ENTITY a0 "ha">'] + [b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 11)]
    return docx(body(b"<w:p><w:r><w:t>&a10;</w:t></w:r></w:p>", b"<!DOCTYPE a [%s]>" % b"".join(lines)))


def empty_paragraphs(millions: int = 20) -> bytes:
    chunks = [b"<w:p/>" * 100_000] * (millions * 10)
    head, tail = body(b"\x00").split(b"\x00")
    return docx([head, *chunks, tail])


def one_long_text(megabytes: int = 300) -> bytes:
    head, tail = body(b"<w:p><w:r><w:t>\x00</w:t></w:r></w:p>").split(b"\x00")
    return docx([head, *[b"9" * (1 << 20)] * megabytes, tail])


def many_entries(count: int = 60_000) -> bytes:
    return docx(body(b""), {f"word/a{i}.xml": b"" for i in range(count)})


def overlapping_zip() -> bytes:
    """A directory in which a second part points into the first."""
    data = bytearray(docx(body(b"<w:p/>"), {"word/styles.xml": b"<a/>" * 400}))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def nested_archive() -> bytes:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a", b"0" * (1 << 20))
    return docx(body(b"<w:p/>"), {"word/media/image1.png": inner.getvalue()})


def slipping_names() -> bytes:
    return docx(body(b"<w:p><w:r><w:t>Quy I 162.409</w:t></w:r></w:p>"), {"../../slipped.txt": b"x", "/slipped": b"y"})


def plain_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", b"x")
    return out.getvalue()


def pdf_and_zip() -> bytes:
    return good_pdf() + plain_zip()


def zip_and_pdf() -> bytes:
    return plain_zip()[:4] + b"\n" + good_pdf()


# ------------------------------------------------------------------------------------------------------------ damage


def damage(data: bytes, seed: int) -> bytes:
    """The file with bytes flipped, cut off, dropped or doubled, the same way for the same seed."""
    chance = random.Random(seed)
    out = bytearray(data)
    kind = seed % 4
    if kind == 0:
        return bytes(out[: chance.randrange(8, len(out))])
    if kind == 1:
        for _ in range(max(1, len(out) // 200)):
            out[chance.randrange(8, len(out))] = chance.randrange(256)
        return bytes(out)
    at = chance.randrange(8, len(out))
    span = chance.randrange(1, max(2, len(out) // 4))
    return bytes(out[:at] + out[at + span :]) if kind == 2 else bytes(out[:at] + out[at : at + span] + out[at:])
