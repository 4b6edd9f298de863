"""The process that parses: takes files from ``ingest.sandbox`` on stdin, one after another, under limits of its own."""

import gc
import os
import resource
import sys
from pathlib import Path
from typing import Any, BinaryIO

from corpus.encoded import Encoded, encode
from corpus.errors import DocumentError
from ingest.chunk import chunk
from ingest.entries import Entry, SourceFields
from ingest.frames import read_frame, write_frame
from ingest.garbage import THRESHOLD
from ingest.limits import Limits
from ingest.parse.document import NoText, parse_bytes

READY = b"!"  # said once, when files are taken
CPU_MARGIN_S = 5
MB = 1_000_000


def entry_values(entry: Entry) -> dict[str, Any]:
    """An entry as JSON values."""
    return {
        "path": str(entry.path),
        "origin": entry.origin,
        "document_id": entry.document_id,
        "folder": entry.folder,
        "fields": entry.fields.model_dump(mode="json"),
        "primary": entry.primary,
    }


def entry_of(values: dict[str, Any]) -> Entry:
    """The entry that ``entry_values`` wrote."""
    known = {**values, "path": Path(values["path"]), "fields": SourceFields.model_validate(values["fields"])}
    return Entry(**known)


def reply(data: bytes, entry: Entry, limits: Limits, stream: BinaryIO) -> dict[str, Any]:
    """What there is to say of one file: the document as it is stored, or why there is none."""
    try:
        parsed = parse_bytes(data, entry, limits, lambda: write_frame(stream, {"tick": True}))
        encoded: Encoded = encode(parsed.document, chunk(parsed.document))
        return {"notes": list(parsed.notes), "encoded": encoded.values()}
    except NoText as error:
        return {"error": str(error), "no_text": True}
    except DocumentError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"{entry.path}: needs more than {limits.parse_bytes // MB} MB to parse; refused", "last": True}
    except RecursionError:
        return {"error": f"{entry.path}: nested deeper than any document; refused"}
    except Exception as error:  # whatever a hostile file makes the libraries do, it is one refused file
        return {"error": f"{entry.path}: cannot be parsed ({type(error).__name__}: {error})"}


def main() -> int:
    """Serve until stdin ends."""
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()
    gc.set_threshold(THRESHOLD)
    limits: Limits | None = None
    stdout.write(READY)
    stdout.flush()
    while frame := read_frame(stdin):
        header, data = frame
        if limits is None:
            limits = Limits(**header["limits"])
            resource.setrlimit(resource.RLIMIT_AS, (limits.parse_bytes, limits.parse_bytes))
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + limits.parse_s + CPU_MARGIN_S), hard))
        said = reply(data, entry_of(header["entry"]), limits, stdout)
        write_frame(stdout, said)
        if said.get("last"):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
