"""The shelf: what folders, patterns and archives give, and what an archive made to do harm does not get."""

from __future__ import annotations

import io
import os
import struct
import tarfile
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from extractor.archive.batch import archives as packages
from extractor.archive.batch import discover as shelf
from extractor.archive.batch.discover import Found, Shelf
from extractor.domain.document import Result
from extractor.paper.sandbox.limits import MB


def names(found: list[Found]) -> list[str]:
    return [one.path.rsplit("/shelf/", 1)[-1] for one in found]


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members:
            bundle.writestr(name, content)
    return path


def tarred(path: Path, mode: str, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, mode) as bundle:  # type: ignore[call-overload]
        for name, content in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            bundle.addfile(entry, io.BytesIO(content))
    return path


def verdicts(path: Path) -> dict[str, Result | None]:
    """Member → class of its refusal, None where it was handed out; the archive itself is ""."""
    found = Shelf([str(path)])
    return {one.path.partition("!/")[2]: one.refusal.result if one.refusal else None for one in found}


def test_a_folder_gives_its_reports_in_one_order(tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    for name in ("b.pdf", "a/z.docx", "a/y.MD", "a/x.pptx", ".hidden/h.md", "README.md", "c/.h.md", "note.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    found = list(Shelf([str(folder)]))
    assert names(found) == ["b.pdf", "note.txt", "a/y.MD", "a/z.docx"]
    assert [one.content for one in found] == [b"x"] * 4
    assert names(list(Shelf([f"{folder}/**/*.docx", f"{folder}/*.pdf"]))) == ["a/z.docx", "b.pdf"]
    twice = Shelf([str(folder), f"{folder}/b.pdf", f"{folder}/a"])
    assert twice.total == len(list(twice)) == 4


def test_what_is_left_out_is_listed_with_its_reason(tmp_path: Path) -> None:
    folder, outside = tmp_path / "shelf", tmp_path / "outside.pdf"
    outside.write_bytes(b"x")
    for name in ("a.pdf", "b.mp4", "Thumbs.db", ".hidden/h.md", "README.md", "~$c.docx"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    (folder / "out.pdf").symlink_to(outside)
    (folder / "in.pdf").symlink_to(folder / "a.pdf")
    (folder / "up").symlink_to(tmp_path)
    zipped(folder / "s.zip", ("x.md", b"x"), ("y.mp4", b"x"), ("__MACOSX/z.md", b"x"))
    tarred(folder / "t.tar", "w", ("x.md", b"y"), ("z/.DS_Store", b"x"))
    opened = Shelf([str(folder)])
    assert names(list(opened)) == ["a.pdf", "in.pdf", "s.zip!/x.md", "t.tar!/x.md"]
    assert {one.path.rpartition("/shelf/")[2]: one.reason for one in opened.ignored} == {
        "up": "link",
        ".hidden": "junk",
        "README.md": "readme",
        "Thumbs.db": "junk",
        "b.mp4": "kind",
        "out.pdf": "link",
        "~$c.docx": "junk",
        "s.zip!/__MACOSX/z.md": "junk",
        "s.zip!/y.mp4": "kind",
        "t.tar!/z/.DS_Store": "junk",
    }


def test_what_cannot_be_opened_is_said_and_never_left_out(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.md"
    os.mkfifo(fifo)
    empty = tmp_path / "empty.md"
    empty.touch()
    paths = [str(tmp_path / "no.pdf"), str(fifo), str(empty), "a\0b.pdf"]
    assert [one.refusal.result if one.refusal else None for one in Shelf(paths)] == [
        Result.MISSING,
        Result.REFUSED,
        Result.EMPTY,
        Result.MISSING,
    ]
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    assert Shelf([str(nothing), f"{tmp_path}/*.doc"]).empty == [str(nothing), f"{tmp_path}/*.doc"]


def test_since_leaves_older_files_out(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("x")
    new.write_text("y")
    os.utime(old, (1_000_000, 1_000_000))
    bundle = zipped(tmp_path / "s.zip", ("of-1980.md", b"x"))
    with zipfile.ZipFile(bundle, "a") as opened:
        opened.writestr(zipfile.ZipInfo("of-2030.md", (2030, 1, 1, 0, 0, 0)), b"z")
        opened.writestr(zipfile.ZipInfo("of-1981.md", (1981, 1, 1, 0, 0, 0)), b"z")
    recent = Shelf([str(tmp_path)], since=time.time() - 60)
    assert [one.name for one in recent] == ["new.md", "of-1980.md", "of-2030.md"]  # writestr dates "now"
    assert recent.total == 3


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tar.bz2", "tgz"])
def test_an_archive_gives_its_reports_with_their_paths(tmp_path: Path, kind: str) -> None:
    members = [("2019/quý I.md", "một".encode()), ("2019/b.pdf", b"%PDF"), ("x.pptx", b"no"), ("__MACOSX/a.md", b"no")]
    path = tmp_path / f"kho.{kind}"
    if kind == "zip":
        zipped(path, *members)
    else:
        tarred(path, {"tar": "w", "tgz": "w:gz", "tar.gz": "w:gz", "tar.bz2": "w:bz2"}[kind], *members)
    opened = Shelf([str(tmp_path)])
    assert opened.total == 1
    found = {one.path.partition("!/")[2]: one.content for one in opened}
    assert found == {"2019/quý I.md": "một".encode(), "2019/b.pdf": b"%PDF"}
    assert opened.total == 2


@pytest.mark.parametrize("kind", ["zip", "tar"])
@pytest.mark.parametrize("name", ["../../outside.md", "/etc/outside.md", "a/../../outside.md", "C:/outside.md"])
def test_a_path_that_leads_outside_is_not_followed(tmp_path: Path, kind: str, name: str) -> None:
    make = zipped if kind == "zip" else lambda path, *members: tarred(path, "w", *members)
    path = make(tmp_path / f"s.{kind}", (name, b"harm"), ("good.md", b"good"))
    before = sorted(tmp_path.parent.rglob("*"))
    assert verdicts(path) == {name: Result.REFUSED, "good.md": None}
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_links_and_devices_in_a_tar_are_no_files(tmp_path: Path) -> None:
    path = tmp_path / "s.tar"
    with tarfile.open(path, "w") as bundle:
        for name, kind in (("soft.md", tarfile.SYMTYPE), ("hard.md", tarfile.LNKTYPE), ("dev.md", tarfile.CHRTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            bundle.addfile(entry)
    assert verdicts(path) == {"": Result.EMPTY}


def test_bombs_are_stopped_where_they_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(tmp_path / "bomb.zip", ("a.md", bytes(20 * MB)), ("b.md", b"good"))
    assert verdicts(bomb) == {"a.md": Result.TOO_LARGE, "b.md": None}
    packed = tarred(tmp_path / "bomb.tar.gz", "w:gz", *[(f"{n}.md", bytes(20 * MB)) for n in range(6)])
    tracemalloc.start()
    found = verdicts(packed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found[""] is Result.TOO_LARGE
    assert len(found) < 6
    assert peak < 100 * MB
    monkeypatch.setattr(packages, "ENTRIES", 10)
    many = zipped(tmp_path / "many.zip", *[(f"{n}.md", b"x") for n in range(11)])
    assert verdicts(many) == {"": Result.TOO_LARGE}
    long = tarred(tmp_path / "many.tar", "w", *[(f"{n:02}.md", b"x") for n in range(11)])
    assert verdicts(long)[""] is Result.TOO_LARGE


def test_a_header_larger_than_any_name_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "s.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as bundle:
        entry = tarfile.TarInfo("a.md")
        entry.pax_headers = {"comment": "x" * (8 * MB)}
        bundle.addfile(entry)
    assert verdicts(path) == {"": Result.TOO_LARGE}


def test_members_that_share_bytes_are_not_opened(tmp_path: Path) -> None:
    path = zipped(tmp_path / "s.zip", ("a.md", os.urandom(5000)), ("b.md", os.urandom(5000)))
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 10)  # the second member begins inside the first
    path.write_bytes(data)
    assert verdicts(path) == {"": Result.REFUSED}


def test_locked_nested_and_oddly_packed_members_are_named(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner", ("a.md", b"x")).read_bytes()
    path = tmp_path / "s.zip"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("inner.zip", inner)
        bundle.writestr("locked.md", b"secret")
        bundle.writestr("odd.md", b"x" * 100, zipfile.ZIP_LZMA)
        bundle.writestr("plain.md", b"plain")
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"locked.md")
    data[entry - 46 + 8] |= 1  # the flag of the directory that says "encrypted"
    path.write_bytes(data)
    assert verdicts(path) == {
        "inner.zip": Result.REFUSED,
        "locked.md": Result.ENCRYPTED,
        "odd.md": Result.REFUSED,
        "plain.md": None,
    }


def test_cut_and_false_archives_are_damaged_not_ours(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "whole.zip", ("a.md", os.urandom(5000)))
    cases = {
        "cut.zip": whole.read_bytes()[:3000],
        "text.zip": b"this is no archive",
        "text.tar.gz": b"nor is this",
        "cut.tgz": tarred(tmp_path / "t.tgz", "w:gz", ("a.md", os.urandom(5000))).read_bytes()[:2000],
        "empty.tar": b"",
    }
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
        assert verdicts(tmp_path / name) == {"": Result.DAMAGED}, name
    assert verdicts(tmp_path / "missing.zip") == {"": Result.MISSING}


def test_a_file_beyond_any_report_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.4")
        file.truncate(shelf.DEFAULT.file + 1)
    [found] = Shelf([str(path)])
    assert found.content == b""
    assert found.refusal is not None
    assert found.refusal.result is Result.TOO_LARGE
