import random

import numpy as np
import pytest
from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import WordLevel

from evals.training.bags import Bags, encode
from evals.training.cooccurrence import Cells, first_singular, near_counts, positive_information
from evals.training.lexicon import Glosser, glossed_pairs, glosser, word_pairs
from evals.training.start import at_translations, start_vectors, towards_stems
from evals.training.texts import TextPair


def bags(*texts):
    return Bags(
        np.array([i for text in texts for i in text], dtype=np.int32), np.cumsum([0, *map(len, texts)]).astype(np.int64)
    )


def test_neighbours_count_by_their_distance_within_a_text_alone():
    counts = near_counts(bags([0, 1, 2], [0, 1, 2]), 3)
    table = {(int(r), int(c)): v for r, c, v in zip(counts.rows, counts.columns, counts.values, strict=True)}
    # Next to each other 1, two places apart 5/6, in both texts; nothing from the end of one to the start of the other.
    assert table == pytest.approx({(0, 1): 2, (1, 0): 2, (1, 2): 2, (2, 1): 2, (0, 2): 10 / 6, (2, 0): 10 / 6})


def test_a_pair_in_one_text_counts_once_each_way():
    counts = near_counts(bags([0, 1], [0, 1]), 2)
    assert list(zip(counts.rows, counts.columns, counts.values, strict=True)) == [(0, 1, 2.0), (1, 0, 2.0)]
    assert len(near_counts(bags([0], [1]), 2).rows) == 0


def test_information_is_positive_where_pieces_meet_more_than_by_chance():
    counts = Cells(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([9.0, 1.0, 1.0, 9.0]), 2, 2)
    cells = positive_information(counts, np.array([10, 10]))
    # Both contexts have a share of 1/2: log(9 / (10 / 2)) on the diagonal, log(1 / 5) < 0 off it.
    assert list(zip(cells.rows, cells.columns, strict=True)) == [(0, 0), (1, 1)]
    assert cells.values == pytest.approx(np.log(9 / 5))


def test_singular_vectors_give_the_matrix_back():
    cells = Cells(np.array([0, 1, 2]), np.array([0, 1, 1]), np.array([4.0, 3.0, 3.0]), 3, 2)
    rows = first_singular(cells, 5, 1)
    assert rows.shape == (3, 5) and not rows[:, 2:].any()
    # Rows of the same contexts have the same vector, others have orthogonal ones; lengths are roots of values.
    np.testing.assert_allclose(rows[1], rows[2], atol=1e-5)
    assert rows[0] @ rows[1] == pytest.approx(0, abs=1e-5)
    assert rows[0] @ rows[0] == pytest.approx(4, abs=1e-4)


def test_a_rare_form_is_drawn_to_its_stem():
    rows = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], dtype=np.float32)
    drawn = towards_stems(rows, ["bilar", "bilen", "hund"], np.array([900, 0, 100]))
    # The stem's mean is the common form's vector; a form never seen takes it whole.
    np.testing.assert_allclose(drawn, [[1, 0], [1, 0], [0, 1]], atol=1e-6)


def words(*vocabulary):
    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate(("[UNK]", *vocabulary))}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


def test_an_english_piece_starts_at_its_translations():
    tokenizer = words("hund", "katt", "dog", "cat")
    rows = np.array([[0, 0], [1, 0], [0, 1], [0, 0], [0, 0]], dtype=np.float32)
    chosen = np.array([False, False, False, True, False])
    pairs = [TextPair("dog", "hund"), TextPair("dog", "katt"), TextPair("cat", "katt")]
    moved = at_translations(rows, tokenizer, pairs, chosen)
    assert moved.tolist() == [[0, 0], [1, 0], [0, 1], [0.5, 0.5], [0, 0]]


def test_words_of_like_use_start_near_each_other():
    rng = random.Random(1)
    topics = {
        ("kaffe", "te"): "dricka varm {} frukost",
        ("bilar", "bussar"): "köra snabba {} vägen",
        ("hus", "villor"): "bygga höga {} tomten",
        ("låtar", "visor"): "sjunga gamla {} scenen",
        ("böcker", "romaner"): "läsa långa {} soffan",
    }
    texts = [form.format(rng.choice(pair)) for pair, form in topics.items() for _ in range(300)]
    tokenizer = words(*sorted({word for text in texts for word in text.split()}))
    rows = start_vectors(tokenizer, encode(tokenizer, texts), [], 8, 1)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    kaffe, te, bussar = (rows[tokenizer.token_to_id(word)] for word in ("kaffe", "te", "bussar"))
    assert kaffe @ te > kaffe @ bussar + 0.5


ENGLISH = {"skatt": ["tax"], "bostad": ["housing"], "bidrag": ["allowance"]}


def test_a_query_is_read_word_by_word_and_compounds_by_their_parts():
    glossed = Glosser(ENGLISH, random.Random(3)).gloss("Skatten på bostadsbidrag 2024")
    assert glossed is not None
    words = glossed.split()
    assert [word for word in words if word in ("tax", "housing", "allowance", "2024")] == [
        "tax",
        "housing",
        "allowance",
        "2024",
    ]


def test_a_query_that_is_mostly_unknown_or_too_short_is_left_out():
    gloss = Glosser(ENGLISH, random.Random(3))
    assert gloss.gloss("Skatten bestrids av rederinäringen utomlands") is None
    assert gloss.gloss("Skatten") is None
    pairs = [TextPair("skatten", "s"), TextPair("skatt och bidrag", "p")]
    assert [pair.passage for pair in glossed_pairs(pairs, gloss)] == ["p"]


def test_the_projects_own_lists_are_pairs_of_english_and_swedish():
    pairs = word_pairs()
    assert TextPair("residence permit", "uppehållstillstånd") in pairs
    assert glosser(pairs, random.Random(1)).gloss("arbetslösa ungdomar") is not None
