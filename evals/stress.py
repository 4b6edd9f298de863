"""Outcome of the commands mutate, metamorphic and crowded: tables, JSON, a file of what failed, and the gate."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from corpus.errors import UsageError
from evals.cases import HELD_BACK, Case
from evals.crowd.loss import Loss
from evals.gate import Output, console_on
from evals.metamorphic.survey import Survey as Metamorphic
from evals.mutation.survey import Survey as Mutation
from evals.report import rate_json, share
from evals.statistics import Figure
from evals.thresholds import CAUGHT, LOST, UNCHANGED, shortfalls

Rows = Sequence[Mapping[str, Any]]
MOST_LINES = 20


def tell_mutation(survey: Mutation, least: Mapping[str, float], output: Output) -> int:
    """How many spoilt answers were caught; 1 when too few were."""
    figures: dict[str, Figure] = {CAUGHT: survey.caught}
    table = Table("spoilt by", "caught [95 % interval]".replace("[", r"\["), title="Right answers spoilt on purpose")
    for kind, rate in survey.kinds.items():
        table.add_row(kind, share(rate))
    table.add_section()
    table.add_row("all", share(survey.caught))
    missed = [{"kind": m.kind, **_named(m.answered.case, answer=m.answered.answer.answer)} for m in survey.missed]
    lines = [f"not caught: {row['kind']}: {row['case']}" for row in missed]
    by_metric = ", ".join(f"{name} {n}" for name, n in survey.caught_by.items())
    lines.append(f"caught by (several may catch the same): {by_metric or 'none'}")
    content = {
        "kinds": {kind: rate_json(rate) for kind, rate in survey.kinds.items()},
        "caught_by": dict(survey.caught_by),
        "missed": missed,
    }
    return _tell("mutate", figures, least, output, (table, lines, content))


def tell_metamorphic(
    survey: Metamorphic, kept: Mapping[str, Figure], least: Mapping[str, float], output: Output
) -> int:
    """How many answers stayed; ``kept`` is the share of right answers that are right still. 1 when too few stayed."""
    figures: dict[str, Figure] = {UNCHANGED: survey.unchanged}
    figures |= {f"{UNCHANGED}_{kind}": rate for kind, rate in survey.kinds.items()}
    table = Table("asked with", "unchanged", "right still, of those right", title="The same questions put otherwise")
    for kind, rate in survey.kinds.items():
        table.add_row(kind, share(rate), share(kept[kind]))
    table.add_section()
    table.add_row("all", share(survey.unchanged), "")
    changed = [{"kind": c.kind, **_named(c.case, asked=c.asked, difference=c.difference)} for c in survey.changes]
    shown = [row for row in changed if "asked" in row]
    lines = [f"{row['kind']}: {row['case']} ({row['asked']}): {row['difference']}" for row in shown[:MOST_LINES]]
    lines += [f"and {len(changed) - len(lines)} more in changed.jsonl, the held-back ones by id"] if changed else []
    content = {
        "kinds": {kind: rate_json(rate) for kind, rate in survey.kinds.items()},
        "right_kept": {kind: rate_json(rate) for kind, rate in kept.items()},
    }
    _write(output.report / "changed.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in changed))
    return _tell("metamorphic", figures, least, output, (table, lines, content))


def tell_crowded(loss: Loss, least: Mapping[str, float], output: Output) -> int:
    """How many right cases the crowd costs; 1 when too many."""
    table = Table("kind", "alone", "crowded", title="Right cases with other documents around")
    for kind, (plain, crowded) in loss.kinds.items():
        table.add_row(kind, share(plain), share(crowded))
    table.add_section()
    table.add_row("all", share(loss.plain), share(loss.crowded))
    table.add_row("lost, of what the sources answer", "", share(loss.lost))
    lost = [_named(r.case, asked=r.case.question, reason=r.right.reason) for r in loss.broken]
    lines = [f"lost: {row['case']}" + (f" ({row['asked']}): {row['reason']}" if "asked" in row else "") for row in lost]
    content = {
        "alone": rate_json(loss.plain),
        "crowded": rate_json(loss.crowded),
        "broken": lost,
        "mended": [result.case.id for result in loss.mended],
    }
    return _tell("crowded", {LOST: loss.lost}, least, output, (table, lines, content))


def _named(case: Case, **told: str) -> dict[str, str]:
    """A case's id, with more only where the case is not held back."""
    return {"case": case.id} | ({} if case.split == HELD_BACK else told)


def _tell(
    command: str,
    figures: Mapping[str, Figure],
    least: Mapping[str, float],
    output: Output,
    told: tuple[Table, Iterable[str], Mapping[str, Any]],
) -> int:
    table, lines, content = told
    short = shortfalls(figures, least)
    whole = {
        "passed": not short,
        "figures": {name: rate_json(figure) | {"least": least.get(name)} for name, figure in figures.items()},
        **content,
        "below_threshold": [str(shortfall) for shortfall in short],
    }
    _write(output.report / f"{command}.json", json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    console = console_on(stderr=output.as_json)
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(table)
    if output.as_json:
        print(json.dumps(whole, ensure_ascii=False))
    notes = console_on(stderr=True)
    notes.print(f"Report: {output.report}", markup=False, highlight=False, soft_wrap=True)
    for shortfall in short:
        notes.print(f"Below the threshold: {shortfall}", markup=False, highlight=False, soft_wrap=True)
    return 1 if short else 0


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error}); name another folder with --report") from None
