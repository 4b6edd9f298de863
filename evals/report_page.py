"""Last step of an eval run: one self-contained HTML page with plots, changes, and every wrong case beside the right."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from assistant.models import Citation
from evals.calibration import calibration
from evals.cases import HELD_BACK, Quote
from evals.metrics.length import n_words
from evals.plots import Mark, Row, plot
from evals.scoring import DECIDING, LESS_IS_BETTER, Result
from evals.statistics import Rate, percentile

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 }
caption, figcaption { text-align: left; font-weight: 600; padding: .3rem 0 } figure { margin: 1.5rem 0 }
th, td { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top }
article { border-top: 2px solid #1a1a1a; margin-top: 2rem } .below { color: #a00000; font-weight: 600 }
article table { width: 100%; table-layout: fixed } th:first-child { width: 9rem } blockquote { margin: .2rem 0 .6rem }
svg { font: 13px system-ui, sans-serif; max-width: 100%; height: auto } svg line { stroke-width: 2 }
.grid { stroke: #ddd } .bound { stroke: #a00000 }
line.all, line.dev { stroke: #005a9c } line.heldout { stroke: #9a5b00 }
circle.all, circle.dev { fill: #005a9c } circle.heldout { fill: #9a5b00 } line.other { stroke: #666 }
circle.other { fill: #666 } .key span { padding: 0 .4rem; margin-right: 1rem; color: #fff }
.key .dev { background: #005a9c } .key .heldout { background: #9a5b00 } .key .other { background: #666 }
""".strip()


