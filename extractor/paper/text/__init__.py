"""Markdown, plain text and loose passages."""
