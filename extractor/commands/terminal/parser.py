"""Words typed at a prompt become options; help and complaints about them speak the reader's language.

argparse asks gettext for each of its own sentences. ``speak`` answers from ``models/interface/commands.csv`` instead,
where the key of such a row is ``argparse: `` and the English original, so that no half of a screen stays English.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import NoReturn

from extractor.commands.terminal.console import SENTENCES
from extractor.domain.messages import say, sentences

LANGUAGES = ("vi", "en")
ORIGINAL = "argparse: "


def wanted_language(typed: Sequence[str], environment: Mapping[str, str]) -> str:
    """``--language`` before SOLIEU_LANGUAGE before Vietnamese; known before parsing, so complaints speak it too."""
    chosen = environment.get("SOLIEU_LANGUAGE", "")
    for place, word in enumerate(typed):
        if word.startswith("--language="):
            chosen = word.partition("=")[2]
        elif word == "--language":
            chosen = "".join(typed[place + 1 : place + 2])
    return chosen if chosen in LANGUAGES else "vi"


def speak(language: str) -> None:
    """Let argparse say its own sentences in ``language``."""
    ours = {
        key.removeprefix(ORIGINAL): said[LANGUAGES.index(language)]
        for key, said in sentences(SENTENCES).items()
        if key.startswith(ORIGINAL)
    }

    def translate(sentence: str | None) -> str | None:
        if sentence is None:  # a parser without a title for its commands
            return None
        bare = sentence.rstrip()
        return ours.get(bare, bare) + sentence[len(bare) :]

    vars(argparse)["_"] = translate
    vars(argparse)["ngettext"] = lambda one, many, n: translate(one if n == 1 else many)


class Parser(argparse.ArgumentParser):
    """The parser of one command: texts from our tables, their line breaks kept, complaints that name the help."""

    def __init__(self, *, prog: str, command: str, language: str) -> None:
        super().__init__(
            prog=prog,
            description=say(SENTENCES, f"{command}.help", language),
            epilog=say(SENTENCES, f"{command}.more", language),
            formatter_class=_Layout,
            allow_abbrev=False,
        )
        self.command = command
        self.language = language
        for group, title in ((self._positionals, "positionals"), (self._optionals, "options")):
            group.title = say(SENTENCES, title, language)

    def describe(self, option: str, **values: object) -> str:
        """The help text of ``option`` of this command; ``%`` is doubled as argparse wants it."""
        return say(SENTENCES, f"{self.command}.{option}", self.language, **values).replace("%", "%%")

    def error(self, message: str) -> NoReturn:
        """One sentence on standard error and exit code 2."""
        self.exit(2, say(SENTENCES, "usage_error", self.language, message=message, program=self.prog) + "\n")


class _Layout(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)


def add_common(parser: Parser) -> None:
    """What every command takes: the language, and how much is logged."""
    parser.add_argument(
        "--language", choices=LANGUAGES, metavar="vi|en", help=say(SENTENCES, "solieu.language", parser.language)
    )
    parser.add_argument(
        "-v", "--verbose", action="count", default=0, help=say(SENTENCES, "solieu.verbose", parser.language)
    )
    parser.add_argument("--log-json", action="store_true", help=say(SENTENCES, "solieu.log_json", parser.language))
