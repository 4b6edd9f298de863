import os
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.startup import load_assistant, silence_telemetry
from corpus.errors import IndexUnavailable, SettingsError
from corpus.settings import Settings


def test_nothing_published_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="python -m ingest sync"):
        load_assistant(Settings(data_dir=tmp_path))


def test_a_model_that_is_not_there_is_named(bundled_data: Path) -> None:
    with pytest.raises(SettingsError, match="finns-inte"):
        load_assistant(Settings(data_dir=bundled_data, embedding_model="finns-inte"))


def test_the_settings_reach_the_assistant(assistant: Assistant) -> None:
    assert "högst 2000 tecken" in assistant.ask("a" * 2001).answer


def test_libraries_are_kept_from_calling_home(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("ANONYMIZED_TELEMETRY", "GRADIO_ANALYTICS_ENABLED", "LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2")
    for name in names:
        monkeypatch.setenv(name, "true")
    silence_telemetry()
    assert {os.environ[name].lower() for name in names} == {"false"}
