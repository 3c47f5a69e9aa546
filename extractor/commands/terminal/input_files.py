"""Files and folders as typed become extractions, one after the other; what cannot be read costs one sentence each.

The rest of a shelf goes on whatever one file does. Counts are kept for the exit code.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.crash_message import confess, refusal
from extractor.domain.document import CARRIES, Document, Report
from extractor.domain.errors import SolieuError, UnreadableFile
from extractor.domain.extraction import Extraction
from extractor.paper.sniff.format import shown

if TYPE_CHECKING:
    from extractor.archive.batch.discover import Ignored


NAMED = 5  # of the files that are not opened

Read = TypeVar("Read", Document, Extraction)


class ReportFiles:
    """An iterator over what the paths yield; ``read`` and ``failed`` count as it goes."""

    def __init__(self, paths: Sequence[str], console: Console) -> None:
        from extractor.archive.batch.discover import Found, files_in
        from extractor.paper.sniff.format import SUFFIXES

        self.read = 0
        self.failed = 0
        self._console = console
        self._files: list[Path] = []
        ignored: list[Ignored] = []
        for path in paths:
            found = list(files_in(path, SUFFIXES, ignored)) if Path(path).is_dir() else [path]
            if not found:
                console.warn("empty_folder", name=path, suffixes=", ".join(sorted(SUFFIXES)))
                self.failed += 1
            for file in found:
                if isinstance(file, Found):  # a folder inside that cannot be opened
                    assert file.refusal is not None
                    self._fail(file.refusal.say(console.language))
                else:
                    self._files.append(Path(file))
        if ignored:
            console.warn("ignored_files", count=len(ignored), names=_some_names(ignored))

    def __iter__(self) -> Iterator[tuple[Path, Extraction]]:
        """Each file that could be read, with what it yielded."""
        from extractor.pipeline import extract

        for number, path in enumerate(self._files):
            self._console.progress(number, len(self._files), path.name)
            try:
                extraction = extract(path)
            except UnreadableFile as error:
                self._fail(error.say(self._console.language))
            except OSError as error:
                self._fail(self._console.sentence("refused", name=path, reason=refusal(self._console, error)))
            except SolieuError:  # nothing to do with this file: models/ contradict themselves
                raise
            except Exception as error:  # a fault of ours on one file must not cost the rest of the shelf
                if os.environ.get("SOLIEU_TRACEBACK"):
                    raise
                confess(self._console, error, str(path))
                self.failed += 1
            else:
                why = why_not_read(extraction.report, self._console)
                if why is None:
                    self.read += 1
                    yield path, extraction
                else:
                    self._fail(self._console.sentence("not_read", name=path, reason=why))
        self._console.clear_progress()

    @property
    def exit_code(self) -> int:
        """All read, some, or none."""
        if not self.failed:
            return exit_codes.DONE
        return exit_codes.SOME_FAILED if self.read else exit_codes.NOTHING_READ

    def _fail(self, sentence: str) -> None:
        self._console.complain(sentence)
        self.failed += 1


def _some_names(ignored: Sequence[Ignored]) -> str:
    """The names of the first few files that are not opened."""
    names = [shown(one.path) for one in ignored[:NAMED]]
    return ", ".join([*names, "…"] if len(ignored) > NAMED else names)


def why_not_read(report: Report, console: Console) -> str | None:
    """Why a file that was opened carries no report, None where it does."""
    if report.result in CARRIES:
        return None
    told = report.reason if console.language == "vi" else report.reason_en
    return told or console.sentence(f"result.{report.result}")


def read_report(read: Callable[[Path], Read], name: str, console: Console) -> Read | None:
    """What ``read`` makes of one file; where it cannot be read or is no report, why is told and there is nothing."""
    try:
        found = read(Path(name))
    except UnreadableFile as error:
        console.complain(error.say(console.language))
        return None
    if why := why_not_read(found.report, console):
        console.warn("not_read", name=name, reason=why)
        return None
    return found
