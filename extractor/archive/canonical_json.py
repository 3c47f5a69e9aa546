"""How the store spells things, so that what is hashed, compared and kept has one form only; knows no database."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any


def canonical(value: Any) -> str:
    """``value`` as JSON with one spelling only: what is hashed is what is stored, byte for byte."""
    return _SPELLER.encode(value)


_SPELLER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
"""Made once: ``json.dumps`` makes one a call, and a report calls for hundreds."""


class Spelled(str):
    """Text that ``canonical`` wrote earlier, perhaps in another process: ``Plain`` stores it as it is."""

    __slots__ = ()


def digest_of_reading(text: str, figures: Iterable[str]) -> str:
    """What an import event vouches for: the text and every figure read in it, as ``canonical`` spelled them."""
    return hashlib.sha256(f"[{canonical(text)},[{','.join(figures)}]]".encode()).hexdigest()


def clean_name(name: str) -> str:
    """A file's name as a label: last part only, in NFC, no control or direction marks, at most 255 bytes."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    plain = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip() or "?"
    while len(plain.encode()) > 255:
        plain = plain[:-1]
    return plain
