"""A fault of ours costs one page, table, figure or check, and never the report: it is kept, told and logged.

An unforeseen error inside ``with faults.contain(Stage.TABLE, start=…):`` costs what the block would have made. It is
kept as a ``Fault``, from which ``statistics.checks`` makes a finding in words. Errors that are answers to the user
(``SolieuError``) and an exhausted memory pass through. With SOLIEU_STRICT=1 every error does: so the tests of this
project run, in which no fault may hide.

Log lines name the file, the stage and our own line, never the text of a report, which an exception's message may hold.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from extractor.domain.document import Fault, Stage
from extractor.domain.errors import SolieuError, place_of

STRICT = "SOLIEU_STRICT"

_log = logging.getLogger(__name__)


class Faults(list[Fault]):
    """The faults of one reading, in the order in which they struck."""

    @contextmanager
    def contain(
        self,
        stage: Stage,
        what: str = "",
        *,
        start: int | None = None,
        end: int | None = None,
        page: int | None = None,
    ) -> Iterator[None]:
        """Keep an unforeseen error inside the block as a ``Fault`` of ``stage`` and go on behind the block."""
        try:
            yield
        except (SolieuError, MemoryError):
            raise
        except Exception as error:
            if os.environ.get(STRICT):
                raise
            self.append(Fault(stage, type(error).__name__, place_of(error), what, start, end, page))

    def log(self, name: str) -> None:
        """One line a fault at level ERROR, with the file ``name`` that was being read."""
        for fault in self:
            where = f"page {fault.page}" if fault.page else "-" if fault.start is None else f"{fault.start}:{fault.end}"
            told = (name, fault.stage, fault.what or "-", where, fault.place, fault.kind)
            _log.error("%s: %s %s at %s in %s, at %s", *told)
