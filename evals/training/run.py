"""Training from end to end: the data folder in, the model's folder with its card and figures out."""

import random
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer

from corpus.embedder import SentenceTransformerEmbedder
from corpus.errors import UsageError
from evals.retrieval import RetrievalSet, load_set
from evals.training import pairs as kinds
from evals.training import texts
from evals.training.card import Results, write_card
from evals.training.loop import PieceVectors, Recipe, encode_sets, train_vectors
from evals.training.material import MIN_SYNONYM_GRADE, Material, read_material, tokenizer_sample
from evals.training.measure import (
    WORD_PAIRS,
    cost,
    cross_lingual_recall,
    graded_correlation,
    retrieval_figures,
    word_cosines,
)
from evals.training.overlap import RUN_WORDS
from evals.training.pairs import PairSet
from evals.training.pieces import part_matrix, piece_frequencies
from evals.training.tokenizer import train_tokenizer

SET_NAMES = ("authority-faq", "authority-pages", "encyclopedia")


def train_model(data_dir: Path, out_dir: Path, report: Callable[[str], None], recipe: Recipe | None = None) -> Results:
    """Train, save in sentence-transformers' format, measure and write the card; returns the figures.

    Raises:
        UsageError: the data folder lacks one of its files.
    """
    recipe = recipe or Recipe()
    rng = random.Random(recipe.seed)
    sets = {name: load_set(data_dir / "retrieval" / name) for name in SET_NAMES}
    report("reading the data and looking for overlaps with the retrieval sets")
    try:
        material = read_material(data_dir, sets, rng)
    except FileNotFoundError as error:
        raise UsageError(f"{error.filename}: not found; DATA_DIR must hold the training data") from None
    for overlap in material.overlaps:
        report(
            f"overlap: {overlap.collection} ({overlap.texts} texts) and {overlap.retrieval_set}: "
            f"{overlap.shared_texts} texts left out, {overlap.shared_passages} rows of the set"
        )
    report("training the tokenizer")
    sample = tokenizer_sample(material, rng)
    tokenizer = train_tokenizer(sample, recipe.vocabulary_size)
    part_tokenizer = train_tokenizer(sample[::4], recipe.part_vocabulary_size)
    pair_sets = make_pair_sets(material, rng)
    for each in pair_sets:
        report(f"pairs: {each.name}: {len(each.pairs)}")
    encoded = encode_sets(tokenizer, pair_sets, material.graded)
    vectors = PieceVectors(
        part_matrix(tokenizer, part_tokenizer), piece_frequencies(encoded.bags, tokenizer.get_vocab_size()), recipe
    )
    report("training the vectors")
    save_model(tokenizer, train_vectors(encoded, vectors, recipe, report), out_dir)
    results = measure_model(data_dir, out_dir, sets, material, {each.name: len(each.pairs) for each in pair_sets})
    write_card(out_dir, results, recipe, MIN_SYNONYM_GRADE, RUN_WORDS)
    return results


def make_pair_sets(material: Material, rng: random.Random) -> list[PairSet]:
    """The pair sets with their weights, which say how often each is drawn."""
    documents = [document for collection in material.documents.values() for document in collection]
    return [
        kinds.capped("headings", kinds.heading_pairs(documents, rng), 150_000, 2.0, rng),
        kinds.capped("titles", kinds.title_pairs(documents, rng), 150_000, 2.0, rng),
        kinds.capped("cloze", kinds.cloze_pairs(documents, rng), 400_000, 4.0, rng),
        kinds.capped("neighbours", kinds.neighbour_pairs(documents, rng), 150_000, 1.0, rng),
        kinds.capped("questions", kinds.question_pairs(material.questions, rng), 10_000, 0.15, rng),
        kinds.capped("synonyms", kinds.both_ways(material.synonyms), 60_000, 1.5, rng),
        kinds.capped("translations", material.translations, 150_000, 2.0, rng),
    ]


def save_model(tokenizer: Tokenizer, matrix: torch.Tensor, out_dir: Path) -> None:
    """Write the model, its rows scaled to a mean length of 1 and stored as float16."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    scaled = (matrix / matrix.norm(dim=1).mean()).to(torch.float16)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=scaled)], device="cpu")
    model.save_pretrained(str(out_dir), create_model_card=False)
    for path in out_dir.rglob("*.safetensors"):
        path.chmod(0o644)  # the library leaves its weights readable to their owner alone


def measure_model(
    data_dir: Path, folder: Path, sets: dict[str, RetrievalSet], material: Material, pairs: dict[str, int]
) -> Results:
    """Every figure of the card, from the model as saved."""
    embedder = SentenceTransformerEmbedder(str(folder))
    graded = texts.graded_pairs(data_dir / "sts" / "sweparaphrase-dev.tsv")
    return Results(
        retrieval=tuple(row for name, data in sets.items() for row in retrieval_figures(name, data, embedder)),
        cross_lingual_recall_at_5=cross_lingual_recall(material.held_out, material.candidates, embedder, 5),
        n_cross_lingual=len(material.held_out),
        n_cross_lingual_candidates=len(material.held_out) + len(material.candidates),
        graded_correlation=graded_correlation(graded, embedder),
        n_graded=len(graded),
        word_cosines=word_cosines(WORD_PAIRS, embedder),
        cost=cost(folder),
        overlaps=tuple(material.overlaps),
        pairs=pairs,
    )
