"""The metrics of holding back: recall, precision and over-refusal over the four outcomes."""

from evals.metrics import abstention, abstention_precision, over_refusal
from tests.evals.builders import make_answer, make_case

ANSWERABLE, UNANSWERABLE = make_case(), make_case(status="not_in_sources")
ANSWERED, HELD_BACK = make_answer(), make_answer(status="not_in_sources")


def test_recall_is_judged_on_what_the_sources_lack() -> None:
    values = [
        abstention.score(case, answer, {}).value
        for case in (ANSWERABLE, UNANSWERABLE)
        for answer in (ANSWERED, HELD_BACK)
    ]
    assert values == [None, None, 0.0, 1.0]


def test_precision_is_judged_on_what_was_held_back() -> None:
    values = [
        abstention_precision.score(case, answer, {}).value
        for case in (ANSWERABLE, UNANSWERABLE)
        for answer in (ANSWERED, HELD_BACK)
    ]
    assert values == [None, 0.0, None, 1.0]


def test_over_refusal_counts_refusals_of_what_can_be_answered() -> None:
    values = [
        over_refusal.score(case, answer, {}).value
        for case in (ANSWERABLE, UNANSWERABLE)
        for answer in (ANSWERED, HELD_BACK)
    ]
    assert values == [0.0, 1.0, None, None]
    assert over_refusal.score(ANSWERABLE, make_answer(status="not_a_question"), {}).value == 1.0
