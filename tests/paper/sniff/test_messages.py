"""One wording for one reason: whichever reader finds it out, the sentence is the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from extractor.domain.errors import UnreadableFile
from extractor.paper.sniff.format import LOCKED, OLE, judge
from extractor.paper.sniff.messages import damaged, locked, wordless
from extractor.paper.text.reader import read_text_bytes
from extractor.paper.word.legacy_doc import read_doc
from extractor.paper.word.package import open_package
from extractor.paper.word.reader import read_docx

NAME = "bao-cao.docx"
WORDS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'


def zipped(text: str = WORDS) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", text)
    return target.getvalue()


def with_password() -> bytes:
    """A ZIP whose directory says of its one entry that it is locked."""
    made = bytearray(zipped())
    made[made.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        (lambda: judge(OLE + LOCKED, b"", NAME), locked),
        (lambda: read_doc(OLE + bytes(9_000) + LOCKED + bytes(90_000), NAME), locked),
        (lambda: open_package(OLE, NAME), locked),
        (lambda: open_package(with_password(), NAME), locked),
        (lambda: open_package(b"PK\x03\x04", NAME), damaged),
        (lambda: read_docx(zipped("<w:document"), NAME), damaged),
        (lambda: read_doc(b"no old Word file", NAME), damaged),
        (lambda: read_docx(zipped(), NAME), wordless),
        (lambda: read_text_bytes(b" \n \n", NAME), wordless),
    ],
)
def test_one_reason_has_one_sentence(reading: Callable[[], object], said: Callable[[str], UnreadableFile]) -> None:
    with pytest.raises(UnreadableFile) as found:
        reading()
    meant = said(NAME)
    assert (found.value.result, found.value.vi, found.value.en) == (meant.result, meant.vi, meant.en)
