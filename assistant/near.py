"""Widens a question's terms by the words of the candidate sentences that the embedding model holds to be near."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from assistant.sentences import Sentence
from assistant.terms import Term
from corpus.embedder import Vectors
from corpus.lemmas import lemma, root

# A pair of words as close as this was a right substitution in most cases looked at on the development cases.
MIN_WORD_SIMILARITY = 0.6
MIN_WORD_CHARS = 4
MOST_REMEMBERED = 50_000


class NearWords:
    """Finds near words by the cosine of their vectors, remembering the vectors it has asked for."""

    def __init__(self, embed: Callable[[Sequence[str]], Vectors]) -> None:
        self._embed = embed
        self._vectors: dict[str, np.ndarray] = {}

    def widen(self, terms: Sequence[Term], sentences: Sequence[Sentence]) -> list[Term]:
        """``terms`` with the roots of the near words of ``sentences`` as ``near``."""
        asked = [t for t in terms if not t.body_id and not t.specific and len(t.text) >= MIN_WORD_CHARS]
        words = sorted({w for s in sentences for w in s.words})
        if not asked or not words:
            return list(terms)
        matrix = self._matrix(words)
        near: dict[str, frozenset[str]] = {}
        for term, row in zip(asked, self._matrix([lemma(t.text) for t in asked]) @ matrix.T, strict=True):
            near[term.text] = frozenset(root(words[i]) for i in np.flatnonzero(row >= MIN_WORD_SIMILARITY))
        return [replace(t, near=near.get(t.text, frozenset()) - {root(a) for a in t.antonyms}) for t in terms]

    def _matrix(self, words: Sequence[str]) -> Vectors:
        unseen = [w for w in dict.fromkeys(words) if w not in self._vectors]
        if len(self._vectors) + len(unseen) > MOST_REMEMBERED:
            self._vectors.clear()
            unseen = list(dict.fromkeys(words))
        if unseen:
            self._vectors.update(zip(unseen, self._embed(unseen), strict=True))
        return np.stack([self._vectors[w] for w in words])
