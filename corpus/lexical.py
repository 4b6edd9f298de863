"""Lexical search over a generation's passages: BM25 in tantivy, over terms that the Swedish analysis made.

The analysis happens outside: every field holds terms with spaces between and is split at the spaces only, and queries
are built term by term, never parsed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from corpus.errors import IndexUnavailable
from corpus.models import Hit

LEXICAL_FOLDER = "lexical"
WRITER_HEAP_BYTES = 128_000_000
# tantivy refuses longer terms.
MAX_TERM_BYTES = 65_000


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """A passage as terms: of its text, of the parts of the compounds in it, and of its title and heading."""

    passage_id: str
    document_id: str
    terms: Sequence[str]
    parts: Sequence[str]
    title: Sequence[str]


@dataclass(frozen=True, slots=True)
class FieldBoosts:
    """How much a match counts in each field, against 1.0 for the passage's own words."""

    terms: float = 1.0
    parts: float = 0.5
    title: float = 0.4


DEFAULT_BOOSTS = FieldBoosts()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document_id", tokenizer_name="raw", index_option="basic")
    for name in ("terms", "parts", "title"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalWriter:
    """Fills the lexical index of a generation that is being built."""

    def __init__(self, folder: Path) -> None:
        """Create the index in ``folder``, which must hold none."""
        path = folder / LEXICAL_FOLDER
        path.mkdir(parents=True)
        # One thread: passages keep their order, and equal scores are broken the same way in every build.
        self._writer = tantivy.Index(_schema(), path=str(path)).writer(WRITER_HEAP_BYTES, num_threads=1)

    def add(self, entry: LexicalEntry) -> None:
        """Index one passage."""
        self._writer.add_document(
            tantivy.Document(
                passage_id=entry.passage_id,
                document_id=entry.document_id,
                terms=_joined(entry.terms),
                parts=_joined(entry.parts),
                title=_joined(entry.title),
            )
        )

    def __enter__(self) -> "LexicalWriter":
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        """Write everything out, unless something failed."""
        if failed is None:
            self._writer.commit()
            self._writer.wait_merging_threads()


class LexicalIndex:
    """Read access to a generation's lexical index; safe to share between threads.

    tantivy 0.27 opens an index only where it may create its lock file: in a folder that the reader may not write to,
    opening fails. Any number of processes can have it open.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in a generation's ``folder``.

        Raises:
            IndexUnavailable: there is none, or it cannot be read.
        """
        path = folder / LEXICAL_FOLDER
        try:
            index = tantivy.Index.open(str(path))
            self._searcher = index.searcher()
        except Exception as error:  # tantivy raises ValueError, OSError and its own panics
            raise IndexUnavailable(f"{path}: cannot be opened ({error}); run: python -m ingest sync") from error
        self._schema = index.schema

    @property
    def n_passages(self) -> int:
        """How many passages are indexed."""
        return int(self._searcher.num_docs)

    def search(
        self,
        terms: Mapping[str, float],
        parts: Mapping[str, float],
        k: int,
        documents: frozenset[str] | None = None,
        boosts: FieldBoosts = DEFAULT_BOOSTS,
    ) -> list[Hit]:
        """The ``k`` best passages, best first; the score is a weighted sum of BM25 scores.

        Args:
            terms: index terms of the question's words with a weight each; looked for in every field.
            parts: index terms of the parts of the question's compounds; looked for in words and in compound parts.
            k: how many to return at most.
            documents: only passages of these documents, or of all if None.
            boosts: weights of the fields.
        """
        clauses = [
            clause
            for term, weight in terms.items()
            for clause in self._clauses(
                term, weight, {"terms": boosts.terms, "parts": boosts.parts, "title": boosts.title}
            )
        ]
        clauses += [
            clause
            for term, weight in parts.items()
            for clause in self._clauses(term, weight, {"terms": boosts.terms, "parts": boosts.parts})
        ]
        if not clauses or k < 1:
            return []
        query = tantivy.Query.boolean_query(clauses)
        if documents is not None:
            query = self._within(query, documents)
        found = self._searcher.search(query, k, count=False).hits
        return [Hit(str(self._searcher.doc(address)["passage_id"][0]), float(score)) for score, address in found]

    def _clauses(
        self, term: str, weight: float, fields: Mapping[str, float]
    ) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        made = []
        for name, boost in fields.items():
            if weight * boost > 0:
                query = tantivy.Query.term_query(self._schema, name, term, "freq")
                made.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, weight * boost)))
        return made

    def _within(self, query: tantivy.Query, documents: frozenset[str]) -> tantivy.Query:
        inside = tantivy.Query.term_set_query(self._schema, "document_id", sorted(documents))
        must = tantivy.Occur.Must
        return tantivy.Query.boolean_query([(must, query), (must, tantivy.Query.const_score_query(inside, 0.0))])


def _joined(terms: Sequence[str]) -> str:
    joined = " ".join(terms)
    if len(joined) * 4 <= MAX_TERM_BYTES:
        return joined
    return " ".join(term for term in terms if len(term) * 4 <= MAX_TERM_BYTES)
