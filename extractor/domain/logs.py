"""Log lines for whoever runs the program: silent unless asked, plain for a person, JSON lines for a server.

Every room logs to the logger of its own module (``extractor.paper.read``). Lines name files, places and counts, never
the text of a report. What is asked for stands in SOLIEU_LOG (``info``, ``debug``, with ``,json`` behind it for JSON
lines), so that workers and reading children, which are processes of their own, do as their parent does.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

VARIABLE = "SOLIEU_LOG"
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC, ISO 8601), level, logger, process, message."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        return json.dumps(line, ensure_ascii=False)


def wish_for(verbosity: int, *, structured: bool) -> str:
    """The value of SOLIEU_LOG for ``-v`` so many times: warnings, information, details; "" for silence."""
    level = ("warning" if structured else "", "info", "debug")[min(verbosity, 2)]
    return f"{level},json" if level and structured else level


def configure(environment: Mapping[str, str] = os.environ) -> None:
    """Set the loggers of this process up as SOLIEU_LOG asks; unknown words mean ``info``."""
    words = environment.get(VARIABLE, "").replace(" ", "").lower().split(",")
    logger = logging.getLogger("extractor")
    logger.handlers.clear()
    if not words[0]:
        logger.addHandler(logging.NullHandler())
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if "json" in words else logging.Formatter(LINE))
    logger.addHandler(handler)
    logger.setLevel(LEVELS.get(words[0], logging.INFO))
    logger.propagate = False
