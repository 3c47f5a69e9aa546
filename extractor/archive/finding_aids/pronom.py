"""What an archive calls the format of a file: PRONOM's identifier and the version that the file states of itself."""

from __future__ import annotations

import re

PDF_VERSION = re.compile(rb"%PDF-(\d\.\d)")
PDF_IDS = {
    "1.0": "fmt/14",
    "1.1": "fmt/15",
    "1.2": "fmt/16",
    "1.3": "fmt/17",
    "1.4": "fmt/18",
    "1.5": "fmt/19",
    "1.6": "fmt/20",
    "1.7": "fmt/276",
    "2.0": "fmt/1129",
}
FORMAT_IDS = {
    "docx": "fmt/412",
    "doc": "fmt/40",
    "xlsx": "fmt/214",
    "xls": "fmt/61",
    "odt": "fmt/291",
    "ods": "fmt/295",
    "text": "x-fmt/111",
    "markdown": "fmt/1149",
    "html": "fmt/96",
    "mail": "fmt/278",
    "tiff": "fmt/353",
    "jpeg 2000": "x-fmt/392",
}
"""PRONOM's identifier of a format, where the format alone tells it."""

HEAD = 1024
"""Bytes in which a PDF states its version."""


def pronom_of(kind: str, head: bytes) -> tuple[str, str]:
    """PRONOM's identifier and the version that a file states, "" where its first bytes do not tell.

    >>> pronom_of("pdf", b"%PDF-1.4 ..."), pronom_of("docx", b"PK")
    (('fmt/18', '1.4'), ('fmt/412', ''))
    """
    found = PDF_VERSION.search(head[:HEAD]) if kind == "pdf" else None
    if found is None:
        return FORMAT_IDS.get(kind, ""), ""
    version = found[1].decode()
    return PDF_IDS.get(version, ""), version
