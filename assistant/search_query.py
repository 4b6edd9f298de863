"""First half of retrieval: a question as what each search looks for, be it Swedish or English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.language import detect
from corpus.bilingual import ENGLISH_STOP_WORDS, Rendering, renderings
from corpus.knowledge import Knowledge
from corpus.swedish import STOP_WORDS, SwedishAnalyzer, tokenize

SYNONYM_WEIGHT = 0.4
MOST_RENDERINGS = 4
RENDERING_DECAY = 0.7  # weight of an English word's second Swedish word against its first, and so on


@dataclass(frozen=True, slots=True)
class AskedWord:
    """A word of the question in the forms that a passage may hold it in; ``terms`` are their index terms."""

    forms: tuple[str, ...]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question for lexical search (``terms`` and ``parts`` by weight), for dense search and for late interaction."""

    terms: Mapping[str, float]
    parts: Mapping[str, float]
    texts: tuple[str, ...]
    words: tuple[AskedWord, ...]


def read_query(question: str, analyzer: SwedishAnalyzer, knowledge: Knowledge) -> SearchQuery:
    """The question as a query; English words stand beside the Swedish ones that the word lists have for them."""
    if detect(question) == "en":
        return _english(question, analyzer, knowledge)
    terms: dict[str, float] = {}
    for term in analyzer.terms(question):
        terms[term] = 1.0
        for other in _synonyms(term, knowledge):
            terms.setdefault(other, SYNONYM_WEIGHT)
    parts = dict.fromkeys([*analyzer.parts(question), *terms], 1.0)
    forms = dict.fromkeys(token.text.lower() for token in tokenize(question))
    words = tuple(AskedWord((form,), frozenset(analyzer.terms(form))) for form in forms if form not in STOP_WORDS)
    return SearchQuery(terms, parts, (question,), words)


def _synonyms(term: str, knowledge: Knowledge) -> Sequence[str]:
    return (*knowledge.synonyms.get(term, ()), *knowledge.expansions.get(term, ()))


def _english(question: str, analyzer: SwedishAnalyzer, knowledge: Knowledge) -> SearchQuery:
    read = [each for each in renderings(question, knowledge.english) if each.english not in ENGLISH_STOP_WORDS]
    terms: dict[str, float] = {}
    parts: dict[str, float] = {}
    for each in read:
        for place, word in enumerate(each.swedish[:MOST_RENDERINGS]):
            weight = RENDERING_DECAY**place
            for made, found in ((terms, analyzer.terms(word)), (parts, analyzer.parts(word))):
                made.update({term: max(weight, made.get(term, 0.0)) for term in found})
        terms.update(dict.fromkeys(analyzer.terms(each.english), 1.0))
    swedish = " ".join(each.swedish[0] if each.swedish else each.english for each in read)
    words = tuple(_asked(each, analyzer) for each in read)
    return SearchQuery(terms, {**parts, **terms}, (question, swedish) if swedish else (question,), words)


def _asked(rendering: Rendering, analyzer: SwedishAnalyzer) -> AskedWord:
    forms = (rendering.english, *rendering.swedish[:MOST_RENDERINGS])
    return AskedWord(forms, frozenset(term for form in forms for term in analyzer.terms(form)))
