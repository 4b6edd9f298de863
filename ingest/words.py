"""The word side of a build: passages as index terms, and counts of the terms and words of the whole index."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from tempfile import TemporaryFile

from corpus.encoded import Encoded
from corpus.lexical import LexicalEntry
from corpus.models import Passage
from corpus.swedish import SwedishAnalyzer, Token, spellings
from ingest.read_ahead import ReadAhead, Words

MOST_REMEMBERED = 100_000  # words, some 50 MB; a large corpus has more that come but once


@dataclass(frozen=True, slots=True)
class Analysed:
    """What the analysis makes of one word; ``form`` is the word in lower case, empty for numbers."""

    terms: tuple[str, ...]
    parts: tuple[str, ...]
    form: str


class _Known(dict[str, Analysed]):
    """What the analysis makes of each word as it is spelt, worked out when it is first met."""

    def __init__(self, analyzer: SwedishAnalyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, word: str) -> Analysed:
        token = Token(word, 0, len(word))
        form = "" if token.has_digit else word.lower()
        terms, parts = self._analyzer.token_terms(token), self._analyzer.token_parts(token)
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[word] = found = Analysed(tuple(map(intern, terms)), tuple(map(intern, parts)), form)
        return found


class WordReader:
    """Reads passages one after another; remembers the words that it has met, since most come again."""

    def __init__(self, analyzer: SwedishAnalyzer) -> None:
        self._known = _Known(analyzer)
        self._ahead: ReadAhead | None = None
        self._title = ""
        self._title_terms: list[str] = []
        self._counted_titles: set[int] = set()
        self.n_passages: Counter[str] = Counter()
        """How many passages hold each term, as a word or as part of a compound."""
        self.n_forms: Counter[str] = Counter()
        """How often each word occurs as it is spelt, in lower case."""

    @contextmanager
    def keeping(self, folder: Path) -> Iterator[None]:
        """Keep what is read ahead meanwhile, in a file in ``folder`` without a name: it is gone with the process."""
        with TemporaryFile(dir=folder) as file:
            self._ahead = ReadAhead(file)
            yield
        self._ahead = None

    def read_ahead(self, document_id: str, encoded: Encoded) -> None:
        """Read and count the passages of a document that are asked for later, in another order."""
        if self._ahead is not None:
            self._ahead.put(document_id, {row[0]: self._read(row[3]) for row in encoded.passages})

    def read(self, passage: Passage, title: str) -> LexicalEntry:
        """The passage as terms, counted; ``title`` is its document's."""
        words = self._ahead.get(passage.document_id, passage.passage_id) if self._ahead is not None else None
        terms, parts = words if words is not None else self._read(passage.text)
        self._read_title(f"{title}\n{passage.heading}")
        return LexicalEntry(passage.passage_id, passage.document_id, terms, parts, self._title_terms)

    def forget(self) -> None:
        """Give the memory back when all is read; the counts are gone too."""
        for kept in (self._known, self.n_passages, self.n_forms, self._counted_titles):
            kept.clear()

    def _read(self, text: str) -> Words:
        """The terms of a text, counted."""
        words = self._analysed(text)
        terms = [term for word in words for term in word.terms]
        parts = [part for word in words for part in word.parts]
        self.n_passages.update({*terms, *parts})
        self.n_forms.update([word.form for word in words if word.form])
        return terms, parts

    def _read_title(self, text: str) -> None:
        """Find the terms of a title and heading; their words are counted the first time."""
        if text == self._title:
            return
        words = self._analysed(text)
        self._title, self._title_terms = text, [term for word in words for term in word.terms]
        if hash(text) not in self._counted_titles:  # hashes, as the texts of all headings would take much memory
            self._counted_titles.add(hash(text))
            self.n_forms.update([word.form for word in words if word.form])

    def _analysed(self, text: str) -> list[Analysed]:
        return [self._known[word] for word in spellings(text)]
