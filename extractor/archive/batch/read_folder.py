"""A folder read from Python, one report after the other, with what could not be read kept beside it.

In: a folder, an archive, a pattern or several. Out: an iterator of extractions whose length is known, so that any
progress bar can count it. Nothing is kept in a store, and one file that cannot be read costs that file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from os import PathLike, fspath

from extractor.archive.batch.discover import Shelf
from extractor.domain.errors import UnreadableFile
from extractor.domain.extraction import Extraction
from extractor.domain.messages import say

Progress = Callable[[int, int, str], object]
"""Called before each file with how many are done, how many there are, and the file's name."""


class Reports:
    """The reports of a shelf; ``refused`` holds why a file gave none, and grows while the iterator runs."""

    def __init__(self, paths: Sequence[str], progress: Progress | None = None) -> None:
        self.refused: list[UnreadableFile] = []
        self.done = 0
        self._shelf = Shelf(paths)
        self._progress = progress

    def __len__(self) -> int:
        """How many files there are; an archive that is still closed counts as one."""
        return self._shelf.total

    def __repr__(self) -> str:
        return say("exports.csv", "notebook.shelf", done=self.done, total=len(self), refused=len(self.refused))

    def __iter__(self) -> Iterator[Extraction]:
        from extractor.pipeline import extract

        self.done, self.refused = 0, []
        for file in self._shelf:
            if self._progress:
                self._progress(self.done, max(len(self), self.done + 1), file.name)
            self.done += 1
            try:
                if file.refusal:
                    raise file.refusal
                yield extract(file.content, name=file.name)
            except UnreadableFile as error:
                self.refused.append(error)


def extract_all(*paths: str | PathLike[str], progress: Progress | None = None) -> Reports:
    """Read every report in ``paths`` (folders, archives, patterns, files), one after the other, as they are asked for.

    ``progress`` is called before each file; the result has a length, so ``tqdm(extract_all("reports"))`` counts too.
    """
    return Reports([fspath(path) for path in paths], progress)
