"""The word side of a build: passages as index terms, and counts of the terms and words of the whole index."""

from collections import Counter
from dataclasses import dataclass

from corpus.lexical import LexicalEntry
from corpus.models import Passage
from corpus.swedish import SwedishAnalyzer, Token, tokenize


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the analysis makes of one word; ``form`` is the word in lower case, empty for numbers."""

    terms: tuple[str, ...]
    parts: tuple[str, ...]
    form: str


class WordReader:
    """Reads passages one after another; remembers every word that it has met, since most come again."""

    def __init__(self, analyzer: SwedishAnalyzer) -> None:
        self._analyzer = analyzer
        self._known: dict[str, Analysed] = {}
        self._titles: dict[str, list[str]] = {}
        self.n_passages: Counter[str] = Counter()
        """How many passages hold each term, as a word or as part of a compound."""
        self.n_forms: Counter[str] = Counter()
        """How often each word occurs as it is spelt, in lower case."""

    def read(self, passage: Passage, title: str) -> LexicalEntry:
        """The passage as terms, counted; ``title`` is its document's."""
        words = self._analysed(passage.text)
        terms = [term for word in words for term in word.terms]
        parts = [part for word in words for part in word.parts]
        self.n_passages.update({*terms, *parts})
        self.n_forms.update(word.form for word in words if word.form)
        titles = self._title_terms(f"{title}\n{passage.heading}")
        return LexicalEntry(passage.passage_id, passage.document_id, terms, parts, titles)

    def _title_terms(self, text: str) -> list[str]:
        """The terms of a title and heading; their words are counted the first time."""
        if text not in self._titles:
            words = self._analysed(text)
            self._titles[text] = [term for word in words for term in word.terms]
            self.n_forms.update(word.form for word in words if word.form)
        return self._titles[text]

    def _analysed(self, text: str) -> list[Analysed]:
        return [self._word(token) for token in tokenize(text)]

    def _word(self, token: Token) -> Analysed:
        known = self._known.get(token.text)
        if known is None:
            form = "" if token.has_digit else token.text.lower()
            known = Analysed(tuple(self._analyzer.token_terms(token)), tuple(self._analyzer.token_parts(token)), form)
            self._known[token.text] = known
        return known
