"""Every hostile file gets a class and a sentence in time, leaves the parent as it was, and spares the next file."""

from __future__ import annotations

import http.server
import inspect
import pickle
import resource
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extractor.domain.document import Result
from extractor.domain.errors import UnreadableFile
from extractor.paper.sandbox.limits import Limits
from extractor.paper.sandbox.reader import Reader
from tests.hostile import files
from tests.waiting import starts_processes

pytestmark = starts_processes

FLAT = 50 * 1024  # kilobytes that the parent may grow while it reads all of them
CASES: dict[str, tuple[Callable[[], bytes], set[Result]]] = {
    "flate bomb": (files.flate_bomb, {Result.EMPTY, Result.TOO_LARGE, Result.TOO_SLOW}),
    "flate bomb in a flate bomb": (
        lambda: files.flate_bomb(twice=True),
        {Result.EMPTY, Result.TOO_LARGE, Result.TOO_SLOW},
    ),
    "forms in forms": (files.nested_forms, {Result.TOO_LARGE, Result.TOO_SLOW}),
    "two million brackets": (files.brackets, {Result.EMPTY, Result.TOO_LARGE, Result.TOO_SLOW}),
    "image bomb": (files.image_bomb, {Result.SCANNED}),
    "page without MediaBox": (files.no_media_box, {Result.READ}),
    "crooked MediaBox": (files.crooked_media_box, {Result.READ}),
    "page tree that holds itself": (files.kids_loop, {Result.EMPTY, Result.DAMAGED}),
    "parents in a circle": (files.parent_loop, {Result.EMPTY, Result.DAMAGED}),
    "cross-references in a circle": (files.previous_loop, {Result.READ}),
    "outline in a circle": (files.outline_loop, {Result.READ}),
    "one page 20,000 times": (files.one_page_often, {Result.TOO_LARGE}),
    "no pages": (files.no_pages, {Result.EMPTY}),
    "a cover that carries a file": (files.portfolio, {Result.REFUSED}),
    "locked": (files.locked_pdf, {Result.ENCRYPTED}),
    "entity that names a file": (files.entity_docx, {Result.REFUSED}),
    "entity in UTF-16": (files.entity_docx_utf16, {Result.REFUSED}),
    "billion laughs": (files.billion_laughs, {Result.REFUSED}),
    "20 million empty paragraphs": (files.empty_paragraphs, {Result.TOO_LARGE}),
    "300 MB of text in one node": (files.one_long_text, {Result.TOO_LARGE}),
    "60,000 parts": (files.many_entries, {Result.TOO_LARGE}),
    "parts that overlap": (files.overlapping_zip, {Result.DAMAGED, Result.REFUSED}),
    "archive in the archive": (files.nested_archive, {Result.REFUSED}),
    "names that climb out": (files.slipping_names, {Result.READ}),
    "a ZIP of something": (files.plain_zip, {Result.REFUSED}),
    "PDF and ZIP at once": (files.pdf_and_zip, {Result.REFUSED}),
    "ZIP and PDF at once": (files.zip_and_pdf, {Result.REFUSED}),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def verdict(reader: Reader, path: Path, limits: Limits | None = None) -> tuple[Result, str]:
    try:
        document = reader.read(path, limits=limits or Limits())
    except UnreadableFile as error:
        assert path.name.split(".")[0] in error.vi
        assert path.name.split(".")[0] in error.en
        assert "Traceback" not in error.vi + error.en
        return error.result, error.vi
    return document.report.result, document.text


def write(folder: Path, data: bytes, name: str = "tep") -> Path:
    path = folder / (name + (".docx" if data.startswith(b"PK") else ".pdf"))
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("case", CASES)
def test_each_hostile_file_gets_its_class_and_the_next_file_is_read(case: str, reader: Reader, tmp_path: Path) -> None:
    make, expected = CASES[case]
    path = write(tmp_path, make())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result, _ = verdict(reader, path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < FLAT
    assert result in (expected if result is not Result.NOT_A_REPORT else expected | {Result.NOT_A_REPORT})
    good, text = verdict(reader, write(tmp_path, files.good_pdf(), "tot"))
    assert good in {Result.READ, Result.NOT_A_REPORT}
    assert "162.409" in text


def test_every_maker_is_tried() -> None:
    tried = {make.__name__ for make, _ in CASES.values()}
    makers = {
        name
        for name, function in vars(files).items()
        if inspect.isfunction(function)
        and not inspect.signature(function).parameters.keys() & {"objects", "data", "content"}
    }
    others = {"good_pdf", "good_docx", "planted_cmap", "docx", "body", "flate_bomb"}
    assert makers - others <= tried


def test_a_file_that_hangs_is_stopped_by_the_clock(tmp_path: Path) -> None:
    reader = Reader()
    path = write(tmp_path, files.nested_forms(10, 8))
    result, _ = verdict(reader, path, Limits(seconds=0.5, memory=6 << 30))
    assert result is Result.TOO_SLOW
    assert "162.409" in verdict(reader, write(tmp_path, files.good_pdf(), "tot"))[1]
    reader.close()


def test_a_planted_pickle_beside_a_cmap_is_not_run(reader: Reader, tmp_path: Path) -> None:
    import gzip

    planted, sign = tmp_path / "planted", tmp_path / "ran"

    class Trap:
        def __reduce__(self) -> tuple[object, tuple[object, ...]]:
            return Path.touch, (sign,)

    planted.with_suffix(".pickle.gz").write_bytes(gzip.compress(pickle.dumps(Trap())))
    verdict(reader, write(tmp_path, files.planted_cmap(str(planted).encode())))
    assert not sign.exists()


def test_an_entity_reaches_neither_file_nor_network(reader: Reader, tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        for target in ("file:///etc/passwd", f"http://127.0.0.1:{server.server_port}/x"):
            result, text = verdict(reader, write(tmp_path, files.entity_docx(target)))
            assert result is Result.REFUSED
            assert "root:" not in text
        server.shutdown()
        thread.join()
    assert asked == []


def test_names_that_climb_out_write_nothing(reader: Reader, tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    verdict(reader, write(inner, files.slipping_names()))
    assert [path.name for path in tmp_path.rglob("*slipped*")] == []


def test_a_folder_of_damaged_files_with_good_ones_among_them(reader: Reader, tmp_path: Path) -> None:
    good = {"pdf": files.good_pdf(), "docx": files.good_docx()}
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for seed in range(50):
        kind = ("pdf", "docx")[seed % 2]
        path = tmp_path / f"hong-{seed}.{kind}"
        path.write_bytes(files.damage(good[kind], seed // 2))
        verdict(reader, path)
        if seed % 10 == 0:
            (tmp_path / f"tot-{seed}.{kind}").write_bytes(good[kind])
            assert "162.409" in verdict(reader, tmp_path / f"tot-{seed}.{kind}")[1]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < FLAT


def test_the_real_report_damaged(reader: Reader, shared: Path, tmp_path: Path) -> None:
    for name in ("kien-an-2023-q1.pdf", "kien-an-2023-q1.docx"):
        data = (shared / "reports" / name).read_bytes()
        for seed in range(12):
            path = tmp_path / f"hong-{seed}{Path(name).suffix}"
            path.write_bytes(files.damage(data, seed))
            verdict(reader, path)
