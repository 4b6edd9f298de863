"""Known answers, metrics, runner, reports, retrieval and speed benchmarks."""
