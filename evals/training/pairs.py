"""Second step of training: documents and rows become sets of (query, passage) pairs, one set for each kind of link."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.training.noise import noisy_query, thinned
from evals.training.texts import Document, Section, TextPair

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")
WINDOW_CHARS = (150, 1100)  # passages are windows of a random length between these
MIN_SENTENCE_CHARS = 25
MAX_QUERY_CHARS = 300
CLOZE_SENTENCES = 3  # queries a passage
CLOZE_KEEPS_SENTENCE_RATIO = 0.5  # half of the cloze passages still hold the words asked for, as real ones do


@dataclass(frozen=True)
class PairSet:
    """Pairs of one kind, and how often batches are drawn from it, relative to the other sets."""

    name: str
    pairs: tuple[TextPair, ...]
    weight: float


def windows(section: Section, rng: random.Random) -> Iterator[str]:
    """The section's paragraphs, joined in order to passages of random length."""
    held: list[str] = []
    wanted = rng.randint(*WINDOW_CHARS)
    for paragraph in section.paragraphs:
        held.append(paragraph)
        if sum(map(len, held)) >= wanted:
            yield " ".join(held)
            held, wanted = [], rng.randint(*WINDOW_CHARS)
    if held:
        yield " ".join(held)


def heading_pairs(documents: Sequence[Document], rng: random.Random) -> list[TextPair]:
    """Heading → passage under it; every other time with the document's title before the heading."""
    pairs = []
    for document in documents:
        for section in document.sections:
            if not section.heading or section.heading == document.title:
                continue
            for window in windows(section, rng):
                query = section.heading if rng.random() < 0.5 else f"{document.title} {section.heading}"
                pairs.append(TextPair(noisy_query(query[:MAX_QUERY_CHARS], rng), window))
    return pairs


def title_pairs(documents: Sequence[Document], rng: random.Random) -> list[TextPair]:
    """Title → passage of the document, three passages a document at most."""
    pairs = []
    for document in documents:
        if document.title:
            passages = [window for section in document.sections for window in windows(section, rng)]
            chosen = rng.sample(passages, min(3, len(passages)))
            pairs += [TextPair(noisy_query(document.title[:MAX_QUERY_CHARS], rng), passage) for passage in chosen]
    return pairs


def cloze_pairs(documents: Sequence[Document], rng: random.Random) -> list[TextPair]:
    """A sentence with words left out → the passage it stands in, with or without the sentence itself."""
    pairs = []
    for document in documents:
        for section in document.sections:
            for window in windows(section, rng):
                sentences = SENTENCE_END.split(window)
                if len(sentences) < 3:
                    continue
                for at in rng.sample(range(len(sentences)), min(CLOZE_SENTENCES, len(sentences) - 1)):
                    if MIN_SENTENCE_CHARS <= len(sentences[at]) <= MAX_QUERY_CHARS:
                        keeps = rng.random() < CLOZE_KEEPS_SENTENCE_RATIO
                        rest = window if keeps else " ".join(sentences[:at] + sentences[at + 1 :])
                        pairs.append(TextPair(noisy_query(thinned(sentences[at], rng), rng), rest))
    return pairs


def neighbour_pairs(documents: Sequence[Document], rng: random.Random) -> list[TextPair]:
    """A paragraph's first or last sentence → the next paragraph; and an interpellation's question → what led to it."""
    pairs = []
    for document in documents:
        for section in document.sections:
            for before, after in zip(section.paragraphs, section.paragraphs[1:], strict=False):
                sentences = SENTENCE_END.split(before)
                query = sentences[0 if rng.random() < 0.5 else -1][:MAX_QUERY_CHARS]
                if after.endswith("?") and len(after) <= MAX_QUERY_CHARS:
                    pairs.append(TextPair(noisy_query(after, rng), before))
                elif len(query) >= MIN_SENTENCE_CHARS:
                    pairs.append(TextPair(query, after))
    return pairs


def question_pairs(rows: Sequence[TextPair], rng: random.Random) -> list[TextPair]:
    """Question → the page that answers it, once as asked and once with noise."""
    return [pair for row in rows for pair in (row, TextPair(noisy_query(row.query, rng), row.passage))]


def both_ways(rows: Sequence[TextPair]) -> list[TextPair]:
    """The pairs, and the pairs turned round: for links that have no direction."""
    return [*rows, *(TextPair(row.passage, row.query) for row in rows)]


def capped(name: str, pairs: Sequence[TextPair], limit: int, weight: float, rng: random.Random) -> PairSet:
    """A set of at most ``limit`` pairs, drawn without replacement, in the order given: a document's stay together."""
    kept = [pair for pair in pairs if pair.query.strip() and pair.passage.strip() and pair.query != pair.passage]
    chosen = sorted(rng.sample(range(len(kept)), min(limit, len(kept))))
    return PairSet(name, tuple(kept[at] for at in chosen), weight)
