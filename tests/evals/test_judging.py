from dataclasses import replace
from typing import Any

from evals.cases import Case
from evals.judging import Comparison, Known, best_of, judged
from evals.metrics.score import HOLDS, fails, not_judged
from evals.newcomers import taken_facts
from evals.scoring import METRICS, Result
from tests.assistant.standin import ANSWER

LEAST = {"right": 0.5, "cited": 1.0}


def case(number: int, **known: Any) -> Case:
    return Case(id=f"fall-{number}", kind="what", question=f"Fråga {number}?", document="malmo", **known)


def result(number: int, right: bool, text: str = "Svar.", wrong: str = "grounded", **known: Any) -> Result:
    score = HOLDS if right else fails("wrong")
    answer = replace(ANSWER, answer=text)
    scores = dict.fromkeys(METRICS, HOLDS) | ({} if right else dict.fromkeys(wrong.split(), score))
    return Result(case(number, **known), answer, scores, score)


def test_the_same_answers_hold_and_nothing_is_told():
    old = [result(n, right=n % 2 == 0) for n in range(10)]
    assert judged(old, old, LEAST) == Comparison(True, "5 of 10 known answers right (5 in the live index)", ())


def test_a_metric_below_its_threshold_and_the_live_index_fails():
    old = [result(n, right=n < 5) for n in range(10)]
    new = [result(n, right=n < 3) for n in range(10)]
    found = judged(new, old, LEAST)
    assert not found.holds
    assert found.summary.startswith(
        "3 of 10 known answers right (5 in the live index); right 0.300 is below 0.500 (n 10)"
    )
    assert found.changed == ("lost: Fråga 3? ”Svar.” → ”Svar.” (malmo)", "lost: Fråga 4? ”Svar.” → ”Svar.” (malmo)")


def test_what_is_as_low_already_is_no_ground_to_refuse():
    old = [result(n, right=n < 2) for n in range(10)]
    assert judged(old, old, LEAST).holds
    assert not judged(old, [], LEAST).holds


def test_one_in_a_hundred_may_trade_places_but_no_more():
    old = [result(n, right=n < 180) for n in range(200)]
    few = [result(n, right=2 <= n < 180) for n in range(200)]
    many = [result(n, right=3 <= n < 180) for n in range(200)]
    assert judged(few, old, LEAST).holds
    found = judged(many, old, LEAST)
    assert (found.holds, found.summary.endswith("3 right answers are lost and 0 won")) == (False, True)
    traded = [result(n, right=3 <= n < 183) for n in range(200)]
    assert judged(traded, old, LEAST).holds


def test_a_critical_answer_may_not_be_lost():
    old = [result(n, right=True, critical=n == 0) for n in range(200)]
    new = [result(n, right=n > 0, critical=n == 0) for n in range(200)]
    assert judged(new, old, LEAST).summary.endswith("critical answers are lost: fall-0")
    many = [result(n, right=n > 4, critical=n < 5) for n in range(200)]
    old = [result(n, right=True, critical=n < 5) for n in range(200)]
    assert "critical answers are lost: fall-0, fall-1, fall-2, and 2 more;" in judged(many, old, LEAST).summary


def test_other_words_are_told_and_held_back_questions_are_only_counted():
    old = [result(0, right=True), result(1, right=True, split="heldout")]
    new = [result(0, right=True, text="Annat."), result(1, right=True, text="Annat.", split="heldout")]
    found = judged(new, old, LEAST)
    assert found.changed == ("differs: Fråga 0? ”Svar.” → ”Annat.” (malmo)", "differs: 1 of the held-back questions")


