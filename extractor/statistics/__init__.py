"""Statistics: a figure becomes an observation, is held against its neighbours, joins a series, and leaves in a file.

In come language's figures, as written; out go the same figures with catalogue entry and exact amount, findings that a
reviewer can read, series over many reports, and exports. No figure's value is ever changed here.
"""

from __future__ import annotations

from extractor.statistics.checks import check, weigh
from extractor.statistics.exports import FORMATS, write
from extractor.statistics.observations import Observation, normalise, observe
from extractor.statistics.tables import Names

__all__ = ["FORMATS", "Names", "Observation", "check", "normalise", "observe", "weigh", "write"]
