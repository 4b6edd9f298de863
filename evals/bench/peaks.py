"""Benchmark: the most memory that this process and those that it starts hold while something runs."""

import os
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

EVERY_S = 0.05
BYTES_A_MB = 1_000_000
_MODULE = re.compile(rb"\x00-m\x00([^\x00]+)")


@dataclass(frozen=True, slots=True)
class Peak:
    """The most MB that were resident at a time, in this process and in the largest of the others by their module."""

    documents: int
    passages: int
    own_mb: float
    others_mb: dict[str, float]


class Peaks:
    """Looks at the processes again and again until the context ends.

    The system's own figure for child processes counts what their parent held when it started them.
    """

    def __init__(self) -> None:
        self.own_mb = 0.0
        self.others_mb: dict[str, float] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, name="peaks")

    def _look(self) -> None:
        own = Path("/proc/self/cmdline").read_bytes()
        while not self._done.wait(EVERY_S):
            for pid in children(os.getpid()):
                try:
                    command = Path(f"/proc/{pid}/cmdline").read_bytes()
                    peak = peak_mb(pid)
                except (OSError, ValueError):  # it has ended
                    continue
                if command == own:  # it has been forked, and has not become another program yet
                    continue
                module = _MODULE.search(command)
                name = module[1].decode() if module else "other"
                self.others_mb[name] = max(peak, self.others_mb.get(name, 0.0))

    def __enter__(self) -> "Peaks":
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop looking."""
        self._done.set()
        self._thread.join()
        self.own_mb = peak_mb(os.getpid())


def children(pid: int) -> list[int]:
    """The processes that a process has started and that run still."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def peak_mb(pid: int) -> float:
    """The most memory that a process has held since its program began.

    Raises:
        ValueError: it has ended.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    if found is None:
        raise ValueError(f"process {pid} has ended")
    return int(found[1]) * 1024 / BYTES_A_MB


def measure_peaks(
    sync: Callable[[Path, Path], int], write: Callable[[Path, int], None], scratch: Path, n: int
) -> Sequence[Peak]:
    """Take in ``n`` documents, twice and four times as many, each into a data folder of its own.

    Args:
        sync: takes a folder of documents into a data folder, and gives the number of passages.
        write: writes so many documents into a folder.
        scratch: an empty folder.
        n: how many to begin with.
    """
    found = []
    for documents in (n, 2 * n, 4 * n):
        folder = scratch / f"peaks-{documents}"
        folder.mkdir()
        write(folder, documents)
        with Peaks() as peaks:
            passages = sync(folder, scratch / f"peaks-{documents}-data")
        found.append(Peak(documents, passages, peaks.own_mb, dict(peaks.others_mb)))
    return found


def peaks_table(peaks: Sequence[Peak]) -> Table:
    """The figures as a table for the terminal."""
    names = sorted({name for peak in peaks for name in peak.others_mb})
    table = Table("documents", "passages", "this process, MB", *(f"{name}, MB" for name in names))
    for peak in peaks:
        others = (f"{peak.others_mb.get(name, 0.0):,.0f}" for name in names)
        table.add_row(f"{peak.documents:,}", f"{peak.passages:,}", f"{peak.own_mb:,.0f}", *others)
    return table
