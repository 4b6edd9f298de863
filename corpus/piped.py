"""For every command line: a clean end where whoever reads its output has seen enough (``… | head``)."""

import os
import select
import signal
import sys
from collections.abc import Callable
from typing import TextIO

UNREAD = 128 + signal.SIGPIPE


def ended_cleanly(main: Callable[[], int]) -> int:
    """The exit code of ``main``; ``UNREAD`` where its output was closed before it had ended, as a signal would say it.

    Raises:
        BrokenPipeError: the pipe that broke is another than stdout and stderr.
    """
    code = UNREAD
    try:
        try:
            code = main()
        except SystemExit as asked:  # help was asked for
            code = asked.code if isinstance(asked.code, int) else 0
            sys.stdout.flush()
            raise
        sys.stdout.flush()  # here, where it can be told what is wrong, not at the very end
    except BrokenPipeError:
        closed = [stream for stream in (sys.stdout, sys.stderr) if _is_closed(stream)]
        if not closed:
            raise
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in closed:
            os.dup2(nowhere, stream.fileno())
    return code


def _is_closed(stream: TextIO) -> bool:
    """Whether nobody can read any more what is written to a stream."""
    poll = select.poll()
    poll.register(stream.fileno(), 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))
