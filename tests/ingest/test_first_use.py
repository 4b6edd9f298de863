import logging

import pytest

import ingest.first_use
from corpus.pointer import current_folder
from corpus.settings import load_settings
from ingest.first_use import ensure_index
from tests.corpus.standin import HashEmbedder


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setattr(ingest.first_use, "load_embedder", lambda *_, **__: HashEmbedder())
    return load_settings({"FRAGA_DATA_DIR": str(tmp_path / "data")})


def test_the_first_use_builds_the_index_and_later_ones_leave_it(settings):
    ensure_index(settings)
    generation = current_folder(settings.data_dir)
    ensure_index(settings)
    assert current_folder(settings.data_dir) == generation


def test_a_damaged_index_is_rebuilt_and_said_so(settings, caplog):
    ensure_index(settings)
    (current_folder(settings.data_dir) / "documents.sqlite").write_bytes(b"cut")
    with caplog.at_level(logging.WARNING):
        ensure_index(settings)
    assert "damaged" in caplog.text
    ensure_index(settings)
