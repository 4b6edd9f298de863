"""Second stage of retrieval: every word of the question looks for its nearest word in each passage found.

Late interaction (Khattab and Zaharia 2020) over vectors of single words. A passage's vector blurs its words; its words
by themselves tell which of the question's words it bears, in that very form or in another.
"""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.search_query import AskedWord
from corpus.swedish import STOP_WORDS
from corpus.word_vectors import WordVectors

_WORD = re.compile(r"[^\W_]+(?:[-:/][^\W_]+)*")


def late_scores(
    words: Sequence[AskedWord],
    texts: Sequence[str],
    vectors: WordVectors,
    frequency: Mapping[str, int],
    n_passages: int,
) -> NDArray[np.float64]:
    """How well each text bears the ``words``, 0–1: ``(n_texts,)``; the mean of best cosines, rare words counting more.

    Args:
        words: of the question.
        texts: of the passages found.
        vectors: of words.
        frequency: for each index term of the words, the number of passages that hold it.
        n_passages: in the whole index.
    """
    held = [_words(text) for text in texts]
    spoken = [word for each in held for word in each]
    if not words or not spoken:
        return np.zeros(len(texts))
    vocabulary = {word: row for row, word in enumerate(dict.fromkeys(spoken))}
    table, _ = vectors.look_up(list(vocabulary))
    forms = [form for word in words for form in word.forms]
    asked, form_weights = vectors.look_up(forms)
    first = np.cumsum([0, *(len(word.forms) for word in words[:-1])])
    cosines = np.maximum.reduceat(np.maximum(asked @ table.T, 0.0), first, axis=0)
    counts = np.array([len(word.forms) for word in words])
    weights = np.add.reduceat(form_weights, first) / counts
    weights = weights * [_rarity(word, frequency, n_passages) for word in words]
    filled = [index for index, each in enumerate(held) if each]
    starts = np.cumsum([0, *(len(held[index]) for index in filled[:-1])])
    columns = np.fromiter(map(vocabulary.__getitem__, spoken), np.intp, len(spoken))
    best = np.maximum.reduceat(cosines[:, columns], starts, axis=1)
    scores = np.zeros(len(texts))
    scores[filled] = weights @ best / max(float(weights.sum()), 1e-9)
    return scores


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]


def _rarity(word: AskedWord, frequency: Mapping[str, int], n_passages: int) -> float:
    """BM25's inverse document frequency of the word's commonest form.

    A word that no passage holds counts as one that the root of all passages hold: it may be misspelt or foreign.
    """
    known = max((frequency.get(term, 0) for term in word.terms), default=0) or math.sqrt(n_passages)
    return math.log(1 + max(0.0, n_passages - known + 0.5) / (known + 0.5))
