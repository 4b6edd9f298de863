"""Second half of an eval run: scores the answers, prints and writes the report, and says whether the gate holds."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from corpus.models import Document
from evals.baseline import Baseline, Changes, compare, entries_of
from evals.cases import HELD_BACK
from evals.report import print_tables, print_wrong, totals_json, write_report
from evals.run import stored_documents
from evals.scoring import AnsweredCase, Result, Totals, score_all, total
from evals.thresholds import Shortfall, shortfalls
from evals.wording import WordingFigures

WIDTH_COLUMNS = 120  # of the tables where the output is no terminal


@dataclass(frozen=True, slots=True)
class Output:
    """Where the outcome goes: a report folder, and stdout as tables or as JSON alone."""

    report: Path
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Standards:
    """What a run is held to; ``whole`` when it asks all known answers, so that none may be missing."""

    least: Mapping[str, float]
    aims: Mapping[str, float] = field(default_factory=dict)
    baseline: Baseline = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A scored run and where it falls short."""

    results: tuple[Result, ...]
    totals: Totals
    short: tuple[Shortfall, ...]
    changes: Changes

    @property
    def passed(self) -> bool:
        """Whether no metric falls short and nothing changed that has to be accepted first."""
        return not self.short and not self.changes.refused


def score_run(answered: Sequence[AnsweredCase], stored: Callable[[str], Document], standards: Standards) -> Judged:
    """The scored run; ``stored`` gives a document of the index by its id or raises UsageError."""
    results = score_all(answered, stored_documents(answered, stored))
    totals = total(results)
    changes = compare(standards.baseline, entries_of(results), whole=standards.whole)
    return Judged(results, totals, shortfalls(totals.metrics, standards.least), changes)


def judge(
    judged: Judged,
    standards: Standards,
    output: Output,
    config: Mapping[str, Any],
    wording: WordingFigures | None = None,
) -> int:
    """Prints and writes; returns 0, or 1 when the gate does not hold. A missed aim is only named.

    ``config`` is what the report tells of the run, ``wording`` what a chat model did in it.
    """
    content = totals_json(judged.totals, standards.least, judged.short) | {
        "passed": judged.passed,
        "baseline": {name: list(ids) for name, ids in asdict(judged.changes).items()},
        "wording": asdict(wording) if wording else None,
    }
    told = {**config, "thresholds": dict(standards.least), "n_cases": len(judged.results)}
    write_report(output.report, judged.results, content, told)
    console = console_on(stderr=output.as_json)
    print_wrong(console, judged.results)
    print_tables(console, judged.totals, standards.least)
    if output.as_json:
        print(json.dumps(content, ensure_ascii=False))
    print_notes(judged, standards, output.report / "report.html")
    return 0 if judged.passed else 1


def print_notes(judged: Judged, standards: Standards, page: Path | None) -> None:
    """On stderr: where the report is, what the gate stops for, which aims are missed."""
    for line in (
        *([f"Report: {page}"] if page else []),
        *(f"Below the threshold: {shortfall}" for shortfall in judged.short),
        *change_lines(judged),
        *(f"Aim not reached yet: {missed}" for missed in shortfalls(judged.totals.metrics, standards.aims)),
    ):
        console_on(stderr=True).print(line, markup=False, highlight=False, soft_wrap=True)


def change_lines(judged: Judged) -> list[str]:
    """A line for each case that changed since the baseline in a way to be accepted; of held-back ones the id alone."""
    by_id = {result.case.id: result for result in judged.results}
    lines = []
    for case_id in judged.changes.broken:
        result = by_id[case_id]
        said = "" if result.case.split == HELD_BACK else f" ({result.case.question}): {result.right.reason}"
        lines.append(f"Was right and is wrong now: {case_id}{said}")
    lines += [f"Expects something else than when it was accepted: {case_id}" for case_id in judged.changes.edited]
    lines += [f"Is in the baseline and no longer among the cases: {case_id}" for case_id in judged.changes.gone]
    if lines:
        lines.append('Mend these, or accept them: python -m evals baseline --reason "why"')
    return lines


def console_on(*, stderr: bool) -> Console:
    """A console of a fixed width where the output is no terminal."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDTH_COLUMNS)
