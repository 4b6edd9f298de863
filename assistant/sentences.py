"""A sentence in its context, analysed once: what it is matched and judged by."""

import re
from dataclasses import dataclass

from assistant.bodies import BodyMention, bodies_in, find_bodies
from assistant.implied import implied_roots
from assistant.quantities import only_bounds
from corpus.knowledge import Knowledge
from corpus.lemmas import lemma
from corpus.models import Document, Section, Span
from corpus.particles import lemmas_of, particle_roots
from corpus.swedish import STOP_WORDS, SwedishAnalyzer, Token, tokenize

_LEANING = re.compile(
    r"^(?:däremot|det (?:handlar|innebär|gäller|beror)|detta|dessa|denna|en sådan|ett sådant|sådana"
    r"|några av (?:dem|dessa)|ett av|en av|dock|därför|därmed|samtidigt|också|även|de |den |dem |försöken)\b",
    re.IGNORECASE,
)
_NEEDS_BEFORE = re.compile(
    r"^(?:ett av|en av|en sådan|ett sådant|sådana|några av (?:dem|dessa)|det handlar|detta|dessa|denna)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"^(?:det handlar|det rör sig|några av dem|till exempel|bland annat|exempelvis|ett av dem|de är)\b", re.IGNORECASE
)
# The verbs and phrases by which a text gives the word to a body.
_SPEAKING = re.compile(
    r"\b(?:enligt|bedömer|bedömde|bedömning är|konstaterar|konstatera|anser|ansåg|menar|beskriver|hänvisar"
    r"|ser ett behov|föreslår|föreslog|säger|uppger|framhåller|framhöll|varnade|skriver|räknar|anger|vill)\b",
    re.IGNORECASE,
)
_REPORTED_OPENING = re.compile(r"^(?:däremot|regelverket|samtidigt|vidare|dessutom|också)\b", re.IGNORECASE)
NEARBY = 3
MIN_WORD_CHARS = 4
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document with what its context adds.

    ``context`` holds the roots of its section heading and of the sentence before where this one leans on it,
    ``nearby`` those of the sentences before it in the paragraph. ``bodies_before`` are the bodies that those name.
    ``implied`` are roots of words for what it says without them, ``bounding`` the lemmas that only bound an amount.
    ``referenced`` is False for a sentence of a fact sheet that no address bears out. ``needs_before`` is the sentence
    before where this one cannot be read without it, ``continued_by`` the next one where that goes on with this.
    ``mentions`` are the places where it names bodies. ``speaker`` is the body whose view it reports, "" where the text
    speaks for itself: ``speaker_unnamed`` where only the sentence before names it, ``own_view`` where it is a body that
    published the document.
    """

    document: Document
    span: Span
    text: str
    section: str
    tokens: tuple[Token, ...]
    words: frozenset[str]
    lemmas: frozenset[str]
    bounding: frozenset[str]
    roots: frozenset[str]
    parts: frozenset[str]
    implied: frozenset[str]
    bodies: frozenset[str]
    mentions: tuple[BodyMention, ...]
    context: frozenset[str]
    nearby: frozenset[str]
    bodies_before: frozenset[str]
    referenced: bool
    title: frozenset[str]
    speaker: str
    speaker_unnamed: bool
    own_view: bool
    leans: bool
    needs_before: Span | None
    continued_by: Span | None

    @property
    def list_intro(self) -> bool:
        """Whether it only introduces a list."""
        return self.text.rstrip().endswith(":")

    @property
    def shown(self) -> str:
        """Its words as they are quoted: with the sentence before where it cannot be read without."""
        start = self.needs_before.start if self.needs_before else self.span.start
        return self.document.quote(Span(start, self.span.end))

    @property
    def document_id(self) -> str:
        """The document that the sentence stands in."""
        return self.document.source.document_id


class SentenceReader:
    """Analyses the sentences of documents, remembering what it has read."""

    def __init__(self, analyzer: SwedishAnalyzer, knowledge: Knowledge) -> None:
        self._analyzer = analyzer
        self._knowledge = knowledge
        self._read: dict[tuple[str, int, int], Sentence] = {}

    def within(self, document: Document, span: Span) -> list[Sentence]:
        """The sentences of ``document`` that overlap ``span``, in order."""
        first = _first_sentence(document.sentences, span.start)
        found = []
        for index in range(first, len(document.sentences)):
            if document.sentences[index].start >= span.end:
                break
            found.append(self.at(document, index))
        return found

    def at(self, document: Document, index: int) -> Sentence:
        """Sentence number ``index`` of ``document``."""
        key = (document.source.document_id, index, id(document))
        sentence = self._read.get(key)  # another thread may empty what is remembered at any time
        if sentence is None:
            sentence = self._analyse(document, index)
            if len(self._read) >= MOST_REMEMBERED:
                self._read.clear()
            self._read[key] = sentence
        return sentence

    def _analyse(self, document: Document, index: int) -> Sentence:
        span = document.sentences[index]
        text = document.quote(span)
        section, tokens = document.section_at(span.start), tuple(tokenize(text))
        heading = section.heading if section else ""
        before = _sentence_before(document, index, section)
        paragraph = next((p for p in document.paragraphs if p.overlaps(span)), span)
        leant_on = before if before is not None and _LEANING.match(text) else None
        mentions = tuple(find_bodies(tokens, self._knowledge, document.source.document_id, heading))
        named, speaker = frozenset(m.body_id for m in mentions), _speaker(tokens, text, mentions)
        if not speaker and before is not None and _REPORTED_OPENING.match(text):
            speaker = self.at(document, index - 1).speaker
        just_before = document.sentences[max(0, index - NEARBY) : index]
        earlier = [document.quote(s) for s in just_before if s.overlaps(paragraph) or s is leant_on]
        return Sentence(
            document=document,
            span=span,
            text=text,
            section=heading,
            tokens=tokens,
            words=_content_words(tokens),
            lemmas=frozenset(lemmas_of(tokens)),
            bounding=_bounding([t.text for t in tokens]),
            roots=self._analyzer.roots_of(tokens),
            parts=self._analyzer.parts_of(tokens) | particle_roots(tokens),
            implied=implied_roots(text),
            bodies=named | ({speaker} - {""}),
            mentions=mentions,
            context=self._all_terms(heading) | (self._all_terms(document.quote(leant_on)) if leant_on else frozenset()),
            nearby=self._all_terms(*earlier),
            bodies_before=frozenset(b for e in earlier for b in self._bodies(e, document, heading)),
            referenced=document.is_referenced(span),
            title=self._all_terms(document.source.title),
            speaker=speaker,
            speaker_unnamed=bool(speaker) and speaker not in named,
            own_view=bool(speaker) and speaker in bodies_in(document.source.publisher, self._knowledge),
            leans=leant_on is not None,
            needs_before=before if before is not None and _NEEDS_BEFORE.match(text) else None,
            continued_by=_continuation(document, index, paragraph),
        )

    def _bodies(self, text: str, document: Document, heading: str) -> frozenset[str]:
        return bodies_in(text, self._knowledge, document.source.document_id, heading)

    def _all_terms(self, *texts: str) -> frozenset[str]:
        return frozenset(term for text in texts for term in (*self._analyzer.terms(text), *self._analyzer.parts(text)))


def _speaker(tokens: tuple[Token, ...], text: str, mentions: tuple[BodyMention, ...]) -> str:
    """The body that speaks: the one nearest before, or right after, the speaking verb."""
    match = _SPEAKING.search(text)
    if not match:
        return ""
    before = [m for m in mentions if tokens[m.last - 1].end <= match.start()]
    after = [m for m in mentions if 0 <= tokens[m.first].start - match.end() <= 3]
    if match.group().lower() == "enligt" or not before:
        return after[0].body_id if after else ""
    return before[-1].body_id if len(before) == 1 else (after[0].body_id if after else before[-1].body_id)


def _sentence_before(document: Document, index: int, section: Section | None) -> Span | None:
    """The sentence before number ``index`` where it stands in the same ``section``."""
    before = document.sentences[index - 1] if index else None
    return None if before and section and before.start < section.span.start else before


def _bounding(words: list[str]) -> frozenset[str]:
    return frozenset(lemma(word) for place, word in enumerate(words) if only_bounds(words, place))


def _content_words(tokens: tuple[Token, ...]) -> frozenset[str]:
    """The dictionary forms of the words of ``tokens`` that carry meaning."""
    lowered = (t.text.lower() for t in tokens if not t.has_digit)
    return frozenset(lemma(w) for w in lowered if len(w) >= MIN_WORD_CHARS and w not in STOP_WORDS)


def _continuation(document: Document, index: int, paragraph: Span) -> Span | None:
    """The next sentence where it only goes on with this one (*Det handlar bland annat om …*)."""
    if index + 1 >= len(document.sentences):
        return None
    after = document.sentences[index + 1]
    return after if after.overlaps(paragraph) and _CONTINUES.match(document.quote(after)) else None


def _first_sentence(sentences: tuple[Span, ...], offset: int) -> int:
    """Index of the first sentence that ends after ``offset``."""
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low
