"""The eval gate for a new index: asks it and the live one the known answers, and says which answers would change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from assistant.models import Answer
from corpus.errors import FragaError
from corpus.models import Document, Source
from corpus.settings import PACKAGE
from evals.cases import Case
from evals.metamorphic.survey import sampled
from evals.run import Ask, ask_all, load_answers, save_answers, stored_documents
from evals.scoring import LESS_IS_BETTER, OVERALL, AnsweredCase, Result, Totals, score_all, total
from evals.statistics import Figure
from evals.thresholds import shortfalls

# One in a hundred: what the live index and a new one may differ by in answers lost net of answers won, and in a metric
# below its threshold. Within it, wordings trade places as they do when any document comes.
MAX_LOST_RATIO = 0.01
ROUNDING = 1e-9
MOST_CHARS = 100
# Enough to see a change of two points, and few enough to be asked while an admin waits.
GATE_CASES = 400


class Contents(Protocol):
    """As much of an index as the gate reads."""

    def sources(self) -> Sequence[Source]:
        """Every document's source."""
        ...

    def document(self, document_id: str) -> Document:
        """A document; raises UsageError if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """An index with the assistant over it; ``kept`` is where its answers are kept for the next comparison."""

    ask: Ask
    contents: Contents
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the candidate may go live, why in a line, and a line for each answer that would change."""

    holds: bool
    summary: str
    changed: tuple[str, ...]


