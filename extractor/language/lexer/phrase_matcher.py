"""The small language: text in, spaCy tokens and the vocabulary's mentions out.

A token is a run of digits, a run of letters, or one other character, so ``21,53%`` is four tokens and
``17.500.000đồng`` falls apart where it should. ``NORM`` is the folded form with the slips of ``spellings.csv``
mended, so ``Thuỷ sản`` meets ``thủy sản`` and ``ước thưc hiện`` meets ``ước thực hiện``; the text itself is never
changed. The pipeline is ``models/pipeline/config.cfg``: one ``span_ruler`` over the phrases of ``models/``; nothing
is trained or downloaded.
"""

from __future__ import annotations

import json
import sys
from ast import literal_eval
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from types import ModuleType
from typing import TYPE_CHECKING, Any

import regex

from extractor.domain.folders import data_folder
from extractor.domain.folding import fold_syllable
from extractor.domain.letters import in_capitals_of, true_letters
from extractor.domain.lexicon import UNNUMBERED, group_words, kept_until_rows_change, read_rows

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

TOKEN = regex.compile(r"\d+|[^\W\d_]+|\S")
_LETTERS = regex.compile(r"[^\W\d_]+")
PHRASES = "vocabulary/phrases.csv"
SPELLINGS = "vocabulary/spellings.csv"
BREAK = "\n"
REACH = 16
"""Words on either side of a giver that are searched; the names of who gives are shorter."""


@kept_until_rows_change()
def spellings() -> dict[str, str]:
    """Words as recognition or haste writes them → the word that is meant, both folded."""
    return {row["written"].lower(): fold_syllable(row["meant"]) for row in read_rows(SPELLINGS)}


@kept_until_rows_change()
def _own_spellings() -> dict[str, str]:
    """The same of those that an office has laid over the table, as they are meant."""
    return {row["written"].lower(): row["meant"] for row in read_rows(SPELLINGS) if row["#"] == UNNUMBERED}


def mended(name: str) -> str:
    """A name with the words that people of this very office put right, in its own case; the report stays as it is."""
    own = _own_spellings()
    return _LETTERS.sub(lambda word: in_capitals_of(own.get(word[0].lower(), word[0]), word[0]), name) if own else name


@kept_until_rows_change(maxsize=65536)
def norm(word: str) -> str:
    """The form in which words meet: lower case, tone mark placed one way, known slips mended.

    >>> norm("Thuỷ"), norm("Tỉ"), norm("thưc")
    ('thủy', 'tỷ', 'thực')
    """
    lower = true_letters(word).lower()
    return spellings().get(lower) or fold_syllable(lower)


class ReportTokenizer:
    """Cuts text into runs of digits, runs of letters and single marks; white space is no token."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text``."""
        from spacy.tokens import Doc

        return Doc(self.vocab, words=TOKEN.findall(text))

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: the tokenizer has no state."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> ReportTokenizer:
        """Nothing to restore."""
        return self

    def to_disk(self, *_: Any, **__: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, *_: Any, **__: Any) -> ReportTokenizer:
        """Nothing to restore."""
        return self


@cache
def language() -> Language:
    """The pipeline with every pattern of ``models/`` in it; built once a process."""
    _import_spacy()
    from spacy.attrs import NORM
    from spacy.util import load_config, load_model_from_config, registry

    registry.tokenizers.register("solieu.ReportTokenizer.v1", func=lambda: lambda nlp: ReportTokenizer(nlp.vocab))
    config = load_config(data_folder("models") / "pipeline" / "config.cfg")
    nlp = load_model_from_config(config, auto_fill=True)
    getters: Any = nlp.vocab
    getters.lex_attr_getters[NORM] = norm
    phrases: Any = nlp.get_pipe("phrases")
    phrases.add_patterns(
        [{"label": label, "id": value, "pattern": phrase} for label, value, phrase in phrase_patterns()]
    )
    bases: Any = nlp.get_pipe("bases")
    bases.add_patterns([{k: row[k] for k in ("label", "id", "pattern")} for row in token_patterns()])
    return nlp


