"""From the settings to a LangChain chat model of whichever provider, without asking it anything yet."""

import json
from typing import Any
from urllib.parse import urlsplit

from assistant.chat.budget import Budget, Prices
from assistant.chat.client import ChatClient, Limits, Streams
from corpus.errors import SettingsError
from corpus.settings import Settings

NO_KEY = "none"  # for servers that want none; without it the library would look for one elsewhere and send that


def load_client(settings: Settings) -> ChatClient | None:
    """The client of the model that the settings name, None where they name none.

    Raises:
        SettingsError: the provider's package is missing, or the model cannot be made with these settings.
    """
    if not settings.chat_model:
        return None
    limits = Limits(settings.chat_timeout_s, settings.chat_max_tokens, settings.chat_max_input_tokens)
    prices = Prices(settings.chat_price_read, settings.chat_price_written, settings.chat_max_cost)
    return ChatClient(load_model(settings), settings.chat_model, limits, Budget(prices))


def load_model(settings: Settings) -> Streams:
    """The LangChain model; its package is imported here, and nowhere else."""
    provider, colon, name = settings.chat_model.partition(":")
    if not colon or not name:
        raise SettingsError(
            f"FRAGA_CHAT_MODEL: expected provider:model, such as ollama:NAME, got {settings.chat_model!r}"
        )
    given = arguments(provider, settings)
    from langchain.chat_models import init_chat_model

    try:
        model: Streams = init_chat_model(name, model_provider=provider, **given)
        return model
    except ImportError as error:
        missing = error.name or f"langchain-{provider}"
        raise SettingsError(
            f"FRAGA_CHAT_MODEL: {provider} needs a package that is not installed ({missing}); "
            f"pip install 'fraga-utredningen[{provider.replace('_', '-')}]'"
        ) from None
    except Exception as error:  # whatever the library says may hold the key, so only its kind is told
        raise SettingsError(
            f"FRAGA_CHAT_MODEL: {settings.chat_model} cannot be set up ({type(error).__name__}); check its name, "
            "FRAGA_CHAT_API_KEY, FRAGA_CHAT_BASE_URL and FRAGA_CHAT_OPTIONS"
        ) from None


def arguments(provider: str, settings: Settings) -> dict[str, Any]:
    """What the provider's class is made with; each calls some of it by names of its own."""
    key, address = settings.chat_api_key.get_secret_value(), _address(settings.chat_base_url)
    found: dict[str, Any] = {"temperature": settings.chat_temperature}
    if provider == "ollama":
        found |= {"num_predict": settings.chat_max_tokens, "client_kwargs": {"timeout": settings.chat_timeout_s}}
    else:
        found |= {"max_tokens": settings.chat_max_tokens, "timeout": settings.chat_timeout_s, "max_retries": 0}
        if key or (address and provider == "openai"):
            found["api_key"] = key or NO_KEY
    if provider in ("openai", "azure_openai"):
        found["stream_usage"] = True
    if address:
        found["azure_endpoint" if provider == "azure_openai" else "base_url"] = address
    found |= _options(settings.chat_options)
    return {name: value for name, value in found.items() if value is not None}


def _address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password):
        raise SettingsError(
            "FRAGA_CHAT_BASE_URL: expected http:// or https:// with a host, and no name or password in it"
        )
    return text


def _options(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text or "{}")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise SettingsError("FRAGA_CHAT_OPTIONS: expected a JSON object")
    return values
