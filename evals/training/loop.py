"""Fourth step of training: the contrastive loop that gives every subword its vector."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from evals.training.pairs import PairSet
from evals.training.texts import GradedPair

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Recipe:
    """What decides a training run, beside the data; the defaults are the shipped model's."""

    seed: int = 20250
    vocabulary_size: int = 32_000
    part_vocabulary_size: int = 6_000
    dim: int = 256
    steps: int = 1_800
    batch_pairs: int = 1_024
    passage_tokens: int = 160  # a passage longer than this is cut at a random place
    scale: float = 20.0  # factor on cosines before the softmax
    learning_rate: float = 4e-3
    warmup_steps: int = 100
    rarity: float = 1e-3  # a of the start weight a / (a + p) of a token of frequency p (Arora et al. 2017)
    neighbours_in_batch: int = 2  # pairs that follow each other in a set, often of one document: harder negatives
    graded_every: int = 10  # every so many steps one batch of graded sentence pairs


@dataclass(frozen=True)
class Bags:
    """Token ids of many texts in one array; text ``i`` is ``ids[starts[i]:starts[i + 1]]``."""

    ids: Ids
    starts: NDArray[np.int64]

    def batch(self, rows: NDArray[np.int64], max_tokens: int, rng: np.random.Generator) -> tuple[torch.Tensor, ...]:
        """Token ids and offsets of some texts, as ``embedding_bag`` takes them; long texts as a random window."""
        begins, ends = self.starts[rows], self.starts[rows + 1]
        excess = np.maximum(ends - begins - max_tokens, 0)
        begins = begins + (rng.random(len(rows)) * (excess + 1)).astype(np.int64)
        lengths = np.minimum(ends - begins, max_tokens)
        offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        at = np.arange(lengths.sum()) + np.repeat(begins - offsets, lengths)
        return torch.from_numpy(self.ids[at].astype(np.int64)), torch.from_numpy(offsets)


@dataclass(frozen=True)
class EncodedSet:
    """A pair set as row numbers of the bags."""

    name: str
    queries: NDArray[np.int64]
    passages: NDArray[np.int64]
    weight: float


@dataclass(frozen=True)
class Encoded:
    """Everything the loop reads."""

    bags: Bags
    sets: tuple[EncodedSet, ...]
    graded_first: NDArray[np.int64]
    graded_second: NDArray[np.int64]
    similarities: NDArray[np.float32]


def encode_sets(tokenizer: Tokenizer, sets: Sequence[PairSet], graded: Sequence[GradedPair]) -> Encoded:
    """Each text tokenized once; pairs with a side that has no token are left out."""
    rows: dict[str, int] = {}
    numbered = [[(_row(rows, pair.query), _row(rows, pair.passage)) for pair in each.pairs] for each in sets]
    firsts = [_row(rows, pair.first) for pair in graded]
    seconds = [_row(rows, pair.second) for pair in graded]
    texts = list(rows)
    chunks, lengths = list[Ids](), list[int]()
    for start in range(0, len(texts), 20_000):
        encodings = tokenizer.encode_batch_fast(texts[start : start + 20_000], add_special_tokens=False)
        lengths += [len(encoding.ids) for encoding in encodings]
        chunks.append(np.concatenate([np.asarray(encoding.ids, dtype=np.int32) for encoding in encodings]))
    size = np.asarray(lengths, dtype=np.int64)
    encoded = []
    for each, pairs in zip(sets, numbered, strict=True):
        table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
        table = table[(size[table] > 0).all(axis=1)]
        encoded.append(EncodedSet(each.name, table[:, 0], table[:, 1], each.weight))
    return Encoded(
        Bags(np.concatenate(chunks), np.concatenate([[0], np.cumsum(size)])),
        tuple(encoded),
        np.asarray(firsts, dtype=np.int64),
        np.asarray(seconds, dtype=np.int64),
        np.asarray([pair.similarity for pair in graded], dtype=np.float32),
    )


def _row(rows: dict[str, int], text: str) -> int:
    return rows.setdefault(text, len(rows))


class PieceVectors(torch.nn.Module):
    """The vectors while they are trained: a piece's own, its parts' and a weight; folded to one matrix when done.

    Pieces are words and long parts of words. Sharing the vectors of their smaller parts lets *försörjningsstödet* learn
    from *försörjningsstöd*; the sum is folded into one row a piece, so that it costs nothing in use.
    """

    def __init__(self, parts: torch.Tensor, frequencies: torch.Tensor, recipe: Recipe) -> None:
        """``parts``: sparse ``(n_pieces, n_parts)``, rows sum to 1; ``frequencies``: ``(n_pieces,)``, sum to 1."""
        super().__init__()
        torch.manual_seed(recipe.seed)
        deviation = 1 / math.sqrt(recipe.dim)
        self.own = torch.nn.Parameter(torch.randn(parts.shape[0], recipe.dim) * deviation)
        self.shared = torch.nn.Parameter(torch.randn(parts.shape[1], recipe.dim) * deviation)
        self.log_weight = torch.nn.Parameter(torch.log(recipe.rarity / (recipe.rarity + frequencies)))
        self.parts = parts
        self.parts_turned = parts.t().to_sparse_csr()

    def folded(self) -> torch.Tensor:
        """The matrix ``(n_pieces, dim)`` that ships."""
        shared = _SparseProduct.apply(self.shared, self.parts, self.parts_turned)  # type: ignore[no-untyped-call]
        both: torch.Tensor = self.own + shared
        return both * self.log_weight.exp()[:, None]


