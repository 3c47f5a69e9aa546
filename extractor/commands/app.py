"""``solieu app``: the review app, on loopback."""

from __future__ import annotations

import argparse

from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store


def add(parser: Parser) -> None:
    """Describe the command."""
    add_store(parser)
    parser.add_argument("--host", default="127.0.0.1", help=parser.describe("host"))
    parser.add_argument("--port", type=int, default=8501, help=parser.describe("port"))


def run(options: argparse.Namespace, console: Console) -> int:
    """Serve until interrupted."""
    from extractor.ui.serve import run as serve

    console.warn("app.opening", address=f"http://{options.host}:{options.port}")
    return serve(store=options.store, host=options.host, port=options.port, language=console.language)