def _import_spacy() -> None:
    """Imports spaCy less its command line, which its package loads for the sake of ``spacy.info``.

    With typer, requests and more behind it that is a third of spaCy's start, and each command and each set of workers
    waits for it. Two empty modules stand in its place while spaCy comes up and are gone afterwards, so whoever wants
    ``spacy.cli`` still gets it.
    """
    if "spacy" in sys.modules:
        return
    package, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__, vars(info)["info"] = [], None
    stand_ins = {module.__name__: module for module in (package, info)}
    sys.modules |= stand_ins
    try:
        import spacy  # noqa: F401
    finally:
        for name in stand_ins:
            del sys.modules[name]


Cue = tuple[int, int, str, str]
"""First token, end token, label and value of a cue."""


def find_cues(texts: Sequence[Sequence[str]]) -> list[list[Cue]]:
    """The cues in each of several texts given as folded words, found in one pass over all of them.

    A break between the texts is a token of its own, so no cue crosses it. The patterns over tokens are costlier than
    phrases and each holds one of ``givers``, so they run only near one.
    """
    found = _run("phrases", texts)
    near = [(index, low, high) for index, words in enumerate(texts) for low, high in _near_givers(words)]
    based = _run("bases", [texts[i][a:b] for i, a, b in near]) if near else []
    for (index, low, _), cues in zip(near, based, strict=True):
        found[index] += [(low + start, low + end, label, value) for start, end, label, value in cues]
    return found


@cache
def givers() -> dict[str, str]:
    """Folded words of which every pattern over tokens holds one, and what follows them: who gave a plan, or that."""
    parted = (word.partition(" ") for word in group_words("giver"))
    return {norm(first): norm(following) for first, _, following in parted}


def _near_givers(words: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches of a text within reach of a giver, apart from each other."""
    stretches: list[tuple[int, int]] = []
    known = givers()
    if known.keys().isdisjoint(words):
        return stretches
    for index, (word, following) in enumerate(pairwise([*words, ""])):
        if word in known and known[word] in ("", following):
            low, high = max(0, index - REACH), index + REACH
            if stretches and low <= stretches[-1][1]:
                low = stretches.pop()[0]
            stretches.append((low, high))
    return stretches


def _run(name: str, texts: Sequence[Sequence[str]]) -> list[list[Cue]]:
    """What the ruler ``name`` finds in each text, by place.

    The matcher in the ruler is asked and not the ruler, which makes a span of every match and names it twice.
    """
    nlp = language()
    from spacy.tokens import Doc

    found: list[list[Cue]] = [[] for _ in texts]
    words: list[str] = []
    starts: list[int] = []
    known = _known_words()
    for text in texts:
        starts.append(len(words))
        words += [word if word in known else BREAK for word in text]  # spaCy keeps each word it meets for ever
        words.append(BREAK)
    ruler: Any = nlp.get_pipe(name)
    doc = Doc(nlp.vocab, words=words)
    matcher = ruler.phrase_matcher if len(ruler.phrase_matcher) else ruler.matcher
    for key, start, end in sorted(matcher(doc), key=itemgetter(1, 2)):
        index = bisect_right(starts, start) - 1
        first = starts[index]
        found[index].append((start - first, end - first, *_named(key)))
    return found


@cache
def _known_words() -> frozenset[str]:
    """The folded words of all patterns."""
    words = {norm(word) for _, _, phrase in phrase_patterns() for word in TOKEN.findall(phrase)}
    for row in token_patterns():
        for token in row["pattern"]:
            asked = token.get("NORM", {"IN": []})
            words.update([asked] if isinstance(asked, str) else asked.get("IN", []))
    return frozenset(words)


@cache
def _named(key: int) -> tuple[str, str]:
    """Label and value of a pattern; the ruler makes its key out of the pair."""
    label, value = literal_eval(language().vocab.strings[key])
    return label, value


def phrase_patterns() -> list[tuple[str, str, str]]:
    """Label, value and phrase of every row that the ruler looks for as it stands."""
    return [(row["label"], row["value"], row["phrase"]) for row in read_rows(PHRASES)]


def token_patterns() -> list[dict[str, Any]]:
    """The rows of ``models/patterns/*.jsonl``: label, id, pattern over tokens, and an example sentence."""
    rows: list[dict[str, Any]] = []
    for path in sorted((data_folder("models") / "patterns").glob("*.jsonl")):
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return rows
