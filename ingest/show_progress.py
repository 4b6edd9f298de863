"""Shows on stderr how far a sync has come: a bar where a person watches, nothing where none does."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.progress import Progress, no_progress


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A progress callback that draws a bar a stage while the context lasts."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, int] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

        yield progress
