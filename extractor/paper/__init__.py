"""Paper: a file on the shelf becomes a Document. After this room nobody knows what format it came in.

``read_document`` is the way in; ``warm_up`` starts the child process that reads, so that it is ready when the first
file comes. Names are imported when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.paper.child import warm_up
    from extractor.paper.read import read_document

__all__ = ["read_document", "warm_up"]

_HOMES = {"read_document": "read", "warm_up": "child"}


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
