"""Keeps each reader's conversations in memory while the page is in use: never on disk, and nobody else's."""

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.models import Answer

COOKIE = "fraga_besok"
SHOWN_EXCHANGES = 40
MOST_CONVERSATIONS = 20
# In all, over all readers; an exchange with its sources takes some ten kilobytes.
MOST_EXCHANGES = 3000
KEPT_FOR = timedelta(hours=12)

_TOKEN = re.compile(r"[\w-]{20,64}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation with its answer, or with ``failure`` where none could be made.

    ``useful`` is the reader's verdict on the answer, None where there is none. ``unknown`` are the words of the
    question that no document holds, for an answer that the sources do not give. ``beginning`` marks an answer of which
    there is a part so far.
    """

    number: int
    question: str
    answer: Answer | None = None
    failure: str = ""
    useful: bool | None = None
    unknown: tuple[str, ...] = ()
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """What one reader has asked in one go; ``documents`` are those that answers are looked for in, all if empty."""

    conversation_id: str
    begun: datetime
    exchanges: tuple[Exchange, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The first question, if any."""
        return next((said.question.strip() for said in self.exchanges if said.question.strip()), "(tom fråga)")


def new_token() -> str:
    """A name that nobody guesses, for a visit or a conversation."""
    return secrets.token_urlsafe(24)


def as_token(text: str | None) -> str:
    """``text`` if it can be such a name, else ""."""
    return text if text and _TOKEN.fullmatch(text) else ""


class Visits:
    """All readers' conversations, the least recently used forgotten first; safe to share between threads."""

    def __init__(self, clock: Callable[[], datetime] = datetime.now, most_exchanges: int = MOST_EXCHANGES) -> None:
        """Tell the time by ``clock`` and keep at most ``most_exchanges``."""
        self._clock = clock
        self._most = most_exchanges
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], Conversation] = OrderedDict()
        self._touched: dict[tuple[str, str], datetime] = {}

    def begin(self, documents: Sequence[str] = ()) -> Conversation:
        """An empty conversation, not kept before something is said in it."""
        return Conversation(new_token(), self._clock(), documents=tuple(documents))

    def find(self, visit: str, conversation_id: str) -> Conversation | None:
        """A conversation of this visit."""
        with self._lock:
            self._forget_old()
            return self._kept.get((visit, conversation_id))

    def of(self, visit: str) -> list[Conversation]:
        """The conversations of this visit, the latest first."""
        with self._lock:
            self._forget_old()
            return [c for (owner, _), c in reversed(self._kept.items()) if owner == visit]

    def keep(self, visit: str, conversation: Conversation) -> Conversation:
        """Keep ``conversation``, cut to its latest exchanges."""
        kept = replace(conversation, exchanges=conversation.exchanges[-SHOWN_EXCHANGES:])
        key = (visit, conversation.conversation_id)
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            self._touched[key] = self._clock()
            mine = [k for k in self._kept if k[0] == visit]
            for old in mine[:-MOST_CONVERSATIONS]:
                self._drop(old)
            while len(self._kept) > 1 and sum(len(c.exchanges) for c in self._kept.values()) > self._most:
                self._drop(next(iter(self._kept)))
        return kept

    def rate(self, visit: str, answer_id: str, useful: bool | None) -> Exchange | None:
        """The exchange of this visit with that answer, the reader's verdict kept with it; None if there is none."""
        with self._lock:
            for key, conversation in self._kept.items():
                for said in conversation.exchanges if key[0] == visit else ():
                    if said.answer is not None and said.answer.id == answer_id:
                        rated = replace(said, useful=useful)
                        exchanges = tuple(rated if one is said else one for one in conversation.exchanges)
                        self._kept[key] = replace(conversation, exchanges=exchanges)
                        return rated
        return None

    def forget(self, visit: str) -> None:
        """Forget all conversations of this visit."""
        with self._lock:
            for key in [k for k in self._kept if k[0] == visit]:
                self._drop(key)

    def _forget_old(self) -> None:
        oldest = self._clock() - KEPT_FOR
        for key in [k for k, touched in self._touched.items() if touched < oldest]:
            self._drop(key)

    def _drop(self, key: tuple[str, str]) -> None:
        del self._kept[key]
        del self._touched[key]
