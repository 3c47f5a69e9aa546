"""A name as a whole: what speaks for it besides where it begins and ends.

Its words beside the unit of its number (what is counted in ``ha`` is hardly ``doanh thu``), the sorts of its words (a
place, a verb, a proper name alone is no name of what is measured), and whether the catalogue knows them.
"""

from __future__ import annotations

from typing import NamedTuple

from extractor.domain.folding import fold
from extractor.language.reader.drafts import Draft, Subject
from extractor.language.reader.name_evidence import known_names, words_in, words_of_names
from extractor.language.reader.spots import Spot
from extractor.language.reader.view import View

LONG = 8
"""Words from which a name is long, whatever its length."""

CLASSES = 6
"""Items of a name whose classes are seen together."""


class Proposal(NamedTuple):
    """A name that may be meant, and where it comes from."""

    source: str  # left, right, same
    subject: Subject
    odds: int  # how likely its place, its start and its end are, in hundredths of a unit of log odds
    span: tuple[int, int] = (0, 0)  # its items, where it stands beside the number
    rank: int = 0  # of a name that is meant again: how many others were read since
    draft: Draft | None = None  # the figure that it was read with

    def place(self, at: int) -> str:
        """Where it stands, seen from the number at item ``at``: the same whatever else was offered."""
        first, last = self.span
        return f"{self.source}{self.rank}" if self.source == "same" else f"{self.source}{first - at}:{last - at}"


def whole_evidence(view: View, spot: Spot, proposal: Proposal, *, grows: bool) -> list[str]:
    """What speaks for a whole name of the number at ``spot``; ``grows``: a growth that stands alone."""
    words = words_in(proposal.subject.text)
    source = proposal.source + ("+" if grows else "")
    return [
        f"s={source}",
        f"s={source}&n={min(len(words), LONG)}",
        f"s={source}&g={spot.group}",
        *_of_words(words, proposal.source, spot),
        *_of_catalogue(words, source),
        *(_of_earlier(spot, view, proposal) if proposal.source == "same" else _of_items(view, spot, proposal, source)),
    ]


def _of_words(words: list[str], source: str, spot: Spot) -> list[str]:
    """The words of a name, by themselves and beside the unit of its number."""
    unit, group = fold(spot.quantity.unit or "-"), spot.group
    first, last, two = (words[0], words[-1], " ".join(words[:2])) if words else ("", "", "")
    told = [
        f"f={first}",
        f"l={last}",
        f"f2={two}",
        f"l2={' '.join(words[-2:])}",
        f"s={source}&f={first}",
        f"s={source}&f2={two}",
        f"u={unit}&f={first}",
        f"u={unit}&l={last}",
        f"u={unit}&f2={two}",
        f"g={group}&f={first}",
        f"g={group}&f2={two}",
        f"unit={' '.join(words) == unit}&s={source}",
    ]
    for word in dict.fromkeys(words):
        told += (f"w={word}", f"u={unit}&w={word}")
    return told


def _of_catalogue(words: list[str], source: str) -> list[str]:
    """Whether the catalogue has the name, and the share of its words that names of the catalogue have."""
    is_known, of_names = " ".join(words) in known_names(), words_of_names()
    share = 3 * sum(word in of_names for word in words) // max(1, len(words))
    return [
        f"known={is_known}",
        f"known={is_known}&s={source}",
        f"known={is_known}&n={min(len(words), LONG)}",
        f"share={share}",
    ]


def _of_items(view: View, spot: Spot, proposal: Proposal, source: str) -> list[str]:
    """Of which sorts the words of a name beside the number are."""
    places = range(*proposal.span)
    classes = [view.word_class(place, spot.at) for place in places]
    proper = sum(view.items[place].proper for place in places)
    some = min(3, len(classes))
    return [
        f"classes={' '.join(classes[:CLASSES])}&s={source}",
        f"ends={classes[0] if classes else '-'} {classes[-1] if classes else '-'}&s={source}",
        f"proper={2 * proper // max(1, len(places))}&s={source}&n={some}",
    ]


def _of_earlier(spot: Spot, view: View, proposal: Proposal) -> list[str]:
    """What became of a name that is meant again: its unit, how far back it stands, whether it only grew."""
    draft = proposal.draft
    has_unit = draft is not None and fold(draft.unit or "") == fold(spot.quantity.unit or "")
    back = min(2, view.sentences[spot.at] - draft.sentence) if draft is not None else -1
    grew = draft is not None and draft.quantity is None
    return [f"rank={proposal.rank}&unit={has_unit}&back={back}&grew={grew}"]
