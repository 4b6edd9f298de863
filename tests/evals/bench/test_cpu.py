"""The CPU benchmark with a clock whose ticks are known."""

from evals.bench.cpu import measure_cpu


def test_median_and_p95_leave_the_warm_up_out() -> None:
    asked: list[str] = []
    now = 0.0
    cost_s = {"a": 0.010, "b": 0.030}

    def ask(question: str) -> None:
        nonlocal now
        now += cost_s[question] if len(asked) >= 2 else 9.0
        asked.append(question)

    figures = measure_cpu(ask, ["a", "b"], rounds=2, clock=lambda: now)
    assert (round(figures.median_ms, 6), round(figures.p95_ms, 6), figures.n) == (20.0, 30.0, 4)
    assert asked == ["a", "b"] * 3
