"""A Document becomes Figures, as written: text, numerals, periods, mentions, figures."""

from extractor.language.figures import read_figures
from extractor.language.reader.explaining import Step, explain
from extractor.language.reader.weights import PACKAGE, Layer

__all__ = ["PACKAGE", "Layer", "Step", "explain", "read_figures"]
