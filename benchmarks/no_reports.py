"""Texts that are no report beside those that are: how far the score of ``report_language`` keeps them apart.

    python -m benchmarks.no_reports [--fit] [--lowest 10]

Reports are the samples and the passages of ``corpus/`` (each passage as if it were a file of its own); the others are
the texts in ``benchmarks/no_reports/``, written for this and fitted to, and those of
``tests/paper/structure/no_reports/``, which are not. Prints every other text's score, how many passages lie below each
score, and the lowest of those that may be read. ``--fit`` prints weights of a logistic regression in which both kinds
weigh alike.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize

from benchmarks.tables import ROOT
from extractor.paper.sniff.syllables import vietnamese_share
from extractor.paper.structure.is_report import VIETNAMESE
from extractor.paper.structure.report_language import FEW, KNOWN, PERIOD, PLACE, REST, shares, weigh_language

FITTED = ROOT / "benchmarks" / "no_reports"
HELD = ROOT / "tests" / "paper" / "structure" / "no_reports"
SCORES = (-6, -4, -3, -2, -1, 0)


def tokens_of(text: str) -> list[str]:
    return [token.lower() for token in re.findall(r"\w+", text)]


def is_judged(text: str) -> bool:
    """Whether the language of a text is asked at all."""
    return len(tokens_of(text)) >= FEW and vietnamese_share(text) >= VIETNAMESE


def passages() -> Iterator[tuple[str, str]]:
    """File and text of each passage that is long enough and in Unicode."""
    for path in sorted((ROOT / "corpus" / "passages").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            if is_judged(text):
                yield path.stem, text


def fit(reports: list[str], others: list[str]) -> None:
    """The weights under which the two kinds are best told apart."""
    seen = np.log1p(np.array([shares(tokens_of(text)) for text in (*reports, *others)]))
    is_report = np.array([1.0] * len(reports) + [-1.0] * len(others))
    weight = np.where(is_report > 0, 1 / len(reports), 1 / len(others))

    def loss(beta: np.ndarray) -> float:
        odds = is_report * (seen @ beta[:-1] + beta[-1])
        return float((weight * np.logaddexp(0, -odds)).sum() + 0.002 * (beta[:-1] ** 2).sum())

    print(
        "fitted:", np.round(minimize(loss, np.zeros(seen.shape[1] + 1)).x, 2), "in use:", (KNOWN, PLACE, PERIOD, REST)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--lowest", type=int, default=0)
    chosen = parser.parse_args()
    told = list(passages())
    for folder in (FITTED, HELD):
        print(folder.relative_to(ROOT))
        for path in sorted(folder.iterdir()):
            text = path.read_text(encoding="utf-8")
            print(
                f"  {path.name:24} {len(tokens_of(text)):5} {weigh_language(text):7.2f}",
                *map(round, shares(tokens_of(text))),
            )
    if chosen.fit:
        others = [path.read_text(encoding="utf-8") for path in sorted(FITTED.iterdir())]
        fit([text for _, text in told], [text for text in others if is_judged(text)])
    for lowest, most in ((FEW, 60), (60, 100), (100, 10_000)):
        scores = [weigh_language(text) for _, text in told if lowest <= len(tokens_of(text)) < most]
        below = " ".join(f"{limit}: {sum(score < limit for score in scores)}" for limit in SCORES)
        print(f"passages of {lowest} to {most}: {len(scores)}; below {below}; least {min(scores):.2f}")
    samples = [path for path in sorted((ROOT / "corpus").glob("*.md")) if path.stem != "README"]
    print("samples: least", min(round(weigh_language(path.read_text(encoding="utf-8")), 2) for path in samples))
    readable = sorted((weigh_language(text), text) for name, text in told if "held_out" not in name)
    for score, text in readable[: chosen.lowest]:
        print(f"  {score:.2f} {text[:150]!r}")


if __name__ == "__main__":
    main()
