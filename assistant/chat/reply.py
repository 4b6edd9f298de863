"""Right behind the model: from the pieces of its reply to the objects in it, as each is whole."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.chat.draft import VERDICTS, Claim
from assistant.models import Verdict

MOST_OBJECT_CHARS = 6_000
_VERDICT_OF: dict[str, Verdict | None] = {word: verdict for verdict, word in VERDICTS.items()}


@dataclass(frozen=True, slots=True)
class SaidVerdict:
    """The verdict that the model gives; ``known`` is False for a word that is none."""

    verdict: Verdict | None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A stretch that is no object of the form asked for."""


Item = Claim | SaidVerdict | Unreadable


class ReplyReader:
    """Cuts a reply into its JSON objects while it grows; fences, commas and brackets around them are passed over."""

    def __init__(self) -> None:
        self._buffer = ""
        self._depth = 0
        self._in_string = self._escaped = False
        self._noise = False

    def feed(self, piece: str) -> Iterator[Item]:
        """The objects that ``piece`` completes."""
        for character in piece:
            if self._depth == 0 and character != "{":
                self._noise = self._noise or character.isalnum()
                continue
            self._take(character)
            if self._depth == 0:
                yield from _items(self._buffer)
                self._buffer = ""
            elif len(self._buffer) > MOST_OBJECT_CHARS:
                self._buffer, self._depth, self._in_string = "", 0, False
                yield Unreadable()

    def end(self) -> Iterator[Item]:
        """What is left when the reply ends: an object that was not closed."""
        if self._depth:
            yield Unreadable()

    @property
    def is_only_noise(self) -> bool:
        """Whether there has been text outside of objects."""
        return self._noise

    def _take(self, character: str) -> None:
        self._buffer += character
        if self._in_string:
            if self._escaped:
                self._escaped = False
            elif character == "\\":
                self._escaped = True
            elif character == '"':
                self._in_string = False
        elif character == '"':
            self._in_string = True
        elif character == "{":
            self._depth += 1
        elif character == "}":
            self._depth -= 1


def _items(text: str) -> Iterator[Item]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        yield Unreadable()
        return
    yield from _of(values)


def _of(values: dict[str, Any]) -> Iterator[Item]:
    """The items of one object; one that wraps them all (``{"verdict", "statements": […]}``) is opened."""
    inner = values.get("statements")
    if "verdict" in values:
        said = str(values["verdict"]).strip().lower().rstrip(".")
        yield SaidVerdict(_VERDICT_OF.get(said), said in _VERDICT_OF)
    if isinstance(inner, list):
        for one in inner:
            yield from _of(one) if isinstance(one, dict) else iter([Unreadable()])
    elif "statement" in values or "verdict" not in values:
        fields = [values.get(name) for name in ("statement", "source", "quote")]
        texts = [f for f in fields if isinstance(f, str)]
        yield Claim(*texts) if len(texts) == len(fields) else Unreadable()
