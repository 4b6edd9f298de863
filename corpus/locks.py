"""Who may change what is published, and who is reading it: locks of the data folder and of each generation in it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import LockedError

LOCK_FILE = "LOCK"
IN_USE_FILE = "in-use"
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


def lock_for_reading(folder: Path) -> int:
    """Keep the generation in ``folder`` from being packed or deleted until what is returned, a descriptor, is closed.

    Raises:
        FileNotFoundError: there is no such generation.
    """
    lock = os.open(folder / IN_USE_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


@contextmanager
def unread(folder: Path) -> Iterator[bool]:
    """Whether nobody reads the generation in ``folder``; while the context lasts, nobody begins to then."""
    lock = os.open(folder / IN_USE_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(lock)
