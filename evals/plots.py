"""Used by the report page: figures with their intervals as drawings (SVG) that need no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

ROW, LEFT, WIDTH, RIGHT = 26, 220, 420, 120  # pixels: a row's height, the labels, the scale from 0 to 1, the figures


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure on a row: its ratio and interval, 0–1, ``n``, and the class of its colour."""

    ratio: float | None
    low: float | None
    high: float | None
    n: int
    colour: str = "all"


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled line of a plot with one mark or several, and a threshold if there is one."""

    label: str
    marks: Sequence[Mark]
    bound: float | None = None


def plot(title: str, rows: Sequence[Row]) -> str:
    """Dots with their 95 % intervals on a scale from 0 to 1, a row a figure; the threshold is a short upright line."""
    heights = [ROW * max(1, len(row.marks)) for row in rows]
    height = sum(heights) + ROW
    parts = [
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}"'
        f' width="{LEFT + WIDTH + RIGHT}" height="{height}" role="img" aria-label="{escape(title)}">'
    ]
    for tick in range(0, 11, 2):
        x = _x(tick / 10)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{height - ROW}"/>')
        parts.append(f'<text x="{x}" y="{height - 8}" text-anchor="middle">{tick / 10:.1f}</text>')
    top = 0
    for row, row_height in zip(rows, heights, strict=True):
        parts.append(
            f'<text x="{LEFT - 8}" y="{top + row_height / 2 + 5}" text-anchor="end">{escape(row.label)}</text>'
        )
        if row.bound is not None:
            x = _x(row.bound)
            parts.append(f'<line class="bound" x1="{x}" x2="{x}" y1="{top + 4}" y2="{top + row_height - 4}"/>')
        parts += [_mark(mark, top + ROW * place + ROW / 2) for place, mark in enumerate(row.marks)]
        top += row_height
    return "".join([*parts, "</svg></figure>"])


def _x(ratio: float) -> float:
    return round(LEFT + WIDTH * ratio, 1)


def _mark(mark: Mark, y: float) -> str:
    figures = f'<text x="{LEFT + WIDTH + 8}" y="{y + 5}">'
    if mark.ratio is None:
        return f"{figures}– (n 0)</text>"
    whole = ""
    if mark.low is not None and mark.high is not None:
        whole = f'<line class="{mark.colour}" x1="{_x(mark.low)}" x2="{_x(mark.high)}" y1="{y}" y2="{y}"/>'
    dot = f'<circle class="{mark.colour}" cx="{_x(mark.ratio)}" cy="{y}" r="4"/>'
    return f"{whole}{dot}{figures}{mark.ratio:.2f} (n {mark.n})</text>"
