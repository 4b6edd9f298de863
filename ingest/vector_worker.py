"""The process that inserts vectors for ``ingest.vector_process``, as Chroma lets nothing run beside it in its own."""

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np

from corpus.locks import lock_for_reading
from corpus.vectors import VectorWriter
from ingest.frames import read_frame, write_frame

PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Have this process killed when the one that started it ends, however it ends."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it had ended before
        os.kill(os.getpid(), signal.SIGKILL)


def main(arguments: list[str]) -> int:
    """Fill the vector store in a folder until it is sealed; an end of stdin before that leaves it as it is."""
    folder, parent = Path(arguments[0]), int(arguments[1])
    die_with(parent)
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    lock = lock_for_reading(folder)  # nobody deletes the folder while this process writes to it
    try:
        writer = VectorWriter(folder)
        while frame := read_frame(stdin):
            header, data = frame
            _do(writer, header, data)
            write_frame(stdout, {})
            if "seal" in header:
                return 0
    except Exception as error:  # told to the other process, which raises it
        write_frame(stdout, {"error": (str(error).strip() or type(error).__name__).splitlines()[0][:200]})
    finally:
        os.close(lock)
    return 1


def _do(writer: VectorWriter, header: dict[str, Any], data: bytes) -> None:
    if "seal" in header:
        writer.seal()
        writer.close()
        return
    vectors = np.frombuffer(data, dtype=np.float32).reshape(len(header["passages"]), -1)
    writer.add(header["passages"], header["documents"], vectors)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
