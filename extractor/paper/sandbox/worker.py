"""The reading child: requests on its standard input, answers on its standard output, until either closes.

Run as ``python -m extractor.paper.sandbox.worker`` by ``reader``. It holds itself to memory and processor time, opens
strangers' files, and never writes one.
"""

from __future__ import annotations

import io
import json
import os
import signal
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2

from extractor.domain import logs
from extractor.domain.document import Box
from extractor.domain.errors import UnreadableFile
from extractor.domain.news import PageNews
from extractor.paper.ocr.searchable_pdf import lay_over
from extractor.paper.pdf import pdfium_engine, reader  # noqa: F401 - while the parent is busy with its own imports
from extractor.paper.pdf.picture_pages import as_pdf
from extractor.paper.read import read_in_process
from extractor.paper.sandbox.codec import ANSWER, HEADER, PROGRESS, REFUSAL, pack
from extractor.paper.sandbox.limits import DEFAULT, MB, Limits
from extractor.paper.sandbox.process_limits import hold_memory, hold_time, peak_memory
from extractor.paper.sandbox.reader import out_of_memory
from extractor.paper.sniff.format import shown
from extractor.paper.sniff.messages import damaged
from extractor.paper.structure import assemble  # noqa: F401

GROWN = 600 * MB  # peak memory after which a child is not used again
PIXELS = 4_000  # on the longer side of a rendered page: an A4 page at 340 dpi


def main() -> None:
    """Serves requests until the parent closes the pipe."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not run into an answer
    logs.configure()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hold_memory(DEFAULT.memory)

    while header := requests.read(8):
        request = json.loads(requests.read(struct.unpack(">Q", header)[0]))
        limits = Limits(**request["limits"])
        hold_memory(limits.memory)
        hold_time(float(request["seconds"]))

        def progress(read: int, of: int, seconds: float = float(request["seconds"])) -> None:
            hold_time(seconds)
            answers.write(HEADER.pack(PROGRESS, 0, read << 32 | of))
            answers.flush()

        kind, answer, spent = _answer(request, limits, progress)
        hold_time(3600.0)
        answers.write(HEADER.pack(kind, spent or peak_memory() > GROWN, len(answer)))
        answers.write(answer)
        answers.flush()


def _answer(request: dict[str, Any], limits: Limits, progress: PageNews) -> tuple[bytes, bytes, bool]:
    """What to send back, and whether the child has had enough."""
    path = Path(request["path"])
    try:
        if request["do"] == "render":
            return ANSWER, _render(path, int(request["page"]), float(request["scale"])), False
        if request["do"] == "lay_over":
            return ANSWER, _lay_over(path, request["words"]), False
        return ANSWER, pack(read_in_process(path, limits=limits, progress=progress)), False
    except UnreadableFile as error:
        answer, spent = (error.result.value, error.message.to_plain()), False
    except MemoryError:
        refusal = out_of_memory(shown(path.name))
        answer, spent = (refusal.result.value, refusal.message.to_plain()), True
    return REFUSAL, json.dumps(answer).encode(), spent


def _render(path: Path, page: int, scale: float) -> bytes:
    """A page as a PNG, no larger than ``PIXELS`` on its longer side."""
    try:
        with pypdfium2.PdfDocument(as_pdf(path.read_bytes(), shown(path.name))) as pdf:
            sheet = pdf[page - 1]
            scale = min(scale, PIXELS / max(*sheet.get_size(), 1.0))
            out = io.BytesIO()
            sheet.render(scale=scale).to_pil().save(out, "PNG", compress_level=1)
            return out.getvalue()
    except (pypdfium2.PdfiumError, IndexError, OSError, ValueError) as error:
        raise damaged(shown(path.name)) from error


def _lay_over(path: Path, words: Sequence[Sequence[Any]]) -> bytes:
    try:
        return lay_over(as_pdf(path.read_bytes(), shown(path.name)), [(str(text), Box(*box)) for text, *box in words])
    except (pypdfium2.PdfiumError, OSError, ValueError, IndexError) as error:
        raise damaged(shown(path.name)) from error


if __name__ == "__main__":
    main()
