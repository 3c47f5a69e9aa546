"""The store: one object through which everything above the archive reads and writes.

Each method is one transaction. Writing methods name the person who acts and a ``client_id`` that makes a retry harmless
(made up here when the caller has none); they raise ``Conflict``, ``NotAllowed``, ``InvalidInput`` or ``StoreError`` and
then have changed nothing. What can be asked without changing anything is in ``queries``.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from extractor.archive import backup as custody
from extractor.archive import description_card, roles
from extractor.archive.database import connect, joint_writing, writing_to
from extractor.archive.intake import import_report as intake
from extractor.archive.intake import leading_copy, shelf_acts
from extractor.archive.intake.import_rows import prepare
from extractor.archive.learning import layers
from extractor.archive.queries import ReadingRoom
from extractor.archive.review import aliases, decisions, second_look, worklist
from extractor.archive.review import day as days
from extractor.archive.review.decisions import Judgement
from extractor.archive.row_types import Event, Intake, Item, Record, Role
from extractor.domain.document import Result
from extractor.domain.errors import InvalidInput
from extractor.domain.extraction import Extraction
from extractor.language import Layer


class Store(ReadingRoom):
    """Reports, the machine's readings of them and people's decisions, in SQLite or PostgreSQL."""

    @classmethod
    def open(cls, location: str | Path | None = None) -> Store:
        """Opens a database URL or a SQLite file, by default ``SOLIEU_DATABASE`` or a file in the user's data folder."""
        return cls(connect(location))

    @classmethod
    def open_local(cls, location: str | Path | None = None) -> tuple[Store, str]:
        """Opens a store for the person at this machine, who becomes administrator where nobody is known yet."""
        store, name = cls.open(location), roles.local_name()
        if not store.people():
            store.admit(name, Role.ADMIN, by=name)
        return store, name

    def admit(self, name: str, role: Role, *, by: str, client_id: str | None = None) -> None:
        """Gives ``name`` a role; only an administrator may, or anybody in a store without people."""
        with writing_to(self._engine) as connection:
            roles.admit(connection, name, role, by=by, client_id=client_id or new_id())

    def dismiss(self, name: str, *, by: str, client_id: str | None = None) -> None:
        """Takes every role from ``name``; only an administrator may."""
        with writing_to(self._engine) as connection:
            roles.dismiss(connection, name, by=by, client_id=client_id or new_id())

    @contextmanager
    def _rewriting(self) -> Iterator[Connection]:
        """A transaction that may change what reports there are or how they are called: lists are counted anew after."""
        with writing_to(self._engine) as connection:
            yield connection
        self._imports += 1

    def add_extraction(
        self,
        extraction: Extraction,
        original: bytes | Path,
        *,
        actor: str,
        name: str | None = None,
    ) -> Intake:
        """Keeps a file and what the machine read in it; nothing twice, and no decision lost (see ``intake``).

        ``name`` is what people call the file where the machine read a copy under another name.
        """
        prepared = prepare(extraction)
        prepared = prepared.named(name) if name is not None else prepared
        content = original.read_bytes() if isinstance(original, Path) else original
        if hashlib.sha256(content).hexdigest() != prepared.sha256:
            raise InvalidInput("store.file_changed", name=prepared.name)
        received = intake.Received(prepared, content, actor, new_id())
        with self._rewriting() as connection:
            return intake.take_in(connection, received)

    def note_refusal(
        self, name: str, sha256: str, result: Result, reason: str, reason_en: str | None, *, actor: str
    ) -> None:
        """Writes down that a file could not be taken in, and why in both languages; the file itself is not kept."""
        with writing_to(self._engine) as connection:
            refused = intake.Refused(sha256, name, result.value, reason, reason_en, actor, new_id())
            intake.refuse(connection, refused)

    def lease(self, record_ids: Sequence[int], *, actor: str) -> dict[int, str]:
        """Reserves what one press decides for ``actor``; what somebody else has before them stays theirs: record → who.

        A lease that a power cut undoes costs nothing, so nobody waits for the disk.
        """
        try:
            with writing_to(self._engine, lasting=False) as connection:
                return worklist.take(connection, record_ids, actor)
        except IntegrityError:  # somebody else took one of them in this moment: versions decide then, as ever
            return {}

    def deciding_together(self) -> AbstractContextManager[None]:
        """Decisions inside are one transaction; one that is refused leaves the others as they are."""
        return joint_writing(self._engine)

    def accept(self, record_id: int, version: int, *, actor: str, client_id: str | None = None) -> Record:
        """The record is right as it stands."""
        return self._decide("accept", record_id, version, actor, client_id)

    def accept_many(self, chosen: Mapping[int, int], *, actor: str, batch: str | None = None) -> tuple[int, list[int]]:
        """Accepts many records (id → the version that was shown) unread; returns how many, and which had moved on."""
        with writing_to(self._engine) as connection:
            return decisions.accept_many(connection, chosen, actor=actor, batch=batch or new_id())

    def undo_many(self, batch: str, *, actor: str) -> int:
        """Takes back what a batch had accepted, as far as nobody has decided on it since; returns how many."""
        with writing_to(self._engine) as connection:
            return decisions.undo_many(connection, actor=actor, batch=batch)

    def correct(
        self,
        record_id: int,
        version: int,
        changes: Mapping[str, Any],
        *,
        actor: str,
        client_id: str | None = None,
        reason: str | None = None,
    ) -> Record:
        """The record is right with ``changes``: fields of ``CORRECTABLE`` with their new values."""
        return self._decide("correct", record_id, version, actor, client_id, changes=changes, reason=reason)

    def reject(
        self, record_id: int, version: int, *, actor: str, client_id: str | None = None, reason: str | None = None
    ) -> Record:
        """What the machine took for a figure is none."""
        return self._decide("reject", record_id, version, actor, client_id, reason=reason)

    def skip(self, record_id: int, version: int, *, actor: str, client_id: str | None = None) -> Record:
        """Put off: neither right nor wrong for now."""
        return self._decide("skip", record_id, version, actor, client_id)

    def undo(self, record_id: int, version: int, *, actor: str, client_id: str | None = None) -> Record:
        """Takes back the record's last decision."""
        with writing_to(self._engine) as connection:
            return decisions.undo(connection, Judgement(record_id, version, actor, client_id or new_id()))

    def _decide(
        self,
        kind: str,
        record_id: int,
        version: int,
        actor: str,
        client_id: str | None,
        *,
        changes: Mapping[str, Any] | None = None,
        reason: str | None = None,
    ) -> Record:
        judgement = Judgement(record_id, version, actor, client_id or new_id(), reason)
        with writing_to(self._engine) as connection:
            return decisions.decide(connection, kind, judgement, changes)

    def add_figure(
        self,
        item_id: int,
        span: tuple[int, int],
        values: Mapping[str, Any],
        *,
        actor: str,
        client_id: str | None = None,
    ) -> Record:
        """A figure that the machine had missed; ``span`` are its offsets in the text of the item's reading."""
        judgement = Judgement(0, 0, actor, client_id or new_id())
        with writing_to(self._engine) as connection:
            return decisions.add(connection, item_id, span, values, judgement)

    def ask_second_judge(self, person: str, since: str, *, client_id: str | None = None) -> int:
        """Draws a sample of what ``person`` decided since a moment for a second judge; returns how many were drawn."""
        with writing_to(self._engine) as connection:
            drawn = second_look.lot(days.day_of(connection, person, since).lines, person, since)
            return second_look.draw(connection, drawn, actor=person, client_id=client_id or new_id())

    def comment(self, record_id: int, words: str, *, actor: str, client_id: str | None = None) -> Event:
        """Ties a remark to a record and its place."""
        with writing_to(self._engine) as connection:
            judgement = Judgement(record_id, 0, actor, client_id or new_id())
            return decisions.comment(connection, judgement, words)

    def settle(self, remark: int, *, actor: str, client_id: str | None = None) -> Event:
        """A remark is dealt with; its number is that of its line in the journal."""
        with writing_to(self._engine) as connection:
            return decisions.settle(connection, remark, actor=actor, client_id=client_id or new_id())

    def choose(self, person: str, name: str, value: Any) -> None:
        """Keeps what a person has chosen for themselves; None takes it back. No decision, so no line of the journal."""
        with writing_to(self._engine) as connection:
            roles.choose(connection, person, name, value)

    def confirm_alias(self, spelling: str, indicator_id: str, *, actor: str, client_id: str | None = None) -> int:
        """A person's yes to a proposed catalogue entry, for all records of that name; returns their number."""
        with writing_to(self._engine) as connection:
            request = client_id or new_id()
            return aliases.answer(connection, aliases.YES, spelling, indicator_id, actor=actor, client_id=request)

    def refuse_alias(self, spelling: str, indicator_id: str, *, actor: str, client_id: str | None = None) -> int:
        """A person's no to a proposed catalogue entry, for all records of that name; returns their number."""
        with writing_to(self._engine) as connection:
            request = client_id or new_id()
            return aliases.answer(connection, aliases.NO, spelling, indicator_id, actor=actor, client_id=request)

    def describe(
        self,
        item_id: int,
        version: int,
        changes: Mapping[str, str | None],
        *,
        actor: str,
        client_id: str | None = None,
    ) -> Item:
        """Writes on a report's card: fields of ``description_card.DESCRIBED``, an empty text takes one back."""
        request = client_id or new_id()
        with self._rewriting() as connection:
            return description_card.describe(connection, item_id, version, changes, actor=actor, client_id=request)

    def let_lead(self, item_id: int, sha256: str, *, actor: str, client_id: str | None = None) -> None:
        """Makes another copy of a report the one that its records hang on; no decision is lost."""
        with self._rewriting() as connection:
            leading_copy.let_lead(connection, item_id, sha256, actor=actor, client_id=client_id or new_id())

    def put_aside(self, item_id: int, *, actor: str, client_id: str | None = None) -> None:
        """Puts a report into the trash: it is in no list, series or export, and nothing of it is lost."""
        with self._rewriting() as connection:
            shelf_acts.put_aside(connection, item_id, actor=actor, client_id=client_id or new_id())

    def take_back(self, item_id: int, *, actor: str, client_id: str | None = None) -> None:
        """Takes a report out of the trash, or a merged one apart again: its figures stand as they stood."""
        with self._rewriting() as connection:
            shelf_acts.take_back(connection, item_id, actor=actor, client_id=client_id or new_id())

    def merge(self, item_id: int, into: int, *, actor: str, client_id: str | None = None) -> shelf_acts.Merged:
        """Makes the files of one report copies of another; what was decided on the first counts for the other."""
        with self._rewriting() as connection:
            return shelf_acts.merge(connection, item_id, into, actor=actor, client_id=client_id or new_id())

    def split(
        self,
        item_id: int,
        extraction: Extraction,
        *,
        actor: str,
        client_id: str | None = None,
        name: str | None = None,
    ) -> int:
        """Makes a report of its own of one copy, read anew as ``extraction``; returns the new report."""
        prepared = prepare(extraction)
        prepared = prepared.named(name) if name is not None else prepared
        with self._rewriting() as connection:
            return shelf_acts.split(connection, item_id, prepared, actor=actor, client_id=client_id or new_id())

    def ask_for_votes(self, item_id: int, wanted: int, *, actor: str, client_id: str | None = None) -> None:
        """How many people judge each figure of a report: one, or two of whom a third settles the differences."""
        with writing_to(self._engine) as connection:
            decisions.ask_for_votes(connection, item_id, wanted, actor=actor, client_id=client_id or new_id())

    def learn(self, content: str, *, over: int, actor: str, client_id: str | None = None) -> Layer:
        """Takes over what was learned, tried against version ``over``; returns the layer that reads now."""
        with writing_to(self._engine) as connection:
            return layers.accept(connection, content, over=over, actor=actor, client_id=client_id or new_id())

    def unlearn(self, version: int, *, actor: str, client_id: str | None = None) -> Layer:
        """Lets an earlier version of the layer read again, 0 being the package alone."""
        with writing_to(self._engine) as connection:
            return layers.go_back(connection, version, actor=actor, client_id=client_id or new_id())

    def backup(self, target: Path) -> Path:
        """Writes the whole store to a new SQLite file."""
        return custody.backup(self._engine, target)

    def restore(self, source: Path) -> None:
        """Fills this store, which must be empty, from a backup that passes ``verify``."""
        custody.restore(source, self._engine)


def new_id() -> str:
    """A request id that no other request has."""
    return uuid.uuid4().hex
