"""What a crowd costs, over pairs of results worked out by hand."""

from evals.cases import Case
from evals.crowd.loss import loss
from evals.metrics.score import Score
from evals.scoring import Result
from evals.statistics import Rate
from tests.evals.builders import make_answer, make_case


def result(case: Case, value: float | None) -> Result:
    return Result(case, make_answer(), {}, Score(value))


def test_loss_is_counted_over_pairs() -> None:
    cases = [make_case(id=str(n), fact=f"f{n // 2}", kind="who" if n == 0 else "when") for n in range(5)]
    cases.append(make_case(id="x", kind="not_in_sources", status="not_in_sources"))
    plain = [result(case, value) for case, value in zip(cases, (1.0, 1.0, 0.0, 1.0, 1.0, 1.0), strict=True)]
    crowded = [result(case, value) for case, value in zip(cases, (0.0, 1.0, 1.0, 0.0, None, 0.0), strict=True)]
    found = loss(plain, crowded)
    assert (found.plain, found.crowded) == (Rate(5, 4), Rate(5, 2))
    assert found.kinds == {
        "not_in_sources": (Rate(1, 1), Rate(1, 0)),
        "when": (Rate(3, 2), Rate(3, 2)),
        "who": (Rate(1, 1), Rate(1, 0)),
    }
    assert (found.lost.n, found.lost.ratio) == (4, 0.25)
    assert [r.case.id for r in found.broken] == ["0", "3", "x"]
    assert [r.case.id for r in found.mended] == ["2"]
