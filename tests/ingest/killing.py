"""Kills syncs at named points: a process that forks one sync after another, so that nothing is imported twice.

Run as a program it reads a JSON line a job from stdin and answers each with a JSON line.
"""

import importlib
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import corpus.pointer
import ingest.build
import ingest.history
import ingest.packing
import ingest.parse.worker
import ingest.vector_process
from corpus.generations import open_current
from corpus.store_writer import StoreWriter
from corpus.swedish import SwedishAnalyzer
from corpus.vectors import VectorWriter
from ingest.entries import Entry
from ingest.limits import Limits
from ingest.parse.worker import READY
from ingest.sandbox import Sandbox
from ingest.sync import Bundle, Rules, sync
from tests.corpus.standin import HashEmbedder

LIMITS = Limits(parse_bytes=1 << 40)  # a fork has all the memory of the process that it comes from


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, when: Callable[..., bool] = lambda *_: True) -> None:
    """Die instead of calling ``owner.name``, where ``when`` holds of its arguments."""
    real = getattr(owner, name)

    def call(*args: Any, **named: Any) -> Any:
        if when(*args):
            die()
        return real(*args, **named)

    setattr(owner, name, call)


def after(owner: Any, name: str, when: Callable[..., bool] = lambda *_: True) -> None:
    """Die when ``owner.name`` has been called."""
    real = getattr(owner, name)

    def call(*args: Any, **named: Any) -> Any:
        found = real(*args, **named)
        if when(*args):
            die()
        return found

    setattr(owner, name, call)


def is_pointer(path: Path) -> bool:
    return path.name == f".{corpus.pointer.CURRENT_FILE}.new"


def half_way(*, whole_generation: bool) -> None:
    """Have ``rmtree`` stop when a folder is half gone: a generation's, or one of a part of it."""
    rmtree = shutil.rmtree

    def stopping(folder: Path, **named: Any) -> None:
        if (Path(folder).parent.name == corpus.pointer.GENERATIONS_FOLDER) != whole_generation:
            rmtree(folder, **named)
            return
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        for path in files[: len(files) // 2]:
            path.unlink()
        die()

    shutil.rmtree = stopping  # type: ignore[assignment]


def beside(name: str) -> None:
    """Have vectors inserted in another process, and die when it has been asked to do something more."""
    ingest.vector_process.MANY_DOCUMENTS = 0
    after(ingest.vector_process.VectorProcess, name)


POINTS: dict[str, Callable[[], None]] = {
    "pack": lambda: before(ingest.packing, "_pack_store"),
    "packed": lambda: before(ingest.packing, "fsync_all"),
    "sealed as packed": lambda: before(ingest.packing, "_drop_what_follows"),
    "dropped by half": lambda: half_way(whole_generation=False),
    "parse": lambda: before(StoreWriter, "add_encoded"),
    "parsed": lambda: after(StoreWriter, "add_encoded"),
    "embed": lambda: before(HashEmbedder, "embed_passages"),
    "insert": lambda: after(VectorWriter, "add"),
    "insert beside": lambda: beside("add"),
    "sealed beside": lambda: beside("seal"),
    "seal": lambda: before(VectorWriter, "_seal"),
    "check": lambda: before(ingest.build, "check_generation"),
    "checked": lambda: after(ingest.build, "check_generation"),
    "checksums": lambda: before(ingest.build, "write_checksums"),
    "before the pointer's fsync": lambda: before(corpus.pointer, "fsync", is_pointer),
    "after the pointer's fsync": lambda: after(corpus.pointer, "fsync", is_pointer),
    "swap": lambda: after(Path, "replace", lambda path, target: Path(target).name == "CURRENT"),
    "history": lambda: before(ingest.history, "record"),
    "collect": lambda: half_way(whole_generation=True),
}


def run_sync(folder: Path) -> dict[str, Any]:
    bundle = Bundle(folder / "documents", folder / "documents" / "sources.yaml")
    sync(folder / "data", HashEmbedder(), bundle=bundle, rules=Rules(LIMITS))
    return read(folder)


def killed(folder: Path, point: str) -> dict[str, Any]:
    POINTS[point]()
    return run_sync(folder)


def read(folder: Path) -> dict[str, Any]:
    """What a reader sees: the content digest, and every document's text, found by its own vector."""
    embedder = HashEmbedder()
    index = open_current(folder / "data", embedder)
    texts = {}
    for source in index.sources():
        (passage,) = index.passages_of(source.document_id)
        (hit,) = index.dense(embedder.embed_passages([passage.text])[0], 1)
        texts[source.document_id] = index.passage(hit.passage_id).text
        assert passage.text == index.document(source.document_id).text
    found = {"content_hash": index.manifest.content_hash, "texts": texts}
    index.close()
    return found


JOBS: dict[str, Callable[[Path, str], dict[str, Any]]] = {
    "sync": lambda folder, _: run_sync(folder),
    "kill": killed,
    "read": lambda folder, _: read(folder),
}


class Worker:
    """The process that parses, forked instead of started; stands in a sandbox where ``Popen`` would."""

    def __init__(self) -> None:
        requests, ask = os.pipe()
        answer, replies = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.setpgid(0, 0)
            os.dup2(requests, 0)
            os.dup2(replies, 1)
            os.closerange(3, 256)
            os._exit(ingest.parse.worker.main())
        os.close(requests)
        os.close(replies)
        assert os.read(answer, len(READY)) == READY
        self.stdin, self.stdout = os.fdopen(ask, "wb", 0), os.fdopen(answer, "rb", 0)
        os.set_blocking(ask, False)
        os.set_blocking(answer, False)

    def poll(self) -> None:
        """It runs."""

    def wait(self) -> int:
        """It is waited for by the process that forked it."""
        return 0

    def end(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        self.stdin.close()
        self.stdout.close()


def forked(job: dict[str, Any]) -> dict[str, Any]:
    """Do one job in a process of its own, with another to parse for it; what it says, or the signal that ended it."""
    worker = Worker()
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        setattr(Sandbox, "_running", lambda self: worker)  # noqa: B010
        try:
            said = JOBS[job["do"]](Path(job["folder"]), job["point"])
        except BaseException as error:
            said = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        with os.fdopen(send, "w") as stream:
            json.dump(said, stream)
        os._exit(0)
    os.close(send)
    with os.fdopen(receive) as stream:
        text = stream.read()
    _, status = os.waitpid(child, 0)
    worker.end()
    return {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else dict(json.loads(text))


if __name__ == "__main__":
    importlib.import_module("chromadb.api.rust")  # Chroma imports it when it opens a folder
    SwedishAnalyzer().parts("cykelbanor")  # the dictionary is read once, and not in every fork
    ingest.parse.worker.reply("Detta läses.".encode(), Entry(Path("a.txt"), "bundled"), LIMITS, BytesIO())
    for line in sys.stdin:
        print(json.dumps(forked(json.loads(line))), flush=True)
