"""The data folder's one writer: who holds the lock may change what is published."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LockedError

LOCK_FILE = "LOCK"
LOCK_POLL_S = 0.2


@contextmanager
def write_lock(data_dir: Path, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the data folder for writing; given back when the process ends, however it ends.

    Args:
        data_dir: the data folder, made if it is not there.
        wait_s: how long to wait for another writer to finish.

    Raises:
        LockedError: another process holds it.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / LOCK_FILE
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(lock, path, time.monotonic() + wait_s)
        os.truncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(lock)


def _acquire(lock: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(lock, 20, 0).decode("ascii", "replace").strip()
                who = f"process {holder}" if holder else "another process"
                raise LockedError(f"{path}: {who} is writing to the data folder; wait for it to finish") from None
            time.sleep(LOCK_POLL_S)
