"""The seam to the model: one call as a stream of text, with a deadline, a limit on its length, and a way to stop it.

All calls run on one event loop in a thread of its own, so that a call can be broken off at any moment: at its deadline,
when its answer does not end, or when the reader has gone. Breaking it off closes the connection.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from assistant.chat.budget import Budget
from assistant.chat.draft import Usage
from assistant.chat.failures import ModelFailed, failure_of

log = logging.getLogger(__name__)

CHARS_PER_TOKEN = 3  # Swedish, on the low side; only where a model does not count its tokens itself
MOST_CHARS_PER_TOKEN = 8
LONGEST_WAIT_S = 5.0
GRACE_S = 1.0


class Streams(Protocol):
    """As much of a LangChain chat model as is used."""

    def astream(self, input: Any) -> Any:
        """The pieces of the model's reply to messages, as they come."""
        ...


class Stopped(Exception):
    """Whoever asked has gone; the model's work has been broken off."""


@dataclass(slots=True)
class Stop:
    """Given along with a question to break its answer off from another thread."""

    _stopped: threading.Event = field(default_factory=threading.Event)
    _calls: list[Callable[[], object]] = field(default_factory=list)

    def stop(self) -> None:
        """Break off what is being done, and whatever would follow."""
        self._stopped.set()
        for call in tuple(self._calls):
            call()

    def on_stop(self, call: Callable[[], object]) -> None:
        """Have ``call`` called when it is stopped; at once where it is already."""
        self._calls.append(call)
        if self._stopped.is_set():
            call()

    def check(self) -> None:
        """Raises Stopped where it is stopped."""
        if self._stopped.is_set():
            raise Stopped

    def wait(self, seconds: float) -> None:
        """Wait, or raise Stopped as soon as it is stopped."""
        self._stopped.wait(seconds)
        self.check()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question may take: ``timeout_s`` over all calls, ``max_tokens`` a reply, ``max_input_tokens`` a call."""

    timeout_s: float = 30.0
    max_tokens: int = 1200
    max_input_tokens: int = 6000


@dataclass(slots=True)
class Call:
    """One call: what it has used, to be read when its stream has ended."""

    usage: Usage = field(default_factory=Usage)


class ChatClient:
    """Calls one model; safe to share between threads."""

    def __init__(self, model: Streams, name: str, limits: Limits, budget: Budget) -> None:
        """``name`` is what answers are said to be written by."""
        self.name = name
        self.limits = limits
        self._model = model
        self.budget = budget
        self._not_before = 0.0

    def stream(self, messages: Sequence[tuple[str, str]], until: float, stop: Stop, call: Call) -> Generator[str]:
        """The pieces of the reply to ``messages``; ``until`` is the ``time.monotonic`` by which it has to be whole.

        Raises:
            ModelFailed: the call came to nothing, or the reply is not whole.
            Stopped: it was broken off by ``stop``.
        """
        self._admit()
        spent = Usage(sum(len(text) for _, text in messages) // CHARS_PER_TOKEN, 0, estimated=True)
        n_chars = 0
        try:
            for piece in self._patiently(messages, until, stop):
                counted = _counted(piece)
                if counted:
                    spent = counted
                text = _text(piece)
                n_chars += len(text)
                if n_chars > self.limits.max_tokens * MOST_CHARS_PER_TOKEN:
                    raise ModelFailed("endless")
                yield text
        finally:
            if spent.estimated:
                spent = Usage(spent.read, n_chars // CHARS_PER_TOKEN, estimated=True)
            call.usage = spent
            self.budget.spend(spent)

    def _admit(self) -> None:
        if self.budget.is_spent:
            raise ModelFailed("limit")
        if time.monotonic() < self._not_before:
            raise ModelFailed("busy")

    def _patiently(self, messages: Sequence[tuple[str, str]], until: float, stop: Stop) -> Iterator[Any]:
        """The pieces, after a wait where the model asks for one that is short enough."""
        try:
            yield from self._once(messages, until, stop)
        except ModelFailed as failed:
            wait = failed.retry_after_s
            if wait is None or failed.failure != "busy":
                raise
            if wait > min(LONGEST_WAIT_S, (until - time.monotonic()) / 2):
                self._not_before = time.monotonic() + wait
                raise
            stop.wait(wait)
            yield from self._once(messages, until, stop)

    def _once(self, messages: Sequence[tuple[str, str]], until: float, stop: Stop) -> Iterator[Any]:
        stop.check()
        pieces: queue.Queue[Any] = queue.Queue()
        left = threading.Event()  # a cancellation may get lost where pieces come without a pause: then it is repeated

        async def pump() -> None:
            begun, task = False, asyncio.current_task()
            try:
                async with (
                    asyncio.timeout(max(0.0, until - time.monotonic())),
                    aclosing(self._model.astream(list(messages))) as reply,
                ):
                    async for piece in reply:
                        if left.is_set() and task:
                            task.cancel()
                            continue
                        begun = True
                        pieces.put(piece)
                pieces.put(None)
            except asyncio.CancelledError:
                pieces.put(Stopped())
                raise
            except Exception as error:  # whatever a provider's library raises comes down to one of ours
                pieces.put(failure_of(error, begun=begun))

        running = asyncio.run_coroutine_threadsafe(pump(), event_loop())
        stop.on_stop(left.set)
        stop.on_stop(running.cancel)
        try:
            yield from _taken(pieces, until + GRACE_S)
        finally:
            left.set()
            running.cancel()


def _taken(pieces: "queue.Queue[Any]", until: float) -> Iterator[Any]:
    """What comes through the queue until its end, a failure or the last moment."""
    while True:
        try:
            piece = pieces.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise ModelFailed("timeout") from None
        if piece is None:
            return
        if isinstance(piece, ModelFailed | Stopped):
            raise piece
        yield piece


@cache
def event_loop() -> asyncio.AbstractEventLoop:
    """The loop that all calls run on, in a thread that ends with the program."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-model", daemon=True).start()
    return loop


def _text(piece: Any) -> str:
    """The text of a piece, whose content is a string or, with some providers, a list of blocks."""
    content = getattr(piece, "content", "")
    if isinstance(content, str):
        return content
    blocks = [b if isinstance(b, str) else str(b.get("text", "")) for b in content if isinstance(b, str | dict)]
    return "".join(blocks)


def _counted(piece: Any) -> Usage | None:
    counted = getattr(piece, "usage_metadata", None)
    if not counted or not counted.get("input_tokens"):
        return None
    return Usage(int(counted["input_tokens"]), int(counted.get("output_tokens", 0)))
