"""Optional last stage of retrieval: a cross-encoder, named in the settings, reads question and passage together."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from corpus.model_files import model_folder


class Reranker(Protocol):
    """Scores texts for a question by reading both."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """One score a text, greater for better: ``(n_texts,)``."""
        ...


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers from a folder or the local hub cache: safetensors, no remote code."""

    def __init__(self, name_or_path: str, *, allow_download: bool = False) -> None:
        """Load the model; ``name@revision`` pins a hub model.

        Raises:
            SettingsError: there is no such model here, or it cannot be loaded.
        """
        folder = model_folder(name_or_path, allow_download=allow_download, setting="FRAGA_RERANKER")
        from sentence_transformers import CrossEncoder

        options = {"use_safetensors": True}
        try:
            self._model = CrossEncoder(
                str(folder), trust_remote_code=False, local_files_only=True, model_kwargs=options, device="cpu"
            )
        except Exception as error:  # a broken model folder makes the libraries below raise almost anything
            first_line = str(error).strip().split("\n")[0][:200]
            raise SettingsError(
                f"reranker {name_or_path!r}: cannot be loaded from {folder} ({type(error).__name__}: {first_line}); "
                "name a cross-encoder with one score in FRAGA_RERANKER"
            ) from error
        if self._model.num_labels != 1:
            raise SettingsError(f"reranker {name_or_path!r}: gives {self._model.num_labels} scores a text, expected 1")
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """One score a text, greater for better: ``(n_texts,)``."""
        with self._lock:
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return np.asarray(found, dtype=np.float64)


@lru_cache(maxsize=1)
def load_reranker(name: str, *, allow_download: bool = False) -> Reranker | None:
    """The cross-encoder of a settings value, loaded once a process; None where none is named.

    Raises:
        SettingsError: there is no such model here, or it cannot be loaded.
    """
    return CrossEncoderReranker(name, allow_download=allow_download) if name else None
