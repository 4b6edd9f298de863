"""For a build of many documents: vectors are inserted in a process of its own, beside the words."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.embedder import Vectors
from corpus.vectors import VectorWriter
from ingest.frames import child_environment, read_frame, write_frame

# From this many documents on, another process is worth its start, which takes a second.
MANY_DOCUMENTS = 64


class InsertsVectors(Protocol):
    """What fills the vector store of a generation that is being built; it is whole only if it is sealed."""

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors of shape ``(n_passages, dim)``."""
        ...

    def seal(self) -> None:
        """Write everything out; nothing may be added afterwards."""
        ...

    def close(self) -> None:
        """Give the folder back."""
        ...


def vector_writer(folder: Path, n_documents: int) -> InsertsVectors:
    """What inserts the vectors of a generation with so many documents into ``folder``, which must hold none."""
    return VectorProcess(folder) if n_documents >= MANY_DOCUMENTS else VectorWriter(folder)


class VectorProcess:
    """Stands for the ``VectorWriter`` of another process, which ends with this one."""

    def __init__(self, folder: Path) -> None:
        """Start it; the store in ``folder`` is created meanwhile."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.vector_worker", str(folder.resolve()), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=child_environment(),
            start_new_session=True,
        )
        self._is_asked = False

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Hand vectors of shape ``(n_passages, dim)`` over, when those before them are stored."""
        header = {"passages": list(passage_ids), "documents": list(document_ids)}
        self._ask(header, np.ascontiguousarray(vectors, dtype=np.float32).tobytes())

    def seal(self) -> None:
        """Have everything written out, and wait for that."""
        self._ask({"seal": True})
        self._answered()
        self._process.wait()

    def _ask(self, header: Mapping[str, object], data: bytes = b"") -> None:
        self._answered()
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # its last words say why
            write_frame(self._process.stdin, header, data)
        self._is_asked = True

    def _answered(self) -> None:
        """Wait until what was asked is done.

        Raises:
            RuntimeError: it could not be done.
        """
        if not self._is_asked:
            return
        assert self._process.stdout is not None
        frame = read_frame(self._process.stdout)
        if frame is None:
            raise RuntimeError(f"the process that inserts vectors has ended ({self._process.wait()})")
        if "error" in frame[0]:
            raise RuntimeError(frame[0]["error"])
        self._is_asked = False

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