def test_what_new_documents_answer_is_told_and_not_judged():
    nobody_knew = {"status": "not_in_sources"}
    refused = replace(ANSWER, status="not_in_sources", answer="Det framgår inte.", citations=(), verdict=None)
    old = [result(n, right=True) for n in range(20)]
    old.append(replace(result(20, right=True, **nobody_knew), answer=refused))
    new = [*old[:20], result(20, right=False, text="Den nya.", **nobody_knew)]
    assert not judged(new, old, {"right": 1.0}).holds
    found = judged(new, old, {"right": 1.0}, Known("malmo".__eq__))
    assert found == Comparison(
        True,
        "20 of 20 known answers right (20 in the live index), 1 not judged, since new documents answer them",
        ("new: Fråga 20? ”Det framgår inte.” → ”Den nya.” (malmo)",),
    )
    assert not judged(new, old, {"right": 1.0}, Known("annan".__eq__)).holds


NOBODY_KNEW = {"status": "not_in_sources"}
REFUSED = replace(ANSWER, status="not_in_sources", answer="Det framgår inte.", citations=(), verdict=None)


def in_vain(answered: int, n: int) -> list[Result]:
    """Questions that no document was known to answer, of which the first few are answered."""
    refused = [replace(result(k, right=True, **NOBODY_KNEW), answer=REFUSED) for k in range(n)]
    return [result(k, right=False, **NOBODY_KNEW) if k < answered else refused[k] for k in range(n)]


def test_new_documents_that_answer_many_questions_that_nobody_could_are_judged():
    known = Known("malmo".__eq__)
    assert judged(in_vain(4, 40), in_vain(0, 40), {}, known).holds
    crowding = judged(in_vain(5, 40), in_vain(0, 40), {}, known)
    assert crowding.summary.startswith("35 of 40 known answers right (40 in the live index); 5 right answers are lost")


def by(name: str, one: Result) -> Result:
    """The result with an answer that is made of another document."""
    citations = tuple(replace(citation, document_id=name) for citation in one.answer.citations)
    return replace(one, answer=replace(one.answer, citations=citations))


def taken(**by_document: list[int]) -> list[Result]:
    """Four hundred right answers to questions about as many facts, but for those that documents have taken."""
    found = [result(n, right=True) for n in range(400)]
    for name, numbers in by_document.items():
        for n in numbers:
            found[n] = by(name, result(n, right=False))
    return found


NEW = Known(lambda name: name in ("a", "b"))


def test_each_new_document_may_take_the_place_of_right_answers_about_one_fact():
    assert judged(taken(a=[0]), taken(), {}, NEW).holds
    found = judged(taken(a=[0, 1]), taken(), {}, NEW)
    assert found.summary.endswith("a answers in the place of right answers about 2 facts")
    assert found.changed == tuple(f"lost: Fråga {n}? ”Svar.” → ”Svar.” (a)" for n in (0, 1))
    assert judged(taken(a=[0, 1]), taken(), {}, Known(lambda name: name == "b")).holds


def test_a_verdict_that_is_withheld_is_no_falsehood():
    old = [result(n, right=True, verdict="yes" if n < 2 else None) for n in range(400)]
    two = [by("a", result(n, right=False, verdict="yes")) for n in range(2)]
    withheld, opposite = ([replace(r, answer=replace(r.answer, verdict=v)) for r in two] for v in (None, "no"))
    assert judged([*withheld, *old[2:]], old, {}, NEW).holds
    assert not judged([*opposite, *old[2:]], old, {}, NEW).holds


def test_what_a_new_document_says_again_is_no_loss():
    def judge(wrong: str, name: str = "a", **known: Any) -> bool:
        old = [result(n, right=True, critical=True, **known) for n in range(9)]
        new = [by(name, result(n, right=False, wrong=wrong, critical=True, **known)) for n in range(8)] + old[8:]
        return judged(new, old, {"right": 0.9}, NEW).holds

    assert judge("evidence")
    assert judge("evidence facts", verdict="no")
    assert not judge("evidence facts")
    assert not judge("evidence verdict", verdict="no")
    assert not judge("evidence", name="malmo")


