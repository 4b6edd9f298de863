"""Beside the second step of training: English for Swedish words, and queries read word by word into English.

A bag of words does not mind word order, so a heading in word-by-word English teaches the words of English questions to
find the Swedish passage under it, in the language of administration, which the parallel sentences lack.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.bilingual import load_word_pairs
from corpus.knowledge import load_knowledge
from corpus.lemmas import lemma, split_compound
from corpus.swedish import STOP_WORDS
from evals.training.texts import TextPair

WORD = re.compile(r"[^\W\d_]+|\d+")
MIN_READ_RATIO = 0.5  # of a query's content words must have English, else it is left out
KEPT_UNKNOWN_RATIO = 0.3
SMALL_WORD_RATIO = 0.5
OPENING_RATIO = 0.4
SMALL_WORDS = "the of and in to a for is on by with that are be this from as at it or can have".split()
OPENINGS = (
    "What is", "What does", "What applies to", "What are", "How", "How does", "How do I", "How many", "How much",
    "How does it work with", "Which", "Which are", "Who", "Who is responsible for", "When", "When should", "Where",
    "Why", "May I", "Can you", "Can I", "Can we", "Must I", "Do I have to", "Do we need", "Is there",
    "Are there requirements for", "Does", "Is it", "Do you have the right to", "Is it true that",
    "What happens if", "How long", "At what age",
)  # fmt: skip


def word_pairs() -> list[TextPair]:
    """English → Swedish for every pair of this project's own two word lists."""
    listed = [TextPair(pair.english, pair.swedish) for pair in load_word_pairs()]
    questions = load_knowledge().english
    return [*listed, *(TextPair(english, swedish) for english, words in questions.items() for swedish in words)]


@dataclass
class Glosser:
    """Reads Swedish word by word into English; remembers every word that it has met."""

    english: Mapping[str, Sequence[str]]
    rng: random.Random
    _known: dict[str, tuple[Sequence[str], ...]] = field(default_factory=dict)

    def gloss(self, text: str) -> str | None:
        """``text`` in word-by-word English, or None where too few of its words have any."""
        words, n_content, n_read = list[str](), 0, 0
        for word in WORD.findall(text):
            lower = word.lower()
            if lower in STOP_WORDS:
                if self.rng.random() < SMALL_WORD_RATIO:
                    words.append(self.rng.choice(SMALL_WORDS))
                continue
            n_content += 1
            choices = self._choices(lower)
            n_read += bool(choices)
            if choices:
                words += [self.rng.choice(each) for each in choices]
            elif word[0].isupper() or word.isdigit() or self.rng.random() < KEPT_UNKNOWN_RATIO:
                words.append(word)
        if n_content < 2 or n_read < MIN_READ_RATIO * n_content:
            return None
        opening = f"{self.rng.choice(OPENINGS)} " if self.rng.random() < OPENING_RATIO else ""
        return opening + " ".join(words)

    def _choices(self, word: str) -> tuple[Sequence[str], ...]:
        """The English of a word, or of each part of a compound."""
        if word not in self._known:
            base = lemma(word)
            parts = (base,) if base in self.english else split_compound(word)
            known = bool(parts) and all(part in self.english for part in parts)
            self._known[word] = tuple(self.english[part] for part in parts) if known else ()
        return self._known[word]


def glosser(pairs: Sequence[TextPair], rng: random.Random) -> Glosser:
    """A glosser that knows the English → Swedish ``pairs`` of single Swedish words."""
    english: dict[str, list[str]] = {}
    for pair in pairs:
        if " " not in pair.passage:
            english.setdefault(lemma(pair.passage.lower()), []).append(pair.query)
    return Glosser(english, rng)


def glossed_pairs(pairs: Sequence[TextPair], gloss: Glosser) -> list[TextPair]:
    """The pairs whose query can be read into English, with that as the query."""
    return [TextPair(query, pair.passage) for pair in pairs if (query := gloss.gloss(pair.query)) is not None]
