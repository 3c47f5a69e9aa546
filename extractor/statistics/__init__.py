"""Statistics: a figure becomes an observation, is held against its neighbours, joins a series, and leaves in a file.

In come language's figures, as written; out go the same figures with catalogue entry and exact amount, findings that a
reviewer can read, series over many reports, and exports. No figure's value is ever changed here.
"""

from __future__ import annotations

from extractor.statistics.charts import series_chart, write_chart
from extractor.statistics.checks import check, ordered, weigh
from extractor.statistics.checks.faults import tell_faults
from extractor.statistics.cross_report import check_series
from extractor.statistics.derived import with_derived
from extractor.statistics.exports import FORMATS, write
from extractor.statistics.flat_rows import Names
from extractor.statistics.handout.coverage import cover
from extractor.statistics.observations import Observation, normalise, observe
from extractor.statistics.places.former_units import with_former_units
from extractor.statistics.series import (
    Series,
    build_series,
    cross_section,
    likest_names,
    points_frame,
    select_observations,
)
from extractor.statistics.series_exports import SERIES_FORMATS, write_series
from extractor.statistics.workbook import Correction

__all__ = [
    "FORMATS",
    "SERIES_FORMATS",
    "Correction",
    "Names",
    "Observation",
    "Series",
    "build_series",
    "check",
    "check_series",
    "cover",
    "cross_section",
    "likest_names",
    "normalise",
    "observe",
    "ordered",
    "points_frame",
    "select_observations",
    "series_chart",
    "tell_faults",
    "weigh",
    "with_derived",
    "with_former_units",
    "write",
    "write_chart",
    "write_series",
]
