"""Where ``models`` and ``corpus`` lie: beside the package in a checkout, in it in a wheel, or where a person says."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def data_folder(name: str) -> Path:
    """The folder ``models`` or ``corpus``: the one that SOLIEU_MODELS or SOLIEU_CORPUS names, the package's, or ours.

    An archive can keep words of its own without touching an installed package, and new words can be tried on a copy.
    """
    named = os.environ.get(f"SOLIEU_{name.upper()}")
    return Path(named) if named else own_folder(name)


def own_folder(name: str) -> Path:
    """The folder that came with the program."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
