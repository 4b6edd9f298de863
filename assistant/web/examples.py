"""The questions to choose from on the start page: those of the list that the published documents answer."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

import yaml

from assistant.answerer import Answerer
from corpus.errors import FragaError, SettingsError
from corpus.models import Source

MOST_EXAMPLES = 8
MOST_NEW = 2
MOST_HEADINGS = 6
MOST_CHARS = 70

log = logging.getLogger(__name__)


def load_examples(path: Path) -> tuple[str, ...]:
    """The example questions of the corpus; raises SettingsError when the file is not a list of texts."""
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
    if not isinstance(questions, list) or not all(isinstance(question, str) for question in questions):
        raise SettingsError(f"{path}: expected a list of questions under the key 'questions'")
    return tuple(questions)


class Examples:
    """The examples that are answered, tried anew whenever another generation is published."""

    def __init__(self, listed: Sequence[str]) -> None:
        """Choose from ``listed``, in their order, after what the latest documents are about."""
        self._listed = tuple(listed)
        self._lock = threading.Lock()
        self._generation = ""
        self._answered: tuple[str, ...] = ()

    def of(self, assistant: Answerer) -> tuple[str, ...]:
        """The examples that ``assistant`` answers from the documents it has now; none where there is no index."""
        try:
            generation = assistant.index.manifest.generation
            with self._lock:
                if generation != self._generation:
                    self._answered = self._tried(assistant)
                    self._generation = generation
                return self._answered
        except FragaError as error:
            log.error("no examples: %s", error)
            return ()

    def _tried(self, assistant: Answerer) -> tuple[str, ...]:
        found = [q for q in self._listed if _is_answered(assistant, q)][: MOST_EXAMPLES - MOST_NEW]
        for source in _newest(assistant.index.sources()):
            headings = [s.heading for s in assistant.index.document(source.document_id).sections[1:] if s.heading]
            asked = (f"Vad står det om {heading[:1].lower()}{heading[1:]}?" for heading in headings[:MOST_HEADINGS])
            found += [q for q in asked if len(q) <= MOST_CHARS and _is_answered(assistant, q, source)][:1]
        return tuple(found)


def _newest(sources: Sequence[Source]) -> list[Source]:
    """The sources that are no fact sheets of ours, the latest first: what has been added to the corpus."""
    added = [s for s in sources if not s.primary and s.kind != "faktablad"]
    return sorted(added, key=lambda s: s.date, reverse=True)[:MOST_NEW]


def _is_answered(assistant: Answerer, question: str, source: Source | None = None) -> bool:
    try:
        found = assistant.sources_of(question)
    except FragaError:
        raise
    except Exception:
        log.exception("an example could not be asked")  # the page opens without it
        return False
    return bool(found) if source is None else source.document_id in found
