"""recall@k, nDCG@k and MRR@k against values worked out by hand."""

import pytest

from evals.metrics.ranking import first_occurrences, mrr_at, ndcg_at, recall_at

RANKED = ("a", "b", "c", "d")


def test_recall_is_the_share_of_the_relevant() -> None:
    assert recall_at(1, RANKED, {"b"}) == 0.0
    assert recall_at(2, RANKED, {"b"}) == 1.0
    assert recall_at(2, RANKED, {"b", "d"}) == 0.5


def test_mrr_is_one_through_the_first_rank() -> None:
    assert mrr_at(10, RANKED, {"c", "d"}) == pytest.approx(1 / 3)
    assert mrr_at(2, RANKED, {"c"}) == 0.0


def test_ndcg_with_one_relevant_is_its_discount() -> None:
    # Rank 3: 1/log2(4) = .5; the best possible is 1/log2(2) = 1.
    assert ndcg_at(10, RANKED, {"c"}) == pytest.approx(0.5)
    assert ndcg_at(10, RANKED, {"a"}) == 1.0
    assert ndcg_at(2, RANKED, {"c"}) == 0.0


def test_ndcg_with_two_relevant() -> None:
    # Ranks 2 and 4: 1/log2(3) + 1/log2(5) = .63093 + .43068 = 1.06161; best 1 + .63093; ratio .65092
    assert ndcg_at(10, RANKED, {"b", "d"}) == pytest.approx(0.65092, abs=1e-5)


def test_best_order_is_cut_at_k() -> None:
    # With k 1 the best possible gain is 1, though two are relevant.
    assert ndcg_at(1, RANKED, {"a", "b"}) == 1.0


def test_a_passage_ranks_at_its_best_chunk() -> None:
    assert first_occurrences(["p2", "p1", "p2", "p3", "p1"]) == ("p2", "p1", "p3")
