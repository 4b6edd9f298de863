"""Fixed phrases as they are written down: one row for all forms of a verb, each with the form that takes its place."""

from collections.abc import Iterator


def each_form(phrase: str, plain: str) -> Iterator[tuple[str, str]]:
    """A phrase and the words that take its place, once for each of the forms between bars (*drar|drog*)."""
    words = [word.split("|") for word in phrase.lower().split()]
    n_forms = max(map(len, words))
    plain_words = [word.split("|") for word in plain.split()]
    for number in range(n_forms):
        yield " ".join(w[number % len(w)] for w in words), " ".join(w[number % len(w)] for w in plain_words)
