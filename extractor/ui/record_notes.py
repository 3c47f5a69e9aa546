"""What a reviewer should know before deciding: value, place, doubts, checks, votes and remarks, in lines of words.

Nothing here is drawn by Streamlit: all lines go to one component of ours as plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import streamlit as st

from extractor.archive.row_types import CORRECTABLE, DECIMALS, OPEN, Reading, Record, State, to_columns
from extractor.domain.figure import Measure
from extractor.domain.messages import in_language
from extractor.domain.period import spell_period
from extractor.ui.components import line
from extractor.ui.input_parsing import report_name
from extractor.ui.messages import language, name_of, spell_value, t
from extractor.ui.session import actor, store

MOST_REMARKS = 5  # on one card
CHANGES = frozenset({Measure.CHANGE, Measure.POINTS, Measure.ABSOLUTE})
"""Kinds of comparisons whose sign is said."""

BOUNDS = {"approx": "≈", "min": "≥", "max": "≤"}


def notes_on(record: Record, reading: Reading) -> list[dict[str, Any]]:
    """All of it, the value first."""
    lines = [*_value_and_name(record), line("where", where(record, reading))]
    lines += _doubts_and_checks(record, reading)
    lines += _machine_note(record)
    lines += votes_on(record)
    if record.state is State.DISPUTED:
        mine = any(vote["by"] == actor() for vote in record.votes)
        lines.append(line("comment", t("review.vote_differs" if mine else "review.vote_third")))
    if record.decided_by and record.state not in OPEN:
        lines.append(line("where", t("review.decided", who=record.decided_by, when=spell_time(record.decided_at))))
    return [*lines, *remarks_on(record)]


def notes_on_sentence(records: Sequence[Record], reading: Reading) -> list[dict[str, Any]]:
    """What there is to know of all figures of a sentence: the place, what checks hold against them, votes, remarks."""
    ids = {record.figure_id for record in records}
    touching = [finding for finding in reading.findings if ids & set(finding["figures"])]
    lines = [line("", (t("sentence.title", count=len(records)), "strong")), line("where", where(records[0], reading))]
    lines += _checks(touching)
    for record in records:
        lines += [*votes_on(record), *remarks_on(record)]
    return lines


def remarks_on(record: Record) -> list[dict[str, Any]]:
    """The newest remarks, each with a press that settles it, or with the word that it is settled."""
    written = store().events(record_id=record.id, kinds=["comment", "settle"], limit=20)
    settled = {one.undoes for one in written if one.kind == "settle"}
    lines = []
    for remark in [one for one in written if one.kind == "comment"][:MOST_REMARKS]:
        words = (remark.actor, "strong"), str(remark.patch.get("words", ""))
        if remark.seq in settled:
            lines.append(line("comment settled", *words, (t("remark.settled"), "chip")))
        else:
            lines.append(line("comment", *words, (t("remark.settle"), "chip"), pick={"settle": remark.seq}))
    return lines


def _value_and_name(record: Record) -> Iterator[dict[str, Any]]:
    chips = [(name_of("state", record.state.value), f"chip {record.state.value}")]
    if store().unread(record):
        chips.append((t("review.unread"), "chip disputed"))
    if record.lost:
        chips.append((t("review.lost"), "chip disputed"))
    chips.append((name_of("kind", record.kind), "chip"))
    yield line("", (spell_amount(record) or t("review.no_value"), "title"), *chips)
    if record.indicator:
        name = f"{record.parent} › {record.indicator}" if record.parent else record.indicator
        yield line("", (name, "strong"))


def _doubts_and_checks(record: Record, reading: Reading) -> Iterator[dict[str, Any]]:
    """Doubts that no finding tells in full, what checks hold against the figure, and what they confirm in one line."""
    touching = [finding for finding in reading.findings if record.figure_id in finding["figures"]]
    said = {finding["code"].lower() for finding in touching}
    doubts = [(name_of("doubt", code), "chip doubt") for code in record.doubts if code not in said]
    if doubts:
        yield line("", *doubts)
    yield from _checks(touching)


def _checks(findings: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What speaks against a figure, a line each; what confirms it in one line."""
    for finding in findings:
        if finding["level"] != "pass":
            yield line(f"finding {finding['level']}", message_of(finding))
    passed = [message_of(finding) for finding in findings if finding["level"] == "pass"]
    if passed:
        words = passed[0] if len(passed) == 1 else t("review.passes", count=len(passed), first=passed[0])
        yield line("finding pass", words)


def spell_amount(record: Record) -> str:
    """The figure as it was read, with what its card may hold back: ``≥ 9 nghìn người``, ``10–12 ha``, ``9/10 ấp``."""
    if record.value is None:
        return ""
    full = spell_value(record.value)
    if record.value_max is not None:
        full += f"–{spell_value(record.value_max)}"
    if record.total is not None:
        full += f"/{spell_value(record.total)}"
    return f"{BOUNDS.get(record.bound or '', '')} {full}{_unit(record.unit)}".strip()


