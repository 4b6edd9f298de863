"""Between the plan and the store: has files parsed by a few processes at a time, and hands the results on in order."""

import os
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import LifoQueue

from ingest.sandbox import Result, Sandbox, Work

# Files that may be on their way; what they hold is in memory.
AHEAD = 8
# More files than this are worth starting another process for.
ALONE = 16
MOST_PROCESSES = 2


def parse_ahead(works: Iterable[Work], sandbox: Sandbox) -> Generator[Result, None, None]:
    """The results in order, parsed in ``sandbox`` and others like it while the caller works on those before."""
    free: LifoQueue[Sandbox] = LifoQueue()
    free.put(sandbox)

    def parse(work: Work) -> Result:
        mine = free.get()
        try:
            return mine.parse(work)
        finally:
            free.put(mine)

    n_processes = min(MOST_PROCESSES, len(os.sched_getaffinity(0)))
    on_their_way: deque[Future[Result]] = deque()
    with ExitStack() as others:
        pool = ThreadPoolExecutor(n_processes, thread_name_prefix="parsing")
        try:
            for count, work in enumerate(works):
                if count == ALONE:
                    for _ in range(n_processes - 1):
                        free.put(others.enter_context(Sandbox(sandbox.limits)))
                on_their_way.append(pool.submit(parse, work))
                if len(on_their_way) == AHEAD:
                    yield on_their_way.popleft().result()
            while on_their_way:
                yield on_their_way.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
