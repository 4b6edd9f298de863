"""The documents of a generation in one SQLite file: texts with their spans, passages, and the words they use.

Everything is looked up by key and nothing is loaded at opening: 300,000 passages open as fast as three hundred.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import TypeAdapter

from corpus.errors import IndexUnavailable, UsageError
from corpus.models import Document, Passage, Source, Span, Update

STORE_FILE = "documents.sqlite"
SCHEMA = """
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY, input_hash TEXT NOT NULL, origin TEXT NOT NULL, path TEXT NOT NULL,
    folder TEXT NOT NULL, source TEXT NOT NULL, document TEXT NOT NULL, content_hash TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE updates (target TEXT NOT NULL, document_id TEXT NOT NULL, link TEXT NOT NULL);
CREATE INDEX updates_by_target ON updates (target);
CREATE TABLE passages (
    passage_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, text TEXT NOT NULL, heading TEXT NOT NULL, page INTEGER, text_hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX passages_by_document ON passages (document_id, start);
CREATE INDEX passages_by_text ON passages (text_hash);
CREATE TABLE vocabulary (term TEXT PRIMARY KEY, n_passages INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE surfaces (
    folded TEXT NOT NULL, form TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (folded, form)
) WITHOUT ROWID;
CREATE INDEX surfaces_by_shape ON surfaces (substr(folded, 1, 1), length(folded));
"""
MAX_KEYS = 500  # keys a query, well under SQLite's limit on variables

_DOCUMENT = TypeAdapter(Document)
_SOURCE = TypeAdapter(Source)
_UPDATE = TypeAdapter(Update)
_PASSAGE_COLUMNS = "passage_id, document_id, start, end, text, heading, page"


@dataclass(frozen=True, slots=True)
class Record:
    """How a document came into the store.

    ``input_hash`` changes with anything that decides what is stored, ``content_hash`` with the file's bytes alone; the
    latter is empty for documents that came in before it was kept.
    """

    document_id: str
    input_hash: str
    origin: str
    path: str
    folder: str
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class UpdateLink:
    """A typed link and the document that holds it."""

    document_id: str
    update: Update


class Store:
    """Read access to a published store; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the store in a generation's ``folder``.

        Raises:
            IndexUnavailable: there is none, or it cannot be read.
        """
        self._path = folder / STORE_FILE
        self._lock = threading.Lock()
        # A published file never changes: immutable keeps SQLite from looking for locks and journals.
        uri = f"file:{quote(str(self._path.resolve()))}?mode=ro&immutable=1"
        with _readable(self._path):
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._connection.execute("SELECT 1 FROM documents LIMIT 1").fetchone()
            columns = self._connection.execute("PRAGMA table_info(documents)").fetchall()
        self._has_content_hash = any(column[1] == "content_hash" for column in columns)  # format 1 had none

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    @property
    def path(self) -> Path:
        """Where the store lies."""
        return self._path

    @property
    def n_documents(self) -> int:
        """How many documents there are."""
        return int(self._rows("SELECT count(*) FROM documents")[0][0])

    @property
    def n_passages(self) -> int:
        """How many passages there are."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def sources(self) -> tuple[Source, ...]:
        """The sources of all documents, primary ones first, then by id."""
        found = [
            _SOURCE.validate_json(row[0]) for row in self._rows("SELECT source FROM documents ORDER BY document_id")
        ]
        return tuple(sorted(found, key=lambda source: (not source.primary, source.document_id)))

    def source(self, document_id: str) -> Source:
        """The source of one document.

        Raises:
            UsageError: there is no such document.
        """
        return _SOURCE.validate_json(self._one("source", document_id))

    def document(self, document_id: str) -> Document:
        """One document, text and spans.

        Raises:
            UsageError: there is no such document.
        """
        return _DOCUMENT.validate_json(self._one("document", document_id))

    def records(self) -> list[Record]:
        """How each document came in, by id."""
        columns = "document_id, input_hash, origin, path, folder" + (", content_hash" if self._has_content_hash else "")
        query = f"SELECT {columns} FROM documents ORDER BY document_id"
        return [Record(*row) for row in self._rows(query)]

    def updates_of(self, document_id: str) -> list[UpdateLink]:
        """The links by which other documents update claims of ``document_id``."""
        rows = self._rows("SELECT document_id, link FROM updates WHERE target = ? ORDER BY rowid", [document_id])
        return [UpdateLink(row[0], _UPDATE.validate_json(row[1])) for row in rows]

    def passage(self, passage_id: str) -> Passage:
        """One passage.

        Raises:
            UsageError: there is no such passage.
        """
        return self.passages([passage_id])[0]

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages named, in the order named.

        Raises:
            UsageError: one of them does not exist.
        """
        query = f"SELECT {_PASSAGE_COLUMNS} FROM passages WHERE passage_id IN"
        found = {row[0]: _passage(row) for row in self._by_keys(query, passage_ids)}
        missing = next((p for p in passage_ids if p not in found), None)
        if missing is not None:
            raise UsageError(f"no passage {missing!r} in {self._path}")
        return [found[p] for p in passage_ids]

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in text order."""
        query = f"SELECT {_PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY start"
        return [_passage(row) for row in self._rows(query, [document_id])]

    def text_hashes(self, document_id: str) -> list[str]:
        """The hashes of the texts of a document's passages, in text order."""
        query = "SELECT text_hash FROM passages WHERE document_id = ? ORDER BY start"
        return [row[0] for row in self._rows(query, [document_id])]

    def ids_by_text(self, text_hashes: Sequence[str]) -> dict[str, str]:
        """For each text hash that is known, the id of a passage with that text."""
        return dict(self._by_keys("SELECT text_hash, passage_id FROM passages WHERE text_hash IN", text_hashes))

    def distinct_texts(self, size: int) -> Iterator[list[tuple[str, str]]]:
        """The hash of every text that a passage has with the id of one such passage, by hash, ``size`` at a time."""
        query = (
            "SELECT text_hash, min(passage_id) FROM passages WHERE text_hash > ?"
            " GROUP BY text_hash ORDER BY text_hash LIMIT ?"
        )
        last = ""
        while rows := self._rows(query, [last, size]):
            yield [(row[0], row[1]) for row in rows]
            last = rows[-1][0]

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """For each term, the number of passages that hold it; 0 for a term that none holds."""
        wanted = dict.fromkeys(terms, 0)
        return wanted | dict(self._by_keys("SELECT term, n_passages FROM vocabulary WHERE term IN", list(wanted)))

    def folded(self, folded: str) -> Mapping[str, int]:
        """The corpus's spellings of ``folded`` (lower case, å/ä/ö as a/o), with how often they occur."""
        return dict(self._rows("SELECT form, n FROM surfaces WHERE folded = ? ORDER BY n DESC, form", [folded]))

    def similar(self, folded: str, length_margin: int = 2) -> Mapping[str, int]:
        """The corpus's folded words with the same first letter and about as long, with how often they occur."""
        query = (
            "SELECT folded, sum(n) FROM surfaces"
            " WHERE substr(folded, 1, 1) = ? AND length(folded) BETWEEN ? AND ? GROUP BY folded"
        )
        return dict(self._rows(query, [folded[:1], len(folded) - length_margin, len(folded) + length_margin]))

    def links(self) -> list[UpdateLink]:
        """The typed links of all documents."""
        rows = self._rows("SELECT document_id, link FROM updates ORDER BY rowid")
        return [UpdateLink(row[0], _UPDATE.validate_json(row[1])) for row in rows]

    def batches(self, size: int) -> Iterator[list[Passage]]:
        """All passages by document and place, ``size`` at a time."""
        query = (
            f"SELECT {_PASSAGE_COLUMNS} FROM passages WHERE (document_id, start) > (?, ?)"
            " ORDER BY document_id, start LIMIT ?"
        )
        last: tuple[str, int] = ("", -1)
        while rows := self._rows(query, [*last, size]):
            yield [_passage(row) for row in rows]
            last = (rows[-1][1], rows[-1][2])

    def _one(self, column: str, document_id: str) -> str:
        rows = self._rows(f"SELECT {column} FROM documents WHERE document_id = ?", [document_id])
        if not rows:
            raise UsageError(f"no document {document_id!r}; see: python -m ingest list")
        return str(rows[0][0])

    def _by_keys(self, query: str, keys: Sequence[str]) -> Iterator[Any]:
        for start in range(0, len(keys), MAX_KEYS):
            some = keys[start : start + MAX_KEYS]
            yield from self._rows(f"{query} ({', '.join('?' * len(some))})", some)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with _readable(self._path), self._lock:
            return self._connection.execute(query, values).fetchall()


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise IndexUnavailable(f"{path}: cannot be read ({error}); run: python -m ingest sync") from error


def _passage(row: Sequence[Any]) -> Passage:
    return Passage(row[0], row[1], Span(row[2], row[3]), row[4], row[5], row[6])
