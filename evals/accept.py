"""Behind ``python -m evals baseline``: makes a run the accepted one, with a reason that is kept."""

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil, floor
from pathlib import Path

from corpus.errors import UsageError
from evals.baseline import BASELINE_PATH, RIGHT, Baseline, Changes, dump_baseline, entries_of
from evals.gate import Judged, Standards, print_notes
from evals.scoring import LESS_IS_BETTER, Totals, add
from evals.statistics import Figure
from evals.thresholds import THRESHOLDS_PATH

LOG_PATH = BASELINE_PATH.with_name("baseline-log.md")
FIGURES_START, FIGURES_END = "<!-- figures:start -->", "<!-- figures:end -->"
_LOG_HEADER = "# Why the baseline was changed\n\nThe latest last; `python -m evals baseline` adds to it.\n"


@dataclass(frozen=True, slots=True)
class Files:
    """Where the accepted run is kept."""

    baseline: Path = BASELINE_PATH
    log: Path = LOG_PATH
    thresholds: Path = THRESHOLDS_PATH
    readme: Path = BASELINE_PATH.parents[1] / "README.md"


FILES = Files()


@dataclass(frozen=True, slots=True)
class Move:
    """A threshold that moves."""

    metric: str
    before: float
    after: float

    def __str__(self) -> str:
        return f"{self.metric} {self.before:.2f} → {self.after:.2f}"


def threshold_for(name: str, ratio: float, aim: float | None) -> float:
    """The threshold just under (for metrics of which less is better, over) a ratio, and never beyond its aim."""
    if name in LESS_IS_BETTER:
        bound = ceil(round(ratio * 100, 6)) / 100
        return bound if aim is None else max(bound, aim)
    bound = floor(round(ratio * 100, 6)) / 100
    return bound if aim is None else min(bound, aim)


def moves(
    figures: Mapping[str, Figure], least: Mapping[str, float], aims: Mapping[str, float], *, lower: bool
) -> tuple[Move, ...]:
    """The thresholds that a run tightens, or also loosens where ``lower`` is set; one that judged nothing stays."""
    found = []
    for name, before in least.items():
        ratio = figures[name].ratio if name in figures else None
        if ratio is None:
            continue
        after = threshold_for(name, ratio, aims.get(name))
        tighter = after < before if name in LESS_IS_BETTER else after > before
        if after != before and (tighter or lower):
            found.append(Move(name, before, after))
    return tuple(found)


def moved(text: str, changes: Iterable[Move]) -> str:
    """The text of ``thresholds.yaml`` with other values, its comments kept."""
    for move in changes:
        text = re.sub(rf"^({move.metric}:\s*)[\d.]+", rf"\g<1>{move.after:.2f}", text, flags=re.MULTILINE)
    return text


def log_entry(reason: str, day: date, before: Baseline, now: Baseline, changes: Changes, moves: Iterable[Move]) -> str:
    """A paragraph of the log: why, how many cases are right, and which were given up, changed or dropped."""
    n_before, n_now = (sum(entry.outcome == RIGHT for entry in entries.values()) for entries in (before, now))
    lines = [f"\n## {day}: {' '.join(reason.split())}", f"- right {n_before} of {len(before)} → {n_now} of {len(now)}"]
    named = {"wrong now": changes.broken, "other expectations": changes.edited, "dropped": changes.gone}
    lines += [f"- {label} ({len(ids)}): {', '.join(ids)}" for label, ids in named.items() if ids]
    lines.append(f"- mended {len(changes.mended)}, new {len(changes.new)}")
    if shifted := ", ".join(map(str, moves)):
        lines.append(f"- thresholds: {shifted}")
    return "\n".join(lines) + "\n"


def accept(judged: Judged, standards: Standards, reason: str, *, lower: bool, files: Files = FILES) -> int:
    """Makes the run the accepted one and prints what that changes; 1, and nothing written, below a threshold.

    ``lower`` lets thresholds be loosened to what the run reaches.
    """
    if judged.short and not lower:
        print_notes(judged, standards, None)
        print("Nothing was written: mend that, or loosen the thresholds too: --lower-thresholds", file=sys.stderr)
        return 1
    now = entries_of(judged.results)
    shifted = moves(judged.totals.metrics, standards.least, standards.aims, lower=lower)
    changes = judged.changes if standards.baseline else Changes(new=tuple(sorted(now)))
    entry = log_entry(reason, datetime.now(UTC).date(), standards.baseline, now, changes, shifted)
    write(files, now, entry, shifted, figures_table(judged.totals))
    print(entry.strip())
    return 0


def figures_table(totals: Totals) -> str:
    """Right cases by kind and split as the README's table."""
    rows = [(kind.replace("_", " "), add(splits.values())) for kind, splits in totals.kinds.items()]
    rows += [(f"all, {split}", rate) for split, rate in totals.splits.items()]
    rows.append(("all", add(totals.splits.values())))
    lines = [f"| {name} | {rate.n} | {(rate.ratio or 0.0):.0%} |" for name, rate in rows]
    return "\n".join(["| kind | n | right |", "|---|---|---|", *lines])


def with_figures(text: str, table: str) -> str:
    """A page with the table between its marks; one without marks is left as it is."""
    before, start, rest = text.partition(FIGURES_START)
    _, end, after = rest.partition(FIGURES_END)
    return f"{before}{start}\n{table}\n{end}{after}" if start and end else text


def write(files: Files, now: Baseline, entry: str, changes: Iterable[Move], table: str) -> None:
    """Writes baseline, log, thresholds, and the README's figures where there is one.

    Raises:
        UsageError: one of them cannot be written.
    """
    try:
        log = files.log.read_text(encoding="utf-8") if files.log.exists() else _LOG_HEADER
        files.baseline.write_text(dump_baseline(now), encoding="utf-8")
        files.log.write_text(log + entry, encoding="utf-8")
        files.thresholds.write_text(moved(files.thresholds.read_text(encoding="utf-8"), changes), encoding="utf-8")
        if files.readme.exists():
            files.readme.write_text(with_figures(files.readme.read_text(encoding="utf-8"), table), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{files.baseline.parent}: the baseline cannot be written there ({error})") from None
