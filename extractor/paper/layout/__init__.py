"""Ink on pages becomes lines, paragraphs, columns and footnotes; page ends are mended."""
