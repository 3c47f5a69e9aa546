"""What is kept and judged: reports as received, the machine's reading, people's decisions and the proof of both.

``Store`` is the way in; it is imported when it is first asked for, because the database library takes its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.archive.store import Store

__all__ = ["Store"]


def __getattr__(name: str) -> Any:
    """Import ``Store`` on first use."""
    if name == "Store":
        from extractor.archive.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
