"""Widens a question's terms by the words of the candidate sentences that the embedding model holds to be near."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from assistant.sentences import MIN_WORD_CHARS, Sentence
from assistant.terms import Term
from corpus.embedder import Vectors
from corpus.lemmas import lemma, root

# On 800 development cases .55, .6 and .65 gave as many right answers, .7 one fewer (``docs/retrieval.md``).
MIN_WORD_SIMILARITY = 0.6


def widened(
    terms: Sequence[Term], sentences: Sequence[Sentence], word_vectors: Callable[[Sequence[str]], Vectors]
) -> list[Term]:
    """``terms`` with the roots of the near words of ``sentences`` as ``near``.

    Args:
        terms: of the question.
        sentences: that may answer it.
        word_vectors: gives words their vectors, rows of unit length.
    """
    asked = [t for t in terms if not (t.body_id or t.specific or t.name) and len(t.text) >= MIN_WORD_CHARS]
    words = sorted({w for s in sentences for w in s.words})
    if not asked or not words:
        return list(terms)
    similarities = word_vectors([lemma(t.text) for t in asked]) @ word_vectors(words).T
    near = {
        term.text: frozenset(root(words[i]) for i in np.flatnonzero(row >= MIN_WORD_SIMILARITY))
        for term, row in zip(asked, similarities, strict=True)
    }
    return [replace(t, near=near.get(t.text, frozenset()) - {root(a) for a in t.antonyms}) for t in terms]
