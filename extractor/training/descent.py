"""The lowest point of a smooth function of many numbers: limited-memory BFGS, in numpy alone.

In: a function that gives its value and its slope, and where to start. Out: where it is lowest. Sums are taken in one
order and nothing is drawn by lot, so the way down is the same in every run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

Loss = Callable[[Any], tuple[float, Any]]
"""Where → the value there, and its slope."""

MEMORY = 10
"""Steps that the shape of the function is guessed from."""

ENOUGH = 1e-4
"""Of what a step promises, the share that it must keep."""

FLAT = 1e-3
"""A slope that is nowhere steeper is level: where weights are held by 1, they are then right to a thousandth."""

HALVINGS = 30


def descend(loss: Loss, start: Any, *, steps: int) -> Any:
    """Where ``loss`` is lowest, after at most ``steps`` steps from ``start``."""
    here, (value, slope) = start, loss(start)
    kept: deque[tuple[Any, Any, float]] = deque(maxlen=MEMORY)
    for _ in range(steps):
        if not len(here) or abs(slope).max() <= FLAT:
            break
        way = _direction(slope, kept)
        promised = float(slope @ way)
        length = 1.0 if kept else min(1.0, 1.0 / float(abs(slope).sum()))
        for _ in range(HALVINGS):
            there = here + length * way
            lower, turned = loss(there)
            if lower <= value + ENOUGH * length * promised:
                break
            length /= 2
        else:
            break
        step, bend = there - here, turned - slope
        if (curve := float(step @ bend)) > 0:
            kept.append((step, bend, curve))
        here, value, slope = there, lower, turned
    return here


def _direction(slope: Any, kept: deque[tuple[Any, Any, float]]) -> Any:
    """The way down, by the last steps and how the slope bent along them."""
    way = -slope
    shares = []
    for step, bend, curve in reversed(kept):
        share = float(step @ way) / curve
        shares.append(share)
        way -= share * bend
    if kept:
        _, bend, curve = kept[-1]
        way *= curve / float(bend @ bend)
    for (step, bend, curve), share in zip(kept, reversed(shares), strict=True):
        way += (share - float(bend @ way) / curve) * step
    return way
