"""For the other entry points: makes sure that there is an index to open, and builds it on a first use."""

import logging

from corpus.embedder import load_embedder
from corpus.errors import IndexUnavailable
from corpus.generations import open_good
from corpus.settings import Settings
from ingest.progress import Progress, no_progress
from ingest.sync import sync

WAIT_S = 900.0
_log = logging.getLogger(__name__)


def ensure_index(settings: Settings, progress: Progress = no_progress) -> None:
    """Build and publish the index where none can be served: none is published, all are damaged or of another model.

    Raises:
        FragaError: the index could not be built.
    """
    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    try:
        open_good(settings.data_dir, embedder).index.close()
    except IndexUnavailable:
        report = sync(settings.data_dir, embedder, progress=progress, wait_s=WAIT_S)
        for line in (*report.notes, *report.problems):
            _log.warning("%s", line)
