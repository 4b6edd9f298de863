"""An assistant over a crowded index: the bundled documents with others around them, in a data folder of its own."""

import sys
from pathlib import Path
from typing import Protocol

from assistant.answer import Assistant
from assistant.startup import load_assistant, silence_telemetry
from corpus.embedder import Embedder
from corpus.settings import Settings


class SyncReport(Protocol):
    """What is told of a sync."""

    @property
    def n_documents(self) -> int:
        """Documents in the index."""
        ...

    @property
    def n_passages(self) -> int:
        """Passages in the index."""
        ...

    @property
    def seconds(self) -> float:
        """How long it took."""
        ...


class Sync(Protocol):
    """Brings the index in a data folder in line with the bundled documents and those in folders."""

    def __call__(self, data_dir: Path, embedder: Embedder, folders: list[Path]) -> SyncReport:
        """Publishes a generation, unless the published one holds the same."""
        ...


def crowded_assistant(settings: Settings, documents: Path, data_dir: Path, sync: Sync) -> Assistant:
    """The assistant over the bundled documents and those in ``documents``; a second time only what is new is read."""
    silence_telemetry()
    from corpus.embedder import load_embedder

    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    report = sync(data_dir, embedder, [documents])
    told = f"{report.n_documents} documents, {report.n_passages} passages, {report.seconds:.0f} s"
    print(f"Crowded index: {told}", file=sys.stderr)
    return load_assistant(settings.model_copy(update={"data_dir": data_dir}))
