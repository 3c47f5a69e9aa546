"""The affine maps that PDF places things with, from a drawing's own space to the page's and to the eye's."""

from __future__ import annotations

from typing import NamedTuple


class Matrix(NamedTuple):
    """The six numbers that take a point from an object's space to its parent's."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: Matrix) -> Matrix:
        """The matrix that applies this one first and ``outer`` after it."""
        a, b, c, d, e, f = self
        p, q, r, s, x, y = outer
        return Matrix(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + x, e * q + f * s + y)

    def inverse(self) -> Matrix:
        """The matrix that takes back what this one does; its own where it flattens space."""
        det = self.a * self.d - self.b * self.c
        if not det:
            return self
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Matrix(a, b, c, d, -(self.e * a + self.f * c), -(self.e * b + self.f * d))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The point in the parent's space."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The upright rectangle around the placed rectangle, as (x0, top, x1, bottom)."""
        if self.b or self.c:
            xs, ys = zip(*(self.place(x, y) for x in (x0, x1) for y in (y0, y1)), strict=True)
            return min(xs), min(ys), max(xs), max(ys)
        a, _, _, d, e, f = self
        ax, bx, ay, by = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        left, right = (ax, bx) if ax < bx else (bx, ax)
        return (left, ay, right, by) if ay < by else (left, by, right, ay)
