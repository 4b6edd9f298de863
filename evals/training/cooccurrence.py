"""Fourth step of training: vectors to start from, by what stands near what in the corpora.

Positive pointwise mutual information of pieces within a few places of each other, and its first singular vectors (Levy,
Goldberg and Dagan 2015). Words of like use lie near each other before the first question is seen, which a contrastive
loss over passages alone does not bring about.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from evals.training.bags import Bags

WINDOW = 6  # places; a neighbour at distance d counts (7 - d) / 6
CONTEXTS = 30_000  # the most common pieces serve as contexts
SMOOTHING = 0.75  # power of the contexts' frequencies
MIN_COUNT = 1.0
POWER_STEPS, OVERSAMPLES = 2, 20

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Cells:
    """A sparse matrix by its cells: ``values[i]`` stands in row ``rows[i]``, column ``columns[i]``."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: NDArray[np.float64]
    n_rows: int
    n_columns: int


def near_counts(bags: Bags, n_pieces: int) -> Cells:
    """How often each piece stands near each other one within a text, nearer ones counting more: ``(n, n)``."""
    text_of = np.repeat(np.arange(len(bags.starts) - 1), np.diff(bags.starts))
    ids = bags.ids.astype(np.int64)
    keys, counts = list[NDArray[np.int64]](), list[NDArray[np.floating]]()
    for distance in range(1, WINDOW + 1):
        inside = text_of[:-distance] == text_of[distance:]
        pairs = ids[:-distance][inside] * n_pieces + ids[distance:][inside]
        found, n = np.unique(pairs, return_counts=True)
        weight = (WINDOW + 1 - distance) / WINDOW
        keys += [found, found % n_pieces * n_pieces + found // n_pieces]
        counts += [n * weight, n * weight]
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    totals = np.bincount(inverse, np.concatenate(counts))
    kept = totals >= MIN_COUNT
    values = np.asarray(totals[kept], dtype=np.float64)
    return Cells(unique[kept] // n_pieces, unique[kept] % n_pieces, values, n_pieces, n_pieces)


def positive_information(counts: Cells, frequencies: NDArray[np.int64]) -> Cells:
    """Positive pointwise mutual information with the ``CONTEXTS`` most common pieces: ``(n, n_contexts)``."""
    contexts = np.argsort(-frequencies, kind="stable")[:CONTEXTS]
    place = np.full(counts.n_columns, -1)
    place[contexts] = np.arange(len(contexts))
    inside = place[counts.columns] >= 0
    rows, columns, values = counts.rows[inside], place[counts.columns[inside]], counts.values[inside]
    row_totals = np.bincount(rows, values, minlength=counts.n_rows)
    column_totals = np.bincount(columns, values, minlength=len(contexts)) ** SMOOTHING
    shares = column_totals / max(column_totals.sum(), 1e-9)
    information = np.log(values / (row_totals[rows] * shares[columns]))
    positive = information > 0
    return Cells(rows[positive], columns[positive], information[positive], counts.n_rows, len(contexts))


def first_singular(cells: Cells, dim: int, seed: int) -> Floats:
    """Left singular vectors by the roots of their values: ``(n_rows, dim)``; fewer may be other than zero.

    Randomized subspace iteration (Halko, Martinsson and Tropp 2011).
    """
    matrix, turned = _csr(cells, turned=False), _csr(cells, turned=True)
    width = min(dim + OVERSAMPLES, cells.n_rows, cells.n_columns)
    found = matrix @ torch.randn(cells.n_columns, width, generator=torch.Generator().manual_seed(seed))
    for _ in range(POWER_STEPS):
        found = matrix @ torch.linalg.qr(turned @ torch.linalg.qr(found)[0])[0]
    basis = torch.linalg.qr(found)[0]
    left, values, _ = torch.linalg.svd((turned @ basis).T, full_matrices=False)
    rows = (basis @ left * values.sqrt())[:, :dim].numpy()
    result: Floats = np.zeros((cells.n_rows, dim), dtype=np.float32)
    result[:, : rows.shape[1]] = rows
    return result


def _csr(cells: Cells, *, turned: bool) -> torch.Tensor:
    places = (cells.columns, cells.rows) if turned else (cells.rows, cells.columns)
    size = (cells.n_columns, cells.n_rows) if turned else (cells.n_rows, cells.n_columns)
    values = torch.from_numpy(cells.values.astype(np.float32))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # torch calls its CSR layout a beta at the first use
        return torch.sparse_coo_tensor(torch.from_numpy(np.stack(places)), values, size).coalesce().to_sparse_csr()