def page(results: Sequence[Result], totals: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """The page's HTML; it holds no script and asks no host for anything.

    Beside other cases, held-back ones are named by their ids and what failed, and are not shown.
    """
    mixed = len({result.case.split for result in results}) > 1
    hidden = [r for r in results if mixed and r.case.split == HELD_BACK and r.right.value != 1.0]
    unseen = {r.case.id for r in hidden}
    wrong = [r for r in results if r.right.value == 0.0]
    unjudged = [r for r in results if r.right.value is None]
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Eval report</title>',
        f"<style>{_STYLE}</style></head><body><main><h1>Eval report</h1>",
        f"<p>{len(results)} cases, {len(wrong)} wrong, {len(unjudged)} not judged.</p>",
        *_gate(totals),
        *_changes(totals),
        *_plots(results, totals),
        _length(results),
        _table("Metrics", ("metric", "cases", "holds", "95 % interval", "n", "threshold"), _metric_rows(totals)),
        _table("Right cases by kind and split", ("kind", "split", "holds", "95 % interval", "n"), _kind_rows(totals)),
        _table("Configuration", ("setting", "value"), ((key, str(value)) for key, value in config.items())),
        "<h2>Wrong cases</h2>" if wrong else "<p>No case is wrong.</p>",
        *(_case(r) for r in wrong if r.case.id not in unseen),
        "<h2>Cases that could not be judged</h2>" if unjudged else "",
        *(_case(r) for r in unjudged if r.case.id not in unseen),
        *_hidden(hidden),
        "</main></body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _gate(totals: Mapping[str, Any]) -> Iterable[str]:
    for line in totals["below_threshold"]:
        yield f'<p class="below">Below the threshold: {escape(line)}</p>'


def _changes(totals: Mapping[str, Any]) -> Iterable[str]:
    """What has become of the cases since the baseline, by their ids."""
    labels = {
        "broken": "were right and are wrong",
        "edited": "expect something else",
        "gone": "are no longer asked",
        "mended": "were wrong and are right",
        "new": "are new",
    }
    changed = totals.get("baseline", {})
    rows = [(f"{len(changed[name])} {label}", ", ".join(changed[name])) for name, label in labels.items() if changed]
    if any(ids for _, ids in rows):
        yield _table("Since the baseline", ("cases that", "which"), rows)


def _plots(results: Sequence[Result], totals: Mapping[str, Any]) -> Iterable[str]:
    yield '<p class="key"><span class="dev">dev</span><span class="heldout">held back</span><span class="other">other'
    yield "</span> Lines are 95 % intervals, upright red ones thresholds.</p>"
    kinds = [Row(kind, [_mark(r, split) for split, r in rates.items()]) for kind, rates in totals["kinds"].items()]
    yield plot("Right cases by kind", kinds)
    by_split = totals["metrics_by_split"]
    metrics = [
        Row(
            f"{name} (less is better)" if name in LESS_IS_BETTER else name,
            [_mark(figures[name], split) for split, figures in by_split.items() if figures[name]["n"]],
            rate["least"],
        )
        for name, rate in totals["metrics"].items()
        if rate["n"]
    ]
    yield plot("Metrics by split, with the thresholds for all together", metrics)
    yield from _calibration(results)


def _calibration(results: Sequence[Result]) -> Iterable[str]:
    bins = [b for b in calibration(results) if b.answered.n]
    rows = [
        Row(
            f"{b.low:.1f}–{b.high:.1f} of the words",
            [_rate_mark(b.answerable, "heldout"), _rate_mark(b.answered, "dev")],
        )
        for b in bins
    ]
    title = "Calibration of abstention, by the share of the question's words in the best passage shown:"
    yield plot(f"{title} how many can be answered (upper), how many were (lower)", rows)
    agree = ((f"{b.low:.1f}–{b.high:.1f}", *_rate_cells(b.rightly)) for b in bins)
    head = ("share of the words", "rightly", "95 % interval", "n")
    yield _table("Rightly answered or held back", head, agree)


def _rate_mark(rate: Rate, colour: str) -> Mark:
    interval = rate.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Mark(rate.ratio, low, high, rate.n, colour)


def _rate_cells(rate: Rate) -> Sequence[str]:
    interval = rate.interval
    return (
        (f"{rate.ratio:.2f}", f"{interval.low:.2f}–{interval.high:.2f}", str(rate.n)) if interval else ("–", "–", "0")
    )


def _mark(rate: Mapping[str, Any], colour: str = "all") -> Mark:
    return Mark(rate["ratio"], rate["low"], rate["high"], rate["n"], colour)


def _length(results: Sequence[Result]) -> str:
    words = [n_words(result.answer) for result in results if result.answer.status == "answered"]
    if not words:
        return ""
    middle, long = percentile(words, 0.5), percentile(words, 0.95)
    return f"<p>Words in an answer: {middle:.0f} at the median, {long:.0f} at the 95th percentile (n {len(words)}).</p>"


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    heading = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><tr>{heading}</tr>{body}</table>"


def _cells(rate: Mapping[str, Any]) -> Sequence[str]:
    if rate["ratio"] is None:
        return ("–", "–", "0")
    return (f"{rate['ratio']:.2f}", f"{rate['low']:.2f}–{rate['high']:.2f}", str(rate["n"]))


def _metric_rows(totals: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for name, rate in totals["metrics"].items():
        sign = "≤" if name in LESS_IS_BETTER else "≥"
        yield (name, "all", *_cells(rate), "" if rate["least"] is None else f"{sign} {rate['least']:.2f}")
        for split, figures in totals["metrics_by_split"].items() if len(totals["metrics_by_split"]) > 1 else ():
            yield (name, split, *_cells(figures[name]), "")


def _kind_rows(totals: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for kind, splits in totals["kinds"].items():
        for split, rate in splits.items():
            yield (kind, split, *_cells(rate))


def _hidden(hidden: Sequence[Result]) -> Iterable[str]:
    """Held-back cases by id, kind and what failed."""
    if hidden:
        yield f"<p>Held-back cases are not shown beside others; <code>--split {HELD_BACK}</code> shows them.</p>"
        rows = [
            (r.case.id, r.case.kind, ", ".join(n for n in DECIDING if r.scores[n].value == 0.0) or "not judged")
            for r in hidden
        ]
        yield _table("Held-back cases that are wrong or not judged", ("case", "kind", "what failed"), rows)


def _case(result: Result) -> str:
    case, answer = result.case, result.answer
    expected_evidence = "<p><em>or else</em></p>".join(
        "".join(_quotes(case.document, group) for group in proof) for proof in case.proofs
    )
    rows = (
        ("status", escape(case.status), escape(answer.status)),
        ("verdict", escape(case.verdict or "–"), escape(answer.verdict or "–")),
        ("text", _lines("must say", case.facts) + _lines("must not say", case.forbidden), _swedish(answer.answer)),
        ("evidence", expected_evidence or "–", "".join(_cited(citation) for citation in answer.citations) or "–"),
    )
    body = "".join(f'<tr><th scope="row">{n}</th><td>{left}</td><td>{right}</td></tr>' for n, left, right in rows)
    history = "".join(f"<p>Earlier: {_swedish(turn.question)} → {_swedish(turn.answer)}</p>" for turn in case.history)
    label = f"{case.kind}, {case.split}" + (", critical" if case.critical else "")
    return (
        f"<article><h3>{escape(case.id)} ({label})</h3>"
        f"{history}<p>{_swedish(case.question)}</p><p>{escape(result.right.reason)}</p>"
        f"<table><tr><td></td><th>expected</th><th>got</th></tr>{body}</table></article>"
    )


def _swedish(text: str) -> str:
    return f'<span lang="sv">{escape(text)}</span>'


def _lines(label: str, phrases: Iterable[str]) -> str:
    return "".join(f"<p>{label}: {_swedish(phrase)}</p>" for phrase in phrases)


def _quotes(document_id: str, group: Sequence[Quote]) -> str:
    quotes = (escape(q.quote) + (f" ({escape(q.document)})" if q.document != document_id else "") for q in group)
    return '<blockquote lang="sv">' + " <em>or</em> ".join(quotes) + "</blockquote>"


def _cited(citation: Citation) -> str:
    place = f"[{citation.number}] {citation.document_id} {citation.start}–{citation.end}"
    return f'{escape(place)}<blockquote lang="sv">{escape(citation.quote)}</blockquote>'
