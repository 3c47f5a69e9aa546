"""The reading room: everything that can be asked of the store. Nothing here changes a row.

Each method sees one moment of the store. Lists of choices are counted once a minute, readings are kept once read.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from extractor.archive import description_card, journal, roles, schema, series_queries, shelf_list, to_extraction
from extractor.archive.database import one_moment, reading_from
from extractor.archive.learning import layers
from extractor.archive.review import aliases, decisions, paper_copies, reading_order, second_look, worklist
from extractor.archive.review import day as days
from extractor.archive.review import quality as measures
from extractor.archive.review.aliases import Proposal
from extractor.archive.review.paper_copies import Paper
from extractor.archive.review.progress_counts import StateCounts, count, head, last_lines
from extractor.archive.review.quality import Agreement, Effort, Quality
from extractor.archive.row_types import (
    OPEN,
    RIGHT,
    Event,
    Filter,
    Item,
    Label,
    Progress,
    Reading,
    Record,
    Role,
    Standing,
    State,
)
from extractor.archive.rows import LEADING_FILE, NAMES, fetch, newest_reading, records_where
from extractor.archive.search import near_words, says_all
from extractor.domain.errors import StoreError
from extractor.domain.faults import Faults
from extractor.domain.finding import Finding

if TYPE_CHECKING:
    import pandas

    from extractor.language import Layer
    from extractor.statistics import Observation

FRESH = 60  # seconds that a list of choices is used before it is counted again
MOST = 10_000  # rows that one list hands out at a time
ON_SHELF = schema.item.c.gone.is_(None)
LISTED = 500  # reports that a list names: nobody reads on, and the browser is sent them all; the rest is searched


class ReadingRoom:
    """Reports, readings, records and the journal, to be looked at."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._tally = StateCounts()
        self._imports = 0
        self._readings = lru_cache(maxsize=64)(self._load_reading)  # a reading never changes
        self._papers = lru_cache(maxsize=64)(self._find_paper)  # until a file or a reading joins the report
        self._plans = lru_cache(maxsize=64)(self._plan)  # until a record joins the report, or it is read again
        self._facets = lru_cache(maxsize=256)(self._facet)
        self._said = lru_cache(maxsize=64)(self._say)
        self._names = lru_cache(maxsize=64)(self._name)
        self._called = lru_cache(maxsize=256)(self._call)
        self._observing = Lock()
        self._observed = lru_cache(maxsize=2)(self._observe)  # until the next line of the journal
        self._of_report: dict[tuple[int, bool], tuple[int, tuple[Observation, ...], int]] = {}  # until its next line
        self._own = lru_cache(maxsize=1)(self._own_names)  # likewise
        self._areas = lru_cache(maxsize=1)(self._printed_areas)

    @property
    def address(self) -> str:
        """The database's URL, any password hidden."""
        return self._engine.url.render_as_string(hide_password=True)

    def one_moment(self) -> AbstractContextManager[None]:
        """Whatever this thread asks inside sees the same moment of the store, by one connection."""
        return one_moment(self._engine)

    def close(self) -> None:
        """Gives all connections back."""
        self._engine.dispose()

    def people(self) -> dict[str, Role]:
        """Everybody known, with their role."""
        with reading_from(self._engine) as connection:
            rows = connection.execute(select(schema.person).order_by(schema.person.c.name))
            return {row.name: Role(row.role) for row in rows}

    def role_of(self, name: str) -> Role | None:
        """The role of ``name``, None for a stranger."""
        with reading_from(self._engine) as connection:
            return roles.role_of(connection, name)

    def knows(self, sha256: str) -> Item | None:
        """The item that holds the file with this hash, if it is here."""
        with reading_from(self._engine) as connection:
            item_id = connection.scalar(
                select(schema.instantiation.c.item_id).where(schema.instantiation.c.sha256 == sha256)
            )
        return self.item(item_id) if item_id is not None else None

    # -------------------------------------------------------------------------------------------------- items

    def items(self) -> list[Item]:
        """All reports, newest first, without their files."""
        query = select(schema.item).where(ON_SHELF).order_by(schema.item.c.id.desc())
        with reading_from(self._engine) as connection:
            return [Item(**row) for row in connection.execute(query).mappings()]

    def item_ids(self) -> list[int]:
        """The ids of all reports, newest first."""
        with reading_from(self._engine) as connection:
            return list(connection.scalars(select(schema.item.c.id).where(ON_SHELF).order_by(schema.item.c.id.desc())))

    def item(self, item_id: int) -> Item:
        """One report with its files; raises StoreError where there is none."""
        with reading_from(self._engine) as connection:
            return description_card.fetch(connection, item_id)

    def shelf(self, wanted: shelf_list.Wanted, *, limit: int = 100, offset: int = 0) -> list[shelf_list.Row]:
        """Reports as the shelf shows them: what names each, its files and pages, and how far its review has come."""
        with reading_from(self._engine) as connection:
            return shelf_list.rows(connection, wanted, limit=min(limit, MOST), offset=offset)

    def meant_report(self, words: str) -> str | None:
        """What words that no report of the shelf bears may have been meant to be."""
        with reading_from(self._engine) as connection:
            return shelf_list.meant(connection, words)

    def meant_figure(self, words: str) -> str | None:
        """What words that no figure bears may have been meant to be, by the names that figures have."""
        return near_words(words, self.choices("indicator"))

    def count_shelf(self, wanted: shelf_list.Wanted) -> int:
        """How many reports the shelf has of those that are wanted."""
        with reading_from(self._engine) as connection:
            return shelf_list.count(connection, wanted)

    def cards(self, item_id: int | None = None) -> bytes:
        """The archive's card of one report, or of all, as CSV."""
        from extractor.archive.finding_aids.cards import write_cards

        return write_cards([self.item(one) for one in (self.item_ids() if item_id is None else (item_id,))], "dc")

    def original(self, sha256: str) -> bytes:
        """The bytes of a file as received."""
        with reading_from(self._engine) as connection:
            content = connection.scalar(select(schema.original.c.content).where(schema.original.c.sha256 == sha256))
        if content is None:
            raise StoreError("store.no_original")
        return bytes(content)

    def reading(self, reading_id: int) -> Reading:
        """One run of the machine over a file."""
        return self._readings(reading_id)

    def _load_reading(self, reading_id: int) -> Reading:
        with reading_from(self._engine) as connection:
            row = connection.execute(select(schema.reading).where(schema.reading.c.id == reading_id)).mappings().first()
        if row is None:
            raise StoreError("store.no_reading", number=reading_id)
        return Reading(**{name: row[name] for name in Reading.__slots__})

    def reading_of(self, item_id: int) -> Reading:
        """The newest reading of the file that an item's records hang on."""
        with reading_from(self._engine) as connection:
            reading_id = connection.scalar(newest_reading(item_id, schema.reading.c.id))
        if reading_id is None:
            raise StoreError("store.no_report", number=item_id)
        return self.reading(reading_id)

    def paper_of(self, item_id: int) -> Paper | None:
        """The copy of a report that shows its pages, and where the records stand in it; None without such a copy."""
        leading = self.reading_of(item_id).id
        with reading_from(self._engine) as connection:
            copies = paper_copies.copies_of(connection, item_id)
        return self._papers(item_id, leading, copies) if copies else None

    def _find_paper(self, item_id: int, leading: int, copies: tuple[int, ...]) -> Paper | None:
        with reading_from(self._engine) as connection:
            return paper_copies.paper_of(connection, item_id, copies, leading=leading, read=self.reading)

    def on_paper(self, item_id: int, paper: Paper, stretches: Sequence[tuple[int, int]]) -> list[Standing]:
        """What stands in stretches of a copy's text, judged or not, with the offsets of that copy."""
        with reading_from(self._engine) as connection:
            if paper.figures is None:
                return worklist.near(connection, item_id, *stretches)
            return [paper.stand(one) for one in worklist.standing(connection, paper.between(stretches))]

    def machine_figure(self, record: Record) -> dict[str, Any] | None:
        """What the machine reads at the record's place now; None for figures that it does not see."""
        if record.figure_id is None:
            return None
        with reading_from(self._engine) as connection:
            figure: dict[str, Any] | None = connection.scalar(
                select(schema.extraction.c.figure).where(
                    schema.extraction.c.reading_id == record.reading_id,
                    schema.extraction.c.figure_id == record.figure_id,
                )
            )
        return figure

    def send_out(
        self, item_id: int, *, judged_only: bool = True, wanted: Filter | None = None
    ) -> to_extraction.Outgoing:
        """A report with its figures as they stand now; by default those that somebody judged, or those of a list."""
        item, reading = self.item(item_id), self.reading_of(item_id)
        records = self.queue(replace(wanted or Filter(), item=item_id, order="place"), limit=MOST)
        return to_extraction.send_out(item, reading, records, judged_only=judged_only)

    def observations(self, *, judged_only: bool = True) -> tuple[tuple[Observation, ...], int]:
        """All figures of all reports as observations, and how many figures stayed behind unjudged."""
        with self._observing:  # who asks meanwhile waits and is given the same: together each would be slower
            with reading_from(self._engine) as connection:
                line = head(connection)
            return self._observed(line, judged_only)

    def _observe(self, _: int, judged_only: bool) -> tuple[tuple[Observation, ...], int]:
        with reading_from(self._engine) as connection:
            lines, counts = last_lines(connection), worklist.progress_by_item(connection)
        found = []
        for item_id in self.item_ids():
            last = max(lines.get(item_id, 0), lines.get(None, 0))
            known = self._of_report.get((item_id, judged_only))
            if known is None or known[0] != last:
                observed = self._observe_report(item_id, counts.get(item_id, Progress()), judged_only)
                known = self._of_report[item_id, judged_only] = last, *observed
            found.append(known)
        return tuple(o for _, observed, _ in found for o in observed), sum(held for _, _, held in found)

    def _observe_report(self, item_id: int, count: Progress, judged_only: bool) -> tuple[tuple[Observation, ...], int]:
        """A report's observations; where only what is judged is asked for, and nothing is, it is not even read."""
        from extractor.statistics import observe

        if judged_only and not any(count.states.get(state) for state in RIGHT):
            return (), sum(n for state, n in count.states.items() if state not in to_extraction.LEFT_OUT)
        sent = self.send_out(item_id, judged_only=judged_only)
        return tuple(observe(sent.extraction, sent.judged)), sent.held

    def series(
        self,
        indicator: str | None = None,
        *,
        area: str | None = None,
        freq: str | None = None,
        measure: str | None = None,
        scope: str | None = None,
        judged_only: bool = True,
    ) -> pandas.DataFrame:
        """The points of every series that is asked for, as ``points_frame`` lays them out.

        ``indicator`` is a catalogue id or a name as written, ``area`` a name or an id; None asks for all.
        """
        from extractor.statistics import build_series, points_frame, select_observations, with_derived

        found = self.find_observations(indicator, area=area, judged_only=judged_only)
        chosen = select_observations(found, area=area, measure=measure, scope=scope)
        return points_frame(s for s in with_derived(build_series(chosen)) if freq in {None, s.freq})

    def find_observations(
        self, indicator: str | None = None, *, area: str | None = None, judged_only: bool = True
    ) -> tuple[Observation, ...]:
        """The observations of one indicator, perhaps of one place; looked up, not sifted out of all reports."""
        from extractor.statistics.series import may_be_place, wanted_indicators

        if indicator is None:
            return self.observations(judged_only=judged_only)[0]
        ids = wanted_indicators(indicator)
        with reading_from(self._engine) as connection:
            line = head(connection)
            own = self._own(line) if any(i.startswith("~") for i in ids) else {}
            areas = self._areas(line) if area is not None else ()
            wanted = series_queries.WantedSeries(
                indicators=[i for i in ids if not i.startswith("~")],
                records=[record for i in ids for record in own.get(i, ())],
                areas=None if area is None else [printed for printed in areas if may_be_place(printed, area)],
                judged_only=judged_only,
            )
            return series_queries.find_observations(connection, wanted)

    def _own_names(self, _: int) -> series_queries.Own:
        with reading_from(self._engine) as connection:
            return series_queries.own_names(connection)

    def _printed_areas(self, _: int) -> tuple[str, ...]:
        with reading_from(self._engine) as connection:
            return series_queries.printed_areas(connection)

    def record_of(self, sha256: str, figure_id: str) -> int | None:
        """The record behind a figure that went out."""
        if figure_id.startswith("added-"):
            return int(figure_id.removeprefix("added-"))
        table = schema.record.c
        query = (
            select(table.id)
            .join(schema.reading, schema.reading.c.id == table.reading_id)
            .where(schema.reading.c.sha256 == sha256, table.figure_id == figure_id)
        )
        with reading_from(self._engine) as connection:
            found: int | None = connection.scalar(query)
        return found

    def check_again(self, item_id: int) -> tuple[Finding, ...]:
        """What the checks say of a report with its figures as they stand now, corrections included."""
        from extractor.statistics import check, ordered, tell_faults

        standing, faults = self.send_out(item_id, judged_only=False).extraction, Faults()
        found = check(standing.figures, standing.document, faults)
        faults.log(f"report {item_id}")
        return ordered((*found, *tell_faults(faults)))

    # ------------------------------------------------------------------------------------------------ worklist

    def record(self, record_id: int) -> Record:
        """One record as it stands; raises StoreError where there is none."""
        with reading_from(self._engine) as connection:
            return fetch(connection, record_id)

    def queue(self, wanted: Filter | None = None, *, limit: int = 200, offset: int = 0) -> list[Record]:
        """The records of a list: by default all that wait for a decision, most doubtful first."""
        with reading_from(self._engine) as connection:
            looked_up = self._look_up(wanted or Filter(states=OPEN))
            return worklist.listed(connection, looked_up, limit=min(limit, MOST), offset=offset)

    def sure(self, wanted: Filter, least: float) -> dict[int, int]:
        """Records of a list that nothing speaks against → their version: surer than ``least``, no doubt or finding."""
        with reading_from(self._engine) as connection:
            return worklist.sure(connection, self._look_up(wanted), least, limit=MOST)

    def records(self, record_ids: Sequence[int]) -> list[Record]:
        """These records as they stand, report by report, in the order of the text."""
        with reading_from(self._engine) as connection:
            found = records_where(connection, schema.record.c.id.in_(record_ids))
        return sorted(found, key=lambda record: record.item_id)

    def records_between(self, item_id: int, start: int, end: int) -> list[Record]:
        """The records that begin between two offsets of a report's text, judged or not."""
        with reading_from(self._engine) as connection:
            return worklist.records_between(connection, item_id, start, end)

    def near(self, item_id: int, start: int, end: int) -> list[Standing]:
        """What stands between two offsets of a report's text, judged or not, to be marked there."""
        with reading_from(self._engine) as connection:
            return worklist.near(connection, item_id, (start, end))

    def count(self, wanted: Filter) -> int:
        """How many records the list holds; of all reports by states alone, the tally knows."""
        with reading_from(self._engine) as connection:
            if wanted == Filter(states=wanted.states, order=wanted.order):
                tallied = self._tally.progress(connection).states
                return sum(tallied.get(state, 0) for state in wanted.states or worklist.STANDING)
            return worklist.count(connection, self._look_up(wanted))

    def next_open(self, wanted: Filter, *, actor: str, after: Record | None = None) -> int | None:
        """The next record of the list that waits for a decision and that nobody else holds; from the top at the end.

        A list of records that were put off or decided on is walked as it is.
        """
        waiting = replace(wanted, states=tuple(s for s in wanted.states if s in OPEN) or wanted.states or OPEN)
        with reading_from(self._engine) as connection:
            found = self._step(connection, waiting, after, free_for=actor) if after else None
            first = self._step(connection, waiting, None, free_for=actor) if found is None else found
            return None if after is not None and first == after.id else first

    def neighbour(self, wanted: Filter, record: Record, *, back: bool = False) -> int | None:
        """The record beside ``record`` in the list, judged or not."""
        with reading_from(self._engine) as connection:
            return self._step(connection, wanted, record, back=back)

    def _step(
        self,
        connection: Connection,
        wanted: Filter,
        anchor: Record | None,
        *,
        back: bool = False,
        free_for: str | None = None,
    ) -> int | None:
        wanted = self._look_up(wanted)
        if wanted.order in reading_order.PLANNED:

            def order_of(item_id: int) -> tuple[int, ...]:
                last = connection.scalar(select(func.max(schema.record.c.id)).where(schema.record.c.item_id == item_id))
                return self._plans(item_id, self.reading_of(item_id).id, last or 0, wanted.order)

            return reading_order.step(connection, wanted, order_of, anchor=anchor, back=back, free_for=free_for)
        before, after = (anchor, None) if back else (None, anchor)
        return worklist.step(connection, wanted, after=after, before=before, free_for=free_for)

    def _look_up(self, wanted: Filter) -> Filter:
        """A list over all reports with the records that hold its words, where those are few; as old as ``choices``.

        What no longer holds them is left out all the same.
        """
        if not wanted.words or wanted.item is not None:
            return wanted
        return replace(wanted, among=self._said(self.edition(), wanted.words))

    def _say(self, _: tuple[int, int], words: str) -> tuple[int, ...] | None:
        with reading_from(self._engine) as connection:
            return worklist.few_that_say(connection, words)

    def _plan(self, item_id: int, reading_id: int, _: int, order: str = reading_order.SENTENCE) -> tuple[int, ...]:
        text = self.reading(reading_id).text
        with reading_from(self._engine) as connection:
            rows = reading_order.rows_of(connection, item_id)
            if order == reading_order.TEACH:
                return reading_order.plan_to_teach(text, rows, reading_order.waiting_names(connection))
        return reading_order.plan(text, rows)

    def review_order(self, item_id: int) -> tuple[int, ...]:
        """The records of a report in the order of review, judged or not."""
        return self._plan(item_id, self.reading_of(item_id).id, 0)

    def progress(self, item_id: int | None = None) -> Progress:
        """Counts by state, of one report or of all."""
        with reading_from(self._engine) as connection:
            if item_id is None:
                return self._tally.progress(connection)
            return Progress(count(connection, item_id))

    def progress_by_item(self) -> dict[int, Progress]:
        """The progress of every report that has figures."""
        with reading_from(self._engine) as connection:
            return worklist.progress_by_item(connection)

    def choices(self, column: str, item_id: int | None = None) -> list[str]:
        """The values of a text column, most frequent first; a minute old at most, or as old as our last import.

        Those of all reports are counted in the newest records.
        """
        return self._facets(self.edition(), column, item_id)

    def doubt_codes(self, item_id: int | None = None) -> list[str]:
        """The doubts that open records carry, most frequent first; as old as ``choices``."""
        return self._facets(self.edition(), "doubts", item_id)

    def judges(self) -> list[str]:
        """Everybody who has written in the journal, by name."""
        with reading_from(self._engine) as connection:
            return worklist.judges(connection)

    def edition(self) -> tuple[int, int]:
        """What lists of choices are counted for: it changes with every import from here, and once a minute."""
        return self._imports, int(time.monotonic() // FRESH)

    def _facet(self, _: tuple[int, int], column: str, item_id: int | None) -> list[str]:
        with reading_from(self._engine) as connection:
            if column == "doubts":
                return worklist.doubt_codes(connection, item_id)
            return worklist.choices(connection, column, item_id)

    def labels(self, words: str | None = None) -> dict[int, Label]:
        """What names the ``LISTED`` newest reports, or those of which each of ``words`` is said; old as ``choices``."""
        return self._names(self.edition(), words)

    def label(self, item_id: int) -> Label:
        """What names one report; raises StoreError where there is none."""
        return self.labels().get(item_id) or self._called(self.edition(), item_id)

    def _call(self, _: tuple[int, int], item_id: int) -> Label:
        found = self._labels(schema.item.c.id == item_id)  # further back than the list goes, or younger than it
        if not found:
            raise StoreError("store.no_report", number=item_id)
        return found[item_id]

    def _name(self, _: tuple[int, int], words: str | None) -> dict[int, Label]:
        return self._labels(ON_SHELF, *([says_all(words, schema.item.c.id, NAMES)] if words else []))

    def _labels(self, *wanted: ColumnElement[bool]) -> dict[int, Label]:
        table = schema.item.c
        area = func.coalesce(func.nullif(table.area, ""), table.issuer)
        query = select(table.id, table.number, area, table.period, table.title, LEADING_FILE).where(*wanted)
        with reading_from(self._engine) as connection:
            rows = connection.execute(query.order_by(table.id.desc()).limit(LISTED))
            return {item_id: Label(*label) for item_id, *label in rows}

    def proposals(self) -> list[Proposal]:
        """Names that may be a catalogue entry's and wait for a person's answer."""
        with reading_from(self._engine) as connection:
            return aliases.proposals(connection)

    def answers(self) -> list[Event]:
        """Every yes and no to a proposal, newest first, without the records that each settled."""
        return [line for line in self.events(kinds=(aliases.YES, aliases.NO), limit=MOST) if line.record_id is None]

    def quality(self, item_id: int | None = None) -> Quality:
        """How good the machine is by what people decided, on one report or on all."""
        with reading_from(self._engine) as connection:
            return measures.measure(connection, item_id)

    def efforts(self) -> list[Effort]:
        """How much the ``LISTED`` newest reports with decisions had to be corrected, in the order of import."""
        with reading_from(self._engine) as connection:
            return measures.efforts(connection, LISTED)

    def efforts_by_month(self) -> list[Effort]:
        """The same of the newest months in which figures were judged."""
        with reading_from(self._engine) as connection:
            return measures.efforts_by_month(connection, LISTED)

    def unread_of(self, item_id: int) -> frozenset[int]:
        """The records of a report that were accepted with many others and by nobody who read them."""
        with reading_from(self._engine) as connection:
            return measures.unread_of(connection, item_id)

    def layer(self) -> Layer:
        """What the store has learned over the package, as it reads now."""
        with reading_from(self._engine) as connection:
            return layers.current(connection)

    def layers(self) -> list[layers.Version]:
        """All versions of what the store has learned, oldest first."""
        with reading_from(self._engine) as connection:
            return layers.history(connection)

    def agreement(self) -> Agreement:
        """How far two judges of one figure agree."""
        with reading_from(self._engine) as connection:
            return measures.agreement(connection)

    def workload(self) -> dict[str, dict[str, int]]:
        """Who decided how often, by kind of decision."""
        with reading_from(self._engine) as connection:
            return measures.workload(connection)

    # ------------------------------------------------------------------------------------------------- journal

    def events(
        self,
        *,
        record_id: int | None = None,
        item_id: int | None = None,
        actor: str | None = None,
        kinds: Sequence[str] = (),
        limit: int = 200,
    ) -> list[Event]:
        """Lines of the journal, newest first."""
        table = schema.event.c
        query = select(schema.event).order_by(table.seq.desc()).limit(min(limit, MOST))
        for column, wanted in ((table.record_id, record_id), (table.item_id, item_id), (table.actor, actor)):
            if wanted is not None:
                query = query.where(column == wanted)
        if kinds:
            query = query.where(table.kind.in_(kinds))
        with reading_from(self._engine) as connection:
            return [Event(**row) for row in connection.execute(query).mappings()]

    def day(self, person: str, since: str) -> days.Day:
        """What a person did since a moment, how long a figure took, and what was put off."""
        with reading_from(self._engine) as connection:
            return days.day_of(connection, person, since)

    def second_looks(self, person: str, since: str) -> second_look.Looks:
        """What became of the sample of a person's day that a second judge was asked about."""
        with reading_from(self._engine) as connection:
            lines = [line for line in days.day_of(connection, person, since).lines if line.kind == "recheck"]
            asked = [fetch(connection, line.record_id) for line in lines if line.record_id is not None]
        return second_look.looked({record.id: record for record in asked}.values(), person)

    def awaited(self, person: str, *, limit: int = 100) -> list[Record]:
        """The figures that wait for a vote of ``person``: somebody else has judged them, unseen."""
        voted = self.queue(Filter(states=(State.VOTED,), order="place"), limit=MOST)
        return [one for one in voted if all(vote["by"] != person for vote in one.votes)][:limit]

    def remarks(self, *, mentioned: str | None = None, limit: int = 100) -> list[Event]:
        """Remarks that nobody has settled, newest first: all, or those that name a person as ``@name``."""
        with reading_from(self._engine) as connection:
            found = decisions.open_remarks(connection, limit=MOST)
        if mentioned is not None:
            names = {f"@{mentioned}".casefold(), f"@{mentioned.partition('@')[0]}".casefold()}
            found = [one for one in found if names & set(decisions.named_in(str(one.patch.get("words", ""))))]
        return found[:limit]

    def settings(self, person: str) -> dict[str, Any]:
        """What a person has chosen for themselves."""
        table = schema.setting.c
        with reading_from(self._engine) as connection:
            rows = connection.execute(select(table.name, table.value).where(table.person == person))
            return {row.name: row.value for row in rows}

    def last_decision(self, actor: str) -> Event | None:
        """The newest decision of ``actor`` that still stands and that nobody has decided over since."""
        done = self.events(actor=actor, kinds=(*decisions.VERDICTS, "undo"), limit=50)
        undone = {line.undoes for line in done if line.kind == "undo"}
        for line in done:
            if line.kind != "undo" and line.seq not in undone and line.record_id is not None:
                standing = decisions.last_standing(self.events(record_id=line.record_id)[::-1])
                if standing is not None and standing.seq == line.seq:
                    return line
        return None

    def last_batch(self, actor: str) -> tuple[str, int] | None:
        """The last bulk acceptance of ``actor`` and how much of it still stands; None where nothing does."""
        last = self.events(actor=actor, kinds=["bulk"], limit=1)
        if not last or last[0].reason is None:
            return None
        with reading_from(self._engine) as connection:
            count = measures.unread(connection, batch=last[0].reason)
        return (last[0].reason, count) if count else None

    def unread(self, record: Record) -> bool:
        """Whether a record was accepted with many others and by nobody who read it."""
        with reading_from(self._engine) as connection:
            return decisions.unread(connection, record)

    def verify(self) -> list[journal.Discrepancy]:
        """Everything that is not as the journal says; an empty list is the proof."""
        with reading_from(self._engine) as connection:
            return journal.verify(connection)
