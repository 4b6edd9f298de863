import numpy as np
import pytest

from corpus.exact import ExactSearch


def test_the_nearest_come_first_whatever_their_length():
    search = ExactSearch.over(["a", "b", "c"], np.array([[0, 2], [3, 0], [1, 1]], np.float32))
    hits = search.search(np.array([5, 0], np.float32), 2)
    assert [h.passage_id for h in hits] == ["b", "c"]
    assert [h.score for h in hits] == pytest.approx([1.0, 0.5**0.5])


def test_no_length_is_near_nothing():
    search = ExactSearch.over(["a", "b"], np.array([[0, 0], [-1, 0]], np.float32))
    assert [(h.passage_id, h.score) for h in search.search(np.array([1, 0], np.float32), 9)] == [("a", 0), ("b", -1)]
    assert search.search(np.array([1, 0], np.float32), 0) == []
    assert search.search(np.array([0, 0], np.float32), 1) == [search.search(np.array([0, 0], np.float32), 2)[0]]
