"""Benchmark: seconds from calling a command that needs no model to its end, in a process of its own."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

TARGET_S = 1.0
TIMEOUT_S = 60
DOCUMENT_ID = "malmo-forsoksverksamhet"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "ingest --help": ("ingest", "--help"),
    "ingest list": ("ingest", "list"),
    "ingest status": ("ingest", "status"),
    "ingest show": ("ingest", "show", DOCUMENT_ID),
    "assistant --help": ("assistant", "--help"),
    "evals --help": ("evals", "--help"),
}


@dataclass(frozen=True, slots=True)
class StartFigures:
    """Wall-clock seconds of one command over ``n`` runs; ``exit_code`` is that of the last one that failed, or 0."""

    command: str
    median_s: float
    slowest_s: float
    n: int
    exit_code: int


def run_module(arguments: Sequence[str]) -> int:
    """Runs ``python -m …`` in a process of its own, its output thrown away; returns its exit code."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=False).returncode


def measure_start(
    name: str,
    runs: int,
    run: Callable[[Sequence[str]], int] = run_module,
    clock: Callable[[], float] = perf_counter,
) -> StartFigures:
    """Runs a command of ``COMMANDS`` once to fill the caches, then ``runs`` times under the clock (seconds)."""
    exit_code = run(COMMANDS[name])
    spent: list[float] = []
    for _ in range(runs):
        start = clock()
        exit_code = run(COMMANDS[name]) or exit_code
        spent.append(clock() - start)
    return StartFigures(name, median(spent), max(spent), runs, exit_code)
