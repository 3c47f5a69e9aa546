"""The whole command line: every command with its options, and carrying out the one that was typed."""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Callable, Sequence
from typing import cast

from extractor import __version__
from extractor.commands import (
    app,
    backup,
    check,
    check_models,
    doctor,
    evaluate,
    explain,
    extract,
    ingest,
    inspect,
    learn,
    restore,
    roles,
    searchable,
    series,
    structure,
    train,
    verify,
)
from extractor.commands.handing_over import bag, cards
from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import SENTENCES, Console
from extractor.commands.terminal.parser import Parser, add_common, speak
from extractor.domain import logs
from extractor.domain.messages import say

_log = logging.getLogger(__name__)


def run(typed: Sequence[str], console: Console) -> int:
    """Carry out the command in ``typed`` and return its exit code; argparse itself ends with code 0 or 2."""
    speak(console.language)
    parser = build_parser(console.language)
    if not typed:
        parser.print_help()
        return exit_codes.USAGE
    try:
        options = parser.parse_args(typed)
    except SystemExit as ended:
        return cast(int, ended.code)
    if options.verbose or options.log_json:  # else what SOLIEU_LOG says stands; children do as this process does
        os.environ[logs.VARIABLE] = logs.wish_for(options.verbose, structured=options.log_json)
    logs.configure()
    command = cast("Callable[..., int]", options.run)
    code = command(options, console)
    _log.debug("exit code %d", code)
    return code


def build_parser(language: str) -> argparse.ArgumentParser:
    """The whole command line in ``language``."""
    parser = Parser(prog="solieu", command="solieu", language=language)
    parser.add_argument("--version", action="version", version=f"solieu {__version__}", help=parser.describe("version"))
    add_common(parser)
    commands = parser.add_subparsers(
        title=parser.describe("commands"), metavar=parser.describe("command"), required=True, parser_class=Parser
    )
    reading = (extract, structure, explain, inspect, searchable, check, series)
    keeping = (ingest, app, learn, verify, backup, restore, cards, bag, roles)
    for module in (*reading, *keeping, evaluate, check_models, train, doctor):
        name = module.__name__.rpartition(".")[2].replace("_", "-")
        short = say(SENTENCES, f"{name}.short", language)
        added = commands.add_parser(name, command=name, language=language, help=short)
        module.add(added)
        added.set_defaults(run=module.run)
        add_common(added)
    return parser
