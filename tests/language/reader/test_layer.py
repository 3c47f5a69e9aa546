"""What an office has learned lies over the package's weights: it is added, kept apart, and nothing without it."""

from __future__ import annotations

import json

from extractor import extract_text
from extractor.language.reader.weights import DECISIONS, PACKAGE, Layer, Weighted, tables_of, unpacked, weights_of

TEXT = "Thu phí đạt 12 tỷ đồng, tăng 8% so với cùng kỳ."


def layer(decision: str, **pieces: dict[str, int]) -> Layer:
    return Layer(1, json.dumps({"weights": {decision: pieces}}))


def test_package_alone_is_read_from_its_own_tables() -> None:
    tables = tables_of(PACKAGE.content)
    assert all(tables[decision] is weights_of(decision) for decision in DECISIONS)


def test_layer_adds_to_the_weights_that_are_there() -> None:
    piece, packed = next(iter(weights_of("status").items()))
    merged = Weighted(layer("status", **{piece: {"plan": 7, "actual": -40}})).weights_of("status")
    own, now = unpacked(packed, 4), unpacked(merged[piece], 4)
    assert [new - old for new, old in zip(now, own, strict=True)] == [-40, 0, 7, 0]
    assert weights_of("status")[piece] == packed, "the package's own table stays as it is"


def test_layer_brings_evidence_of_its_own() -> None:
    merged = Weighted(layer("end", nowhere={"weight": 30})).weights_of("end")
    assert merged["nowhere"] == 30
    assert "nowhere" not in weights_of("end")


def test_choice_that_no_table_has_any_more_is_left_out() -> None:
    merged = Weighted(layer("status", nowhere={"gone": 30})).weights_of("status")
    assert merged["nowhere"] == 0


def test_what_was_learned_decides_and_leaves_no_trace() -> None:
    [before] = extract_text(TEXT)
    shown: set[str] = set()

    class Listening(Weighted):
        def classify(self, decision, at, evidence, allowed, /):  # type: ignore[no-untyped-def]
            shown.update(evidence if decision == "status" else ())
            return super().classify(decision, at, evidence, allowed)

    from extractor.language import read_figures
    from extractor.language.reader.block_reader import BlockReader
    from extractor.paper import read_passage

    read_figures(read_passage(TEXT)[0], reader=lambda reading, above, _: BlockReader(reading, above, Listening()))
    learned = layer("status", **{piece: {"projection": 900} for piece in shown})
    [after] = extract_text(TEXT, layer=learned)
    assert (before.status.value, after.status.value) == ("actual", "projection")
    assert extract_text(TEXT) == [before]
