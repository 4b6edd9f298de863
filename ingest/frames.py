"""Between the processes of a sync: messages of a header and data behind it, over pipes."""

import json
import os
import struct
from io import BytesIO
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = struct.Struct("!IQ")  # of the header and of the data behind it


def write_frame(stream: IO[bytes], header: object, data: bytes = b"") -> None:
    """Send a header and data."""
    encoded = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(LENGTHS.pack(len(encoded), len(data)) + encoded + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Any, bytes] | None:
    """Receive a header and data; None at the end of the stream."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    n_header, n_data = LENGTHS.unpack(lengths)
    return json.loads(stream.read(n_header)), stream.read(n_data)


def taken_frame(received: bytearray) -> dict[str, Any] | None:
    """The first whole frame's header, taken out of what was received; None while there is none."""
    if len(received) < LENGTHS.size:
        return None
    n_header, n_data = LENGTHS.unpack(received[: LENGTHS.size])
    end = LENGTHS.size + n_header + n_data
    if len(received) < end:
        return None
    frame = read_frame(BytesIO(received[:end]))
    del received[:end]
    return dict(frame[0]) if frame else None


def child_environment() -> dict[str, str]:
    """The environment of a process of ours: what it takes to start Python, and nothing of what this one knows."""
    return {"PATH": os.environ.get("PATH", os.defpath), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
