"""Keeps the retrieval sets out of training: finds training texts that share word runs with them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evals.retrieval import RetrievalSet

WORD = re.compile(r"\w+")
RUN_WORDS = 12  # a run this long is copied text, not chance (shorter ones are often statute phrases)


@dataclass(frozen=True)
class Overlap:
    """What a collection of training texts shares with a retrieval set."""

    collection: str
    retrieval_set: str
    texts: int
    shared_texts: int
    shared_passages: int


def word_runs(text: str) -> set[tuple[str, ...]]:
    """The runs of ``RUN_WORDS`` lower-cased words of a text; a shorter text is one run as a whole."""
    words = tuple(WORD.findall(text.lower()))
    if len(words) < RUN_WORDS:
        return {words} if words else set()
    return {words[at : at + RUN_WORDS] for at in range(len(words) - RUN_WORDS + 1)}


class OverlapIndex:
    """The word runs of the retrieval sets' passages and questions."""

    def __init__(self, sets: Mapping[str, RetrievalSet]) -> None:
        """Index every passage and question of the sets, which are given by name."""
        self.names = tuple(sets)
        self._runs: dict[tuple[str, ...], set[tuple[str, str]]] = {}
        for name, each in sets.items():
            texts = {row.id: row.text for row in each.passages} | {row.id: row.question for row in each.questions}
            for key, text in texts.items():
                for run in word_runs(text):
                    self._runs.setdefault(run, set()).add((name, key))

    def shared_with(self, text: str) -> set[tuple[str, str]]:
        """The (set, passage or question id) pairs that share a run of words with the text."""
        return set().union(*(self._runs.get(run, ()) for run in word_runs(text)))

    def report(self, collection: str, texts: Iterable[str]) -> tuple[list[Overlap], set[str]]:
        """The overlap of a collection with each set, and the texts that overlap with any of them."""
        shared_texts: dict[str, set[str]] = {name: set() for name in self.names}
        shared_ids: dict[str, set[str]] = {name: set() for name in self.names}
        total = 0
        for text in texts:
            total += 1
            for name, key in self.shared_with(text):
                shared_texts[name].add(text)
                shared_ids[name].add(key)
        overlaps = [
            Overlap(collection, name, total, len(shared_texts[name]), len(shared_ids[name])) for name in self.names
        ]
        return overlaps, set().union(*shared_texts.values())
