"""Python's collector of garbage in cycles, put aside where it would look in vain.

What a reading makes (runs, lines, tokens, figures) holds no cycles: counting references frees it. The collector looks
at every new object all the same, and now and then at all that the process has loaded, a tenth of the time in all.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_aside() -> Iterator[None]:
    """No collection meanwhile; afterwards the collector does as it did before."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
