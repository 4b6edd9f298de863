"""What is trained on and what is held out: reads the data folder and drops whatever the retrieval sets hold too."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.retrieval import RetrievalSet
from evals.training import texts
from evals.training.measure import WORD_PAIRS
from evals.training.overlap import Overlap, OverlapIndex
from evals.training.texts import Document, GradedPair, Section, TextPair

HELD_OUT, CANDIDATES = 200, 5_000
HELD_OUT_WORDS = (5, 40)
MIN_SYNONYM_GRADE = 3.5
TOKENIZER_PARAGRAPHS = 120_000


@dataclass(frozen=True)
class Material:
    """What is trained on, after everything that overlaps with the retrieval sets is gone; and what is held out."""

    documents: dict[str, list[Document]]
    questions: list[TextPair]
    translations: list[TextPair]
    held_out: list[TextPair]
    candidates: list[str]
    synonyms: list[TextPair]
    graded: list[GradedPair]
    overlaps: list[Overlap]


def read_material(data_dir: Path, sets: Mapping[str, RetrievalSet], rng: random.Random) -> Material:
    """Read every file and leave out each paragraph, question and page that shares a run of words with a set."""
    check = OverlapCheck(OverlapIndex(sets))
    corpora = data_dir / "corpora"
    collections = {
        "statutes": texts.statutes(corpora / "sfs.tar.xz"),
        "web pages": texts.web_pages(corpora / "regeringen.jsonl.xz"),
        "interpellations": texts.interpellations(corpora / "interpellationer.jsonl.xz"),
    }
    documents = {name: check.documents(name, list(collection)) for name, collection in collections.items()}
    questions = check.pairs("authority", texts.authority_questions(data_dir / "pairs" / "authority-pages-train.jsonl"))
    translations = check.pairs("translations", texts.translations(data_dir / "parallel" / "sv-en.tsv.xz"))
    held_out, candidates, translations = hold_out(translations, rng)
    shown = {frozenset((pair.query, pair.passage)) for pair in WORD_PAIRS}
    synonyms = texts.synonyms(data_dir / "synonyms" / "synlex.tsv.xz", MIN_SYNONYM_GRADE)
    return Material(
        documents=documents,
        questions=questions,
        translations=translations,
        held_out=held_out,
        candidates=candidates,
        synonyms=[pair for pair in synonyms if frozenset((pair.query, pair.passage)) not in shown],
        graded=texts.graded_pairs(data_dir / "sts" / "sweparaphrase-train.tsv"),
        overlaps=check.overlaps,
    )


class OverlapCheck:
    """Lets through what shares no run of words with a retrieval set, and keeps count of what does."""

    def __init__(self, index: OverlapIndex) -> None:
        """Start with an empty count."""
        self.overlaps: list[Overlap] = []
        self._index = index

    def documents(self, name: str, documents: Sequence[Document]) -> list[Document]:
        """The documents without the paragraphs that overlap."""
        paragraphs = (text for document in documents for section in document.sections for text in section.paragraphs)
        shared = self._shared(name, paragraphs)
        return [without(document, shared) for document in documents]

    def pairs(self, name: str, pairs: Sequence[TextPair]) -> list[TextPair]:
        """The pairs neither side of which overlaps."""
        queries = self._shared(f"{name}, queries", (pair.query for pair in pairs))
        passages = self._shared(f"{name}, passages", (pair.passage for pair in pairs))
        return [pair for pair in pairs if pair.query not in queries and pair.passage not in passages]

    def _shared(self, name: str, collection: Iterable[str]) -> set[str]:
        overlaps, shared = self._index.report(name, collection)
        self.overlaps += overlaps
        return shared


def without(document: Document, paragraphs: set[str]) -> Document:
    """The document without the given paragraphs."""
    sections = [
        Section(section.heading, tuple(text for text in section.paragraphs if text not in paragraphs))
        for section in document.sections
    ]
    return Document(document.collection, document.title, tuple(section for section in sections if section.paragraphs))


def hold_out(rows: Sequence[TextPair], rng: random.Random) -> tuple[list[TextPair], list[str], list[TextPair]]:
    """Sentences held out for the cross-lingual figure, the Swedish sentences beside them, and what is left."""
    low, high = HELD_OUT_WORDS
    fit = [row for row in rows if low <= len(row.query.split()) <= high]
    held_out = rng.sample(fit, min(HELD_OUT, len(fit) // 2))
    english = {pair.query.lower() for pair in held_out}
    swedish = {pair.passage.lower() for pair in held_out}
    kept = [row for row in rows if row.query.lower() not in english and row.passage.lower() not in swedish]
    others = sorted({row.passage for row in kept})
    candidates = rng.sample(others, min(CANDIDATES - HELD_OUT, len(others)))
    return held_out, candidates, kept


def paragraphs(material: Material) -> list[str]:
    """Every paragraph that is trained on."""
    return [
        text
        for documents in material.documents.values()
        for document in documents
        for section in document.sections
        for text in section.paragraphs
    ]


def tokenizer_sample(material: Material, words: Sequence[TextPair], rng: random.Random) -> list[str]:
    """Texts for the tokenizer: mostly Swedish, with the English side of the translations."""
    texts = paragraphs(material)
    sample = rng.sample(texts, min(TOKENIZER_PARAGRAPHS, len(texts)))
    rows = [*material.questions, *material.translations, *material.synonyms, *words, *words]
    return sample + [text for row in rows for text in (row.query, row.passage)]
