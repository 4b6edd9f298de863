"""Below the embedder: where a model's files are, here or in the hub's local cache, and the prompts it wants."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SettingsError
from corpus.settings import Backend

WEIGHTS_PATTERN = "*.safetensors"
# What a hub snapshot may hold: weights as safetensors only, never pickles or code.
SNAPSHOT_FILES = (WEIGHTS_PATTERN, "*.json", "*.txt", "*.model", "*.md")
BACKEND_FILES: Mapping[Backend, tuple[str, ...]] = {
    "torch": (),
    "onnx": ("onnx/model.onnx", "onnx/model.onnx_data"),
    "openvino": ("openvino/openvino_model.xml", "openvino/openvino_model.bin"),
}


@dataclass(frozen=True, slots=True)
class Prompts:
    """Texts that a model wants before questions and passages; None for what its own files say."""

    query: str | None = None
    passage: str | None = None


# Models whose cards ask for prompts that their files leave out, by a part of their names.
KNOWN_PROMPTS: Mapping[str, Prompts] = {
    "multilingual-e5-large-instruct": Prompts(
        "Instruct: Given a question, retrieve passages that answer it\nQuery: ", ""
    ),
    "multilingual-e5-": Prompts("query: ", "passage: "),
}


def known_prompts(name_or_path: str) -> Prompts:
    """The prompts of a known model, by the last part of its name."""
    name = name_or_path.partition("@")[0].rstrip("/").rpartition("/")[2].lower()
    return next((prompts for known, prompts in KNOWN_PROMPTS.items() if known in name), Prompts())


def model_folder(
    name_or_path: str,
    *,
    allow_download: bool,
    backend: Backend = "torch",
    setting: str = "FRAGA_EMBEDDING_MODEL",
) -> Path:
    """The folder that holds the model: the one named, or a snapshot of the hub model in the local cache.

    Raises:
        SettingsError: it is not here, or not stored as safetensors; the message names the ``setting`` to change.
    """
    if not allow_download:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    folder = Path(name_or_path).expanduser()
    if not folder.is_dir():
        folder = _snapshot(name_or_path, allow_download=allow_download, backend=backend, setting=setting)
    if backend == "torch" and not any(folder.rglob(WEIGHTS_PATTERN)):
        raise SettingsError(
            f"model {name_or_path!r}: no {WEIGHTS_PATTERN} file in {folder}; "
            f"name a model stored as safetensors in {setting}"
        )
    return folder


def _snapshot(name: str, *, allow_download: bool, backend: Backend, setting: str) -> Path:
    from huggingface_hub import snapshot_download

    repo, _, revision = name.partition("@")
    try:
        folder = snapshot_download(
            repo,
            revision=revision or None,
            local_files_only=not allow_download,
            allow_patterns=[*SNAPSHOT_FILES, *BACKEND_FILES[backend]],
        )
    except Exception as error:  # the hub client raises some twenty kinds, of four libraries
        how = "check the name and the network" if allow_download else "set FRAGA_ALLOW_DOWNLOAD=true to fetch it once"
        raise SettingsError(
            f"model {name!r}: no such folder, and not in the local model cache; "
            f"name a model that is here in {setting}, or {how} ({type(error).__name__})"
        ) from error
    return Path(folder)
