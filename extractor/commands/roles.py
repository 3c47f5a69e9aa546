"""``solieu roles``: who may do what in a store, and giving or taking a role."""

from __future__ import annotations

import argparse

from extractor.commands.terminal import exit_codes
from extractor.commands.terminal.console import Console
from extractor.commands.terminal.parser import Parser
from extractor.commands.terminal.store_option import add_store, existing_store
from extractor.domain.messages import Message

ROLES = ("viewer", "reviewer", "archivist", "admin", "none")


def add(parser: Parser) -> None:
    """Describe the command."""
    parser.add_argument("name", metavar=parser.describe("name_word"), nargs="?", help=parser.describe("name"))
    parser.add_argument("role", metavar="|".join(ROLES), nargs="?", choices=ROLES, help=parser.describe("role"))
    parser.add_argument("--by", metavar=parser.describe("name_word"), help=parser.describe("by"))
    add_store(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """List everybody, or give ``name`` the role ``role``."""
    from extractor.archive.roles import local_name
    from extractor.archive.row_types import Role

    with existing_store(options.store) as store:
        if options.name is not None:
            if options.role is None:
                console.warn("roles.which", roles=", ".join(ROLES))
                return exit_codes.USAGE
            by = options.by or local_name()
            if options.role == "none":
                store.dismiss(options.name, by=by)
                console.tell("roles.taken", name=options.name)
            else:
                store.admit(options.name, Role(options.role), by=by)
                console.tell("roles.given", name=options.name, role=_called(options.role, console))
        known = store.people()
    rows = [(name, _called(role, console)) for name, role in known.items()]
    console.table(console.heads("roles", "head_name", "head_role"), rows)
    return exit_codes.DONE


def _called(role: str, console: Console) -> str:
    return Message(f"role.{role}").say(console.language)
