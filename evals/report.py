"""Last step of an eval run: the table in the terminal, and the folder with results, totals, config and page."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.errors import UsageError
from evals.cases import HELD_BACK
from evals.junit import junit
from evals.report_page import page
from evals.run import save_answers
from evals.scoring import LESS_IS_BETTER, AnsweredCase, Result, Totals, add
from evals.statistics import Figure, Rate
from evals.thresholds import Shortfall, is_short

ANSWERS_NAME = "answers.jsonl"


def rate_json(rate: Figure) -> dict[str, Any]:
    """A figure as plain values: ``n, n_right, n_unjudged, ratio, low, high``; a mean of shares has no ``n_right``."""
    interval = rate.interval
    return {
        "n": rate.n,
        "n_right": rate.n_right if isinstance(rate, Rate) else None,
        "n_unjudged": rate.n_unjudged,
        "ratio": rate.ratio,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
    }


def totals_json(totals: Totals, least: Mapping[str, float], short: Sequence[Shortfall]) -> dict[str, Any]:
    """What ``--json`` prints and ``totals.json`` holds."""
    return {
        "passed": not short,
        "metrics": {name: rate_json(rate) | {"least": least.get(name)} for name, rate in totals.metrics.items()},
        "kinds": {kind: {s: rate_json(r) for s, r in splits.items()} for kind, splits in totals.kinds.items()},
        "splits": {split: rate_json(rate) for split, rate in totals.splits.items()},
        "metrics_by_split": {
            split: {name: rate_json(figure) for name, figure in metrics.items()}
            for split, metrics in totals.metrics_by_split.items()
        },
        "below_threshold": [str(shortfall) for shortfall in short],
    }


def result_json(result: Result) -> dict[str, Any]:
    """One line of ``results.jsonl``: ``expected`` beside ``actual``, and the scores with their reasons."""
    case, answer = result.case, result.answer
    fields = ("status", "verdict", "facts", "forbidden", "evidence", "any_of", "document")
    return {
        "id": case.id,
        "kind": case.kind,
        "split": case.split,
        "question": case.question,
        "expected": case.model_dump(include=set(fields), mode="json"),
        "actual": answer.to_json() | {"id": case.id},
        "scores": {name: asdict(score) for name, score in result.scores.items()},
        "right": asdict(result.right),
    }


def write_report(
    folder: Path,
    results: Sequence[Result],
    totals: Mapping[str, Any],
    config: Mapping[str, Any],
) -> None:
    """Writes answers and results (JSONL), totals and config (JSON), the page and JUnit XML into a folder.

    Two runs over one generation differ in nothing but ``elapsed_ms`` and JUnit's ``time``.

    Raises:
        UsageError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        save_answers(folder / ANSWERS_NAME, [AnsweredCase(result.case, result.answer) for result in results])
        lines = [json.dumps(result_json(result), ensure_ascii=False) + "\n" for result in results]
        (folder / "results.jsonl").write_text("".join(lines), encoding="utf-8")
        for name, content in (("totals", totals), ("config", config)):
            text = json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"
            (folder / f"{name}.json").write_text(text, encoding="utf-8")
        (folder / "report.html").write_text(page(results, totals, config), encoding="utf-8")
        (folder / "junit.xml").write_text(junit(results, totals), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{folder}: the report cannot be written there ({error}); name another with --report"
        ) from None


def share(rate: Figure | None) -> str:
    """A rate for a table cell: ``.93 [.86-.97] (n 84)``."""
    if rate is None or rate.ratio is None or rate.interval is None:
        return "–" if rate is None or not rate.n_unjudged else f"– ({rate.n_unjudged} not judged)"
    cell = f"{rate.ratio:.2f} [{rate.interval.low:.2f}–{rate.interval.high:.2f}] (n {rate.n})"
    return cell.replace("[", r"\[")


def bound_text(name: str, bound: float) -> str:
    """A threshold for a table cell: ``≥ .90``, or ``≤ .05`` for a metric of which less is better."""
    return f"{'≤' if name in LESS_IS_BETTER else '≥'} {bound:.2f}"


def print_tables(console: Console, totals: Totals, least: Mapping[str, float]) -> None:
    """Right cases by kind and split, then every metric beside its threshold, with 95 % intervals."""
    splits = tuple(totals.splits)
    kinds = Table("kind", "all", *splits, title="Right cases [95 % interval]".replace("[", r"\["))
    for kind, by_split in totals.kinds.items():
        kinds.add_row(kind, share(add(by_split.values())), *(share(by_split.get(split)) for split in splits))
    kinds.add_section()
    kinds.add_row("all", share(totals.metrics["right"]), *(share(totals.splits[split]) for split in splits))
    console.print(kinds)
    metrics = Table("metric", "holds [95 % interval]".replace("[", r"\["), "threshold", "", title="Metrics")
    for name, rate in totals.metrics.items():
        bound = least.get(name)
        short = bound is not None and rate.ratio is not None and is_short(name, rate.ratio, bound)
        metrics.add_row(name, share(rate), "" if bound is None else bound_text(name, bound), "SHORT" if short else "")
    console.print(metrics)


def print_wrong(console: Console, results: Iterable[Result]) -> None:
    """A line for each case that is wrong or could not be judged; of held-back cases beside others only their number.

    Whoever tunes reads these lines, and must not see what is held back; a run of that split alone shows it.
    """
    kept = list(results)
    splits = {r.case.split for r in kept}
    hidden = [r for r in kept if r.case.split == HELD_BACK and len(splits) > 1 and r.right.value != 1.0]
    unseen = {result.case.id for result in hidden}
    for result in kept:
        if result.right.value != 1.0 and result.case.id not in unseen:
            outcome = "wrong" if result.right.value == 0.0 else "not judged"
            line = f"{outcome}: {result.case.id} ({result.case.question}): {result.right.reason}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    if hidden:
        console.print(f"and {len(hidden)} of the held-back cases (--split {HELD_BACK} names them)", highlight=False)
