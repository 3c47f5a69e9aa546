"""Nhập: files from this computer or from a folder of the server, one after the other, each with its outcome.

Whatever ``solieu ingest`` takes is taken here too: archives and mails give up their members, a scan tells its pages.
A file that is there already is not read again unless asked for; one that cannot be read is written into the journal
with its class and reason: nobody shall wonder later what became of it. Names are labels, never paths.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from extractor.archive.batch.archives import PACKAGES, is_package, open_package
from extractor.archive.batch.discover import Shelf
from extractor.archive.canonical_json import clean_name
from extractor.archive.intake.import_report import no_content
from extractor.archive.row_types import Event, Intake, Role
from extractor.domain.document import Result
from extractor.domain.errors import InvalidInput, SolieuError, UnreadableFile
from extractor.domain.extraction import Extraction
from extractor.domain.messages import in_language
from extractor.paper.sniff.format import SUFFIXES
from extractor.pipeline import extract
from extractor.ui import navigation
from extractor.ui.components import line, show_notes
from extractor.ui.messages import language, name_of, plain, t
from extractor.ui.record_notes import spell_time
from extractor.ui.session import actor, may, store

READABLE = SUFFIXES | PACKAGES
MOST_FILES = 1000  # of one folder: more is a wrong folder, or work for the command line


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way in, or why its content could not be had."""

    name: str
    content: bytes
    refusal: UnreadableFile | None = None


def show() -> None:
    """The whole screen."""
    st.subheader(t("importing.title"))
    if not may(Role.ARCHIVIST):
        st.info(t("importing.closed"))
        show_history()
        return
    left, right = st.columns([1, 1], gap="large")
    with left, st.form("upload", clear_on_submit=True):
        files = st.file_uploader(
            t("importing.files"), type=sorted(suffix.lstrip(".") for suffix in READABLE), accept_multiple_files=True
        )
        again = st.checkbox(t("importing.again"), help=t("importing.again_help"))
        sent = st.form_submit_button(t("importing.upload"), type="primary", width="stretch")
    with right, st.form("folder"):
        folder = st.text_input(t("importing.folder"), placeholder="/home/…/bao-cao")
        st.caption(t("importing.folder_help"))
        asked = st.form_submit_button(t("importing.read_folder"), width="stretch")
    if sent and files:
        take_all([Incoming(f.name, f.getvalue()) for f in files], again=again)
    elif asked and folder.strip():
        try:
            take_all(list(files_in(Path(folder.strip()).expanduser())), again=again)
        except InvalidInput as fault:
            show_notes([line("flash fail", fault.say(language()))], key="folder-fault")
    show_history()


def files_in(folder: Path) -> Iterator[Incoming]:
    """The files of a folder, those in folders and archives in it too; raises InvalidInput where it is none or bare."""
    if not folder.is_dir():
        raise InvalidInput("folder.missing", folder=folder)
    shelf = Shelf([str(folder)])
    if not shelf.total:
        raise InvalidInput("folder.bare", folder=folder)
    if shelf.total > MOST_FILES:
        raise InvalidInput("folder.too_many", folder=folder, count=shelf.total)
    for found in shelf:
        yield Incoming(found.name, found.content, found.refusal)


def opened(file: Incoming) -> Iterator[Incoming]:
    """The file, or the files in it where it is an archive or a mail."""
    if not is_package(file.name):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="solieu-") as folder:
        path = Path(folder) / clean_name(file.name)[-60:]  # its name tells which kind of archive it is
        path.write_bytes(file.content)
        for member in open_package(path, SUFFIXES):
            yield Incoming(member.path.rsplit("/", 1)[-1] or file.name, member.content, member.refusal)


