"""A Document becomes Figures, as written: text, numerals, periods, mentions, figures."""

from extractor.language.figures import read_figures
from extractor.language.reader.explaining import Step, explain

__all__ = ["Step", "explain", "read_figures"]
