"""What the words of reports owe: known labels, one meaning each, and an example that yields its row.

``check-models`` runs these over ``models/vocabulary/`` and ``models/patterns/``. An example is read by the finders
that read a report, so a row that another one shadows is found as surely as a slip of the pen. Each check yields
conflicts with file and row; nothing is repaired here, and no sentence is judged that is not an example.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.domain.errors import InvalidModels
from extractor.domain.folding import fold_spelling
from extractor.domain.lexicon import read_rows
from extractor.domain.period import months_label
from extractor.domain.unit import FAMILIES, KINDS, MULTIPLIER, UNITS

if TYPE_CHECKING:
    from extractor.language.lexer.items import Reading

PHRASES = "vocabulary/phrases.csv"
REFERENCES = "vocabulary/references.csv"
REFERENCE_SHAPES = "patterns/references.csv"
WORDS = "vocabulary/words.csv"
WORD_CLASSES = "vocabulary/word_classes.csv"
SPELLINGS = "vocabulary/spellings.csv"
CONTRASTS = "vocabulary/contrasts.csv"
GROUPS = "vocabulary/groups.csv"
CATALOGUE_WORDS = "catalogue/words.csv"
AREA_TYPES = "catalogue/area_types.csv"
PLACE_NAMES = "catalogue/place_names.csv"
COORDINATES = "vocabulary/coordinates.csv"
HEADINGS = "vocabulary/headings.csv"
NUMBERS = "vocabulary/numbers.csv"
TENTHS = "vocabulary/tenths.csv"
PARTS = "patterns/parts.csv"
PERIODS = "patterns/periods.csv"
BASES = "patterns/bases.jsonl"

CUES = {
    "status": {"estimate", "projection", "plan", "actual"},
    "verb": {
        "up", "down", "exceed", "lack", "reach", "equal", "is", "share", "times", "level", "from", "event",
        "contribute", "contribute_down", "none",
    },
    "compare": {"plan", "same", "previous", "total", "other"},
    "bound": {"approx", "min", "max"},
    "bound_after": {"min", "max"},
    "part": {"of_which", "remaining"},
    "each": {"each"},
    "about": {"about"},
    "cut": {"cut"},
    "echo": {"echo"},
    "rate": {"rate"},
}  # fmt: skip
"""The labels that the lexer knows, each with its values."""

SHAPES = frozenset({"before", "always", "after", "slogan"})
SILENT = frozenset({"article", "name", "address", "document_number", "ordinal", "phone", "price_base", "date", "none"})
ROLES = frozenset({"action", "scope", "link", "total", "stop", "name", "amount", "balance", "owner"})
CLASSES = frozenset(
    {
        "act", "occur", "aux", "measure", "counter", "person", "thing", "affair", "paper", "body", "place", "time",
        "link", "each", "quality", "number",
    }
)  # fmt: skip
"""The classes of words that are evidence for the borders of a name."""
KNOWN_GROUPS = frozenset(
    {
        "actor", "case", "classifier", "plan", "flow", "campaign", "grade", "administrative",
        "quantifier", "light",
        "volume", "herd", "multiplied", "whole", "compound", "owning", "nominal", "size", "estimate",
        "year", "year_lead", "month", "quarter", "this_year", "last_year", "counted_time", "calendar", "workday",
        "number", "and",
        "ordinal", "dating", "lunar", "misread_money", "carried_over", "growth", "grand_total", "round", "child",
        "range_joint", "out_of", "range_opening", "from", "point", "more", "comparative", "hundred", "plan_giver",
        "base_end", "base_lead", "goes_on", "year_edge", "count_word", "counted", "dong", "until_now", "property",
        "mean", "predicate", "giver", "percent", "several", "surpassing",
    }
)  # fmt: skip
"""The groups of words that the reader asks for."""
HEADED = frozenset(
    {
        "index", "name", "no_name", "own_name", "unit", "note", "ratio", "plan", "same", "previous", "share", "growth",
        "no_growth", "brought", "extended", "estimate",
        "performed", "detail", "against", "no_against", "same_words", "absolute", "place", "price", "parted",
        "parted_by", "now", "area", "filler", "ditto", "identity", "accumulated", "sum", "measured", "difference",
        "amount_word", "rate", "months", "day", "title_plan", "title_plan_opening", "title_result", "title_general",
        "title_joint",
    }
)  # fmt: skip
"""The roles of words in the headers of tables and in titles."""
COUNTED = frozenset({"month", "months", "titled", "digit", "ten", "tens", "link", "scale", "multiple", "ordinal"})
PERIOD_FORMS = frozenset(
    {
        "range", "season", "plan", "to_day", "as_of", "to_now", "since", "to_month", "to_quarter", "months", "month",
        "quarter", "year", "whole_year", "day", "deictic", "half_year", "to_mid_month", "part_of_month",
        "months_from", "first_month", "quarters", "last_year",
    }
)  # fmt: skip

AREA_LEVELS = frozenset({"", "nation", "province", "district", "commune"})
CATALOGUE_GROUPS = frozenset(
    {
        "plan", "plan_title", "plan_name", "plan_syllable", "part_of_year", "per_head", "season", "spend", "next_list",
        "whole_list", "idle_behind", "plural", "structure", "each", "each_level", "average", "closed", "rise", "fall",
        "exceed", "lack", "reach", "person", "rate", "place_link", "place_end", "place_head", "nation", "provisional",
        "scope",
        "constant_price", "current_price", "fine", "office_title", "named_place", "aim", "whole", "and", "mean",
        "more", "left", "vague", "filler", "detail", "located", "done", "taken_up", "apart", "level", "project",
        "carried_over", "come_in", "case", "same_period",
        "settled", "opposite",
        "moving", "moved_to", "compound", "source", "given", "share", "settlement", "commune",
        "measure", "neutral", "narrowing", "compared", "having", "actor", "raised", "set_apart", "mishap", "rest",
        "restated",
    }
)  # fmt: skip
"""The groups of words that statistics asks for."""


def check_labels() -> Iterator[InvalidModels]:
    """Labels, values, families, shapes and classes are those that the lexer knows."""
    for row in read_rows(PHRASES):
        if row["value"] not in CUES.get(row["label"], ()):
            yield _conflict(PHRASES, row, "models.no_label", label=row["label"], value=row["value"])
    for file, column, known in (
        (UNITS, "kind", KINDS),
        (UNITS, "family", FAMILIES),
        (REFERENCES, "shape", SHAPES),
        (REFERENCES, "label", SILENT),
        (WORDS, "class", ROLES),
        (WORD_CLASSES, "class", CLASSES),
        (GROUPS, "group", KNOWN_GROUPS),
        (CATALOGUE_WORDS, "group", CATALOGUE_GROUPS),
        (AREA_TYPES, "level", AREA_LEVELS),
        (HEADINGS, "role", HEADED),
        (NUMBERS, "class", COUNTED),
        (PERIODS, "form", PERIOD_FORMS),
    ):
        for row in read_rows(file):
            if row[column] not in known:
                told = ", ".join(sorted(known))
                yield _conflict(file, row, "models.not_known", column=column, value=row[column], known=told)


def check_factors() -> Iterator[InvalidModels]:
    """The factor of a unit is a whole number above zero, that of a multiplier above one."""
    for row in read_rows(UNITS):
        least = 2 if row["kind"] == MULTIPLIER else 1
        if not row["factor"].isascii() or not row["factor"].isdigit() or int(row["factor"]) < least:
            yield _conflict(UNITS, row, "models.factor_least", factor=row["factor"], least=least)


def check_clashes() -> Iterator[InvalidModels]:
    """No two rows give one word, in any spelling, two meanings where only one can hold."""
    for file, within, column, meaning in (
        (PHRASES, ("label",), "phrase", ("value",)),
        (UNITS, (), "unit", ("kind", "family", "canonical", "factor")),
        (REFERENCES, ("shape",), "words", ("label",)),
        (WORD_CLASSES, (), "word", ("class",)),
        (SPELLINGS, (), "written", ("meant",)),
        (GROUPS, ("group",), "word", ("group",)),
        (NUMBERS, ("class",), "word", ("value",)),
    ):
        seen: dict[tuple[str, ...], dict[str, str]] = {}
        for row in read_rows(file):
            written = row[column].lower() if file == SPELLINGS else fold_spelling(row[column])
            earlier = seen.setdefault((*(row[name] for name in within), written), row)
            if earlier is not row:
                told = [" ".join(each[name] for name in meaning) for each in (earlier, row)]
                yield _conflict(
                    file, row, "models.clash", word=row[column], earlier=earlier["#"], before=told[0], here=told[1]
                )


def check_phrases() -> Iterator[InvalidModels]:
    """The example of a cue, or of a pattern over tokens, holds that cue, and of a phrase the phrase itself."""
    from extractor.language.lexer.items import scan
    from extractor.language.lexer.phrase_matcher import token_patterns

    phrases = [(PHRASES, row, (row["label"], row["value"]), row["phrase"]) for row in read_rows(PHRASES)]
    patterns = [
        (BASES, {"#": str(number), "example": row["example"]}, (row["label"], row["id"]), "")
        for number, row in enumerate(token_patterns(), 1)
    ]
    every = [*phrases, *patterns]
    for (file, row, cue, phrase), scanned in zip(every, scan([row["example"] for _, row, _, _ in every]), strict=True):
        found = {
            fold_spelling(scanned.text[scanned.tokens[a].start : scanned.tokens[b - 1].end])
            for a, b, *of in scanned.cues
            if tuple(of) == cue
        }
        if not found or (phrase and fold_spelling(phrase) not in found):
            yield _unyielding(file, row, " ".join((*cue, phrase)).strip())


def check_units() -> Iterator[InvalidModels]:
    """The example of a unit gives a quantity whose unit holds it, of its kind unless a base follows a multiplier."""
    for row, reading in _examples(UNITS):
        wanted = f" {_norms(row['unit'])} "
        units = [q for q in reading.quantities if q.unit and wanted in f" {_norms(q.unit)} "]
        if not any(row["kind"] in (MULTIPLIER, q.family) for q in units):
            yield _unyielding(UNITS, row, f"{row['kind']} {row['unit']}")


def check_references() -> Iterator[InvalidModels]:
    """The digits in the example of words around what is no figure stay silent: a longer rule may name them.

    Those of a row that says so measure all the same.
    """
    from extractor.language.lexer.references import NOTHING

    for row, reading in _examples(REFERENCES):
        is_silent = not reading.quantities and bool(reading.references or reading.periods)
        if is_silent == (row["label"] == NOTHING):
            yield _unyielding(REFERENCES, row, f"{row['label']} {row['words']}")


def check_shapes() -> Iterator[InvalidModels]:
    """The example of each shape of a reference holds what the row says, and no row before it takes that."""
    from extractor.language.lexer.references import shapes_in

    for row, reading in _examples(REFERENCE_SHAPES):
        labelled = {(r.label, reading.text[r.start : r.end].strip()) for r in reading.references}
        taken = shapes_in(reading.text).get(row["#"], "").strip()
        if taken != row["found"] or (row["label"], row["found"]) not in labelled:
            yield _unyielding(REFERENCE_SHAPES, row, f"{row['label']} {row['found']}")


def check_words() -> Iterator[InvalidModels]:
    """The example of a word holds it as an item that plays its part."""
    for row, reading in _examples(WORDS):
        wanted = _norms(row["word"])
        plays = [i for i in reading.items if row["class"] in i.role and _norms(reading.text[i.start : i.end]) == wanted]
        stops = row["class"] == "stop" and f" {wanted} " in f" {_norms(row['example'])} "
        if not plays and not stops:
            yield _unyielding(WORDS, row, f"{row['class']} {row['word']}")


def check_groups() -> Iterator[InvalidModels]:
    """The example of a word in a group holds it."""
    for file in (GROUPS, CATALOGUE_WORDS):
        for row in read_rows(file):
            if f" {_norms(row['word'])} " not in f" {_norms(row['example'])} ":
                yield _unyielding(file, row, f"{row['group']} {row['word']}")


def check_empty_groups() -> Iterator[InvalidModels]:
    """No group that statistics asks for is empty."""
    for group in sorted(CATALOGUE_GROUPS - {row["group"] for row in read_rows(CATALOGUE_WORDS)}):
        yield InvalidModels(CATALOGUE_WORDS, 1, "models.empty_group", group=group)


def check_area_types() -> Iterator[InvalidModels]:
    """The example of a type of places is a place of that type."""
    from extractor.domain.folding import fold
    from extractor.statistics.places.areas import type_of

    for row in read_rows(AREA_TYPES):
        if type_of(row["example"]) != fold(row["type"]):
            yield _unyielding(AREA_TYPES, row, row["type"])


def check_place_names() -> Iterator[InvalidModels]:
    """The example of a place holds it as it is written, and it is called otherwise."""
    from extractor.statistics.places.areas import as_called

    for row in read_rows(PLACE_NAMES):
        held = f" {fold_spelling(row['written'])} " in f" {fold_spelling(row['example'])} "
        if not held or as_called(row["written"]) != row["meant"] or row["written"] == row["meant"]:
            yield _unyielding(PLACE_NAMES, row, f"{row['written']} → {row['meant']}")


def check_headings() -> Iterator[InvalidModels]:
    """The example of a word in headers or titles is a header that is found by this word, not by another of its role."""
    from extractor.language.table_headers import words_for

    for row in read_rows(HEADINGS):
        found = words_for(row["role"]).search(row["example"])
        if found is None or row["word"].lower() not in found[0].lower():
            yield _unyielding(HEADINGS, row, f"{row['role']} {row['word']}")


def check_numbers() -> Iterator[InvalidModels]:
    """The example of a word in a number is read as that month, so many months, that part, or a number spelt with it."""
    from extractor.language.lexer.numerals import find_number_words
    from extractor.paper.structure.labels import read_labels
    from extractor.paper.structure.reported_period import read_period

    for row, reading in _examples(NUMBERS, report_period="2023"):
        value, labels = Decimal(row["value"]), {p.label for p in reading.periods}
        if row["class"] == "month":
            yields = f"2023-{value:0>2}" in labels
        elif row["class"] == "months":
            yields = months_label(2023, 1, int(value)) in labels
        elif row["class"] == "titled":
            yields = read_period(row["example"], "2023") == months_label(2023, 1, int(value))
        elif row["class"] == "ordinal":
            yields = [label.numbers for label in read_labels(row["example"])] == [(int(value),)]
        elif row["class"] == "multiple":
            yields = any(q.family == "times" and q.value == value for q in reading.quantities)
        else:
            spelt = find_number_words(row["example"])
            yields = any(row["word"] in row["example"][start:end].split() for start, end, _ in spelt)
        if not yields:
            yield _unyielding(NUMBERS, row, f"{row['class']} {row['word']}")


def check_number_styles() -> Iterator[InvalidModels]:
    """A style is one of the two, and the number of its example is grouped by it."""
    from extractor.language.lexer.numerals import STYLES, Style, find_numerals

    known = {style.value: style for style in (Style.VIETNAMESE, Style.ENGLISH)}
    for row in read_rows(STYLES):
        style = known.get(row["style"])
        if style is None:
            told = ", ".join(known)
            yield _conflict(STYLES, row, "models.not_known", column="style", value=row["style"], known=told)
        elif not any(n.value and not n.decimals and not n.whole for n in find_numerals(row["example"], style, [])):
            yield _unyielding(STYLES, row, row["style"])


def check_tenths() -> Iterator[InvalidModels]:
    """The example of an old measure has one amount in it and in its tenth part."""
    for row, reading in _examples(TENTHS):
        if not any(q.unit == row["unit"] and q.decimals == 1 for q in reading.quantities):
            yield _unyielding(TENTHS, row, f"{row['unit']} {row['tenth']}")


def check_parts() -> Iterator[InvalidModels]:
    """The example of a part of a shape holds what the row says, and no row of its name before it takes that."""
    from extractor.language.lexer.tokens import parts_in

    rows = read_rows(PARTS)
    for row in rows:
        named = [other for other in rows if other["name"] == row["name"]]
        if (row["#"], row["found"]) not in parts_in(row["example"], named):
            yield _unyielding(PARTS, row, f"{row['name']} {row['found']}")


def check_periods() -> Iterator[InvalidModels]:
    """The example of each form of a period holds what the row says, and no row before it takes that."""
    from extractor.language.lexer.periods import forms, forms_in
    from extractor.language.lexer.tokens import tokenize

    shapes = {form.row: form.shape for form in forms()}
    for row in read_rows(PERIODS):
        found = {(match.re.pattern, match[0]) for match in forms_in(row["example"], tokenize(row["example"]))}
        if (shapes.get(row["#"]), row["found"]) not in found:
            yield _unyielding(PERIODS, row, f"{row['form']} {row['found']}")


def check_coordinates() -> Iterator[InvalidModels]:
    """The example of a word that others stand beside holds it, and its comma is read as part of a name."""
    for row, reading in _examples(COORDINATES):
        holds = f" {_norms(row['words'])} " in f" {_norms(row['example'])} "
        joined = any(item.kind == "word" and item.value == "," for item in reading.items)
        if not holds or not (joined or any("," in (q.unit or "") for q in reading.quantities)):
            yield _unyielding(COORDINATES, row, f"{row['kind']} {row['words']}")


def check_spellings() -> Iterator[InvalidModels]:
    """A slip folds to the word that is meant, which no slip does by itself, and its example holds the slip."""
    from extractor.domain.folding import fold_syllable
    from extractor.language.lexer.phrase_matcher import norm

    for row in read_rows(SPELLINGS):
        written, meant = row["written"].lower(), fold_syllable(row["meant"].lower())
        if fold_syllable(written) == meant:
            yield _conflict(SPELLINGS, row, "models.one_spelling", written=row["written"], meant=row["meant"])
        elif norm(written) != meant or written not in row["example"].lower().split():
            yield _unyielding(SPELLINGS, row, f"{row['written']} → {row['meant']}")


def check_contrasts() -> Iterator[InvalidModels]:
    """The two words of a contrast differ once folded, and each stands in its own example alone.

    A word without a counterpart contrasts with its absence: its left example holds it, its right one does not.
    """
    for row in read_rows(CONTRASTS):
        left, right = fold_spelling(row["left"]), fold_spelling(row["right"])
        if left == right:
            yield _conflict(CONTRASTS, row, "models.no_opposite", word=left)
        first, second = (f" {fold_spelling(row[f'example_{side}'])} " for side in ("left", "right"))
        if f" {left} " not in first or (not right and f" {left} " in second):
            yield _unyielding(CONTRASTS, {**row, "example": row["example_left"]}, row["left"])
        if right and f" {right} " not in second:
            yield _unyielding(CONTRASTS, {**row, "example": row["example_right"]}, row["right"])


def _examples(file: str, report_period: str | None = None) -> Iterator[tuple[dict[str, str], Reading]]:
    """Each row of ``file`` with its example as the finders of a report see it."""
    from extractor.language.lexer.items import read_block, scan
    from extractor.language.lexer.numerals import Style

    rows = read_rows(file)
    for row, scanned in zip(rows, scan([row["example"] for row in rows]), strict=True):
        yield row, read_block(scanned, Style.VIETNAMESE, report_period=report_period)


def _norms(text: str) -> str:
    from extractor.language.lexer.tokens import tokenize

    return " ".join(token.norm for token in tokenize(text))


def _conflict(file: str, row: dict[str, str], key: str, **values: object) -> InvalidModels:
    return InvalidModels(file, int(row["#"]), key, **values)


def _unyielding(file: str, row: dict[str, str], told: str) -> InvalidModels:
    example = json.dumps(row.get("example", ""), ensure_ascii=False)
    return _conflict(file, row, "models.not_yielded", example=example, wanted=told)


VOCABULARY_CHECKS: tuple[Callable[[], Iterable[InvalidModels]], ...] = (
    check_labels,
    check_factors,
    check_clashes,
    check_phrases,
    check_units,
    check_references,
    check_shapes,
    check_words,
    check_groups,
    check_empty_groups,
    check_area_types,
    check_place_names,
    check_headings,
    check_numbers,
    check_number_styles,
    check_tenths,
    check_parts,
    check_periods,
    check_coordinates,
    check_spellings,
    check_contrasts,
)
