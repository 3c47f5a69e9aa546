"""Every sentence that a person reads: code names it by key, ``models/interface/*.csv`` words it in both languages.

A row is a key, the Vietnamese and the English with ``{fields}`` to fill in. Where the words depend on a count both
forms stand in the sentence, ``{count} {count:file|files}``: the first is for exactly one. Numbers are written by
``spell_number``. A folder that SOLIEU_MODELS
names words anew what it likes; what it leaves out is said as the program came with it.
"""

from __future__ import annotations

import csv
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from extractor.domain.folders import data_folder, own_folder

TOLD = "messages.csv"


@cache
def sentences(file: str) -> dict[str, tuple[str, str]]:
    """The sentences of ``models/interface/<file>``: key → (Vietnamese, English)."""
    found: dict[str, tuple[str, str]] = {}
    for folder in dict.fromkeys((own_folder("models"), data_folder("models"))):
        path = folder / "interface" / file
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                found |= {row["key"]: (row["vi"], row["en"]) for row in csv.DictReader(lines)}
    return found


def say(file: str, key: str, language: str = "vi", /, **values: object) -> str:
    """The sentence ``key`` of ``models/interface/<file>`` in ``language``, its ``{fields}`` filled in."""
    sentence = sentences(file)[key][language == "en"]
    return _COUNTING.vformat(sentence, (), values) if "|" in sentence else sentence.format(**values)


def say_known(file: str, key: str, language: str) -> str:
    """The sentence ``key``, which takes no values; "" where the table has none."""
    return say(file, key, language) if key in sentences(file) else ""


def in_language(language: str, vi: str | None, en: str | None) -> str:
    """The English where that is asked for and there is one, else the Vietnamese; "" where there is neither."""
    return (en if language == "en" and en else vi) or ""


def spell_number(value: Decimal | int, language: str = "vi") -> str:
    """``value`` with the separators of ``language``, all its decimals kept.

    >>> spell_number(Decimal("2774696.50")), spell_number(Decimal("2774696.50"), "en"), spell_number(-1250)
    ('2.774.696,50', '2,774,696.50', '-1.250')
    """
    return _marked(f"{Decimal(value):,f}", language)


def spell_short(value: Decimal, language: str = "vi") -> str:
    """The same without zeros that say nothing.

    >>> spell_short(Decimal("34500000.0")), spell_short(Decimal("-5.20")), spell_short(Decimal("1234.5"), "en")
    ('34.500.000', '-5,2', '1,234.5')
    """
    text = f"{value:,f}"
    return _marked(text.rstrip("0").rstrip(".") if "." in text else text, language)


def _marked(english: str, language: str) -> str:
    return english if language == "en" else english.translate(_SWAPPED)


_SWAPPED = str.maketrans(",.", ".,")


class _Counting(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return super().format_field(value, format_spec)
        return one if str(value) == "1" else many


_COUNTING = _Counting()


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of messages.csv and what fills its fields; a value may be a message itself."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def say(self, language: str = "vi") -> str:
        """The sentence in ``language``; where the catalogue fails, its key: an error must be told."""
        values = {name: v.say(language) if isinstance(v, Message) else v for name, v in self.values.items()}
        try:
            return say(TOLD, self.key, language, **values)
        except (KeyError, ValueError):
            return f"{self.key} {values}"

    def both(self) -> tuple[str, str]:
        """The sentence in Vietnamese and in English."""
        return self.say("vi"), self.say("en")

    def to_plain(self) -> list[Any]:
        """The message as JSON can carry it."""
        return [self.key, {n: v.to_plain() if isinstance(v, Message) else v for n, v in self.values.items()}]

    @classmethod
    def from_plain(cls, plain: list[Any]) -> Message:
        """The message that ``to_plain`` took apart."""
        key, values = plain
        return cls(str(key), {n: cls.from_plain(v) if isinstance(v, list) else v for n, v in dict(values).items()})
