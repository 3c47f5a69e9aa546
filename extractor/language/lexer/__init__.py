"""Text becomes items: tokens, numerals, quantities, periods, references and cues, in order."""
