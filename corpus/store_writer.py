"""The write side of the document store: fills the SQLite file of a generation that is being built."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.encoded import Encoded, encode
from corpus.lemmas import fold
from corpus.models import Document, Passage
from corpus.store import SCHEMA, STORE_FILE, Record

_COPIED = ("documents", "updates", "passages")
_DOCUMENT_COLUMNS = "document_id, input_hash, origin, path, folder, source, document"


def text_hash(text: str) -> str:
    """The hash by which the vector of a passage is found again."""
    return hashlib.sha256(text.encode()).hexdigest()


class StoreWriter:
    """Fills one store; nothing is safe on disk before ``close``."""

    def __init__(self, folder: Path) -> None:
        """Create the store in ``folder``, which must hold none."""
        self.path = folder / STORE_FILE
        self._connection = sqlite3.connect(self.path)
        self._connection.executescript(SCHEMA)

    def add(self, record: Record, document: Document, passages: Sequence[Passage]) -> None:
        """Store a document with its passages."""
        self.add_encoded(record, encode(document, passages))

    def add_encoded(self, record: Record, encoded: Encoded) -> None:
        """Store a document that has been made ready elsewhere."""
        execute, document_id = self._connection.execute, record.document_id
        execute(
            f"INSERT INTO documents ({_DOCUMENT_COLUMNS}, content_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(document_id, record.input_hash, record.origin, record.path, record.folder),
                *(encoded.source, encoded.document, record.content_hash),
            ),
        )
        updates = ((target, document_id, link) for target, link in encoded.updates)
        self._connection.executemany("INSERT INTO updates VALUES (?, ?, ?)", updates)
        self._connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (passage_id, document_id, start, end, text, heading, page, text_hash(text))
                for passage_id, start, end, text, heading, page in encoded.passages
            ),
        )

    def copy(self, previous: Path, document_ids: Sequence[str]) -> None:
        """Take documents over, passages and all, from the store file of another generation."""
        self._connection.commit()
        execute = self._connection.execute
        execute("ATTACH DATABASE ? AS previous", (str(previous),))
        execute("CREATE TEMP TABLE wanted (document_id TEXT PRIMARY KEY)")
        self._connection.executemany("INSERT INTO wanted VALUES (?)", ((d,) for d in document_ids))
        chosen = "WHERE document_id IN (SELECT document_id FROM wanted)"
        names = [row[1] for row in execute("PRAGMA previous.table_info(documents)")]
        columns = _DOCUMENT_COLUMNS + (", content_hash" if "content_hash" in names else "")  # format 1 had none
        execute(f"INSERT INTO documents ({columns}) SELECT {columns} FROM previous.documents {chosen}")
        execute(f"INSERT INTO updates SELECT * FROM previous.updates {chosen} ORDER BY rowid")
        execute(f"INSERT INTO passages SELECT * FROM previous.passages {chosen}")
        self._connection.commit()
        execute("DROP TABLE wanted")
        execute("DETACH DATABASE previous")

    def remove(self, document_id: str) -> None:
        """Take a document out again."""
        for table in _COPIED:
            self._connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))

    def flush(self) -> None:
        """Make what was added visible to readers of the file."""
        self._connection.commit()

    def set_vocabulary(self, n_passages: Mapping[str, int], n_forms: Mapping[str, int]) -> None:
        """Store how many passages hold each term, and how often each lower-case word occurs."""
        self._connection.executemany("INSERT INTO vocabulary VALUES (?, ?)", sorted(n_passages.items()))
        rows = sorted((fold(form), form, n) for form, n in n_forms.items())
        self._connection.executemany("INSERT INTO surfaces VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Finish the file."""
        self._connection.commit()
        self._connection.execute("ANALYZE")
        self._connection.commit()
        self._connection.close()
