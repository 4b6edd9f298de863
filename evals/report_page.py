"""Last step of an eval run: one self-contained HTML page that lists every wrong case beside what was expected."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from assistant.models import Citation
from evals.cases import Quote
from evals.scoring import Result

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0 } caption { text-align: left; font-weight: 600; padding: .3rem 0 }
th, td { border: 1px solid #bbb; padding: .3rem .6rem; text-align: left; vertical-align: top }
article { border-top: 2px solid #1a1a1a; margin-top: 2rem } .below { color: #a00000; font-weight: 600 }
article table { width: 100%; table-layout: fixed } th:first-child { width: 9rem } blockquote { margin: .2rem 0 .6rem }
""".strip()


def page(results: Sequence[Result], totals: Mapping[str, Any], config: Mapping[str, Any]) -> str:
    """The page's HTML; it holds no script and asks no host for anything."""
    wrong = [result for result in results if result.right.value == 0.0]
    unjudged = [result for result in results if result.right.value is None]
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Eval report</title>',
        f"<style>{_STYLE}</style></head><body><main><h1>Eval report</h1>",
        f"<p>{len(results)} cases, {len(wrong)} wrong, {len(unjudged)} not judged.</p>",
        *_gate(totals),
        _table("Metrics", ("metric", "holds", "95 % interval", "n", "at least"), _metric_rows(totals)),
        _table("Right cases by kind and split", ("kind", "split", "holds", "95 % interval", "n"), _kind_rows(totals)),
        _table("Configuration", ("setting", "value"), ((key, str(value)) for key, value in config.items())),
        "<h2>Wrong cases</h2>" if wrong else "<p>No case is wrong.</p>",
        *(_case(result) for result in wrong),
        "<h2>Cases that could not be judged</h2>" if unjudged else "",
        *(_case(result) for result in unjudged),
        "</main></body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _gate(totals: Mapping[str, Any]) -> Iterable[str]:
    for line in totals["below_threshold"]:
        yield f'<p class="below">Below the threshold: {escape(line)}</p>'


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
        yield (name, *_cells(rate), "" if rate["least"] is None else f"{rate['least']:.2f}")


def _kind_rows(totals: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for kind, splits in totals["kinds"].items():
        for split, rate in splits.items():
            yield (kind, split, *_cells(rate))


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
