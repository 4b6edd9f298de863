"""One index of the bundled documents and one real assistant for all tests, and a small index of a made-up town."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.startup import load_assistant
from corpus.embedder import load_embedder
from corpus.generations import open_current
from corpus.index import Index
from corpus.settings import BUILT_IN_MODEL, Settings
from ingest.sync import sync
from tests.assistant.town import write_town
from tests.corpus.standin import HashEmbedder


@pytest.fixture(scope="session")
def bundled_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bundled documents published, built with the built-in model."""
    folder = tmp_path_factory.mktemp("bundled")
    sync(folder, load_embedder(BUILT_IN_MODEL))
    return folder


@pytest.fixture(scope="session")
def assistant(bundled_data: Path) -> Iterator[Assistant]:
    """The assistant as the programs start it, over the bundled documents."""
    loaded = load_assistant(Settings(data_dir=bundled_data))
    yield loaded
    loaded.index.close()


@pytest.fixture(scope="session")
def town_embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, town_embedder: HashEmbedder) -> Iterator[Index]:
    """A real index of three short documents, one of which updates another."""
    folder = tmp_path_factory.mktemp("town")
    report = sync(folder / "data", town_embedder, (), write_town(folder / "documents"))
    assert report.problems == ()
    index = open_current(folder / "data", town_embedder)
    yield index
    index.close()
