"""Workers on other machines, through Dask: an address comes in, a ``concurrent.futures.Executor`` goes out.

Dask starts, watches and renews its workers; a task whose worker died is run again elsewhere, and one that kills every
worker fails alone. We add two things: workers that read another version than ours are refused before the first file,
and what Dask raises of a deadly file becomes that file's class. Dask's own protocol is trusted: whoever may reach the
scheduler may run code on the workers, so it belongs on a closed network or behind TLS (``docs/scale.md``).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any, cast

from extractor.archive.intake.import_report import maker
from extractor.domain.errors import InvalidInput, UnreadableFile
from extractor.domain.extras import optional
from extractor.paper.sandbox.reader import verdict
from extractor.paper.sniff.format import shown

PATIENCE = 15  # seconds to find the scheduler
RETRIES = 2  # after an error of the task itself; deaths of workers are counted by the scheduler


@contextmanager
def connect(scheduler: str) -> Iterator[tuple[Executor, int]]:
    """An executor on the cluster at ``scheduler`` and how many threads it has; raises InvalidInput with what to do."""
    with optional():
        import distributed
    try:
        client = cast(Any, distributed.Client)(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InvalidInput("cluster.unreachable", scheduler=scheduler) from error
    try:
        _check_versions(client.run(maker))
        threads = sum(client.nthreads().values())
        yield client.get_executor(retries=RETRIES, pure=False), threads
    finally:
        client.close()


def charge(error: BaseException, name: str) -> UnreadableFile | None:
    """The class of a file that Dask gave up because it killed its workers; None for any other error."""
    from distributed import KilledWorker

    return verdict(shown(name), 0, late=False) if isinstance(error, KilledWorker) else None


def _check_versions(found: dict[str, str]) -> None:
    if not found:
        raise InvalidInput("cluster.no_workers")
    others = sorted({version for version in found.values() if version != maker()})
    if others:
        raise InvalidInput("cluster.other_version", others=", ".join(others), ours=maker())
