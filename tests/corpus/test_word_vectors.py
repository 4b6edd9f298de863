import threading

import numpy as np
import pytest

import corpus.word_vectors
from corpus.embedder import BUILT_IN_PATH, load_embedder
from corpus.errors import SettingsError
from corpus.settings import BUILT_IN_MODEL
from corpus.word_vectors import WordVectors, is_static

WORDS = ["försörjningsstöd", "bidrag", "och", "försörjningsstöd", "?!"]


def test_a_word_has_the_vector_that_the_embedder_gives_it():
    rows, _ = WordVectors(BUILT_IN_PATH).look_up(WORDS[:4])
    np.testing.assert_allclose(rows, load_embedder(BUILT_IN_MODEL).embed_passages(WORDS[:4]), atol=1e-3)


def test_a_common_word_weighs_little_and_no_word_nothing():
    rows, weights = WordVectors(BUILT_IN_PATH).look_up(WORDS)
    assert weights[2] < weights[1] and weights[0] == weights[3]
    assert weights[4] == 0 and not rows[4].any()


def test_words_forgotten_are_looked_up_anew(monkeypatch):
    vectors = WordVectors(BUILT_IN_PATH)
    before, _ = vectors.look_up(["kommun"])
    monkeypatch.setattr(corpus.word_vectors, "MOST_REMEMBERED", 3)
    vectors.look_up(["a", "b", "c"])
    after, _ = vectors.look_up(["kommun", "lag"])
    np.testing.assert_array_equal(before[0], after[0])


def test_many_words_and_threads_do_not_mix_rows_up():
    vectors = WordVectors(BUILT_IN_PATH)
    words = [f"ord{number}" for number in range(6_000)]
    expected, _ = WordVectors(BUILT_IN_PATH).look_up(words)
    found: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda n=n: found.update({n: vectors.look_up(words[n::3])[0]})) for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for n in range(3):
        np.testing.assert_array_equal(found[n], expected[n::3])


def test_a_folder_without_a_static_model_is_one_clear_line(tmp_path):
    with pytest.raises(SettingsError, match="no static embedding model"):
        WordVectors(tmp_path)


def test_only_a_folder_with_one_table_is_static(tmp_path):
    assert is_static(BUILT_IN_PATH)
    assert not is_static(tmp_path)
    (tmp_path / "modules.json").write_text('[{"type": "x.Transformer"}, {"type": "x.Pooling"}]', encoding="utf-8")
    assert not is_static(tmp_path)
