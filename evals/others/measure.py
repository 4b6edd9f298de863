"""How often the verdicts on other documents are right, wrong or withheld, with intervals."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rich.table import Table

from assistant.models import Answer
from evals.others.questions import OtherQuestion
from evals.statistics import Rate

OPENING_CHARS = 40
_NO_WORD = re.compile(r"\W+")


@dataclass
class Tally:
    """Counts over questions of one expected answer: ``found`` where the own sentence is the first that is quoted."""

    n: int = 0
    found: int = 0
    said: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("yes", "no", "partly", "none", "refused"), 0))


def ask_others(
    questions: Iterable[OtherQuestion], texts: Mapping[str, str], ask: Callable[[str], Answer]
) -> dict[str, Tally]:
    """What ``ask`` says to ``questions``, by the right answer."""
    tallies = {"yes": Tally(), "no": Tally()}
    for question in questions:
        answer = ask(question.question)
        tally = tallies["yes" if question.yes else "no"]
        tally.n += 1
        tally.found += _quotes_own(answer, texts[question.document][question.start : question.end])
        said = "refused" if answer.status != "answered" else answer.verdict or "none"
        tally.said[said] += 1
    return tallies


def _quotes_own(answer: Answer, sentence: str) -> bool:
    own = _NO_WORD.sub("", sentence.lower())
    first = _NO_WORD.sub("", answer.citations[0].quote.lower()) if answer.citations else ""
    return bool(first) and (own[:OPENING_CHARS] in first or first[:OPENING_CHARS] in own)


def figures(tallies: Mapping[str, Tally]) -> dict[str, Rate]:
    """Shares with intervals: right, wrong yes and wrong no of all, wrong of those given, own sentence first."""
    yes, no = tallies["yes"], tallies["no"]
    n = yes.n + no.n
    right = yes.said["yes"] + no.said["no"]
    wrong = no.said["yes"] + yes.said["no"] + yes.said["partly"] + no.said["partly"]
    return {
        "right": Rate(n, right),
        "wrong yes": Rate(n, no.said["yes"]),
        "wrong no": Rate(n, yes.said["no"]),
        "wrong of given": Rate(right + wrong, wrong),
        "own sentence first": Rate(n, yes.found + no.found),
    }


def others_table(tallies: Mapping[str, Tally]) -> Table:
    """The figures as a table for the terminal."""
    table = Table("verdicts on other documents", "share", "95 % interval", "n")
    for name, rate in figures(tallies).items():
        ends = f"{rate.interval.low:.3f}–{rate.interval.high:.3f}" if rate.interval else ""
        table.add_row(name, f"{rate.ratio or 0.0:.3f}", ends, f"{rate.n:,}")
    return table
