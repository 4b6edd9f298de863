"""Beside the card: a bar chart of the retrieval figures, drawn as SVG without any library."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 300, 46, 34, 46
SHADES = ("#8a8a8a", "#7fa7d8", "#1f5fa8")
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
GROUP_FILL = 0.72  # of a group's width is bars, the rest is space


def bar_chart(title: str, groups: Mapping[str, Mapping[str, float]]) -> str:
    """An SVG picture: a group of bars for each set, a bar for each ranker, values 0–1 written above."""
    names = list(next(iter(groups.values())))
    plot_height, group_width = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT - 10) / len(groups)
    parts = [_text(LEFT, 18, title, size=13, anchor="start")]
    for tick in TICKS:
        y = TOP + plot_height * (1 - tick)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 10}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(_text(LEFT - 6, y + 4, f"{tick:.2f}", anchor="end"))
    bar = group_width * GROUP_FILL / len(names)
    for number, (group, values) in enumerate(groups.items()):
        left = LEFT + group_width * (number + (1 - GROUP_FILL) / 2)
        for place, name in enumerate(names):
            x, height = left + place * bar, plot_height * values[name]
            y = TOP + plot_height - height
            fill = SHADES[place % len(SHADES)]
            parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{bar - 3:.1f}" height="{height:.1f}" fill="{fill}"/>')
            parts.append(_text(x + bar / 2, y - 3, f"{values[name]:.3f}".lstrip("0")))
        parts.append(_text(left + group_width * GROUP_FILL / 2, HEIGHT - BOTTOM + 16, group))
    parts += _legend(names)
    body = "\n".join(parts)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def _legend(names: Sequence[str]) -> list[str]:
    parts = []
    for place, name in enumerate(names):
        x, y = LEFT + place * 110, HEIGHT - 12
        parts.append(f'<rect x="{x}" y="{y - 9}" width="10" height="10" fill="{SHADES[place % len(SHADES)]}"/>')
        parts.append(_text(x + 15, y, name, anchor="start"))
    return parts


def _text(x: float, y: float, text: str, size: int = 11, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}">{escape(text)}</text>'
