"""The extractive answerer: finds the sentences that answer a question, judges them, and adds what updates them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.compose import Statement
from assistant.evidence import Evidence, nearer_first, score_sentences
from assistant.judge import Judge, Judged
from assistant.kind import Kind
from assistant.language import detect
from assistant.models import Verdict
from assistant.named import with_names
from assistant.near import widened
from assistant.parties import PartyReader
from assistant.premise import is_denied, premise_of
from assistant.question import Question, understand
from assistant.retrieve import Retriever
from assistant.select import MOST_CITATIONS, choose, denials, wants_all
from assistant.sentences import MOST_REMEMBERED, Sentence, SentenceReader
from assistant.spelling import KnownWords, repair, with_acronyms
from assistant.summary import is_about_whole, summed_up
from assistant.terms import Term, names_only_document, question_terms
from assistant.updates import overtaken_by
from corpus.index import Index
from corpus.knowledge import Knowledge
from corpus.models import Hit, Span
from corpus.swedish import SwedishAnalyzer

PASSAGES = 12
PRIMARY_PASSAGES = 16
MOST_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found: the statements that answer, the decisive one first, or only the ``nearest`` ones.

    ``denies`` where the statement denies what the question takes for granted.
    """

    question: Question
    terms: tuple[Term, ...]
    judged: Judged
    statements: tuple[Statement, ...]
    nearest: tuple[Statement, ...]
    ranked: tuple[Evidence, ...]
    denies: bool = False

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, None where the question asks for none or the documents give none."""
        return self.judged.verdict


class Extractor:
    """Answers stand-alone questions with sentences of the published documents."""

    def __init__(
        self,
        index: Index,
        retriever: Retriever,
        analyzer: SwedishAnalyzer,
        knowledge: Knowledge,
    ) -> None:
        self._index = index
        self._retriever = retriever
        self._analyzer = analyzer
        self._knowledge = knowledge
        words = {w for g in knowledge.synonym_groups for p in g for w in p.split()} | {
            w for k in knowledge.phrases for w in k.split()
        }
        self._words = KnownWords(index, words)
        self._reader = SentenceReader(analyzer, knowledge)
        self._judge = Judge(index, self._reader, analyzer, PartyReader(analyzer, knowledge))
        self._primary = frozenset(s.document_id for s in index.sources() if s.primary)
        self._vectors: dict[tuple[str, int], np.ndarray] = {}

    def extract(self, text: str, around: Sequence[Statement] = ()) -> Extraction:
        """What the documents say to the question ``text``; a follow-up is looked for ``around`` what it follows up."""
        english = detect(text) == "en"
        question = self._understood(text, english)
        terms = question_terms(
            question, self._knowledge, self._index.document_frequency, self._index.manifest.n_passages, english
        )
        query = self._search_text(question, terms, english)
        sentences = self._candidates(query, question.as_written or names_only_document(terms))
        terms = widened(terms, sentences, self._retriever.word_vectors)
        terms = terms if question.kind is Kind.YES_NO or english else with_names(terms, sentences)
        ranked = score_sentences(question, terms, sentences, self._similarities(query, sentences))
        ranked = nearer_first(ranked, around) if around else ranked
        chosen = self._whole(question, terms) or choose(question, terms, ranked)
        premise = premise_of(question)
        if premise and not english:
            found = self.extract(premise)
            deciding = found.judged.deciding
            if found.verdict == "no" and is_denied(question, terms, chosen, deciding[0], ranked):
                return replace(found, question=question, judged=Judged(None, deciding), denies=True)
        denied = [] if chosen else denials(question, terms, ranked, self._analyzer)
        chosen = chosen or denied
        judged = self._judge.judged(question, terms, chosen, ranked)
        nearest = tuple(
            Statement(e.sentence.document, e.sentence.span) for e in ranked[:MOST_NEAREST] if e.coverage_ratio > 0
        )
        statements = self._statements(question, terms, judged.deciding)
        if not question.as_written:
            statements = (*statements, *self._past([e for e in chosen if e not in judged.deciding]))
        return Extraction(question, tuple(terms), judged, statements, nearest, tuple(ranked), bool(denied))

    def _whole(self, question: Question, terms: Sequence[Term]) -> list[Evidence]:
        """What sums a document up, where the question asks for that and for nothing narrower."""
        of_other = question.asks_position and any(t.body_id and not t.documents for t in terms)
        if question.kind is not Kind.SUMMARY or not is_about_whole(question, terms) or of_other:
            return []
        named = [d for t in terms for d in sorted(t.documents) if not t.names_document]
        documents = named or sorted(self._primary)
        return summed_up(self._index.document(documents[0]), self._reader, question.text) if documents else []

    def _understood(self, text: str, english: bool) -> Question:
        if english:
            return understand(self._knowledge.hyphenated(text))
        repaired = with_acronyms(repair(text, self._words, self._knowledge.spoken), self._index.document_frequency)
        return understand(repaired, self._knowledge.plain(repaired))

    def _search_text(self, question: Question, terms: Sequence[Term], english: bool) -> str:
        if not english:
            return question.text
        swedish = [w for t in terms for w in self._knowledge.english.get(t.text.lower(), (t.text,))]
        return " ".join(swedish) or question.text

    def _candidates(self, query: str, primary_only: bool) -> list[Sentence]:
        """The sentences of the best passages overall and of the best ones in the primary documents."""
        hits: dict[str, Hit] = {}
        for found in (
            [] if primary_only and self._primary else self._retriever.search(query, PASSAGES),
            self._retriever.search(query, PRIMARY_PASSAGES, documents=self._primary) if self._primary else [],
        ):
            hits.update({h.passage_id: h for h in found})
        sentences: dict[tuple[str, int], Sentence] = {}
        for passage_id in hits:
            passage = self._index.passage(passage_id)
            for sentence in self._reader.within(self._index.document(passage.document_id), passage.span):
                if sentence.referenced:
                    sentences[(sentence.document_id, sentence.span.start)] = sentence
        return list(sentences.values())

    def _similarities(self, query: str, sentences: Sequence[Sentence]) -> dict[int, float]:
        keys = [(s.document_id, s.span.start) for s in sentences]
        if not sentences:
            return {}
        if len(self._vectors) >= MOST_REMEMBERED:
            self._vectors = {}  # a new one, as other threads read the old one
        known = self._vectors
        unseen = [i for i, key in enumerate(keys) if key not in known]
        if unseen:
            vectors = self._retriever.vectors([sentences[i].text for i in unseen])
            known.update({keys[i]: v for i, v in zip(unseen, vectors, strict=True)})
        matrix = np.stack([known[key] for key in keys])
        return dict(enumerate((matrix @ self._retriever.query_vector(query)).tolist()))

    def _past(self, passed_over: Sequence[Evidence]) -> list[Statement]:
        """What was said before a later source overtook it, where the later one has decided the answer."""
        overtaken = [e.sentence for e in passed_over if overtaken_by(self._index, e.sentence)]
        return [Statement(s.document, s.span, updated=True, past=True) for s in overtaken[:1]]

    def _statements(
        self, question: Question, terms: Sequence[Term], chosen: Sequence[Evidence]
    ) -> tuple[Statement, ...]:
        """The chosen sentences as statements, followed by what later sources say of them."""
        statements: list[Statement] = []
        quoted: list[tuple[str, Span]] = []
        later: list[Statement] = []
        for evidence in chosen:
            sentence = evidence.sentence
            span = _quoted(sentence, question.kind)
            if any(d == sentence.document_id and s.overlaps(span) for d, s in quoted):
                continue
            quoted.append((sentence.document_id, span))
            updates = overtaken_by(self._index, sentence)
            speaker = self._knowledge.body(sentence.speaker) if sentence.speaker_unnamed else None
            name = speaker.name if speaker else ""
            statements.append(Statement(sentence.document, span, updated=bool(updates), speaker=name))
            if updates:
                later.append(max(updates, key=lambda u: self._judge.as_evidence(question, terms, u).coverage_ratio))
        if not wants_all(question):
            later = later[:1]
            statements = statements[: MOST_CITATIONS - len(later)]
        seen = {(s.document.source.document_id, s.span.start) for s in statements}
        for update in later:
            key = (update.document.source.document_id, update.span.start)
            if key in seen:
                statements = [s for s in statements if (s.document.source.document_id, s.span.start) != key]
            statements.append(update)
            seen.add(key)
        return tuple(statements)


def _quoted(sentence: Sentence, kind: Kind) -> Span:
    """What is quoted of ``sentence``: also the one before where it cannot be understood without, and the one after
    where that goes on with it and the question asks for all there is."""
    start, end = sentence.span.start, sentence.span.end
    if sentence.needs_before:
        start = sentence.needs_before.start
    if sentence.continued_by and kind in (Kind.LIST, Kind.WHAT, Kind.DEFINITION, Kind.SUMMARY):
        end = sentence.continued_by.end
    return Span(start, end)
