"""Figures as a frame for pandas: one row a figure, with the report, the place and the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractor.domain.extraction import Extraction
from extractor.domain.extras import optional
from extractor.statistics.flat_rows import COLUMNS, Names, figure_rows

if TYPE_CHECKING:
    import pandas


def figures_frame(extractions: Extraction | Iterable[Extraction], *, names: Names = Names.MASKED) -> pandas.DataFrame:
    """One row a figure of one or many reports, the columns of the CSV export; numbers stay ``Decimal``.

    Names of private persons are masked unless ``names=Names.KEPT``.
    """
    with optional():
        import pandas

    given = [extractions] if isinstance(extractions, Extraction) else extractions
    return pandas.DataFrame(list(figure_rows(given, names=names)), columns=[c.name for c in COLUMNS])