class _SparseProduct(torch.autograd.Function):
    """``sparse @ dense`` with a gradient for the dense side, by a matrix turned beforehand."""

    @staticmethod
    def forward(ctx: Any, dense: torch.Tensor, sparse: torch.Tensor, turned: torch.Tensor) -> torch.Tensor:
        ctx.turned = turned
        return sparse @ dense

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        return ctx.turned @ grads[0], None, None


def contrastive_loss(queries: torch.Tensor, passages: torch.Tensor, same: torch.Tensor, scale: float) -> torch.Tensor:
    """Softmax over the batch in both directions; ``same`` masks cells off the diagonal that are no true negatives."""
    logits = (queries @ passages.T * scale).masked_fill(same, -torch.inf)
    target = torch.arange(len(logits))
    return (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2


def graded_loss(first: torch.Tensor, second: torch.Tensor, similarities: torch.Tensor, scale: float) -> torch.Tensor:
    """CoSENT: a pair graded higher than another should have the higher cosine (Su 2022)."""
    cosines = (first * second).sum(dim=1) * scale
    gaps = cosines[:, None] - cosines[None, :]
    wrong = gaps[similarities[:, None] < similarities[None, :]]
    return torch.logsumexp(torch.cat([torch.zeros(1), wrong]), dim=0)


def train_vectors(
    encoded: Encoded, vectors: PieceVectors, recipe: Recipe, report: Callable[[str], None]
) -> torch.Tensor:
    """Run the loop; returns the folded matrix ``(n_pieces, dim)``."""
    rng = np.random.default_rng(recipe.seed)
    optimizer = torch.optim.Adam(
        [
            {"params": [vectors.own, vectors.shared], "lr": recipe.learning_rate},
            {"params": [vectors.log_weight], "lr": recipe.learning_rate * 3},
        ],
        fused=True,
        betas=(0.9, 0.98),
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: learning_rate_ratio(step, recipe))
    weights = np.asarray([each.weight for each in encoded.sets])
    started, losses = time.monotonic(), dict[str, float]()
    for step in range(recipe.steps):
        each = encoded.sets[rng.choice(len(weights), p=weights / weights.sum())]
        rows = batch_rows(len(each.queries), recipe, rng)
        matrix = vectors.folded()
        queries, passages = each.queries[rows], each.passages[rows]
        loss = contrastive_loss(
            _embed(matrix, encoded.bags, queries, recipe, rng),
            _embed(matrix, encoded.bags, passages, recipe, rng),
            same_cells(queries, passages),
            recipe.scale,
        )
        losses[each.name] = 0.9 * losses.get(each.name, loss.item()) + 0.1 * loss.item()
        if len(encoded.similarities) and step % recipe.graded_every == 0:
            rows = rng.choice(len(encoded.similarities), size=min(256, len(encoded.similarities)), replace=False)
            first = _embed(matrix, encoded.bags, encoded.graded_first[rows], recipe, rng)
            second = _embed(matrix, encoded.bags, encoded.graded_second[rows], recipe, rng)
            loss = loss + graded_loss(first, second, torch.from_numpy(encoded.similarities[rows]), recipe.scale)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if (step + 1) % 250 == 0:
            seen = " ".join(f"{name} {value:.2f}" for name, value in sorted(losses.items()))
            report(f"step {step + 1}/{recipe.steps}, {time.monotonic() - started:.0f} s, loss: {seen}")
    return vectors.folded().detach()


def batch_rows(n_pairs: int, recipe: Recipe, rng: np.random.Generator) -> NDArray[np.int64]:
    """Distinct rows of a set for one batch: short runs from random places."""
    run = recipe.neighbours_in_batch
    starts = rng.choice(n_pairs, size=min(recipe.batch_pairs // run, n_pairs), replace=False)
    return np.unique((starts[:, None] + np.arange(run)) % n_pairs)


def learning_rate_ratio(step: int, recipe: Recipe) -> float:
    """Linear warm-up, then a cosine down to nothing."""
    if step < recipe.warmup_steps:
        return (step + 1) / recipe.warmup_steps
    done = (step - recipe.warmup_steps) / max(1, recipe.steps - recipe.warmup_steps)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def same_cells(queries: NDArray[np.int64], passages: NDArray[np.int64]) -> torch.Tensor:
    """Cells ``(i, j)``, off the diagonal, where query i or passage i is the very text that j has: ``(n, n)``, bool."""
    same = (queries[:, None] == queries[None, :]) | (passages[:, None] == passages[None, :])
    np.fill_diagonal(same, False)
    return torch.from_numpy(same)


def _embed(
    matrix: torch.Tensor, bags: Bags, rows: NDArray[np.int64], recipe: Recipe, rng: np.random.Generator
) -> torch.Tensor:
    ids, offsets = bags.batch(rows, recipe.passage_tokens, rng)
    return functional.normalize(functional.embedding_bag(ids, matrix, offsets, mode="sum"), dim=1)
