"""How the steps of ingest tell how far they have come; the command line shows it as a bar."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Shows nothing."""
