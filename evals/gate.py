"""Second half of an eval run: scores the answers, prints and writes the report, and says whether the gate holds."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from corpus.models import Document
from evals.report import print_tables, print_wrong, totals_json, write_report
from evals.run import stored_documents
from evals.scoring import AnsweredCase, score_all, total
from evals.thresholds import shortfalls

WIDTH_COLUMNS = 120  # of the tables where the output is no terminal


@dataclass(frozen=True, slots=True)
class Output:
    """Where the outcome goes: a report folder, and stdout as tables or as JSON alone."""

    report: Path
    as_json: bool = False


def judge(
    answered: Sequence[AnsweredCase],
    stored: Callable[[str], Document],
    least: Mapping[str, float],
    output: Output,
    config: Mapping[str, Any],
    aims: Mapping[str, float] | None = None,
) -> int:
    """Scores, prints and writes; returns 0, or 1 when a metric is below its threshold. A missed aim is only named.

    ``stored`` gives a document of the index by its id or raises UsageError; ``config`` is what the report tells of
    the run.
    """
    results = score_all(answered, stored_documents(answered, stored))
    totals = total(results)
    short = shortfalls(totals.metrics, least)
    content = totals_json(totals, least, short)
    write_report(output.report, results, content, {**config, "thresholds": dict(least), "n_cases": len(results)})
    console = _console(stderr=output.as_json)
    print_wrong(console, results)
    print_tables(console, totals, least)
    if output.as_json:
        print(json.dumps(content, ensure_ascii=False))
    notes = _console(stderr=True)
    notes.print(f"Report: {output.report / 'report.html'}", markup=False, highlight=False, soft_wrap=True)
    for shortfall in short:
        notes.print(f"Below the threshold: {shortfall}", markup=False, highlight=False, soft_wrap=True)
    for missed in shortfalls(totals.metrics, aims or {}):
        notes.print(f"Aim not reached yet: {missed}", markup=False, highlight=False, soft_wrap=True)
    return 1 if short else 0


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDTH_COLUMNS)
