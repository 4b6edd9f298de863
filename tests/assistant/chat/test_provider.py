import subprocess
import sys

import pytest
from pydantic import SecretStr

from assistant.chat.provider import NO_KEY, arguments, load_client
from corpus.errors import SettingsError
from corpus.settings import Settings, load_settings


def test_no_model_is_made_where_none_is_named():
    assert load_client(Settings()) is None


def test_without_a_model_nothing_of_chat_packages_is_imported():
    code = (
        "import sys; import assistant.startup, assistant.answer, assistant.api; "
        "names = ('openai', 'langchain_openai', 'langchain', 'tiktoken'); "
        "found = [m for m in sys.modules if m.split('.')[0] in names]; "
        "print(found); sys.exit(bool(found))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("provider", "settings", "expected"),
    [
        ("openai", {"chat_base_url": "http://h/v1"}, {"base_url": "http://h/v1", "api_key": NO_KEY, "max_retries": 0}),
        ("openai", {"chat_api_key": SecretStr("k")}, {"api_key": "k", "max_tokens": 1200, "stream_usage": True}),
        ("azure_openai", {"chat_base_url": "https://h"}, {"azure_endpoint": "https://h"}),
        ("ollama", {"chat_base_url": "http://h"}, {"num_predict": 1200, "client_kwargs": {"timeout": 30.0}}),
        ("mistralai", {"chat_timeout_s": 5.0}, {"timeout": 5.0, "temperature": 0.0}),
        ("openai", {"chat_options": '{"temperature": null, "seed": 1}'}, {"seed": 1}),
    ],
)
def test_each_provider_gets_its_own_names(provider, settings, expected):
    found = arguments(provider, Settings(**settings))
    assert expected.items() <= found.items()
    assert ("temperature" in found) is ("seed" not in expected)
    assert ("api_key" in found) is ("api_key" in expected)


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"FRAGA_CHAT_MODEL": "gpt"}, "FRAGA_CHAT_MODEL: expected provider:model"),
        ({"FRAGA_CHAT_MODEL": "ollama:x"}, r"pip install 'fraga-utredningen\[ollama\]'"),
        ({"FRAGA_CHAT_MODEL": "nobody:x"}, "FRAGA_CHAT_MODEL"),
        ({"FRAGA_CHAT_MODEL": "openai:x", "FRAGA_CHAT_OPTIONS": "[1]"}, "FRAGA_CHAT_OPTIONS"),
        ({"FRAGA_CHAT_MODEL": "openai:x", "FRAGA_CHAT_BASE_URL": "http://name:word@h"}, "FRAGA_CHAT_BASE_URL"),
        ({"FRAGA_CHAT_MODEL": "openai:x", "FRAGA_CHAT_BASE_URL": "ftp://h"}, "FRAGA_CHAT_BASE_URL"),
    ],
)
def test_a_model_that_cannot_be_set_up_is_named_without_its_key(variables, named):
    settings = load_settings({"FRAGA_CHAT_API_KEY": "sk-secret", **variables})
    with pytest.raises(SettingsError, match=named) as caught:
        load_client(settings)
    assert "sk-secret" not in str(caught.value)
    assert "sk-secret" not in repr(settings)
