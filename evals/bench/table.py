"""Benchmark output: the figures as JSON values and as a table for the terminal."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from evals.bench.cpu import TARGET_CPU_MS, CpuFigures
from evals.bench.start import TARGET_S, StartFigures


def figures_json(cpu: CpuFigures, starts: Sequence[StartFigures]) -> dict[str, Any]:
    """What ``bench --json`` prints."""
    return {"cpu_per_question": asdict(cpu), "start_up": [asdict(start) for start in starts]}


def figures_table(cpu: CpuFigures, starts: Sequence[StartFigures]) -> Table:
    """One row a figure, beside what is aimed for; a command that fails is marked."""
    table = Table("what", "median", "tail", "aim", "n")
    table.add_row(
        "CPU, a question",
        f"{cpu.median_ms:.1f} ms",
        f"p95 {cpu.p95_ms:.1f} ms",
        f"≤ {TARGET_CPU_MS:.0f} ms",
        str(cpu.n),
    )
    for start in starts:
        name = start.command if start.exit_code == 0 else f"{start.command} (exit {start.exit_code})"
        table.add_row(
            name, f"{start.median_s:.2f} s", f"max {start.slowest_s:.2f} s", f"< {TARGET_S:.0f} s", str(start.n)
        )
    return table
