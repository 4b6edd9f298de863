"""Between co-occurrence and loop: every piece gets a vector to start from, rare and English ones by their relatives."""

from collections.abc import Sequence

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from tokenizers import Tokenizer

from evals.training.bags import Bags, pieces_in_order
from evals.training.cooccurrence import Floats, first_singular, near_counts, positive_information
from evals.training.texts import TextPair

SHRINKAGE = 100  # a piece seen this often starts half way between its own vector and that of its stem
MAX_STEM_COUNT = 2_000  # no form speaks for its stem with more than this
ENGLISH_COUNT = 100  # a piece seen less often in the Swedish corpora starts where its translations are
TINY = 1e-3


def start_vectors(tokenizer: Tokenizer, corpus: Bags, translations: Sequence[TextPair], dim: int, seed: int) -> Floats:
    """Rows of unit length to start from: ``(n_pieces, dim)``; ``translations`` are English → Swedish words."""
    n_pieces = tokenizer.get_vocab_size()
    frequencies = np.bincount(corpus.ids, minlength=n_pieces)
    rows = first_singular(positive_information(near_counts(corpus, n_pieces), frequencies), dim, seed)
    rows = without_common_part(unit(rows), frequencies)
    rows = towards_stems(rows, pieces_in_order(tokenizer), frequencies)
    rows = at_translations(rows, tokenizer, translations, frequencies < ENGLISH_COUNT)
    lost = np.linalg.norm(rows, axis=1) < TINY
    rows[lost] = np.random.default_rng(seed).standard_normal((int(lost.sum()), dim))
    return unit(rows)


def unit(rows: Floats) -> Floats:
    """The rows at unit length; rows of zeros stay."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(norms > 0, norms, 1)).astype(np.float32)


def without_common_part(rows: Floats, frequencies: NDArray[np.int64]) -> Floats:
    """The rows less their mean and first principal direction, which hold little but frequency (Arora et al. 2017)."""
    weights = np.sqrt(frequencies)[:, None]
    rows = rows - (rows * weights).sum(axis=0) / max(weights.sum(), 1.0)
    common = rows[frequencies >= ENGLISH_COUNT]
    if len(common):
        direction = np.linalg.svd(common, full_matrices=False)[2][:1]
        rows = rows - rows @ direction.T @ direction
    return unit(rows)


def towards_stems(rows: Floats, pieces: Sequence[str], frequencies: NDArray[np.int64]) -> Floats:
    """Each row drawn towards the mean of the pieces of its Swedish stem, the more the rarer it is."""
    stemmer = snowballstemmer.stemmer("swedish")
    numbers: dict[str, int] = {}
    stem_of = np.asarray([numbers.setdefault(stemmer.stemWord(piece), len(numbers)) for piece in pieces])
    weights = np.minimum(frequencies, MAX_STEM_COUNT)[:, None]
    sums = np.zeros((len(numbers), rows.shape[1]))
    np.add.at(sums, stem_of, rows * weights)
    totals = np.bincount(stem_of, weights[:, 0])[:, None]
    stems = (sums / np.maximum(totals, 1e-9))[stem_of]
    seen = frequencies[:, None]
    drawn: Floats = ((seen * rows + SHRINKAGE * stems) / (seen + SHRINKAGE)).astype(np.float32)
    return drawn


def at_translations(rows: Floats, tokenizer: Tokenizer, pairs: Sequence[TextPair], chosen: NDArray[np.bool_]) -> Floats:
    """The ``chosen`` rows at the mean of the Swedish words that their pieces help to translate, where there are any."""
    english = tokenizer.encode_batch([pair.query for pair in pairs], add_special_tokens=False)
    swedish = tokenizer.encode_batch([pair.passage for pair in pairs], add_special_tokens=False)
    sums, counts = np.zeros(rows.shape), np.zeros(len(rows))
    for source, target in zip(english, swedish, strict=True):
        if source.ids and target.ids:
            meaning = rows[target.ids].mean(axis=0) / len(source.ids)
            for piece in source.ids:
                sums[piece] += meaning
                counts[piece] += 1 / len(source.ids)
    moved = chosen & (counts > 0)
    rows = rows.copy()
    rows[moved] = sums[moved] / counts[moved][:, None]
    return rows
