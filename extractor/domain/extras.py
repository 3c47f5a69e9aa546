"""Parts of the program that are installed only where they are wanted, and the sentence for one that is missing.

The core reads files. The review app and the store, frames and Parquet, PostgreSQL, clusters and pictures need libraries
of their own, which ``pip install "solieu[NAME]"`` adds. Such a library that is missing is no fault of the program:
whoever meets it is told which part to install.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from extractor.domain.errors import MissingExtra

EXTRAS = {
    **dict.fromkeys(("alembic", "sqlalchemy", "streamlit", "starlette"), "app"),
    **dict.fromkeys(("pandas", "pyarrow"), "exports"),
    "psycopg": "postgresql",
    "distributed": "cluster",
    "rapidocr": "ocr",
    "onnxruntime": "ocr",
    "vl_convert": "charts",
    "authlib": "oidc",
}
"""Library → the extra of pyproject.toml that brings it."""


def missing_extra(error: ImportError) -> MissingExtra | None:
    """What to install for an import that failed; None where the library is none of ours to miss.

    >>> print(missing_extra(ModuleNotFoundError(name="pyarrow.parquet")).en)
    This needs the library pyarrow, which is not installed. Run: pip install "solieu[exports]"
    >>> missing_extra(ModuleNotFoundError(name="extractor.nowhere"))
    """
    library = (error.name or "").partition(".")[0]
    return MissingExtra(library, EXTRAS[library]) if library in EXTRAS else None


@contextmanager
def optional() -> Iterator[None]:
    """Around imports that an extra brings: raises MissingExtra where it is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        told = missing_extra(error)
        if told is None:
            raise
        raise told from error
