"""Keeps what readers say of answers, in SQLite in the data folder, for those who look after the documents."""

import json
import sqlite3
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.models import Answer
from corpus.errors import UsageError

FILE = "feedback.sqlite"
MOST_COMMENT_CHARS = 2000
_SCHEMA = """CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT PRIMARY KEY, given TEXT NOT NULL, useful INTEGER NOT NULL, comment TEXT NOT NULL,
    question TEXT NOT NULL, status TEXT NOT NULL, verdict TEXT, answer TEXT NOT NULL, citations TEXT NOT NULL,
    answerer TEXT NOT NULL, generation TEXT NOT NULL)"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's verdict on an answer, with the answer as it was shown; ``citations`` name document, start and end."""

    answer_id: str
    given: str
    useful: bool
    comment: str
    question: str
    status: str
    verdict: str | None
    answer: str
    citations: tuple[dict[str, Any], ...]
    answerer: str
    generation: str

    def to_json(self) -> dict[str, Any]:
        """The feedback as plain values for ``json.dumps``."""
        return asdict(self)


def feedback_on(answer: Answer, useful: bool, comment: str) -> Feedback:
    """What a reader says of ``answer``, now."""
    cited = tuple({"document_id": c.document_id, "start": c.start, "end": c.end} for c in answer.citations)
    given = datetime.now(UTC).isoformat(timespec="seconds")
    return Feedback(
        answer_id=answer.id,
        given=given,
        useful=useful,
        comment=comment,
        question=answer.question,
        status=answer.status,
        verdict=answer.verdict,
        answer=answer.answer,
        citations=cited,
        answerer=answer.answerer,
        generation=answer.generation,
    )


class FeedbackStore:
    """The feedback in ``data_dir``; the file is made when the first is given. Safe to share between threads."""

    def __init__(self, data_dir: Path) -> None:
        """Keep feedback in ``data_dir``."""
        self.path = data_dir / FILE
        self._lock = threading.Lock()

    def keep(self, feedback: Feedback) -> None:
        """Keep ``feedback`` in place of any earlier on the same answer; raises UsageError if it cannot be written."""
        values = {**feedback.to_json(), "citations": json.dumps(feedback.citations)}
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        self._write(f"INSERT OR REPLACE INTO feedback ({names}) VALUES ({marks})", values)

    def _write(self, statement: str, values: Mapping[str, Any]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock, closing(sqlite3.connect(self.path)) as database, database:
                database.execute(_SCHEMA)
                database.execute(statement, values)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(f"{self.path}: feedback cannot be written: {error}; see to the data folder") from error

    def withdraw(self, answer_id: str) -> None:
        """Forget the feedback on an answer; raises UsageError if it cannot be written."""
        if self.path.exists():
            self._write("DELETE FROM feedback WHERE answer_id = :id", {"id": answer_id})

    def all(self) -> list[Feedback]:
        """All feedback, the latest first; raises UsageError if the file cannot be read."""
        if not self.path.exists():
            return []
        try:
            with self._lock, closing(sqlite3.connect(self.path)) as database:
                database.row_factory = sqlite3.Row
                rows = database.execute("SELECT * FROM feedback ORDER BY given DESC, rowid DESC").fetchall()
        except sqlite3.Error as error:
            raise UsageError(f"{self.path}: feedback cannot be read: {error}") from error
        return [
            Feedback(**{**dict(row), "useful": bool(row["useful"]), "citations": tuple(json.loads(row["citations"]))})
            for row in rows
        ]
