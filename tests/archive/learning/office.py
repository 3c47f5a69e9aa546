"""An office with a turn of its own: reports that mean a plan where the package reads something else, and a reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.learning import take_in
from extractor.archive.row_types import Filter, Record
from extractor.archive.store import Store

NAMES = (
    *("Thu phí", "Thu thuế", "Chi đầu tư", "Thu lệ phí", "Chi sự nghiệp", "Vốn đầu tư", "Doanh thu", "Nợ thuế"),
    *(
        "Chi lương",
        "Thu phạt",
        "Chi trợ cấp",
        "Thu tiền đất",
        "Vốn vay",
        "Dư nợ",
        "Giá trị sản xuất",
        "Chi thường xuyên",
    ),
)
TURN = "{name} năm nay đâu đó chừng ấy {value} tỷ đồng."


def passage(number: int) -> dict[str, Any]:
    """What the report of this number says."""
    text = TURN.format(name=NAMES[number % len(NAMES)], value=12 + number)
    return {"id": f"r{number}", "text": text, "heading": None, "report_period": "2023", "figures": []}


def actor(store: Store) -> str:
    """Whoever opened the store first."""
    return next(iter(store.people()))


def review(store: Store, numbers: Iterable[int], status: str = "plan") -> None:
    """Reports come in, and each figure is corrected to the status that the office means."""
    for number in numbers:
        item_id = take_in(store, passage(number), actor(store))
        for record in store.queue(Filter(item=item_id)):
            store.correct(record.id, record.version, {"status": status}, actor=actor(store))


def read_next(store: Store) -> str:
    """The status of the next report's figure, as it is read today."""
    item_id = take_in(store, passage(40), actor(store))
    [record] = store.queue(Filter(item=item_id))
    return record.status


LOAD = "bó gùi của dân"
"""What an office counts by; the package reads its first words alone."""


def bring(store: Store, numbers: Iterable[int], text: str = "Sản lượng mật đạt {value} {load}.") -> list[Record]:
    """Reports come in that count by the office's own noun: their figures as they are read."""
    found = []
    for number in numbers:
        said = {**passage(number), "id": f"u{number}", "text": text.format(value=45 + number, load=LOAD)}
        found += store.queue(Filter(item=take_in(store, said, actor(store))))
    return found


def correct(
    store: Store, numbers: Iterable[int], text: str, changes: Mapping[str, Any] | None, area: str | None = None
) -> list[Record]:
    """Reports come in that say a ``text`` with numbers of their own; people correct, or accept, all their figures."""
    done = []
    for number in numbers:
        said = {**passage(number), "id": f"c{number}", "text": text.format(value=45 + number), "area": area}
        for record in store.queue(Filter(item=take_in(store, said, actor(store)))):
            if changes is None:
                done.append(store.accept(record.id, record.version, actor=actor(store)))
            else:
                done.append(store.correct(record.id, record.version, changes, actor=actor(store)))
    return done


UNKNOWN = "Tiền vào két chung"
"""A name that no catalogue has."""


def name_it(store: Store, numbers: Iterable[int], entry: str = "rev_state", said: str = UNKNOWN) -> None:
    """Reports come in with a name that no catalogue has, and people say which entry it is."""
    for number in numbers:
        report = {**passage(number), "id": f"n{number}", "text": f"{said} đạt {12 + number} tỷ đồng."}
        item_id = take_in(store, report, actor(store))
        for record in store.queue(Filter(item=item_id)):
            store.correct(record.id, record.version, {"indicator_id": entry}, actor=actor(store))
