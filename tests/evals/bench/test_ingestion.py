from evals.bench.ingestion import Clock, Figure


def test_a_share_is_of_the_rate_of_what_stands_beside():
    ours, alone = Clock(10.0, 12.0), Clock(8.0, 3.0)
    figure = ours.figure("statutes", 500, "passages", alone)
    assert figure == Figure("statutes", 500, "passages", 10.0, 12.0, 0.8, 0.25)
    assert figure.rate == 50.0
    assert alone.figure("Chroma", 500, "passages").share is None
