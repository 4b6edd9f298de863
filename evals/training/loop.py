"""Fifth step of training: the contrastive loop that gives every subword its vector and its weight."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional

from evals.training.bags import Bags, Batch, encode
from evals.training.lazy_adam import LazyAdam
from evals.training.pairs import PairSet
from evals.training.texts import GradedPair

REPORT_STEPS = 250
GRADED_PAIRS = 256
GRADED_TOKENS = 64


@dataclass(frozen=True)
class Recipe:
    """What decides a training run, beside the data; the defaults are the shipped model's."""

    seed: int = 20250
    vocabulary_size: int = 64_000
    dim: int = 256
    steps: int = 1_600
    batch_pairs: int = 1_024
    passage_tokens: int = 160  # a passage longer than this is cut at a random place
    scale: float = 20.0  # factor on cosines before the softmax
    learning_rate: float = 2e-3
    warmup_steps: int = 50
    rarity: float = 1e-3  # a of the start weight a / (a + p) of a token of frequency p (Arora et al. 2017)
    neighbours_in_batch: int = 2  # pairs that follow each other in a set, often of one document: harder negatives
    graded_every: int = 10  # every so many steps one batch of graded sentence pairs
    start: str = "co-occurrence"  # where the vectors start: "co-occurrence" or "random"


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
    bags = encode(tokenizer, list(rows))
    size = np.diff(bags.starts)
    encoded = []
    for each, pairs in zip(sets, numbered, strict=True):
        table = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
        table = table[(size[table] > 0).all(axis=1)]
        encoded.append(EncodedSet(each.name, table[:, 0], table[:, 1], each.weight))
    return Encoded(
        bags,
        tuple(encoded),
        np.asarray(firsts, dtype=np.int64),
        np.asarray(seconds, dtype=np.int64),
        np.asarray([pair.similarity for pair in graded], dtype=np.float32),
    )


def _row(rows: dict[str, int], text: str) -> int:
    return rows.setdefault(text, len(rows))


def start_weights(bags: Bags, n_pieces: int, rarity: float) -> torch.Tensor:
    """The logarithm of each piece's weight before training, lower for common ones: ``(n_pieces,)``."""
    counts = np.bincount(bags.ids, minlength=n_pieces).astype(np.float32) + 1
    return torch.from_numpy(np.log(rarity / (rarity + counts / counts.sum())))


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
    encoded: Encoded, vectors: torch.Tensor, log_weights: torch.Tensor, recipe: Recipe, report: Callable[[str], None]
) -> torch.Tensor:
    """Run the loop from ``vectors`` ``(n_pieces, dim)`` and weights; returns the weighted vectors that ship."""
    rng = np.random.default_rng(recipe.seed)
    rows_adam, weights_adam = LazyAdam(vectors, recipe.learning_rate), LazyAdam(log_weights, recipe.learning_rate * 3)
    shares = np.asarray([each.weight for each in encoded.sets])
    started, losses = time.monotonic(), dict[str, float]()
    for step in range(recipe.steps):
        each = encoded.sets[rng.choice(len(shares), p=shares / shares.sum())]
        rows = batch_rows(len(each.queries), recipe, rng)
        batches = [encoded.bags.batch(side[rows], recipe.passage_tokens, rng) for side in (each.queries, each.passages)]
        graded = None
        if len(encoded.similarities) and step % recipe.graded_every == 0:
            graded = rng.choice(len(encoded.similarities), min(GRADED_PAIRS, len(encoded.similarities)), replace=False)
            sides = (encoded.graded_first, encoded.graded_second)
            batches += [encoded.bags.batch(side[graded], GRADED_TOKENS, rng) for side in sides]
        used, places = np.unique(np.concatenate([batch.ids for batch in batches]), return_inverse=True)
        chosen = torch.from_numpy(used)
        own, weight = vectors[chosen].requires_grad_(), log_weights[chosen].requires_grad_()
        embedded = _embed(own * weight.exp()[:, None], torch.from_numpy(places), batches)
        same = same_cells(each.queries[rows], each.passages[rows])
        loss = contrastive_loss(embedded[0], embedded[1], same, recipe.scale)
        losses[each.name] = 0.9 * losses.get(each.name, loss.item()) + 0.1 * loss.item()
        if graded is not None:
            similarities = torch.from_numpy(encoded.similarities[graded])
            loss = loss + graded_loss(embedded[2], embedded[3], similarities, recipe.scale)
        loss.backward()  # type: ignore[no-untyped-call]
        ratio = learning_rate_ratio(step, recipe)
        rows_adam.step(chosen, own.grad, ratio)
        weights_adam.step(chosen, weight.grad, ratio)
        if (step + 1) % REPORT_STEPS == 0:
            seen = " ".join(f"{name} {value:.2f}" for name, value in sorted(losses.items()))
            report(f"step {step + 1}/{recipe.steps}, {time.monotonic() - started:.0f} s, loss: {seen}")
    return vectors * log_weights.exp()[:, None]


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


def _embed(matrix: torch.Tensor, places: torch.Tensor, batches: Sequence[Batch]) -> list[torch.Tensor]:
    """Unit vectors of each batch's texts; ``places`` has the row of ``matrix`` for every id of all batches in turn."""
    embedded, start = list[torch.Tensor](), 0
    for batch in batches:
        ids = places[start : start + len(batch.ids)]
        start += len(batch.ids)
        embedded.append(functional.normalize(functional.embedding_bag(ids, matrix, batch.offsets, mode="sum"), dim=1))
    return embedded
