"""The seam to embedding models: one small protocol, and sentence-transformers behind it."""

import hashlib
import json
import threading
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Unpack

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from corpus.model_files import WEIGHTS_PATTERN, known_prompts, model_folder
from corpus.settings import BUILT_IN_MODEL, PACKAGE, Backend, EmbedderOptions

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BUILT_IN_PATH = PACKAGE / "model"
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

    def __init__(
        self,
        name_or_path: str,
        *,
        allow_download: bool = False,
        backend: Backend = "torch",
        query_prompt: str | None = None,
        passage_prompt: str | None = None,
    ) -> None:
        """Find the model; it is loaded when it is first used, which may raise SettingsError too.

        Args:
            name_or_path: a folder, or a hub name, with ``@revision`` behind it if it is to be pinned.
            allow_download: whether a hub model that is not in the local cache may be fetched.
            backend: what runs the model.
            query_prompt: put before questions; None for what the model's own settings or ``KNOWN_PROMPTS`` say.
            passage_prompt: put before passages, likewise.

        Raises:
            SettingsError: there is no such model here.
        """
        self._folder = model_folder(name_or_path, allow_download=allow_download, backend=backend)
        self._given = name_or_path
        self._backend: Backend = backend
        prompts = known_prompts(name_or_path)
        self._prompts: dict[str, str | None] = {
            "query": prompts.query if query_prompt is None else query_prompt,
            "document": prompts.passage if passage_prompt is None else passage_prompt,
        }
        self._name = _identity(name_or_path, self._folder) + _variant(backend, query_prompt, passage_prompt)
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
        return _load(self._folder, self._given, self._backend)

    @cached_property
    def _is_table(self) -> bool:
        """Whether the model is a table of subwords and puts nothing before a text; to be asked for under the lock."""
        names = [type(module).__name__ for module in self._model]
        has_prompts = any(self._model.prompts.values())
        return names == ["StaticEmbedding"] and not has_prompts and self._model.device.type == "cpu"

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
            if self._is_table and not self._prompts[task]:
                return unit_rows(_looked_up(self._model, texts))
            encode = self._model.encode_query if task == "query" else self._model.encode_document
            rows = encode(
                list(texts),
                prompt=self._prompts[task],
                batch_size=BATCH_TEXTS,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return unit_rows(np.asarray(rows, dtype=np.float32))


def _looked_up(model: "SentenceTransformer", texts: Sequence[str]) -> Vectors:
    """What ``encode`` gives for a table of subwords, in half the time: it sorts, has other threads wait busily, and
    asks where in a text each subword stands."""
    import torch

    n_threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            table: Any = model[0]
            encodings = table.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            ids = [encoding.ids for encoding in encodings]
            starts = torch.tensor([0, *accumulate(map(len, ids[:-1]))])
            features = {"input_ids": torch.tensor(list(chain.from_iterable(ids)), dtype=torch.long), "offsets": starts}
            found = table(features)["sentence_embedding"]
            return np.asarray(found.float().cpu().numpy(), dtype=np.float32)
    finally:
        torch.set_num_threads(n_threads)


def load_embedder(name: str, **options: Unpack[EmbedderOptions]) -> Embedder:
    """The embedding model of a settings value: ``builtin``, a folder or a hub name.

    Raises:
        SettingsError: there is no such model here, or it cannot be loaded.
    """
    if name == BUILT_IN_MODEL:
        return SentenceTransformerEmbedder(str(BUILT_IN_PATH))
    return SentenceTransformerEmbedder(name, **options)


def _variant(backend: Backend, query_prompt: str | None, passage_prompt: str | None) -> str:
    """What tells vectors of other prompts or of another backend from the model's usual ones; mostly nothing."""
    marks: list[str] = [] if backend == "torch" else [backend]
    if (query_prompt, passage_prompt) != (None, None):
        prompts = json.dumps([query_prompt, passage_prompt]).encode()
        marks.append(hashlib.sha256(prompts).hexdigest()[:HASH_CHARS])
    return "".join(f"+{mark}" for mark in marks)


def unit_rows(rows: Vectors) -> Vectors:
    """The rows scaled to unit length; a row of zeros (no known token in the text) becomes the even direction."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    even = np.float32(1 / np.sqrt(rows.shape[1]))
    return np.where(norms > 0, rows / np.where(norms > 0, norms, 1), even).astype(np.float32)


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


def _load(folder: Path, name: str, backend: Backend) -> "SentenceTransformer":
    """The model on this machine's device; on a processor in float32, whatever type it is stored in."""
    import torch
    from sentence_transformers import SentenceTransformer

    options: dict[str, Any] = {"trust_remote_code": False, "local_files_only": True, "backend": backend}
    if backend == "torch":
        options["model_kwargs"] = {"use_safetensors": True}
    try:
        model = SentenceTransformer(str(folder), **options)
    except Exception as error:  # a broken model folder makes the libraries below raise almost anything
        first_line = str(error).strip().split("\n")[0][:200]
        help_ = "put its files back or name another in FRAGA_EMBEDDING_MODEL"
        if backend != "torch":
            help_ = f'install "sentence-transformers[{backend}]", or unset FRAGA_EMBEDDING_BACKEND'
        where = f"cannot be loaded from {folder} ({type(error).__name__}: {first_line})"
        raise SettingsError(f"embedding model {name!r}: {where}; {help_}") from error
    if backend == "torch" and model.device.type == "cpu":
        model = model.to(torch.float32)
    return model.eval()
