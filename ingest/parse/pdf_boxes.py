"""For the PDF parser: rectangles on a page, turned, laid over each other, and one inside the other."""

from collections.abc import Sequence
from typing import Any

Box = tuple[float, float, float, float]  # left, bottom, right, top


def placed(box: Box, matrices: Sequence[Any]) -> Box:
    """The box around ``box`` after each of pdfium's ``matrices`` in turn."""
    for matrix in matrices:
        corners = [(_x(matrix, x, y), _y(matrix, x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
        box = (
            min(c[0] for c in corners),
            min(c[1] for c in corners),
            max(c[0] for c in corners),
            max(c[1] for c in corners),
        )
    return box


def _x(m: Any, x: float, y: float) -> float:
    return float(m.a * x + m.c * y + m.e)


def _y(m: Any, x: float, y: float) -> float:
    return float(m.b * x + m.d * y + m.f)


def share(inner: Box, outer: Box) -> float:
    """How much of ``outer`` is covered by ``inner``, 0 to 1."""
    wide = min(inner[2], outer[2]) - max(inner[0], outer[0])
    high = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (outer[2] - outer[0]) * (outer[3] - outer[1])
    return max(0.0, wide) * max(0.0, high) / area if area > 0 else 0.0


def inside(inner: Box, outer: Box) -> bool:
    """Whether ``inner`` lies in ``outer``, to a point."""
    return (
        outer[0] <= inner[0] + 1 and outer[1] <= inner[1] + 1 and outer[2] >= inner[2] - 1 and outer[3] >= inner[3] - 1
    )


def holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of ``inner`` lies in ``outer``."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
