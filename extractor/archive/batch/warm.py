"""Loads once what every worker needs: this module is imported by the server that workers are forked from.

A worker that is renewed after some hundred files then starts in a hundredth of a second, with words, patterns and
libraries in memory that it shares with the others. Where a machine cannot fork, each worker imports it for itself.
"""

from __future__ import annotations

from extractor.paper import assemble, docx, pdf, pdfium, zipped  # noqa: F401 - what files will need
from extractor.pipeline import extract_text
from extractor.statistics.catalogue import indicators

SENTENCE = "Tổng thu ngân sách quý I/2023 ước thực hiện 56.057 triệu đồng, đạt 10,9% dự toán, tăng 2% so với cùng kỳ."
"""Passes through every stage, so that each of them has loaded its tables."""

FIGURES = len(extract_text(SENTENCE))
INDICATORS = len(indicators())
