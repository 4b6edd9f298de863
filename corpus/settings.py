"""The settings: one frozen object, read from ``FRAGA_`` environment variables by the programs' entry points only."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypedDict

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingsError

PREFIX = "FRAGA_"
PACKAGE = Path(__file__).parent
BUILT_IN_MODEL = "builtin"
Backend = Literal["torch", "onnx", "openvino"]


def default_data_dir() -> Path:
    """``var/`` of the checkout this runs from, else the user's data folder (an installed wheel)."""
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return user_data_path("fraga-utredningen", appauthor=False)


class EmbedderOptions(TypedDict, total=False):
    """What ``load_embedder`` wants to know beside the model's name."""

    allow_download: bool
    backend: Backend
    query_prompt: str | None
    passage_prompt: str | None


class Settings(BaseSettings):
    """Every setting of the program; ``FRAGA_DATA_DIR`` sets ``data_dir``, and so on."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data_dir: Path = Field(default_factory=default_data_dir, description="Folder for the index, uploads and history.")
    embedding_model: str = Field(
        BUILT_IN_MODEL, description="'builtin', a folder, or the hub name of a sentence-transformers model."
    )
    embedding_backend: Backend = Field(
        "torch", description="What runs the model: 'torch', or 'onnx' or 'openvino' where they are installed."
    )
    embedding_query_prompt: str | None = Field(None, description="Text put before questions, instead of the model's.")
    embedding_passage_prompt: str | None = Field(None, description="Text put before passages, instead of the model's.")
    reranker: str = Field("", description="A folder, or the hub name of a cross-encoder; none if empty.")
    allow_download: bool = Field(False, description="Whether a model named by its hub name may be downloaded.")
    chat_model: str = Field("", description="provider:model of the chat model that words the answers; none if empty.")
    chat_base_url: str = Field("", description="Address of the chat model's server; the provider's own if empty.")
    chat_api_key: SecretStr = Field(SecretStr(""), description="Key to the chat model.")
    chat_temperature: float = Field(0.0, ge=0, le=2, description="How freely the chat model chooses its words.")
    chat_timeout_s: float = Field(30.0, gt=0, description="Longest time for the chat model on a question, in seconds.")
    chat_max_tokens: int = Field(1200, ge=100, description="Longest reply of the chat model, in tokens.")
    chat_max_input_tokens: int = Field(6000, ge=500, description="Most that the chat model is given, in tokens.")
    chat_price_read: float = Field(0.0, ge=0, description="Price of a million tokens that the chat model reads.")
    chat_price_written: float = Field(0.0, ge=0, description="Price of a million tokens that the chat model writes.")
    chat_max_cost: float = Field(0.0, ge=0, description="Most that the chat model may cost in a day; 0 is no limit.")
    chat_options: str = Field("", description="Further arguments for the chat model's LangChain class, as JSON.")
    host: str = Field("127.0.0.1", description="Address that the web server listens on.")
    port: int = Field(7860, ge=0, le=65535, description="Port that the web server listens on.")
    contact: str = Field("", description="Where readers report faults: an address of mail or of the web.")
    max_file_mb: int = Field(50, ge=1, description="Largest file that is taken in, in MB.")
    max_pages: int = Field(3000, ge=1, description="Most pages of a PDF that is taken in.")
    max_parse_s: float = Field(10.0, gt=0, description="Longest processor time for parsing one file, in seconds.")
    max_parse_mb: int = Field(512, ge=128, description="Most memory for parsing one file, in MB.")
    max_question_chars: int = Field(2000, ge=100, description="Longest question, in characters.")
    max_concurrent: int = Field(8, ge=1, description="Questions that the API answers at a time; more get a 429.")

    @property
    def embedder_options(self) -> EmbedderOptions:
        """What ``load_embedder`` wants to know beside the model's name."""
        return EmbedderOptions(
            allow_download=self.allow_download,
            backend=self.embedding_backend,
            query_prompt=self.embedding_query_prompt,
            passage_prompt=self.embedding_passage_prompt,
        )


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: a ``FRAGA_`` variable is unknown or has a value that cannot be used.
    """
    env = os.environ if environ is None else environ
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(env):
        if name.startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"{name}: unknown setting; known are {', '.join(sorted(known))}")
    try:
        values = {n: env[PREFIX + n.upper()] for n in Settings.model_fields if PREFIX + n.upper() in env}
        return Settings(**values)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(f"{name}: {first['msg']} (got {first['input']!r})") from None
