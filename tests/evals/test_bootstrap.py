import pytest

from evals.bootstrap import paired_gain


def test_a_gain_on_every_question_is_significant():
    gain = paired_gain([0.6, 0.7, 0.8], [0.5, 0.6, 0.7])
    assert (gain.mean, gain.low, gain.high) == pytest.approx((0.1, 0.1, 0.1))
    assert gain.significant and gain.n == 3


def test_a_gain_and_a_loss_cancel_out():
    gain = paired_gain([1.0, 0.0] * 20, [0.0, 1.0] * 20)
    # The mean of 40 values of ±1 spreads by 1/√40: 95 % lie within 1.96 of that, .31.
    assert gain.mean == 0
    assert gain.high == pytest.approx(0.31, abs=0.03) and gain.low == pytest.approx(-0.31, abs=0.03)
    assert not gain.significant


def test_the_same_values_give_the_same_interval():
    values = [0.1, 0.5, 0.3, 0.9], [0.2, 0.1, 0.3, 0.4]
    assert paired_gain(*values) == paired_gain(*values)
