"""A name is looked at as a whole: its words beside the unit, and what the catalogue knows of it."""

from __future__ import annotations

from extractor.language.lexer.items import Reading, read_block, scan
from extractor.language.lexer.numerals import decide_style
from extractor.language.reader.block_reader import BlockReader
from extractor.language.reader.drafts import Context, Subject
from extractor.language.reader.whole_names import Proposal, whole_evidence

TEXT = "Năm 2023, xã An Hòa có diện tích lúa 45 ha."


def reading_of(text: str) -> Reading:
    return read_block(scan([text])[0], decide_style(text), report_period="2023")


def evidence(name: str, source: str = "left", *, grows: bool = False) -> list[str]:
    reader = BlockReader(reading_of(TEXT), Context(period="2023", report="2023"))
    [draft] = reader.read()
    spot = reader.spot(reader.places[id(draft)], draft.quantity)  # type: ignore[arg-type]
    return whole_evidence(reader.view, spot, Proposal(source, Subject(name), 0), grows=grows)


def test_words_stand_beside_the_unit_of_the_number() -> None:
    assert {"u=ha&f=diện", "w=lúa", "u=ha&w=lúa", "g=measure&f2=diện tích"} <= {*evidence("diện tích lúa")}


def test_a_name_of_the_catalogue_is_known_and_a_place_is_not() -> None:
    assert "known=True" in evidence("diện tích lúa")
    assert "known=False" in evidence("xã An Hòa")


def test_where_it_comes_from_and_whether_it_grows_are_told() -> None:
    assert "s=same" in evidence("lúa", "same")
    assert "s=same+" in evidence("lúa", "same", grows=True)
    assert any(piece.startswith("rank=0&") for piece in evidence("lúa", "same"))
