"""Between tokenizer and loop: each piece's smaller parts, which share vectors in training, and how common it is."""

import warnings

import numpy as np
import snowballstemmer
import torch
from tokenizers import Tokenizer

from evals.training.loop import Bags


def part_matrix(tokenizer: Tokenizer, part_tokenizer: Tokenizer) -> torch.Tensor:
    """Sparse ``(n_pieces, n_parts)``, rows sum to 1: a piece's parts in the small vocabulary, and its Swedish stem."""
    stemmer = snowballstemmer.stemmer("swedish")
    pieces = pieces_in_order(tokenizer)
    n_parts = part_tokenizer.get_vocab_size()
    stems: dict[str, int] = {}
    rows, columns, values = list[int](), list[int](), list[float]()
    for row, encoding in enumerate(part_tokenizer.encode_batch(pieces, add_special_tokens=False)):
        stem = n_parts + stems.setdefault(stemmer.stemWord(pieces[row]), len(stems))
        parts = [*encoding.ids, stem]
        rows += [row] * len(parts)
        columns += parts
        values += [1 / len(parts)] * len(parts)
    indices = torch.tensor([rows, columns])
    size = (len(pieces), n_parts + len(stems))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # torch calls its CSR layout a beta at the first use
        return torch.sparse_coo_tensor(indices, torch.tensor(values), size).coalesce().to_sparse_csr()


def pieces_in_order(tokenizer: Tokenizer) -> list[str]:
    """The pieces of a vocabulary by id."""
    vocabulary = tokenizer.get_vocab()
    return sorted(vocabulary, key=vocabulary.__getitem__)


def piece_frequencies(bags: Bags, n_pieces: int) -> torch.Tensor:
    """How common each piece is in the training texts, summing to 1: ``(n_pieces,)``."""
    counts = np.bincount(bags.ids, minlength=n_pieces).astype(np.float32) + 1
    return torch.from_numpy(counts / counts.sum())
