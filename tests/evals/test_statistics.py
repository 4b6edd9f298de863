"""Rates, Wilson's interval and percentiles against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.score import Score
from evals.statistics import Interval, Mean, Rate, clustered_mean, percentile, rate_of, wilson


def test_wilson_for_half_of_ten() -> None:
    # z² = 3.8415, spread .38415: centre .5; half = 1.96/1.38415 · √(.025 + .0096036) = 1.416 · .18602 = .26341
    interval = wilson(5, 10)
    assert interval.low == pytest.approx(0.23659, abs=1e-4)
    assert interval.high == pytest.approx(0.76341, abs=1e-4)


def test_wilson_for_nine_of_ten() -> None:
    # centre (.9 + .192073)/1.384146 = .788987; half = 1.416 · √(.009 + .0096036) = 1.416 · .136395 = .193135
    interval = wilson(9, 10)
    assert interval.low == pytest.approx(0.59585, abs=1e-4)
    assert interval.high == pytest.approx(0.98212, abs=1e-4)


def test_wilson_at_the_ends() -> None:
    # All of n: the lower end is n/(n + z²) = 20/23.8415.
    assert wilson(20, 20).low == pytest.approx(0.83888, abs=1e-4)
    assert wilson(20, 20).high == 1.0
    assert wilson(0, 20).low == 0.0
    assert wilson(0, 20).high == pytest.approx(0.16112, abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_ratio(counts: tuple[int, int]) -> None:
    n_right, n = counts
    interval = wilson(n_right, n)
    assert 0 <= interval.low <= n_right / n + 1e-12
    assert n_right / n - 1e-12 <= interval.high <= 1


def test_what_cannot_be_judged_stays_out_of_the_mean() -> None:
    rate = rate_of([Score(1.0), Score(0.0, "no"), Score(None, "no facts"), Score(1.0)])
    assert rate == Rate(n=3, n_right=2, n_unjudged=1)
    assert rate.ratio == pytest.approx(2 / 3)


def test_nothing_judged_has_no_ratio() -> None:
    rate = rate_of([Score(None, "no facts")])
    assert (rate.ratio, rate.interval) == (None, None)


@pytest.mark.parametrize(("share", "value"), [(0.95, 19), (0.5, 10), (0.951, 20), (1.0, 20), (0.05, 1)])
def test_percentile_is_the_nearest_rank(share: float, value: float) -> None:
    assert percentile(list(range(20, 0, -1)), share) == value


def test_clustered_mean_of_two_facts() -> None:
    # Drawing two of the clusters {1, 1} and {0}: both the first (1/4) → 1, both the second (1/4) → 0, else 2/3.
    mean = clustered_mean({"a": [1.0, 1.0], "b": [0.0], "c": []}, n_unjudged=4)
    assert (mean.n, mean.ratio, mean.interval, mean.n_unjudged) == (3, 2 / 3, Interval(0.0, 1.0), 4)


def test_wordings_of_one_fact_are_no_independent_cases() -> None:
    alike = clustered_mean({str(fact): [float(fact % 2)] * 50 for fact in range(4)}).interval
    apart = clustered_mean({str(case): [float(case % 2)] for case in range(200)}).interval
    assert alike and apart
    assert alike == Interval(0.0, 1.0)  # all four draws of one sort: 1/16 each, more than the 2.5 % at either end
    assert 0.42 < apart.low < 0.44  # .5 ± 1.96 · √(.25/200) = .431–.569
    assert 0.56 < apart.high < 0.58


def test_nothing_judged_has_no_mean() -> None:
    assert clustered_mean({"a": []}, n_unjudged=2) == Mean(0, None, None, 2)
