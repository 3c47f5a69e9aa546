"""A Document becomes Figures, as written: text, numerals, periods, mentions, figures."""

from extractor.language.figures import read_figures

__all__ = ["read_figures"]
