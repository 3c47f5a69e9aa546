"""pdfium's calls with plain addresses for handles.

In: the name of a call or constant of ``pypdfium2.raw``. Out: the same, but a handle is the number of the address that
it points to (None for none), and where a call writes its answer is told by ``ctypes.byref``. pypdfium2 makes an object
out of every handle that comes back and asks its type of every one that goes in; a page takes thousands of calls, and
by their numbers two handles of one thing are the same.
"""

from __future__ import annotations

from ctypes import CFUNCTYPE, c_void_p, cast
from typing import Any

import pypdfium2.raw as raw


def __getattr__(name: str) -> Any:
    """The call or constant ``name``, bound when it is first asked for."""
    known = getattr(raw, name)
    bound = globals()[name] = _bind(known) if hasattr(known, "argtypes") else known
    return bound


def _bind(function: Any) -> Any:
    kinds = (function.restype, *function.argtypes)
    return CFUNCTYPE(*map(_plain, kinds))(cast(function, c_void_p).value or 0)


def _plain(kind: Any) -> Any:
    """An address in the place of a pointer."""
    return c_void_p if hasattr(kind, "contents") else kind
