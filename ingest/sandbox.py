"""Between the plan and the store: has files parsed in a process of its own, which is killed when it takes too long."""

import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from corpus.encoded import Encoded
from corpus.errors import DocumentError
from ingest.entries import Entry
from ingest.frames import child_environment, taken_frame, write_frame
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.parse.document import NoText
from ingest.parse.worker import READY, entry_values

# Starting Python and importing the parsers is not the file's fault, nor is a machine that has other work to do: what
# counts is processor time, and by the clock a file may take so many times as long.
START_S = 60.0
CLOCK_RATIO = 3.0
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Work:
    """A file to parse."""

    data: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file: the document as it is stored, or why there is none."""

    work: Work
    encoded: Encoded | None = None
    notes: tuple[str, ...] = ()
    error: DocumentError | None = None


class Sandbox:
    """Parses files one at a time; to be closed, and used by one thread at a time."""

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        """Nothing is started until there is something to parse."""
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._latest: Result | None = None

    def parse(self, work: Work) -> Result:
        """The result for one file; a file that takes too long or too much memory is refused like any bad one.

        The latest file is not parsed again when it is asked for twice.
        """
        if self._latest is None or self._latest.work != work:
            self._latest = self._parsed(work)
        return self._latest

    def _parsed(self, work: Work) -> Result:
        header = {"entry": entry_values(work.entry), "limits": asdict(self.limits)}
        frame = BytesIO()
        write_frame(frame, header, work.data)
        try:
            process = self._running()
        except _NotStarted:
            self._kill()
            why = f"could not be parsed, since no parser started within {START_S:g} s; run it again"
            return Result(work, error=DocumentError(f"{work.entry.path}: {why}"))
        try:
            said = self._exchange(process, frame.getvalue())
        except TimeoutError:
            self._kill()
            why = f"takes longer than {self.limits.parse_s:g} s to parse; refused"
            return Result(work, error=DocumentError(f"{work.entry.path}: {why}"))
        except (OSError, ValueError):
            code = self._kill()
            why = "stopped the parser" + (f" ({_signal_name(-code)})" if code and code < 0 else "")
            return Result(work, error=DocumentError(f"{work.entry.path}: {why}; refused as damaged or hostile"))
        if said.get("last"):
            self._kill()
        if "error" in said:
            kind = NoText if said.get("no_text") else DocumentError
            return Result(work, error=kind(said["error"]))
        return Result(work, Encoded.of(said["encoded"]), tuple(said["notes"]))

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes) -> dict[str, Any]:
        """Send a request and wait for its reply, both within the time; ticks begin the time anew."""
        assert process.stdin is not None and process.stdout is not None
        time_left = _TimeLeft(process.pid, self.limits.parse_s)
        received = bytearray()
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            ready.register(process.stdin, selectors.EVENT_WRITE)
            left = memoryview(request)
            while True:
                events = ready.select(time_left.seconds())
                if not events and not time_left.seconds():
                    raise TimeoutError
                for key, _ in events:
                    if key.fileobj is process.stdin:
                        left = left[os.write(process.stdin.fileno(), left[:_CHUNK_BYTES]) :]
                        if not left:
                            ready.unregister(process.stdin)
                        continue
                    piece = os.read(process.stdout.fileno(), _CHUNK_BYTES)
                    if not piece:
                        raise OSError("the parser has ended")
                    received += piece
                    while said := taken_frame(received):
                        if "tick" not in said:
                            return said
                        time_left = _TimeLeft(process.pid, self.limits.parse_s)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._kill()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ingest.parse.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=child_environment(),
                start_new_session=True,
            )
            for stream in (self._process.stdin, self._process.stdout):
                assert stream is not None
                os.set_blocking(stream.fileno(), False)
            _wait_until_ready(self._process)
        return self._process

    def _kill(self) -> int | None:
        """End the process with all that it started; its exit code."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            _close(stream)
        return code

    def close(self) -> None:
        """End the process."""
        self._kill()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()


class _NotStarted(Exception):
    """The process does not say that it is ready."""


def _wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    """Wait for the one byte that says that a process takes files now."""
    assert process.stdout is not None
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        if not ready.select(START_S) or os.read(process.stdout.fileno(), len(READY)) != READY:
            raise _NotStarted


class _TimeLeft:
    """How long a process may go on: so many seconds of the processor, and ``CLOCK_RATIO`` times that by the clock."""

    def __init__(self, pid: int, limit_s: float) -> None:
        self._pid, self._limit_s = pid, limit_s
        self._used_before, self._deadline = _used_s(pid), time.monotonic() + CLOCK_RATIO * limit_s

    def seconds(self) -> float:
        """How long it has to be waited until there may be none left, 0 where there is none."""
        left = self._limit_s - (_used_s(self._pid) - self._used_before)
        return max(0.0, min(left, self._deadline - time.monotonic()))


def _used_s(pid: int) -> float:
    """The processor time that a process and those that it waited for have used; 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS_A_SECOND


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _close(stream: IO[bytes] | None) -> None:
    with suppress(OSError):
        if stream is not None:
            stream.close()
