"""The seam to embedding models: one small protocol, and sentence-transformers behind it."""

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from corpus.settings import BUILT_IN_MODEL, PACKAGE

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILT_IN_PATH = PACKAGE / "model"
WEIGHTS_PATTERN = "*.safetensors"
# What a hub snapshot may hold: weights as safetensors only, never pickles or code.
SNAPSHOT_FILES = (WEIGHTS_PATTERN, "*.json", "*.txt", "*.model", "*.md")
BATCH_TEXTS = 64  # texts a lock is held for: a query waits for one batch of a running ingest at most
HASH_CHARS = 12

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of unit length, so that a dot product is a cosine similarity."""

    @property
    def name(self) -> str:
        """Identity of the model, recorded in every generation."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(n_texts, dim)``, rows of unit length."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """A vector of shape ``(dim,)``, of unit length."""
        ...


class SentenceTransformerEmbedder:
    """A sentence-transformers model from a folder, or from the local hub cache, with its own query and passage prompts.

    Safe to share between threads. Importing sentence-transformers and loading the weights take seconds, so both happen
    when something is embedded for the first time: whoever finds that there is nothing to embed does not wait for them.
    """

    def __init__(self, name_or_path: str, *, allow_download: bool = False) -> None:
        """Find the model; it is loaded when it is first used, which may raise SettingsError too.

        Args:
            name_or_path: a folder, or a hub name, with ``@revision`` behind it if it is to be pinned.
            allow_download: whether a hub model that is not in the local cache may be fetched.

        Raises:
            SettingsError: there is no such model here.
        """
        if not allow_download:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        self._folder = _model_folder(name_or_path, allow_download=allow_download)
        self._given = name_or_path
        self._name = _identity(name_or_path, self._folder)
        self._lock = threading.RLock()

    @property
    def name(self) -> str:
        """The model's name with a hash of its weights, or its revision: a retrained model has another name."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        with self._lock:
            found = self._model.get_embedding_dimension()
            return found if found is not None else int(self._encode("query", ["a"]).shape[1])

    @cached_property
    def _model(self) -> "SentenceTransformer":
        """The model, loaded; to be asked for under the lock."""
        return _load(self._folder, self._given)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape ``(n_texts, dim)``, rows of unit length, in the order of ``texts``."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        starts = range(0, len(texts), BATCH_TEXTS)
        return np.concatenate([self._encode("document", texts[start : start + BATCH_TEXTS]) for start in starts])

    def embed_query(self, text: str) -> Vectors:
        """A vector of shape ``(dim,)``, of unit length."""
        row: Vectors = self._encode("query", [text])[0]
        return row

    def _encode(self, task: str, texts: Sequence[str]) -> Vectors:
        with self._lock:
            encode = self._model.encode_query if task == "query" else self._model.encode_document
            rows = encode(list(texts), batch_size=BATCH_TEXTS, convert_to_numpy=True, show_progress_bar=False)
        return unit_rows(np.asarray(rows, dtype=np.float32))


def load_embedder(name: str, *, allow_download: bool = False) -> Embedder:
    """The embedding model of a settings value: ``builtin``, a folder or a hub name.

    Raises:
        SettingsError: there is no such model here, or it cannot be loaded.
    """
    if name == BUILT_IN_MODEL:
        return SentenceTransformerEmbedder(str(BUILT_IN_PATH))
    return SentenceTransformerEmbedder(name, allow_download=allow_download)


def unit_rows(rows: Vectors) -> Vectors:
    """The rows scaled to unit length; a row of zeros (no known token in the text) becomes the even direction."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    even = np.float32(1 / np.sqrt(rows.shape[1]))
    return np.where(norms > 0, rows / np.where(norms > 0, norms, 1), even).astype(np.float32)


def _model_folder(name_or_path: str, *, allow_download: bool) -> Path:
    """The folder that holds the model: the one named, or a snapshot of the hub model in the local cache."""
    folder = Path(name_or_path).expanduser()
    if not folder.is_dir():
        folder = _snapshot(name_or_path, allow_download=allow_download)
    if not any(folder.rglob(WEIGHTS_PATTERN)):
        raise SettingsError(
            f"embedding model {name_or_path!r}: no {WEIGHTS_PATTERN} file in {folder}; "
            "name a model stored as safetensors in FRAGA_EMBEDDING_MODEL"
        )
    return folder


def _snapshot(name: str, *, allow_download: bool) -> Path:
    from huggingface_hub import snapshot_download

    repo, _, revision = name.partition("@")
    try:
        folder = snapshot_download(
            repo,
            revision=revision or None,
            local_files_only=not allow_download,
            allow_patterns=list(SNAPSHOT_FILES),
        )
    except Exception as error:  # the hub client raises some twenty kinds, of four libraries
        how = "check the name and the network" if allow_download else "set FRAGA_ALLOW_DOWNLOAD=true to fetch it once"
        raise SettingsError(
            f"embedding model {name!r}: no such folder, and not in the local model cache; "
            f"name a folder or 'builtin' in FRAGA_EMBEDDING_MODEL, or {how} ({type(error).__name__})"
        ) from error
    return Path(folder)


def _identity(name_or_path: str, folder: Path) -> str:
    """Built-in and folders: name and content hash. Hub models: name and commit, the name of the snapshot's folder."""
    if not Path(name_or_path).expanduser().is_dir():
        return f"{name_or_path.partition('@')[0]}@{folder.name[:HASH_CHARS]}"
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob(WEIGHTS_PATTERN), *folder.rglob("tokenizer.json")]):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    name = BUILT_IN_MODEL if folder.resolve() == BUILT_IN_PATH.resolve() else folder.resolve().name
    return f"{name}@{digest.hexdigest()[:HASH_CHARS]}"


def _load(folder: Path, name: str) -> "SentenceTransformer":
    """The model on this machine's device; on a processor in float32, whatever type it is stored in."""
    import torch
    from sentence_transformers import SentenceTransformer

    options: dict[str, Any] = {"trust_remote_code": False, "local_files_only": True}
    try:
        model = SentenceTransformer(str(folder), **options)
    except Exception as error:  # a broken model folder makes the libraries below raise almost anything
        first_line = str(error).strip().split("\n")[0][:200]
        raise SettingsError(
            f"embedding model {name!r}: cannot be loaded from {folder} ({type(error).__name__}: {first_line}); "
            "put its files back or name another in FRAGA_EMBEDDING_MODEL"
        ) from error
    if model.device.type == "cpu":
        model = model.to(torch.float32)
    return model.eval()
