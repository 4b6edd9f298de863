from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.settings import PREFIX, Settings, default_data_dir, load_settings

ROOT = Path(__file__).parent.parent.parent


def test_defaults():
    settings = load_settings({})
    assert (settings.host, settings.port, settings.embedding_model) == ("127.0.0.1", 7860, "builtin")
    assert settings.data_dir == default_data_dir() == ROOT / "var"


def test_variables_set_fields():
    settings = load_settings({"FRAGA_DATA_DIR": "/tmp/x", "FRAGA_PORT": "80", "HOME": "/root"})
    assert (settings.data_dir, settings.port) == (Path("/tmp/x"), 80)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FRAGA_DATADIR", "x", "unknown setting"),
        ("FRAGA_PORT", "many", "FRAGA_PORT: .*'many'"),
        ("FRAGA_PORT", "70000", "FRAGA_PORT"),
        ("FRAGA_MAX_QUESTION_CHARS", "3", "FRAGA_MAX_QUESTION_CHARS"),
    ],
)
def test_what_cannot_be_used_is_named(name, value, says):
    with pytest.raises(SettingsError, match=says):
        load_settings({name: value})


def test_settings_are_frozen_and_every_field_is_described():
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}).port = 1  # type: ignore[misc]
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
    assert PREFIX == "FRAGA_"
