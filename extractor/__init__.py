"""Số liệu: the figures of past Vietnamese administrative reports, as records that can be reviewed and corrected.

>>> import extractor
>>> [figure] = extractor.extract_text("Quý I ước thực hiện 162.409 triệu đồng, đạt 21,53% kế hoạch.")
>>> str(figure.value), figure.unit, figure.comparisons[0].base.value
('162409', 'triệu đồng', 'plan')

This is the whole public face; each name is imported when it is first asked for, so that the command starts quickly.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.archive import Store
    from extractor.archive.batch.read_folder import extract_all
    from extractor.domain.errors import SolieuError, UnreadableFile
    from extractor.domain.extraction import Extraction
    from extractor.domain.figure import Figure
    from extractor.pipeline import extract, extract_text
    from extractor.statistics.flat_rows import figures_frame

__all__ = [
    "Extraction",
    "Figure",
    "SolieuError",
    "Store",
    "UnreadableFile",
    "__version__",
    "extract",
    "extract_all",
    "extract_text",
    "figures_frame",
]
__version__ = "0.1.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())  # a library is silent unless its user asks

_HOMES = {
    "Extraction": "domain.extraction",
    "Figure": "domain.figure",
    "SolieuError": "domain.errors",
    "Store": "archive",
    "UnreadableFile": "domain.errors",
    "extract": "pipeline",
    "extract_all": "archive.batch.read_folder",
    "figures_frame": "statistics.flat_rows",
    "extract_text": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its room on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from extractor.domain.extras import optional

    with optional():
        value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
