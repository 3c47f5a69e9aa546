"""The table of a run: one line a file with its class, its reason and what to do, as a workbook or as CSV.

Lines go to a temporary file while the run goes on, so that a shelf of any length costs no memory; the table itself is
written at the end, whole or not at all.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.commands.terminal.console import Console
from extractor.commands.terminal.output_file import check_place, fresh_file
from extractor.domain.messages import in_language

if TYPE_CHECKING:
    from extractor.archive.batch.discover import Ignored
    from extractor.archive.batch.run import Outcome

MOST = 1_000_000  # lines of one sheet, under the 1,048,576 that the format allows
COLUMNS = ("file", "class", "reason", "todo", "before", "seconds", "size", "item", "added", "code", "sha256")
NUMBERS = ("seconds", "size", "item", "added")


class RunTable:
    """Collects outcomes for ``target``, an .xlsx or .csv file; raises InvalidInput at once where none can be there."""

    def __init__(self, target: Path, console: Console) -> None:
        check_place(target)
        self._target = target
        self._console = console
        self._lines = tempfile.TemporaryFile("w+", encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
        self._count = 0

    def add(self, outcome: Outcome) -> None:
        """One more file."""
        intake = outcome.intake
        row = [
            outcome.path,
            self._console.sentence(f"class.{outcome.result}"),
            in_language(self._console.language, outcome.vi, outcome.en),
            self._console.sentence(f"todo.{outcome.result}"),
            "×" if outcome.known else None,
            outcome.seconds or None,
            outcome.size or None,
            intake.item_id if intake else None,
            intake.added if intake else None,
            outcome.result,
            outcome.key if not outcome.key.startswith("path:") else None,
        ]
        self._lines.write(json.dumps(row) + "\n")
        self._count += 1

    def add_ignored(self, ignored: Ignored) -> None:
        """One more file that was not opened."""
        row: list[Any] = [None] * len(COLUMNS)
        told = (
            ignored.path,
            self._console.sentence("class.ignored"),
            self._console.sentence(f"ignored.{ignored.reason}"),
            self._console.sentence(f"todo.ignored_{ignored.reason}"),
        )
        row[: len(told)] = told
        row[COLUMNS.index("code")] = "ignored"
        self._lines.write(json.dumps(row) + "\n")
        self._count += 1

    def write(self) -> Path:
        """Writes the table, again after more was added; where it is too long for a workbook, as CSV beside it.

        Returns what was written.
        """
        target = self._target
        if target.suffix.lower() == ".xlsx" and self._count > MOST:
            target = target.with_suffix(".csv")
            self._console.warn("ingest.split", count=self._count, name=target)
        with fresh_file(target) as part:
            if target.suffix.lower() == ".xlsx":
                self._write_workbook(part)
            else:
                from extractor.statistics.table_files import write_csv

                write_csv(part, self._console.heads("column", *COLUMNS), self._rows())
        self._lines.seek(0, io.SEEK_END)
        return target

    def close(self) -> None:
        """Lets go of what was collected."""
        self._lines.close()

    def _rows(self) -> Iterator[list[Any]]:
        self._lines.seek(0)
        for line in self._lines:
            yield json.loads(line)

    def _write_workbook(self, part: Path) -> None:
        from extractor.statistics.workbook import write_listing

        holds = [name in NUMBERS for name in COLUMNS]
        write_listing(part, list(zip(self._console.heads("column", *COLUMNS), holds, strict=True)), self._rows())
