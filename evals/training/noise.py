"""Noise for training queries: what hurried people leave out or mistype, and question words that say nothing."""

import random
import re

LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
PLAIN = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")
WORD = re.compile(r"\w+")
MIN_MISTYPED_CHARS = 5
KEPT_WORDS_RATIO = 0.7
QUESTION_OPENINGS = (
    "Vad är", "Vad innebär", "Vad gäller för", "Vad gör", "Vad betyder", "Vad kostar", "Hur", "Hur fungerar",
    "Hur gör man", "Hur många", "Hur mycket", "Hur ser det ut med", "Vilka är", "Vilken", "Vilket", "Vem",
    "Vem ansvarar för", "Vems är", "När", "När ska", "Var", "Varför", "Får man", "Kan man", "Kan jag", "Kan vi",
    "Måste man", "Måste jag", "Ska vi", "Behöver man", "Finns det", "Finns det krav på", "Gäller", "Är det",
    "Har man rätt till", "Stämmer det att",
)  # fmt: skip


def without_diacritics(text: str) -> str:
    """The text as typed on a keyboard without å, ä, ö and é."""
    return text.translate(PLAIN)


def mistyped(text: str, rng: random.Random) -> str:
    """The text with one letter of one of its longer words dropped, doubled, swapped or replaced."""
    words = [match for match in WORD.finditer(text) if len(match.group()) >= MIN_MISTYPED_CHARS]
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    kind = rng.randrange(4)
    middle = (text[at + 1] + text[at], text[at + 1], text[at] * 2 + text[at + 1], rng.choice(LETTERS) + text[at + 1])[
        kind
    ]
    return text[:at] + middle + text[at + 2 :]


def thinned(text: str, rng: random.Random) -> str:
    """The text with about a third of its words left out, in the order they stood."""
    words = text.split()
    kept = [word for word in words if rng.random() < KEPT_WORDS_RATIO]
    return " ".join(kept or words)


def as_question(text: str, rng: random.Random) -> str:
    """The text behind the opening of a question; so the model learns that openings tell passages apart badly."""
    return f"{rng.choice(QUESTION_OPENINGS)} {text[:1].lower()}{text[1:].rstrip('.')}?"


def noisy_query(text: str, rng: random.Random) -> str:
    """A query in one of its likely shapes: most often as it is."""
    shape = rng.random()
    if shape < 0.3:
        text = as_question(text, rng)
    if rng.random() < 0.08:
        text = without_diacritics(text)
    if rng.random() < 0.08:
        text = mistyped(text, rng)
    return text
