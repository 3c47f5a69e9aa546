"""Who may do what: asked here, at each write, whatever screen or script the write comes from."""

from __future__ import annotations

import getpass
import re
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from extractor.archive import schema
from extractor.archive.journal import Entry, append, now
from extractor.archive.row_types import Role
from extractor.domain.errors import InvalidInput, NotAllowed
from extractor.domain.messages import Message

MACHINE = "solieu"
"""Who signs what no person did: a new reading of a file that is there already."""


def local_name() -> str:
    """The person at this machine: the name of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "local"


def role_of(connection: Connection, name: str) -> Role | None:
    """The role of ``name``, None for a stranger."""
    found = connection.scalar(_ROLE, {"who": name})
    return Role(found) if found else None


_ROLE = select(schema.person.c.role).where(schema.person.c.name == bindparam("who"))  # built once: every write asks it


def require(connection: Connection, name: str, needed: Role) -> None:
    """Raises NotAllowed unless ``name`` has the role ``needed`` or one above it."""
    role = role_of(connection, name)
    if role is None or not role.reaches(needed):
        raise NotAllowed("roles.lacking", name=name, role=Message(f"role.{needed.value}"))


def admit(connection: Connection, name: str, role: Role, *, by: str, client_id: str) -> None:
    """Gives ``name`` a role. In a store without people anyone may enter the first administrator."""
    if not name.strip() or re.search(r"[\x00-\x1f\x7f]", name) or len(name) > 200 or name == MACHINE:
        raise InvalidInput("roles.name_unfit")
    if connection.scalar(select(func.count()).select_from(schema.person)):
        require(connection, by, Role.ADMIN)
    elif role is not Role.ADMIN:
        raise NotAllowed("roles.first_admin")
    old = role_of(connection, name)
    if old is role:
        return
    if old is Role.ADMIN and _admins(connection) == 1:
        raise NotAllowed("roles.last_admin")
    if old is None:
        connection.execute(schema.person.insert().values(name=name, role=role.value, since=now()))
    else:
        connection.execute(update(schema.person).where(schema.person.c.name == name).values(role=role.value))
    append(
        connection,
        Entry(
            "role",
            by,
            client_id,
            patch={"person": name, "role": role.value},
            old={"role": old.value if old else None},
        ),
    )


def dismiss(connection: Connection, name: str, *, by: str, client_id: str) -> None:
    """Takes every role from ``name``; what they did stays in the journal under their name."""
    require(connection, by, Role.ADMIN)
    old = role_of(connection, name)
    if old is None:
        raise InvalidInput("roles.none", name=name)
    if old is Role.ADMIN and _admins(connection) == 1:
        raise NotAllowed("roles.last_admin")
    connection.execute(schema.lease.delete().where(schema.lease.c.person == name))
    connection.execute(schema.person.delete().where(schema.person.c.name == name))
    append(connection, Entry("role", by, client_id, patch={"person": name, "role": None}, old={"role": old.value}))


def _admins(connection: Connection) -> int:
    query = select(func.count()).select_from(schema.person).where(schema.person.c.role == Role.ADMIN.value)
    return connection.scalar(query) or 0


def choose(connection: Connection, person: str, name: str, value: Any) -> None:
    """Keeps a setting of a person, who must be known here; None takes it back."""
    require(connection, person, Role.VIEWER)
    table = schema.setting.c
    connection.execute(schema.setting.delete().where(table.person == person, table.name == name))
    if value is not None:
        connection.execute(schema.setting.insert().values(person=person, name=name, value=value))
