"""Between the engine, which works in threads, and the web, which waits without one: an answer's steps as they come."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress

import anyio
import anyio.to_thread

from assistant.answerer import Asks
from assistant.chat.client import Stop
from assistant.models import Answer, Partial, Turn

MOST_AT_A_TIME = 200  # threads that may wait for an answer; what is let in is limited elsewhere


async def steps(
    assistant: Asks, question: str, history: Sequence[Turn], documents: frozenset[str], stop: Stop
) -> AsyncGenerator[Partial | Answer]:
    """What ``assistant.stream`` gives; whoever stops asking for more stops the work behind it.

    Raises:
        Whatever ``assistant.stream`` raises.
    """
    threads = anyio.CapacityLimiter(MOST_AT_A_TIME)
    coming = assistant.stream(question, history, documents, stop)
    try:
        while True:
            step = await anyio.to_thread.run_sync(next, coming, None, abandon_on_cancel=True, limiter=threads)
            if step is None:
                return
            yield step
    finally:
        stop.stop()
        with suppress(ValueError):  # it is running still, and ends by itself
            coming.close()
