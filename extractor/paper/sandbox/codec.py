"""A Document crosses from the child that read it to the parent as JSON.

Never as pickle: bytes from a hostile file's reader must not become code. In and out: frozen records. The hard idea: the
types themselves say how to build them, so a field added to ``domain`` travels without a word here. Records become
lists of their fields; what does not fit a type is an error, not a guess.
"""

from __future__ import annotations

import json
import struct
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from extractor.domain.document import Document

HEADER = struct.Struct(">cBQ")
"""What stands before each answer: its kind, whether the child retires, how many bytes follow."""

ANSWER, REFUSAL, PROGRESS = b"D", b"E", b"P"

Builder = Callable[[Any], Any]


def pack(document: Document) -> bytes:
    """The document as JSON."""
    return json.dumps(_plain(document), ensure_ascii=False, separators=(",", ":"), check_circular=False).encode(
        "utf-8", "surrogatepass"
    )


def unpack(data: bytes) -> Document:
    """The document that ``pack`` wrote; raises ValueError, TypeError or KeyError where ``data`` is something else."""
    document: Document = _builder(Document)(json.loads(data.decode("utf-8", "surrogatepass")))
    return document


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass or of a named tuple, in order."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else tuple(kind._fields)


def _plain(value: Any) -> Any:
    kind = value.__class__
    if kind is str or kind is int or kind is float or kind is bool or value is None:
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return [_plain(getattr(value, name)) for name in _names(kind)]
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{kind} does not travel")


@cache
def _builder(hint: Any) -> Builder:
    """What makes a value of type ``hint`` from its JSON."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        build = _builder(next(part for part in inside if part is not type(None)))
        return lambda value: None if value is None else build(value)
    if origin is tuple and inside[-1] is Ellipsis:
        build = _builder(inside[0])
        return lambda value: tuple(map(build, value))
    if origin is tuple:
        builders = tuple(_builder(part) for part in inside)
        return lambda value: tuple(build(item) for build, item in zip(builders, value, strict=True))
    if isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "_fields")):
        return _record_builder(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _checked(hint)


def _record_builder(kind: Any) -> Builder:
    hints = get_type_hints(kind)
    builders = tuple(_builder(hints[name]) for name in _names(kind))
    return lambda value: kind(*[build(item) for build, item in zip(builders, value, strict=True)])


def _checked(kind: type) -> Builder:
    allowed = (int, float) if kind is float else kind

    def check(value: Any) -> Any:
        if not isinstance(value, allowed):
            raise TypeError(f"{value!r:.40} is no {kind.__name__}")
        return value

    return check
