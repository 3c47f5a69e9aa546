"""A store as a bag (BagIt 1.0): originals, readings, figures, cards and PREMIS, each with its check sum.

In: a store, and a folder that is not there yet. Out: the folder, whole or not at all. Originals are written as they
were received; the hash of each is checked against the store on the way. The same store gives the same bag, byte for
byte.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from extractor.archive.finding_aids.cards import place_in_bag, write_cards
from extractor.archive.finding_aids.premis import premis
from extractor.archive.row_types import Item
from extractor.archive.store import Store
from extractor.domain.errors import InvalidInput, StoreError

MOST_EVENTS = 1_000_000


def write_bag(store: Store, target: Path) -> int:
    """Write the bag to ``target``; returns how many reports it holds.

    Raises InvalidInput where something is there already, StoreError where an original is not what it was.
    """
    if target.exists() or not target.parent.is_dir():
        raise InvalidInput("bag.place", target=target)
    part = target.with_name(f".part-{target.name}")
    shutil.rmtree(part, ignore_errors=True)
    try:
        bag = _Bag(part)
        items = [store.item(one) for one in sorted(store.item_ids())]
        for item in items:
            _add_report(bag, store, item)
        bag.add("data/cards.csv", write_cards(items, "dc"))
        last = max((item.received for item in items), default="")[:10]
        bag.close(last)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return len(items)


def _add_report(bag: _Bag, store: Store, item: Item) -> None:
    contents = {}
    for file in item.files:
        content = store.original(file.sha256)
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise StoreError("bag.damaged", name=file.name, report=item.id)
        contents[file.sha256] = content
        bag.add(f"data/originals/{place_in_bag(item, file)}", content)
    reading = store.reading_of(item.id)
    bag.add(f"data/readings/{item.id:06d}.txt", reading.text.encode("utf-8"))
    figures = store.send_out(item.id, judged_only=False).extraction.figures
    lines = "".join(json.dumps(f.to_dict(), ensure_ascii=False) + "\n" for f in figures)
    bag.add(f"data/figures/{item.id:06d}.jsonl", lines.encode("utf-8"))
    events = list(reversed(store.events(item_id=item.id, limit=MOST_EVENTS)))
    bag.add(f"data/premis/{item.id:06d}.xml", premis(item, contents, events))


class _Bag:
    """A folder that keeps account of what is written to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._payload: dict[str, str] = {}
        self._size = 0

    def add(self, path: str, content: bytes) -> None:
        """Write one file of the payload."""
        self._write(path, content)
        self._payload[path] = hashlib.sha256(content).hexdigest()
        self._size += len(content)

    def close(self, day: str) -> None:
        """Write the declaration, the manifests and the account."""
        about = f"Bag-Software-Agent: solieu\nPayload-Oxum: {self._size}.{len(self._payload)}\n"
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": (f"Bagging-Date: {day}\n" if day else "") + about,
            "manifest-sha256.txt": _manifest(self._payload),
        }
        for name, text in tags.items():
            self._write(name, text.encode("utf-8"))
        sums = {name: hashlib.sha256(text.encode("utf-8")).hexdigest() for name, text in tags.items()}
        self._write("tagmanifest-sha256.txt", _manifest(sums).encode("utf-8"))

    def _write(self, path: str, content: bytes) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _manifest(sums: dict[str, str]) -> str:
    """One line a file; what would end a line is spelled as BagIt wants it."""
    return "".join(f"{digest}  {path.replace('%', '%25')}\n" for path, digest in sorted(sums.items()))
