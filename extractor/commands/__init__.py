"""The commands of ``solieu``, one module each: ``add`` describes it to the parser, ``run`` carries it out.

A command is thin: it turns typed words into a call of a room below and the answer into sentences, tables and an exit
code. The only package that prints. Rooms are imported inside ``run``, so that ``--help`` answers at once.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from typing import cast

from extractor import logs
from extractor.commands import exits
from extractor.commands.console import Console
from extractor.commands.parser import build_parser, speak

_log = logging.getLogger(__name__)


def run(typed: Sequence[str], console: Console) -> int:
    """Carry out the command in ``typed`` and return its exit code; argparse itself ends with code 0 or 2."""
    speak(console.language)
    parser = build_parser(console.language)
    if not typed:
        parser.print_help()
        return exits.USAGE
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