def votes_on(record: Record) -> list[dict[str, Any]]:
    """Where two people judge: what each said once they differ, before that only that a vote is there.

    The second judge does not see the first one's verdict, or there would be one judge and an echo.
    """
    if record.state is State.VOTED:
        mine = any(vote["by"] == actor() for vote in record.votes)
        return [line("comment", t("review.vote_mine" if mine else "review.vote_there"))]
    if record.state is not State.DISPUTED:
        return []
    return [line("comment", (vote["by"], "strong"), spell_vote(vote)) for vote in record.votes]


def spell_vote(vote: Mapping[str, Any]) -> str:
    """A vote in words: the verdict, and what it would change."""
    values = {name: value for name, value in vote["values"].items() if name in CORRECTABLE}
    changes = ", ".join(spell_change(name, value) for name, value in values.items())
    verdict = t(f"verdict.{vote['verdict']}")
    return f"{verdict}: {changes}" if changes else verdict


def spell_change(name: str, value: Any) -> str:
    """A change as a person would say it."""
    if name in DECIMALS and value is not None:
        spelled = spell_value(Decimal(value))
    elif name == "comparisons":
        spelled = "; ".join(f"{spell_value(Decimal(c['value']))}{_unit(c['unit'])}" for c in value)
    elif name == "period":
        spelled = spell_period(value, language()) or "–"
    elif name in ("status", "kind", "bound"):
        spelled = name_of(name, value)
    else:
        spelled = str(value or "–")
    return f"{t(f'field.{name}')}: {spelled}"


def compared_words(record: Record, spell: Callable[[Decimal], str] = spell_value) -> list[str]:
    """The comparisons of a record in a few words each: with what, and how much, a rise signed as a fall is."""
    told = []
    for c in record.comparisons:
        value = Decimal(c["value"])
        sign = "+" if c["kind"] in CHANGES and value > 0 else ""
        amount = f"{sign}{spell(value)}{_unit(c.get('unit'))}"
        told.append(t("table.compared", base=name_of("base", c["base"]), amount=amount))
    return told


def _amount(value: Decimal | None, unit: str | None) -> str:
    return "" if value is None else f"{spell_value(value)}{_unit(unit)}"


def _unit(unit: str | None) -> str:
    """A unit behind its number: a per cent close to it, a word apart."""
    return f" {unit}" if unit and unit[0].isalpha() else unit or ""


def message_of(finding: Mapping[str, Any]) -> str:
    """What a check says, in the session's language where it can."""
    return in_language(language(), finding["message"], finding.get("message_en"))


def where(record: Record, reading: Reading) -> str:
    """Report, section and page of a record in one line."""
    label = store().label(record.item_id)
    titles = {s["path"]: s["title"] for s in reading.sections}
    parts = [report_name(label)]
    parts.append(spell_period(label.period, language()))
    if record.area and record.area != label.area:
        parts.append(record.area)
    if record.section:
        parts.append(f"{record.section} {titles.get(record.section, '')}".strip())
    if record.footnote:
        parts.append(t("review.footnote", mark=record.footnote))
    if record.page:
        parts.append(t("review.page", page=record.page))
    return " · ".join(part for part in parts if part)


def _machine_note(record: Record) -> list[dict[str, Any]]:
    if record.state not in (State.CORRECTED, State.ACCEPTED) or record.version == 0:
        return []
    machine = store().machine_figure(record)
    if machine is None:
        return []
    before = _amount(to_columns({"value": machine["value"]})["value"], machine["unit"])
    if before == _amount(record.value, record.unit):
        return []
    return [line("where", t("review.machine", value=before))]


def spell_day(moment: str | None) -> str:
    """A day as people here write it, from a date or a time of the journal; a year or a month alone stays one.

    >>> [spell_day(one) for one in ("2023-03-20", "2023-03", "2023", None, "2026-11-30T20:31:00.000000Z")]
    ['20/03/2023', '03/2023', '2023', '', '30/11/2026']
    """
    return "/".join(reversed((moment or "")[:10].split("-")))


def spell_time(moment: str | None) -> str:
    """A time of the journal to the minute, as people write it, by the browser's clock (UTC where it tells none)."""
    if not moment:
        return ""
    local = local_time(moment)
    return f"{local:%H:%M} {spell_day(local.date().isoformat())}"


def local_time(moment: str) -> datetime:
    """A time of the journal by the clock of the browser."""
    offset = st.context.timezone_offset or 0  # minutes that UTC is ahead
    return datetime.fromisoformat(moment.replace("Z", "+00:00")) - timedelta(minutes=offset)
