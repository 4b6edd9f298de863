"""Shared by the tests of ingestion: a parser's process that is kept from one sync to the next."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.sandbox import Sandbox

MEMORY = Path("/dev/shm")
# Where a drill's data folders lie: what a killed process leaves is there whether a disk has it or not, and a disk that
# others write to makes each of a sync's hundred fsyncs wait.
SCRATCH = MEMORY if os.access(MEMORY, os.W_OK) else None


def children() -> set[int]:
    """The processes that this one has started and that run still."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


@pytest.fixture
def memory_path() -> Iterator[Path]:
    """A folder in memory, where the system has such."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as name:
        yield Path(name)


class KeptSandbox(Sandbox):
    """The real one, but for being ended with the tests instead of with each sync: to start one takes most of a sync."""

    def close(self) -> None:
        """Stays."""

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def kept_sandbox() -> Iterator[KeptSandbox]:
    made = KeptSandbox(DEFAULT_LIMITS)
    yield made
    made.end()


@pytest.fixture
def kept_parser(kept_sandbox: KeptSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every sync with the usual limits parse in one process."""

    def sandbox(limits: Limits) -> Sandbox:
        return kept_sandbox if limits == DEFAULT_LIMITS else Sandbox(limits)

    for module in ("sync", "preview"):
        monkeypatch.setattr(f"ingest.{module}.Sandbox", sandbox)
