"""The rules of the gate: may a new index go live, by how it and the live one answered the same questions?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.models import Answer
from evals.newcomers import IsNew, Pair, is_lost, is_right, news, said_again, taken_over
from evals.scoring import LESS_IS_BETTER, OVERALL, Result, Totals, total
from evals.statistics import Figure
from evals.thresholds import shortfalls

# One in a hundred: what the live index and a new one may differ by in answers lost net of answers won, and in a metric
# below its threshold. Within it, wordings trade places as they do when any document comes.
MAX_LOST_RATIO = 0.01
MIN_CASES = 5  # that a metric is judged by; what is lost of fewer is counted among the answers
ROUNDING = 1e-9
MOST_CHARS = 100
MOST_NAMES = 3
DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the candidate may go live, why in a line, and a line for each answer that would change.

    ``unjudged`` are the cases that new documents answer, neither right nor wrong by what was known.
    """

    holds: bool
    summary: str
    changed: tuple[str, ...]
    unjudged: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the live index besides its answers.

    ``is_new`` tells the documents that the candidate holds and the live index does not; ``missing`` are those that it
    holds and the candidate does not, though known answers are about them. ``best`` says of each case whether it was
    right in the best index of late: losses that are each within bounds must not add up over publications. ``near`` are
    cases that were picked because new documents come near to them: metrics over these would not be comparable.
    """

    is_new: IsNew = lambda document_id: False
    missing: Sequence[str] = ()
    best: Mapping[str, bool] | None = None
    near: frozenset[str] = frozenset()


NOTHING_KNOWN = Known()


def judged(
    new: Sequence[Result], old: Sequence[Result], least: Mapping[str, float], known: Known = NOTHING_KNOWN
) -> Comparison:
    """The comparison of the candidate's results with the live index's, case by case; ``old`` may be empty.

    The candidate holds if all documents are there that known answers are about; if over the sample no metric is below
    its threshold, or only where the live index is as low, to one in a hundred or one case (nothing may be lost of a
    metric that has to be 1); if it loses no critical answer; if it loses no more than one in a hundred answers net of
    those that it wins, from the live index and from the best of late; and if no new document takes the place of right
    answers about more than one fact, or of most answers about one. That is asked of each by itself, so that it does not
    matter which documents come together.

    That the documents do not say something is known of the documents that there were. Where new ones alone answer a few
    such questions, that is told and neither right nor wrong; nor is it where a new one says what was said, so that only
    the known passage is not cited.
    """
    every = list(zip(old, new, strict=True)) if old else []
    by_new, again = news(every, known.is_new), said_again(every, known.is_new)
    unjudged = frozenset(now.case.id for _, now in (*by_new, *again))
    pairs = [pair for pair in every if pair[1].case.id not in unjudged]
    if every:
        old, new = [was for was, _ in pairs], [now for _, now in pairs]
    lost = [pair for pair in pairs if is_lost(pair)]
    won = [pair for pair in pairs if not is_right(pair[0]) and is_right(pair[1])]
    other = [pair for pair in pairs if _differs(pair[0].answer, pair[1].answer) and pair not in lost + won]
    reasons = [f"{name} is missing, and known answers are about it" for name in known.missing]
    sample = [total([one for one in results if one.case.id not in known.near]) for results in (new, old)]
    reasons += _few(_below(sample[0], sample[1] if old else None, least))
    reasons += _losses(lost, won, len(new))
    reasons += _losses_since(new, known.best or {})
    reasons += taken_over(pairs, lost, known.is_new)
    lines = (*_lines("lost", lost), *_lines("new", by_new), *_lines("won", won), *_lines(DIFFERS, [*again, *other]))
    summary = "; ".join([_counts(new, old, len(unjudged)), *reasons])
    return Comparison(not reasons, summary, lines, unjudged)


def _losses(lost: Sequence[Pair], won: Sequence[Pair], n: int) -> list[str]:
    """What is lost that may not be: a critical answer, or more than is won."""
    critical = [now.case.id for _, now in lost if now.case.critical]
    found = [f"critical answers are lost: {', '.join(_few(critical))}"] if critical else []
    if len(lost) - len(won) > max(1, MAX_LOST_RATIO * n):
        found.append(f"{len(lost)} right answers are lost and {len(won)} won")
    return found


def _losses_since(new: Sequence[Result], best: Mapping[str, bool]) -> list[str]:
    """What has been lost in several publications, each of which lost little."""
    known = [(best[now.case.id], is_right(now)) for now in new if now.case.id in best]
    lost = sum(was and not is_now for was, is_now in known)
    won = sum(is_now and not was for was, is_now in known)
    if lost - won <= max(1, MAX_LOST_RATIO * len(known)):
        return []
    return [f"{lost} right answers are lost and {won} won since the best index of late"]


def best_of(new: Sequence[Result], best: Mapping[str, bool], *, holds: bool) -> Mapping[str, bool]:
    """What later candidates are held to if this one goes live: the better of it and what it was held to itself.

    One that does not hold goes live only by force, and then that is what is wanted.
    """
    now = {result.case.id: is_right(result) for result in new}
    known = [case_id for case_id in now if case_id in best]
    worse = sum(now[case_id] for case_id in known) < sum(best[case_id] for case_id in known)
    return {**now, **{case_id: best[case_id] for case_id in known}} if holds and worse else now


def _counts(new: Sequence[Result], old: Sequence[Result], n_news: int) -> str:
    rate = total(new).metrics[OVERALL]
    counts = f"{_n_right(rate)} of {rate.n} known answers right"
    if old:
        counts += f" ({_n_right(total(old).metrics[OVERALL])} in the live index)"
    if not new:
        counts = "no known answer is about the documents in it"
    if n_news:
        counts += f", {n_news} not judged, since new documents answer them"
    return counts


def _n_right(figure: Figure) -> int:
    """How many of the judged cases are right."""
    return round((figure.ratio or 0.0) * figure.n)


def _below(new: Totals, old: Totals | None, least: Mapping[str, float]) -> list[str]:
    """The metrics that fall short, unless the live index is as low."""
    found = []
    for short in shortfalls(new.metrics, least):
        if short.n < MIN_CASES:
            continue
        before = old.metrics[short.metric].ratio if old is not None else None
        slack = max(MAX_LOST_RATIO, 1 / short.n) if 0 < short.least < 1 else 0.0
        worse_by = (
            (before or 0.0) - short.ratio if short.metric not in LESS_IS_BETTER else short.ratio - (before or 0.0)
        )
        if before is None or worse_by > slack + ROUNDING:
            found.append(str(short))
    return found


def _few(names: Sequence[str]) -> list[str]:
    """The first of ``names``, and how many more there are: a line has to be read."""
    more = len(names) - MOST_NAMES
    return [*names[:MOST_NAMES], *([f"and {more} more"] if more > 0 else [])]


def _differs(was: Answer, now: Answer) -> bool:
    return (was.status, was.verdict, was.answer) != (now.status, now.verdict, now.answer)


def _lines(word: str, pairs: Sequence[Pair]) -> list[str]:
    """A line each; of the held-back cases only how many, so that nothing is tuned on them."""
    open_pairs = [(was, now) for was, now in pairs if now.case.split != "heldout"]
    lines = [
        f"{word}: {now.case.question} {_short(was.answer)} → {_short(now.answer)}{_from(now.answer)}"
        for was, now in open_pairs
    ]
    held_back = len(pairs) - len(open_pairs)
    return [*lines, f"{word}: {held_back} of the held-back questions"] if held_back else lines


def _from(answer: Answer) -> str:
    """The documents that an answer is made of."""
    names = list(dict.fromkeys(citation.document_id for citation in answer.citations))
    return f" ({', '.join(names)})" if names else ""


def _short(answer: Answer) -> str:
    text = " ".join(answer.answer.split())
    return f"”{text if len(text) <= MOST_CHARS else text[: MOST_CHARS - 1] + '…'}”"
