import math

import numpy as np
import pytest

from assistant.late import late_scores
from assistant.search_query import AskedWord
from corpus.word_vectors import WordVectors

ANGLES = {"hund": 0.0, "valp": 60.0, "katt": 90.0, "dog": 0.0, "bil": 90.0}


class Angles(WordVectors):
    """Words on a circle: the cosine of two is that of the angle between them; every word weighs 2."""

    def __init__(self) -> None:
        pass

    def look_up(self, words):
        angles = np.radians([ANGLES.get(word, 180.0) for word in words])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32), np.full(len(words), 2.0)


def asked(*forms: str) -> AskedWord:
    return AskedWord(forms, frozenset(forms))


def test_each_word_counts_with_its_nearest_word_by_rarity() -> None:
    frequency = {"hund": 1, "katt": 3}
    scores = late_scores([asked("hund"), asked("katt")], ["Hund!", "en valp", "xyz", ""], Angles(), frequency, 4)
    rare, common = math.log(1 + 3.5 / 1.5), math.log(1 + 1.5 / 3.5)
    # hund–hund 1, katt–hund 0; hund–valp cos 60°, katt–valp cos 30°; nothing below 0; no words, no score.
    expected = [rare, rare * 0.5 + common * math.sqrt(0.75), 0, 0]
    np.testing.assert_allclose(scores, np.array(expected) / (rare + common), atol=1e-6)


def test_a_word_of_several_forms_counts_with_the_best_of_them() -> None:
    scores = late_scores([asked("katt", "dog")], ["hund"], Angles(), {}, 9)
    assert scores == pytest.approx([1.0])


def test_a_word_that_no_passage_holds_weighs_less_than_a_rare_one() -> None:
    words = [asked("hund"), asked("bil")]
    # Of 100 passages one holds "hund"; "bil" counts as if ten did.
    (score,) = late_scores(words, ["hund"], Angles(), {"hund": 1}, 100)
    rare, unseen = math.log(1 + 99.5 / 1.5), math.log(1 + 90.5 / 10.5)
    assert score == pytest.approx(rare / (rare + unseen))


def test_a_question_or_passages_without_words_score_nothing() -> None:
    assert late_scores([], ["hund"], Angles(), {}, 1).tolist() == [0.0]
    assert late_scores([asked("hund")], ["?", "och"], Angles(), {}, 1).tolist() == [0.0, 0.0]
    assert late_scores([asked("hund")], [], Angles(), {}, 1).tolist() == []
