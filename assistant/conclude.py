"""From what the claims say to yes, no or partly: conditions decide, and a yes needs nearly all of the question."""

from collections.abc import Sequence

from assistant.frame import frame_of
from assistant.models import Verdict
from assistant.question import Question
from assistant.verdict import MIN_CONDITION_MET, Judgement

CONDITION_MARGIN = 0.05
CONDITION_WEIGHT_RATIO = 0.7
MOST_MISSING_FOR_YES = 0.12
MOST_MISSING_FOR_NO = 0.5
MOST_MISSING_IN_FRAME = 0.4  # the words of the condition itself may differ: *lagar*, *regelverk*
MIN_WEIGHT_FOR_YES = 0.5
MOST_MISSING_IN_CLAUSES, MIN_WEIGHT_IN_CLAUSES = 0.06, 0.2  # a sentence may bear all, but no clause of it half


def in_frame(question: Question, judgements: Sequence[Judgement]) -> list[Judgement]:
    """``judgements`` without those under another condition than the question's."""
    asked = frame_of(question.text)
    if asked is None:
        return list(judgements)
    same = [j for j in judgements if j.frame is asked]
    return same or [j for j in judgements if j.frame is None]


def conclude(judgements: Sequence[Judgement]) -> Verdict | None:
    """The verdict of ``judgements``, the most telling first; None where there are none.

    Where a condition is named by the question, what is said under it decides. Else opposite judgements of which one
    is conditional make *partly*, and otherwise the most telling decides. A yes is given only where the sentence bears
    all of the question that matters: a wrong yes is the worst of errors. A denial needs half of it. A yes to a
    question that puts a denial up denies.
    """
    if not judgements:
        return None
    met = max((j.condition_met_ratio or 0.0 for j in judgements), default=0.0)
    if met >= MIN_CONDITION_MET:
        heaviest = max(j.weight for j in judgements)
        judgements = [
            j
            for j in judgements
            if (j.condition_met_ratio or 0.0) >= met - CONDITION_MARGIN
            and j.weight >= CONDITION_WEIGHT_RATIO * heaviest
        ] or judgements
    first = judgements[0]
    opposed = [j for j in judgements[1:] if j.affirms != first.affirms and not (j.by_other or first.by_other)]
    if any(j.condition_met_ratio is not None or first.condition_met_ratio is not None for j in opposed):
        return "partly"
    if first.depends:
        return "partly"
    most = MOST_MISSING_IN_FRAME if first.same_frame else MOST_MISSING_FOR_YES
    least = MIN_WEIGHT_IN_CLAUSES if first.missing_ratio <= MOST_MISSING_IN_CLAUSES else MIN_WEIGHT_FOR_YES
    missing = first.missing_ratio > most or first.weight < least
    if first.affirms and missing and not first.asked_to_deny:
        return None
    if not (first.affirms or first.by_other or first.asked_to_deny) and first.missing_ratio > MOST_MISSING_FOR_NO:
        return None
    return "yes" if first.affirms else "no"
