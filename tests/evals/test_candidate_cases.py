from evals.candidate import for_gate
from evals.cases import case_files, load_cases


def test_the_gate_asks_the_same_few_hundred_each_time_two_thirds_of_them_critical_at_most() -> None:
    cases = load_cases(case_files())
    chosen = for_gate(cases, 100)
    assert 90 <= len(chosen) <= 120
    assert 60 <= sum(c.critical for c in chosen) <= 70
    assert [c.id for c in chosen] == [c.id for c in for_gate(cases, 100)]
    assert len({c.kind for c in chosen}) > 10


def test_every_critical_case_is_asked_at_every_publication() -> None:
    cases = load_cases(case_files())
    assert {c.id for c in cases if c.critical} <= {c.id for c in for_gate(cases)}


def test_few_cases_are_all_asked() -> None:
    cases = load_cases(case_files())[:5]
    assert {c.id for c in for_gate(cases, 100)} == {c.id for c in cases}
