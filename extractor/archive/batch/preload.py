"""Loads once what every worker needs: this module is imported by the server that workers are forked from.

A worker that is renewed after some hundred files then starts in a hundredth of a second, with words, patterns and
libraries in memory that it shares with the others. Where a machine cannot fork, each worker imports it for itself. No
database library is among them: a worker has no database.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module

ROOMS = (
    *("extractor.language", "extractor.statistics", "extractor.pipeline", "extractor.archive.batch.read_file"),
    *(
        f"extractor.paper.{name}"
        for name in (
            *("structure.assemble", "word.reader", "pdf.reader", "pdf.pdfium_engine", "sniff.zip_kind", "text.reader"),
        )
    ),
)
SENTENCE = "Tổng thu ngân sách quý I/2023 ước thực hiện 56.057 triệu đồng, đạt 10,9% dự toán, tăng 2% so với cùng kỳ."
"""Passes through every stage, so that each of them has loaded its tables."""


def load() -> int:
    """Everything into memory; returns the figures of ``SENTENCE``.

    What is there by then stays for good, so the collector is told to leave it alone: it would look at each object in
    vain, and by looking copy pages that the workers share.
    """
    os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")  # one file, one core; read as numpy is loaded
    gc.disable()
    for room in ROOMS:
        import_module(room)
    figures = len(import_module("extractor.pipeline").extract_text(SENTENCE))
    gc.freeze()
    gc.enable()
    return figures


FIGURES = load()
