"""Texts as token ids for the later steps of training: each tokenized once, all in one array."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

ENCODE_TEXTS = 20_000


@dataclass(frozen=True)
class Bags:
    """Token ids of many texts in one array; text ``i`` is ``ids[starts[i]:starts[i + 1]]``."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    def batch(self, rows: NDArray[np.int64], max_tokens: int, rng: np.random.Generator) -> "Batch":
        """Some of the texts; long ones as a random window."""
        begins, ends = self.starts[rows], self.starts[rows + 1]
        excess = np.maximum(ends - begins - max_tokens, 0)
        begins = begins + (rng.random(len(rows)) * (excess + 1)).astype(np.int64)
        lengths = np.minimum(ends - begins, max_tokens)
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        at = np.arange(lengths.sum()) + np.repeat(begins - offsets, lengths)
        return Batch(self.ids[at].astype(np.int64), torch.from_numpy(offsets))


@dataclass(frozen=True)
class Batch:
    """Token ids of some texts, one after the other, and where each text begins, as ``embedding_bag`` takes them."""

    ids: NDArray[np.int64]
    offsets: torch.Tensor


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
    """The texts as token ids, in their order."""
    chunks, lengths = [np.zeros(0, dtype=np.int32)], list[int]()
    for start in range(0, len(texts), ENCODE_TEXTS):
        encodings = tokenizer.encode_batch_fast(list(texts[start : start + ENCODE_TEXTS]), add_special_tokens=False)
        lengths += [len(encoding.ids) for encoding in encodings]
        chunks += [np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings]
    return Bags(np.concatenate(chunks), np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def pieces_in_order(tokenizer: Tokenizer) -> list[str]:
    """The pieces of a vocabulary by id."""
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.__getitem__)
