"""Puts an ``Assistant`` together from the settings: the published index, the embedder and the language data."""

import os

from assistant.answer import Assistant
from corpus.embedder import Embedder, load_embedder
from corpus.generations import open_current
from corpus.index import Index
from corpus.knowledge import load_knowledge
from corpus.settings import Settings


def silence_telemetry() -> None:
    """Keeps the libraries from calling home; to be called before they are imported."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["LANGSMITH_TRACING"] = "false"
    os.environ["LANGCHAIN_TRACING_V2"] = "false"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def load_assistant(settings: Settings) -> Assistant:
    """The assistant over the published index.

    Raises:
        IndexUnavailable: nothing is published, or it cannot be opened.
        ModelMismatch: the index was built with another embedding model.
        SettingsError: the embedding model cannot be loaded.
    """
    silence_telemetry()
    embedder = load_embedder(settings.embedding_model, allow_download=settings.allow_download)
    return assistant_over(open_current(settings.data_dir, embedder), embedder, settings)


def assistant_over(index: Index, embedder: Embedder, settings: Settings) -> Assistant:
    """An assistant over an index that is open already; whoever opened it closes it."""
    return Assistant(index, embedder, load_knowledge(), settings.max_question_chars)
