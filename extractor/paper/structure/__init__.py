"""Pieces become the Document: regions, outline, footnotes, front matter, and the canonical text with its offsets."""
