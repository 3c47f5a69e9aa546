"""Everything that the program says of a set of files, written to a folder: two versions compare by ``diff -r``.

    python -m benchmarks.snapshot FOLDER [--made 300] [--jobs 2] [FILE...]

Without files: the samples in corpus/ and so many made reports. Each sample is written in every export format, each made
report as JSON (text, sections, notes, figures, findings, digits); besides, the series of the samples, the text of every
``--help`` in both languages and the scores. Only commands are used, so that a refactoring that moves every module is
still held to the same bytes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import re
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.reports import make_shelf

ROOT = Path(__file__).parent.parent
READ = {".md", ".txt", ".pdf", ".docx"}
EXPORTS = ("json", "jsonl", "csv", "xlsx", "parquet")
SERIES = ("xlsx", "csv", "parquet", "sdmx", "datapackage")
Job = tuple[str, list[str]]


def samples() -> list[Path]:
    """The reports of corpus/, as they are found."""
    return [path for path in sorted((ROOT / "corpus").iterdir()) if path.suffix in READ and path.stem != "README"]


def jobs(folder: Path, files: Sequence[Path], made: Sequence[Path]) -> Iterator[Job]:
    """Each command with the name of the text file that its output goes to; files that it writes lie beside."""
    for path in files:
        for kind in EXPORTS[:1] if is_scan(path) else EXPORTS:
            target = folder / "samples" / f"{path.name}.{kind}"
            yield f"samples/{path.name}.{kind}.log", ["extract", str(path), "-o", str(target), "--format", kind]
        if not is_scan(path):
            yield f"samples/{path.name}.structure", ["structure", str(path)]
    for path in made:
        target = folder / "made" / f"{path.name}.json"
        yield f"made/{path.name}.log", ["extract", str(path), "-o", str(target), "--format", "json"]
    corpus = [str(path) for path in files if path.suffix == ".md" and path.parent == ROOT / "corpus"]
    for kind in SERIES if corpus else ():
        target = folder / "series" / f"all.{kind}"
        yield f"series/{kind}.log", ["series", *corpus, "-o", str(target), "--format", kind]
    for language in ("vi", "en"):
        for command in ("", *commands()):
            yield f"help/{command or 'solieu'}.{language}", [*filter(None, [command]), "--language", language, "--help"]


def is_scan(path: Path) -> bool:
    """Whether each reading of ``path`` costs a recognition of its pages: once is enough."""
    return "scan" in path.name or path.parent.name == "scans"


def commands() -> list[str]:
    """The names of the commands, as the listing of ``--help`` has them."""
    return re.findall(r"^ {4}([a-z-]+)(?: {2,}|$)", run(["--language", "en", "--help"]), re.MULTILINE)


def run(arguments: Sequence[str]) -> str:
    """What one command prints, its exit code below."""
    from extractor.__main__ import main

    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main(list(arguments))
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 2
    return f"{raw.getvalue().decode('utf-8', 'replace')}exit {code}\n"


def keep(folder: Path, job: Job) -> None:
    """Run one job and write what it printed, without the place that the folder has on this machine."""
    name, arguments = job
    target = folder / name
    if target.exists():  # a snapshot that was stopped goes on
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    text = run(arguments)
    for path in (folder, ROOT.parent, Path(tempfile.gettempdir())):
        text = text.replace(str(path), "")
    target.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--made", type=int, default=300)
    parser.add_argument("--shelf", type=Path, help="where the made reports lie; kept between runs")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    shelf = options.shelf or Path(tempfile.mkdtemp(prefix="shelf-"))
    made = [] if options.files else make_shelf(shelf, options.made)
    work = list(jobs(options.folder, options.files or samples(), made))
    with ProcessPoolExecutor(options.jobs) as pool:
        for future in [pool.submit(keep, options.folder, job) for job in work]:
            future.result()
    print(f"{len(work)} commands, {sum(1 for path in options.folder.rglob('*') if path.is_file())} files")


if __name__ == "__main__":
    main()