def for_gate(cases: Sequence[Case], most: int = GATE_CASES) -> list[Case]:
    """The cases that a publication is held to, the same each time: half of them critical, the others of all kinds."""
    critical = sampled([c for c in cases if c.critical], most // 2)
    others = sampled([c for c in cases if not c.critical], most - len(critical))
    return [*critical, *others]


def compare(
    candidate: Asked,
    live: Asked | None,
    cases: Iterable[Case],
    least: Mapping[str, float],
    told: Callable[[int, int], None] = lambda done, n: None,
) -> Comparison:
    """Ask both the cases whose documents the candidate holds.

    The candidate holds if no metric is below its threshold, or only where the live index is as low, to one in a hundred
    or one case (nothing may be lost of a metric that has to be 1); if it loses no critical answer; and if it loses no
    more than one in a hundred answers net of those that it wins.

    That the documents do not say something is known of the documents that there were. Where new ones alone answer such
    a question, that is told and neither right nor wrong.

    Args:
        candidate: the new index.
        live: the one that is published; None where there is none to compare with.
        cases: the known answers.
        least: metric to threshold.
        told: how many questions have been asked, of how many.
    """
    held = {source.document_id for source in candidate.contents.sources()}
    relevant = [case for case in cases if case.document in held]
    n_asked = len(relevant) * (1 if live is None else 2)
    count = iter(range(1, n_asked + 1))

    def results(asked: Asked) -> tuple[Result, ...]:
        answered = _kept(asked.kept, relevant)
        if answered is None:
            answered = []
            for one in ask_all(relevant, asked.ask):
                answered.append(one)
                told(next(count), n_asked)
            if asked.kept is not None:
                asked.kept.parent.mkdir(parents=True, exist_ok=True)
                save_answers(asked.kept, answered)
        return score_all(answered, stored_documents(answered, asked.contents.document))

    new = results(candidate)
    old = results(live) if live is not None else ()
    return judged(new, old, least, partial(_is_new, candidate.contents, live.contents) if live else _none_is_new)


def _is_new(candidate: Contents, live: Contents, document_id: str) -> bool:
    """Whether the live index holds no such document, or one of another text."""
    if document_id not in {source.document_id for source in live.sources()}:
        return True
    return candidate.document(document_id).text != live.document(document_id).text


def _none_is_new(_: str) -> bool:
    return False


def _kept(path: Path | None, cases: Sequence[Case]) -> list[AnsweredCase] | None:
    """The answers kept at ``path``; None where there are none, or not to all the cases."""
    try:
        return list(load_answers(path, cases)) if path is not None and path.is_file() else None
    except FragaError:
        return None


def program_version(*more: object) -> str:
    """A hash of all that an answer depends on besides the index; kept answers of another version are stale."""
    digest = sha256(repr(more).encode())
    for room in ("assistant", "corpus", "evals"):
        for path in sorted((PACKAGE.parent / room).rglob("*")):
            if path.suffix in {".py", ".yaml"} and path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def judged(
    new: Sequence[Result],
    old: Sequence[Result],
    least: Mapping[str, float],
    is_new: Callable[[str], bool] = _none_is_new,
) -> Comparison:
    """The comparison of the candidate's results with the live index's, case by case; ``old`` may be empty.

    ``is_new`` tells the documents that the candidate holds and the live index does not.
    """
    every = [(was, now) for was, now in zip(old, new, strict=True)] if old else []
    answered = [(was, now) for was, now in every if _answered_by_new(now, is_new)]
    pairs = [pair for pair in every if pair not in answered]
    if pairs:
        old, new = [was for was, _ in pairs], [now for _, now in pairs]
    lost = [(was, now) for was, now in pairs if was.right.value == 1.0 and now.right.value == 0.0]
    won = [(was, now) for was, now in pairs if was.right.value == 0.0 and now.right.value == 1.0]
    other = [(was, now) for was, now in pairs if _differs(was.answer, now.answer) and (was, now) not in lost + won]
    reasons = _below(total(new), total(old) if old else None, least)
    reasons += [f"the critical answer {now.case.id} is lost" for _, now in lost if now.case.critical]
    if len(lost) - len(won) > max(1, MAX_LOST_RATIO * len(new)):
        reasons.append(f"{len(lost)} right answers are lost and {len(won)} won")
    rate = total(new).metrics[OVERALL]
    counts = f"{_n_right(rate)} of {rate.n} known answers right"
    if old:
        counts += f" ({_n_right(total(old).metrics[OVERALL])} in the live index)"
    if not new:
        counts = "no known answer is about the documents in it"
    if answered:
        counts += f", {len(answered)} not judged, since new documents answer them"
    lines = (*_lines("lost", lost), *_lines("won", won), *_lines("new", answered), *_lines("differs", other))
    return Comparison(not reasons, "; ".join([counts, *reasons]), lines)


def _answered_by_new(now: Result, is_new: Callable[[str], bool]) -> bool:
    """Whether new documents, and no others, answer what no document is known to say."""
    cited = {citation.document_id for citation in now.answer.citations}
    asked_in_vain = now.case.status == "not_in_sources" and now.answer.status == "answered"
    return asked_in_vain and bool(cited) and all(is_new(document_id) for document_id in cited)


def _n_right(figure: Figure) -> int:
    """How many of the judged cases are right."""
    return round((figure.ratio or 0.0) * figure.n)


def _below(new: Totals, old: Totals | None, least: Mapping[str, float]) -> list[str]:
    """The metrics that fall short, unless the live index is as low."""
    found = []
    for short in shortfalls(new.metrics, least):
        before = old.metrics[short.metric].ratio if old is not None else None
        slack = max(MAX_LOST_RATIO, 1 / short.n) if 0 < short.least < 1 else 0.0
        worse_by = (
            (before or 0.0) - short.ratio if short.metric not in LESS_IS_BETTER else short.ratio - (before or 0.0)
        )
        if before is None or worse_by > slack + ROUNDING:
            found.append(str(short))
    return found


def _differs(was: Answer, now: Answer) -> bool:
    return (was.status, was.verdict, was.answer) != (now.status, now.verdict, now.answer)


def _lines(word: str, pairs: Sequence[tuple[Result, Result]]) -> list[str]:
    """A line each; of the held-back cases only how many, so that nothing is tuned on them."""
    open_pairs = [(was, now) for was, now in pairs if now.case.split != "heldout"]
    lines = [f"{word}: {now.case.question} {_short(was.answer)} → {_short(now.answer)}" for was, now in open_pairs]
    held_back = len(pairs) - len(open_pairs)
    return [*lines, f"{word}: {held_back} of the held-back questions"] if held_back else lines


def _short(answer: Answer) -> str:
    text = " ".join(answer.answer.split())
    return f"”{text if len(text) <= MOST_CHARS else text[: MOST_CHARS - 1] + '…'}”"