def take_all(files: list[Incoming], *, again: bool) -> None:
    """Reads and keeps each file, and says what became of it as soon as it is known."""
    lines: list[dict[str, Any]] = []
    bar = st.progress(0.0, text=t("importing.begin", count=len(files)))
    board = st.empty()
    for done, file in enumerate(files):
        bar.progress(done / len(files), text=t("importing.reading", name=" ", done=done + 1, count=len(files)))
        for member in opened(file):

            def tell(read: int, of: int, done: int = done, name: str = member.name) -> None:
                words = t("importing.page", name=plain(name), page=read, pages=of)
                bar.progress((done + read / max(of, 1)) / len(files), text=words)

            lines.append(take_one(member, again=again, progress=tell))
            with board.container():
                show_notes(lines, key=f"outcome:{len(lines)}", tall=True)
    bar.progress(1.0, text=t("importing.done", count=len(lines)))
    navigation.link("shelf", t("importing.shelf"))
    navigation.link("review", t("importing.review"))


def take_one(
    file: Incoming, *, again: bool, progress: Callable[[int, int], None] = lambda _, __: None
) -> dict[str, Any]:
    """One file, and its outcome as a line; ``progress`` is told of the pages of a scan."""
    name = clean_name(file.name)
    sha256 = hashlib.sha256(file.content).hexdigest()
    if file.refusal is not None:
        return refused(name, no_content(file.name) if not file.content else sha256, file.refusal)
    known = store().knows(sha256)
    if known is not None and known.gone is not None:
        return line("flash warn", (f"{name} ", "strong"), t("importing.in_trash", number=known.number or str(known.id)))
    if known is not None and not again:
        return line("flash warn", (f"{name} ", "strong"), t("importing.known", number=known.number or str(known.id)))
    try:
        extraction = extract(file.content, name=name, progress=progress, layer=store().layer())
        outcome = store().add_extraction(extraction, file.content, actor=actor(), name=name)
    except UnreadableFile as fault:
        return refused(name, sha256, fault)
    except SolieuError as fault:
        return line("flash fail", (f"{name} ", "strong"), fault.say(language()))
    result = extraction.report.result
    look = "flash" if result is Result.READ else "flash warn"
    return line(look, (f"{name} ", "strong"), *words_of(outcome, extraction))


def refused(name: str, key: str, fault: UnreadableFile) -> dict[str, Any]:
    """A file that gave nothing, written down with its reason, which names it."""
    store().note_refusal(name, key, fault.result, fault.vi, fault.en, actor=actor())
    result = name_of("result", fault.result.value)
    return line("flash fail", (result, "chip"), fault.say(language()))


def words_of(outcome: Intake, extraction: Extraction) -> Iterable[str | tuple[str, str]]:
    """What an intake did, in words; of a file without figures what was seen and where to look."""
    result = extraction.report.result
    yield (name_of("result", result.value), "chip")
    if outcome.known:
        yield t("importing.same")
    elif outcome.joined:
        yield t("importing.joined")
    elif outcome.kept or outcome.lost or outcome.withdrawn:
        yield t("importing.reread", kept=outcome.kept, lost=outcome.lost, added=outcome.added)
    elif extraction.figures:
        yield t("importing.added", count=outcome.added)
    else:
        counts = {"sections": len(extraction.sections), "numbers": len(extraction.digits)}
        yield t("importing.no_figures", **counts)
    if result is Result.NOT_A_REPORT:
        yield t("importing.not_a_report")


def show_history() -> None:
    """What has come in so far, newest first, from the journal."""
    lines = [history_line(event) for event in store().events(kinds=["import", "reread", "refused"], limit=60)]
    st.markdown(f"#### {t('importing.history')}")
    show_notes([made for made in lines if made] or [line("where", t("importing.none"))], key="history")


def history_line(event: Event) -> dict[str, Any] | None:
    """One line of the journal as a line of the screen."""
    if event.record_id is not None:
        return None
    when = (f"{spell_time(event.at)} · {event.actor} ", "where")
    if event.kind == "refused":
        result = name_of("result", str(event.patch.get("result")))
        reason = in_language(language(), event.patch.get("reason"), event.patch.get("reason_en"))
        return line("finding fail", when, (result, "chip"), reason)
    name = str(event.patch.get("name") or event.patch.get("sha256", ""))
    kind = "joined" if event.patch.get("joined") else event.kind
    told = t(f"importing.event_{kind}", count=event.patch.get("records", 0))
    return line("finding pass", when, (name, "strong"), told)
