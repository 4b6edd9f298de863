"""Between the check and publishing: the seam to whatever asks a candidate the known answers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a candidate may go live; ``summary`` is a line, ``lines`` say which answers changed."""

    holds: bool
    summary: str
    lines: tuple[str, ...] = ()


Gate = Callable[[Path, Path | None], Verdict]
"""Takes the candidate's folder and the published generation's, None where there is none to compare with."""
