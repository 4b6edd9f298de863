"""Puts an ``Assistant`` together from the settings: the published index, the embedder and the language data."""

import logging
import os

from assistant.answer import Assistant
from assistant.chat.client import ChatClient
from assistant.chat.provider import load_client
from assistant.live import LiveAssistant, Loaded
from assistant.rerank import load_reranker
from corpus.embedder import Embedder, load_embedder
from corpus.generations import open_good
from corpus.index import Index
from corpus.knowledge import load_knowledge
from corpus.pointer import pointer_stamp
from corpus.settings import Settings

log = logging.getLogger(__name__)


def silence_telemetry() -> None:
    """Keeps the libraries from calling home; to be called before they are imported."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["LANGSMITH_TRACING"] = "false"
    os.environ["LANGCHAIN_TRACING_V2"] = "false"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def spare_processors() -> None:
    """Keeps numpy's products on one processor: they are small, and threads that wait for each other cost more.

    A question took 15 ms of processor time instead of 33, of two processors.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")


def load_assistant(settings: Settings) -> Assistant:
    """The assistant over the published index.

    Raises:
        IndexUnavailable: nothing is published, or it cannot be opened.
        ModelMismatch: the index was built with another embedding model.
        SettingsError: the embedding model cannot be loaded.
    """
    silence_telemetry()
    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    opened = open_good(settings.data_dir, embedder)
    if opened.problem:
        log.error("%s", opened.problem)
    return assistant_over(opened.index, embedder, settings, load_client(settings))


def load_live(settings: Settings) -> LiveAssistant:
    """The assistant for a program that runs on: it goes over to a newly published index by itself.

    Raises:
        As ``load_assistant``.
    """
    silence_telemetry()
    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    chat = load_client(settings)

    def load() -> Loaded:
        opened = open_good(settings.data_dir, embedder)
        return Loaded(assistant_over(opened.index, embedder, settings, chat), opened.index, opened.problem)

    return LiveAssistant(load, lambda: pointer_stamp(settings.data_dir))


def assistant_over(index: Index, embedder: Embedder, settings: Settings, chat: ChatClient | None = None) -> Assistant:
    """An assistant over an index that is open already; whoever opened it closes it. ``chat`` words its answers."""
    spare_processors()
    reranker = load_reranker(settings.reranker, allow_download=settings.allow_download)
    return Assistant(index, embedder, load_knowledge(), settings.max_question_chars, reranker, chat)
