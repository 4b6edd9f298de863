"""Behind ``python -m evals metamorphic``: asks the cases in other ways and counts the answers that stay."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.models import Answer, Citation
from corpus.models import Document, Span
from evals.cases import Case
from evals.metamorphic.variants import VARIANTS
from evals.run import stored_documents
from evals.scoring import AnsweredCase, add, score_all
from evals.statistics import Rate, rate_of

SEED = 1
DISTRACTORS = "distractors"


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that did not stay: the question as it was put, and what differs."""

    kind: str
    case: Case
    asked: str
    difference: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The share of answers that stay, by kind of variant, and those that did not."""

    kinds: Mapping[str, Rate]
    changes: tuple[Change, ...]

    @property
    def unchanged(self) -> Rate:
        """All kinds together."""
        return add(self.kinds.values())


def sampled(cases: Sequence[Case], n: int, seed: int = SEED) -> list[Case]:
    """About ``n`` of the cases in their order, of each kind its share; all where ``n`` is 0 or no fewer are there."""
    if not n or n >= len(cases):
        return list(cases)
    by_kind: dict[str, list[str]] = {}
    for case in cases:
        by_kind.setdefault(case.kind, []).append(case.id)
    chosen = {
        case_id
        for kind, ids in by_kind.items()
        for case_id in Random(f"{seed} {kind}").sample(ids, max(1, round(n * len(ids) / len(cases))))
    }
    return [case for case in cases if case.id in chosen]


def varied(cases: Iterable[Case], kind: str, seed: int = SEED) -> list[Case]:
    """The cases with their questions put in one of the ``VARIANTS``; those that it leaves as they were are left out."""
    put = [(case, VARIANTS[kind](case, Random(f"{seed} {kind} {case.id}"))) for case in cases]
    return [case.model_copy(update={"question": text}) for case, text in put if text != case.question]


def right_kept(
    base: Sequence[AnsweredCase],
    answered: Mapping[str, Sequence[AnsweredCase]],
    stored: Callable[[str], Document],
) -> Mapping[str, Rate]:
    """By kind of variant: of the cases that were right as written, how many are right still."""
    was_right = {r.case.id for r in score_all(base, stored_documents(base, stored)) if r.right.value == 1.0}
    kept = {}
    for kind, ones in answered.items():
        known = [one for one in ones if one.case.id in was_right]
        kept[kind] = rate_of(r.right for r in score_all(known, stored_documents(known, stored)))
    return kept


def difference(before: Answer, after: Answer) -> str:
    """What differs of outcome, verdict and first citation (two are the same where they overlap); "" where all stay."""
    if before.status != after.status:
        return f"status {before.status} → {after.status}"
    if before.verdict != after.verdict:
        return f"verdict {before.verdict} → {after.verdict}"
    first, then = before.citations[:1], after.citations[:1]
    if bool(first) == bool(then) and all(_same(a, b) for a, b in zip(first, then, strict=True)):
        return ""
    return f"first citation {_shown(first)} → {_shown(then)}"


def _same(one: Citation, other: Citation) -> bool:
    return one.document_id == other.document_id and Span(one.start, one.end).overlaps(Span(other.start, other.end))


def _shown(citations: Sequence[Citation]) -> str:
    return f"{citations[0].document_id} {citations[0].quote!r:.90}" if citations else "none"


def compare(base: Mapping[str, Answer], answered: Mapping[str, Sequence[AnsweredCase]]) -> Survey:
    """The answers to the varied cases, by kind of variant, against those to the cases as they are, by id."""
    kinds: dict[str, Rate] = {}
    changes: list[Change] = []
    for kind, ones in answered.items():
        found = [(one.case, difference(base[one.case.id], one.answer)) for one in ones]
        changed = [Change(kind, case, case.question, text) for case, text in found if text]
        kinds[kind] = Rate(len(found), len(found) - len(changed))
        changes.extend(changed)
    return Survey(kinds, tuple(changes))