def test_a_metric_of_few_cases_is_no_rate():
    def some(n_wrong: int) -> list[Result]:
        found = [result(n, right=n >= n_wrong) for n in range(400)]
        judged_for = {"forbidden": not_judged("nothing forbidden")}
        return [r if n < 4 else replace(r, scores={**r.scores, **judged_for}) for n, r in enumerate(found)]

    assert judged(some(0), some(0), {"forbidden": 1.0}).holds
    new = [replace(some(0)[0], scores={**some(0)[0].scores, "forbidden": fails("says: 19 procent")}), *some(0)[1:]]
    assert judged(new, some(0), {"forbidden": 1.0}).holds


def test_documents_that_come_together_are_judged_as_each_by_itself():
    assert judged(taken(b=[1]), taken(), {}, NEW).holds
    assert judged(taken(a=[0], b=[1]), taken(), {}, NEW).holds
    found = judged(taken(a=[0], b=[1, 2]), taken(), {}, NEW)
    assert found.summary.endswith("; b answers in the place of right answers about 2 facts")


def test_a_wording_may_be_lost_of_a_fact_that_is_asked_in_several_but_not_most_of_them():
    old = [result(n, right=True, fact="kostnad" if n < 4 else f"annan-{n}") for n in range(400)]
    two, three = ([by("a", result(n, right=False, fact="kostnad")) for n in range(k)] + old[k:] for k in (2, 3))
    assert judged(two, old, {}, NEW).holds
    found = judged(three, old, {}, NEW)
    assert found.summary.endswith("a answers in the place of 3 of 4 right answers to one question")
    assert taken_facts(two, old, NEW.is_new) == {"kostnad"}


def test_metrics_are_those_of_the_sample_and_losses_are_counted_over_all():
    old = [result(n, right=n < 5) for n in range(10)]
    new = [result(n, right=n < 4) for n in range(10)]
    near = frozenset(f"fall-{n}" for n in range(4, 10))
    assert judged(new, old, {"right": 0.9}, Known(near=near)).holds
    more = [result(n, right=n < 3) for n in range(10)]
    assert judged(more, old, {}, Known(near=near)).summary.endswith("2 right answers are lost and 0 won")


def test_a_document_that_is_missing_is_no_question_of_how_many_answers_it_gave():
    old = [result(n, right=True) for n in range(9)]
    found = judged(old, old, {}, Known(missing=["faktablad-sou"]))
    assert (found.holds, found.summary.endswith("faktablad-sou is missing, and known answers are about it")) == (
        False,
        True,
    )


def test_losses_do_not_add_up_from_one_publication_to_the_next():
    generations = [[result(n, right=n >= lost) for n in range(200)] for lost in (0, 2, 4)]
    best = best_of(generations[0], {}, holds=True)
    assert judged(generations[1], generations[0], {}, Known(best=best)).holds
    best = best_of(generations[1], best, holds=True)
    assert sum(best.values()) == 200
    found = judged(generations[2], generations[1], {}, Known(best=best))
    assert found.summary.endswith("4 right answers are lost and 0 won since the best index of late")
    forced = best_of(generations[2], best, holds=False)
    assert judged(generations[2], generations[2], {}, Known(best=forced)).holds


def test_one_case_of_a_small_metric_may_be_lost_and_less_of_a_bad_one_is_better():
    def some(metric: str, n_good: int) -> list[Result]:
        held = [result(n, right=True) for n in range(10)]
        scores = [dict(r.scores) | {metric: HOLDS if n < n_good else fails("wrong")} for n, r in enumerate(held)]
        return [replace(r, scores=s) for r, s in zip(held, scores, strict=True)]

    least = {"abstention": 0.9}
    assert judged(some("abstention", 7), some("abstention", 8), least).holds
    assert not judged(some("abstention", 6), some("abstention", 8), least).holds
    most = {"wrong_verdict": 0.1}  # HOLDS counts a wrong one here
    assert judged(some("wrong_verdict", 3), some("wrong_verdict", 4), most).holds
    assert not judged(some("wrong_verdict", 6), some("wrong_verdict", 4), most).holds
