"""Vectors of single words from the built-in model's files, for comparing a question's words with a passage's.

The model is a table of subwords, so a word's vector is a sum of rows: microseconds, and neither torch nor
sentence-transformers has to be loaded for it. Other models' words cost far more, so this is always the built-in one.
"""

import json
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.embedder import BUILT_IN_PATH, Vectors
from corpus.errors import SettingsError

TOKENIZER_NAME, WEIGHTS_NAME, MATRIX_NAME = "tokenizer.json", "model.safetensors", "embedding.weight"
MOST_REMEMBERED = 60_000  # words; with 256 dimensions 60 MB
FIRST_ROWS = 4_096


class WordVectors:
    """Looks words up and remembers them; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open a static model's ``folder``.

        Raises:
            SettingsError: it holds no such model.
        """
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_NAME))
            self._pieces = load_file(folder / WEIGHTS_NAME)[MATRIX_NAME]
        except Exception as error:  # the libraries below raise kinds of their own, some of them plain Exception
            raise SettingsError(f"{folder}: holds no static embedding model ({type(error).__name__})") from error
        self._tokenizer.no_padding()
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._matrix = np.zeros((FIRST_ROWS, self._pieces.shape[1]), dtype=np.float32)
        self._weights = np.zeros(FIRST_ROWS, dtype=np.float32)

    def look_up(self, words: Sequence[str]) -> tuple[Vectors, NDArray[np.float32]]:
        """Vectors ``(n_words, dim)`` of unit length, and each word's weight, which the model gave it by its rarity.

        A word without any known piece has zeros.
        """
        with self._lock:
            unseen = [word for word in dict.fromkeys(words) if word not in self._rows]
            if len(self._rows) + len(unseen) > MOST_REMEMBERED:
                self._forget()
                unseen = list(dict.fromkeys(words))
            self._remember(unseen)
            rows = [self._rows[word] for word in words]
            return self._matrix[rows], self._weights[rows]

    def _remember(self, words: Sequence[str]) -> None:
        first = len(self._rows)
        while first + len(words) > len(self._weights):
            self._matrix = np.concatenate([self._matrix, np.zeros_like(self._matrix)])
            self._weights = np.concatenate([self._weights, np.zeros_like(self._weights)])
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(words), add_special_tokens=False), first):
            if encoding.ids:
                total = self._pieces[encoding.ids].astype(np.float32).sum(axis=0)
                self._weights[row] = norm = float(np.linalg.norm(total))
                self._matrix[row] = total / norm if norm > 0 else 0.0
        self._rows.update(zip(words, range(first, first + len(words)), strict=True))


@lru_cache(maxsize=1)
def load_word_vectors(folder: Path = BUILT_IN_PATH) -> WordVectors:
    """The built-in model's words; opened once a process, as their table is large.

    Raises:
        SettingsError: the model's files are missing.
    """
    return WordVectors(folder)


def is_static(folder: Path) -> bool:
    """Whether a model folder holds one table of subwords and nothing else."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules] == ["StaticEmbedding"]
