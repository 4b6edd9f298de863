"""Proper names in questions typed in lower case, told by how the documents write them."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.sentences import Sentence
from assistant.terms import Term
from corpus.lemmas import root


def with_names(terms: Sequence[Term], sentences: Sequence[Sentence]) -> list[Term]:
    """``terms`` with those marked as names that ``sentences`` write with a capital wherever they have them."""
    return [replace(t, name=True, verb=False) if _could_be(t) and _always_capital(t, sentences) else t for t in terms]


def _could_be(term: Term) -> bool:
    return not (term.name or term.body_id or term.specific) and term.text.islower()


def _always_capital(term: Term, sentences: Sequence[Sentence]) -> bool:
    written = [
        token.text[0].isupper()
        for sentence in sentences
        if term.forms & sentence.roots
        for token in sentence.tokens[1:]
        if root(token.text.lower()) in term.forms
    ]
    return bool(written) and all(written)
