"""What a worker does with one file: its bytes come in, an answer goes out, whatever the file is.

The answer is an ``Answer`` as MessagePack: how long it took, the class and its sentences, and what the store will keep.
The hard idea: a worker may already be a process that others can kill (``pool``), and then the file is read right in it;
anywhere else (a Dask worker, whose process is not ours to limit) it is read through ``paper``'s guarded child. Whatever
the worker, the content lies in a folder of its own for as long as it is read, under the name that people gave it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from extractor.archive.canonical_json import clean_name
from extractor.archive.intake.import_rows import Prepared, prepare
from extractor.domain.document import CARRIES, Report
from extractor.domain.errors import SolieuError, UnreadableFile, place_of
from extractor.domain.messages import Message

if TYPE_CHECKING:
    from extractor.language import Layer

STOP = "stop"
"""Instead of a class: the words contradict themselves, and no file can be read."""

PER_LETTER = 1 / 2_000
"""Seconds that everything after paper may take for a letter: thirty times what a slow machine needs."""

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file in a worker: its class with the sentences, and ``prepared`` where there is what to keep."""

    seconds: float
    prepared: Prepared | None = None
    result: str = ""
    vi: str | None = None
    en: str | None = None
    stop: Any = None  # the message for which no file can be read, plain


_ANSWERS = msgspec.msgpack.Decoder(Answer)


class WrongModels(SolieuError):  # noqa: N818
    """The words of ``models/`` contradict themselves: no file can be read, and none is to blame."""


def read_one(name: str, content: bytes, progress: Progress | None = None, layer: Layer | None = None) -> bytes:
    """The answer for a file, packed. ``progress`` is given where this process is held to limits from outside.

    It is called with the seconds that the next step may take, each time a step that is long by nature begins.
    ``layer`` is what the store has learned.
    """
    began = time.perf_counter()
    kept: Prepared | None = None
    told: tuple[str, str | None, str | None]
    stop: Any = None
    try:
        found = _read(name, content, progress, layer)
        kept = found if isinstance(found, Prepared) else None
        told = found.result, found.reason, found.reason_en
    except UnreadableFile as refusal:
        told = refusal.result, refusal.vi, refusal.en
    except SolieuError as error:
        told, stop = (STOP, None, None), error.message.to_plain()
    except MemoryError:
        from extractor.paper.sandbox.reader import out_of_memory

        beyond = out_of_memory(clean_name(name))
        told = beyond.result, beyond.vi, beyond.en
    except Exception as error:  # noqa: BLE001 - a fault of ours on one file must not cost the rest of the shelf
        detail = f"{type(error).__name__}: {error} ({place_of(error)})"[:500]
        fault = Message("file.fault", {"name": clean_name(name), "detail": detail})
        told = "fault", *fault.both()
    return msgspec.msgpack.encode(Answer(round(time.perf_counter() - began, 4), kept, *told, stop=stop))


def unpack(data: bytes) -> Answer:
    """What ``read_one`` packed; raises ``WrongModels`` where it could not even begin, ValueError for other bytes."""
    answer = _ANSWERS.decode(data)
    if answer.stop is not None:
        told = Message.from_plain(answer.stop)
        raise WrongModels(told.key, **told.values)
    return answer


def _read(name: str, content: bytes, progress: Progress | None, layer: Layer | None) -> Prepared | Report:
    """What the store will keep of a file, or the front of one that gives nothing to keep."""
    from extractor.paper import read_document
    from extractor.paper.read import read_in_process
    from extractor.paper.sandbox.limits import DEFAULT
    from extractor.pipeline import extract_document, lying_at

    with lying_at(content, name) as path:
        if progress is None:
            document = read_document(path)
        else:
            seconds = DEFAULT.time_for(len(content))
            document = read_in_process(path, progress=lambda *_: progress(seconds))
    report = document.report
    if report.result not in CARRIES:
        return report
    if progress is not None:
        progress(DEFAULT.seconds + PER_LETTER * len(document.text))
    return prepare(extract_document(document, layer)).named(clean_name(name))
