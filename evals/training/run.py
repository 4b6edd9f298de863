"""Training from end to end: the data folder in, the model's folder with its card and figures out."""

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from corpus.embedder import SentenceTransformerEmbedder
from corpus.errors import UsageError
from evals.retrieval import RetrievalSet, load_set, reworded
from evals.training import pairs as kinds
from evals.training import texts
from evals.training.bags import encode
from evals.training.card import Results, Searched, write_card
from evals.training.lexicon import glossed_pairs, glosser, word_pairs
from evals.training.loop import Encoded, Recipe, encode_sets, start_weights, train_vectors
from evals.training.material import MIN_SYNONYM_GRADE, Material, paragraphs, read_material, tokenizer_sample
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
from evals.training.start import start_vectors
from evals.training.texts import TextPair
from evals.training.tokenizer import train_tokenizer

MAX_GLOSSED = 110_000  # queries of a set
ENGLISH_FOLDER = Path(__file__).parent.parent / "english"
SET_NAMES = ("authority-faq", "authority-pages", "encyclopedia")


# Measures one set with the model in a folder, as ``evals retrieval`` does.
SearchSet = Callable[[RetrievalSet, Path], Mapping[str, Any]]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is there before training; every later draw is from ``rng``."""

    recipe: Recipe
    rng: random.Random
    sets: Mapping[str, RetrievalSet]
    material: Material
    words: Sequence[TextPair]


def train_model(
    data_dir: Path, out_dir: Path, report: Report, search: SearchSet, recipe: Recipe | None = None
) -> Results:
    """Train, save in sentence-transformers' format, measure and write the card; returns the figures.

    Args:
        data_dir: the data folder.
        out_dir: the model's folder.
        report: told of each step.
        search: measures a set with the model as the program searches.
        recipe: None for the shipped model's.

    Raises:
        UsageError: the data folder lacks one of its files.
    """
    recipe = recipe or Recipe()
    prepared = prepare(data_dir, report, recipe)
    report("training the tokenizer")
    tokenizer = train_tokenizer(
        tokenizer_sample(prepared.material, prepared.words, prepared.rng), recipe.vocabulary_size
    )
    pair_sets = make_pair_sets(prepared.material, prepared.words, prepared.rng)
    for each in pair_sets:
        report(f"pairs: {each.name}: {len(each.pairs)}")
    encoded = encode_sets(tokenizer, pair_sets, prepared.material.graded)
    report(f"vectors to start from: {recipe.start}")
    vectors = first_vectors(tokenizer, prepared.material, prepared.words, recipe)
    report("training the vectors")
    matrix = train_vectors(encoded, vectors, first_weights(encoded, tokenizer, recipe), recipe, report)
    save_model(tokenizer, matrix, out_dir)
    return make_card(data_dir, out_dir, prepared, search, report)


def measure_again(
    data_dir: Path, folder: Path, report: Report, search: SearchSet, recipe: Recipe | None = None
) -> Results:
    """Measure the model in ``folder``, which ``recipe`` made, and write its card anew, without training it.

    Raises:
        UsageError: the data folder lacks one of its files.
        SettingsError: there is no model in ``folder``.
    """
    SentenceTransformerEmbedder(str(folder)).embed_query("a")
    return make_card(data_dir, folder, prepare(data_dir, report, recipe or Recipe()), search, report)


def prepare(data_dir: Path, report: Report, recipe: Recipe) -> Prepared:
    """Read the data, and tell of the overlaps with the retrieval sets, which are left out.

    Raises:
        UsageError: the data folder lacks one of its files.
    """
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
    return Prepared(recipe, rng, sets, material, word_pairs())


def make_card(data_dir: Path, folder: Path, prepared: Prepared, search: SearchSet, report: Report) -> Results:
    """Measure the model in ``folder`` by itself and as the program searches, and write its card."""
    report("measuring")
    results = measure_model(data_dir, folder, prepared.sets, prepared.material)
    report("searching the retrieval sets")
    searched = Searched(
        swedish={name: search(each, folder) for name, each in prepared.sets.items()},
        english={name: search(in_english(name, each), folder) for name, each in prepared.sets.items()},
    )
    write_card(folder, results, searched, prepared.recipe, MIN_SYNONYM_GRADE, RUN_WORDS)
    return results


def in_english(name: str, data: RetrievalSet) -> RetrievalSet:
    """The set with those of its questions that there are in English."""
    return replace(data, questions=reworded(data.questions, ENGLISH_FOLDER / f"{name}.jsonl"))


def make_pair_sets(material: Material, words: Sequence[TextPair], rng: random.Random) -> list[PairSet]:
    """The pair sets with their weights, which say how often each is drawn."""
    documents = [document for collection in material.documents.values() for document in collection]
    asked = [
        kinds.capped("headings", kinds.heading_pairs(documents, rng), 150_000, 2.0, rng),
        kinds.capped("titles", kinds.title_pairs(documents, rng), 150_000, 2.0, rng),
        kinds.capped("cloze", kinds.cloze_pairs(documents, rng), 400_000, 4.0, rng),
    ]
    gloss = glosser(words, rng)
    glossed = [pair for each in asked for pair in glossed_pairs(sampled(each.pairs, MAX_GLOSSED, rng), gloss)]
    return [
        *asked,
        kinds.capped("neighbours", kinds.neighbour_pairs(documents, rng), 150_000, 0.6, rng),
        kinds.capped("questions", kinds.question_pairs(material.questions, rng), 10_000, 0.15, rng),
        kinds.capped("synonyms", kinds.both_ways(material.synonyms), 60_000, 1.5, rng),
        kinds.capped("translations", material.translations, 150_000, 1.5, rng),
        kinds.capped("words", list(words), 60_000, 1.0, rng),
        kinds.capped("glossed", glossed, 300_000, 2.5, rng),
    ]


def sampled(pairs: Sequence[TextPair], limit: int, rng: random.Random) -> Sequence[TextPair]:
    """At most ``limit`` of the pairs, without replacement."""
    return rng.sample(pairs, limit) if len(pairs) > limit else pairs


def first_vectors(tokenizer: Tokenizer, material: Material, words: Sequence[TextPair], recipe: Recipe) -> torch.Tensor:
    """The vectors before the loop: ``(n_pieces, dim)``."""
    if recipe.start == "random":
        generator = torch.Generator().manual_seed(recipe.seed)
        rows = torch.randn(tokenizer.get_vocab_size(), recipe.dim, generator=generator)
        return rows.div(math.sqrt(recipe.dim))
    corpus = encode(tokenizer, paragraphs(material))
    return torch.from_numpy(start_vectors(tokenizer, corpus, words, recipe.dim, recipe.seed))


def first_weights(encoded: Encoded, tokenizer: Tokenizer, recipe: Recipe) -> torch.Tensor:
    """The logarithms of the pieces' weights before the loop: ``(n_pieces,)``."""
    return start_weights(encoded.bags, tokenizer.get_vocab_size(), recipe.rarity)


def save_model(tokenizer: Tokenizer, matrix: torch.Tensor, out_dir: Path) -> None:
    """Write the model, its rows scaled to a mean length of 1 and stored as float16."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    scaled = (matrix / matrix.norm(dim=1).mean()).to(torch.float16)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=scaled)], device="cpu")
    model.save_pretrained(str(out_dir), create_model_card=False)
    for path in out_dir.rglob("*.safetensors"):
        path.chmod(0o644)  # the library leaves its weights readable to their owner alone


def measure_model(data_dir: Path, folder: Path, sets: Mapping[str, RetrievalSet], material: Material) -> Results:
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
    )
