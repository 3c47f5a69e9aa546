"""A mail (.eml) or a web archive (.mht) gives up the files that it carries.

In: the bytes of a message. Out: its attachments; where it carries none, what it says itself: the page of a web
archive, the words of a mail. Pictures that only adorn a page (a logo, a signature) are no attachments. Nothing is
opened and no address followed; names are labels.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice

from extractor.paper.sniff.format import shown

MOST_PARTS = 500
_BODIES = {"text/html": "html", "text/plain": "txt"}


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a message."""

    name: str
    content: bytes


def open_mail(data: bytes) -> list[Part]:
    """The attachments of a message, else its page or words; none where the bytes are no message."""
    bodies: dict[str, bytes] = {}
    attached: list[Part] = []
    for part in _leaves(email.message_from_bytes(data, policy=email.policy.compat32)):
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or not content.strip():
            continue
        name, kind = shown(str(part.get_filename("") or "")), part.get_content_type()
        if name and not _adorns(part):
            attached.append(Part(name or f"{len(attached) + 1}", content))
        elif kind in _BODIES:
            bodies.setdefault(kind, _in_unicode(content, part))
    if attached:
        return attached
    return [Part(f"1.{suffix}", bodies[kind]) for kind, suffix in _BODIES.items() if kind in bodies][:1]


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something themselves, those of forwarded messages included."""
    return (part for part in islice(message.walk(), MOST_PARTS) if not part.is_multipart())


def _adorns(part: Message) -> bool:
    """Whether a part belongs to the page: it has an address there, or is a picture shown in the words."""
    placed = part.get("Content-Location") or part.get("Content-ID")
    inline = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
    return bool(placed) or inline


def _in_unicode(content: bytes, part: Message) -> bytes:
    """The words of a body in UTF-8, where the message says in what they are written."""
    try:
        return content.decode(part.get_content_charset() or "utf-8").encode()
    except (LookupError, UnicodeError):
        return content
