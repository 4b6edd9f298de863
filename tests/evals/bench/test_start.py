"""The start-up benchmark with a clock and commands whose outcome is known, and one real process."""

from collections.abc import Sequence

from evals.bench.start import COMMANDS, measure_start, run_module


def test_median_slowest_and_exit_code() -> None:
    codes = iter([0, 0, 2, 0])
    ticks = iter([0.0, 1.0, 10.0, 14.0, 20.0, 22.0])
    called: list[Sequence[str]] = []

    def run(arguments: Sequence[str]) -> int:
        called.append(arguments)
        return next(codes)

    figures = measure_start("ingest list", 3, run, lambda: next(ticks))
    assert (figures.median_s, figures.slowest_s, figures.n, figures.exit_code) == (2.0, 4.0, 3, 2)
    assert called == [COMMANDS["ingest list"]] * 4


def test_a_real_process_is_run() -> None:
    assert run_module(("json.tool", "--help")) == 0
    assert run_module(("json.tool", "--no-such-option")) == 2
