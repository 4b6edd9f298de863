"""Between the evidence chosen and the answer: the verdict on it, and who else says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose import Statement
from assistant.conclude import MOST_MISSING_FOR_YES, conclude, in_frame
from assistant.evidence import MATCH, Evidence, match, score_sentences
from assistant.frame import frame_of
from assistant.kind import Kind
from assistant.modality import asks_permission
from assistant.models import Verdict
from assistant.parties import PartyReader
from assistant.question import Question
from assistant.scope import asks_for_whole
from assistant.select import is_answer
from assistant.sentences import SentenceReader
from assistant.terms import Term
from assistant.updates import overtaken_by
from assistant.verdict import Judgement, judge
from corpus.index import Index
from corpus.swedish import SwedishAnalyzer

MIN_LATER_RATIO = 0.8
AGREEING_RATIO = 0.75
MOST_FRAMED, FRAMED_RATIO = 10, 0.6
CLAIM_WEIGHT = 0.2
MIN_DIRECT_WEIGHT, MIN_DIRECT_RATIO = 0.95, 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the evidence that is ``deciding``, or all that was chosen where none is asked for."""

    verdict: Verdict | None
    deciding: tuple[Evidence, ...]


class Judge:
    """Gives verdicts on evidence from one index."""

    def __init__(
        self,
        index: Index,
        reader: SentenceReader,
        analyzer: SwedishAnalyzer,
        parties: PartyReader,
    ) -> None:
        self._index = index
        self._reader = reader
        self._analyzer = analyzer
        self._parties = parties

    def judged(
        self, question: Question, terms: Sequence[Term], chosen: list[Evidence], ranked: Sequence[Evidence]
    ) -> Judged:
        """The verdict of ``chosen`` where the question asks for one, and the evidence that bears it."""
        if question.kind is not Kind.YES_NO or not chosen:
            return Judged(None, tuple(chosen))
        by_evidence = [(e, judge(question, terms, e, self._analyzer, self._parties)) for e in chosen]
        judgements = [j for _, found in by_evidence for j in found]
        judgements.sort(key=_decisiveness, reverse=True)
        judgements = _without_others(judgements)
        untold = [e for e, found in by_evidence if not found and _names_all(terms, e)]
        judgements = [j for j in judgements if not (j.by_other and any(e.score > j.evidence.score for e in untold))]
        if not question.as_written:
            judgements = [*self._later_judgements(question, terms, chosen), *judgements]
        judgements = self._under_both_frames(question, terms, in_frame(question, judgements), ranked)
        verdict = conclude(judgements)
        if verdict == "partly" and question.negated and asks_for_whole(question.text):
            verdict = "no"  # what goes in part is not wholly ruled out
        bearing = [j for j in judgements if verdict == "partly" or j.affirms == (verdict == "yes")]
        deciding = list({id(j.evidence): j.evidence for j in bearing}.values()) or list(chosen)
        deciding += self._agreeing(question, terms, verdict, deciding, ranked)
        return Judged(verdict, tuple(deciding))

    def _under_both_frames(
        self, question: Question, terms: Sequence[Term], judgements: list[Judgement], ranked: Sequence[Evidence]
    ) -> list[Judgement]:
        """``judgements`` with what holds under the other condition, where a permission is asked for under none.

        *Får staden pröva?*: not where exceptions are needed, but inside the rules. Neither by itself is the answer.
        """
        first = next((j for j in judgements if j.frame), None)
        if first is None or frame_of(question.text) or not asks_permission(question.text):
            return judgements
        for evidence in ranked[:MOST_FRAMED]:
            if evidence.coverage_ratio < FRAMED_RATIO * first.evidence.coverage_ratio:
                continue
            for other in judge(question, terms, evidence, self._analyzer, self._parties):
                if other.frame not in (None, first.frame) and other.affirms != first.affirms:
                    return [first, other]
        return judgements

    def _agreeing(
        self,
        question: Question,
        terms: Sequence[Term],
        verdict: Verdict | None,
        deciding: Sequence[Evidence],
        ranked: Sequence[Evidence],
    ) -> list[Evidence]:
        """Further sentences of the primary documents that bear the same verdict: who else says so."""
        if verdict not in ("yes", "no") or not deciding:
            return []
        found = []
        for evidence in ranked:
            near = evidence.score >= AGREEING_RATIO * deciding[0].score and evidence.sentence.document.source.primary
            if evidence in deciding or not near or not is_answer(question, terms, evidence):
                continue
            judged = in_frame(question, judge(question, terms, evidence, self._analyzer, self._parties))
            if judged and conclude(judged) == verdict:
                found.append(evidence)
        return found

    def _later_judgements(
        self, question: Question, terms: Sequence[Term], chosen: Sequence[Evidence]
    ) -> list[Judgement]:
        """What the later sources that overtake the chosen sentences say of the claim: it holds today."""
        found = []
        for evidence in chosen:
            for update in overtaken_by(self._index, evidence.sentence):
                later = self.as_evidence(question, terms, update)
                if later.coverage_ratio >= MIN_LATER_RATIO * evidence.coverage_ratio:
                    found.extend(judge(question, terms, later, self._analyzer, self._parties)[:1])
        return found

    def as_evidence(self, question: Question, terms: Sequence[Term], statement: Statement) -> Evidence:
        """The first sentence of ``statement``, scored as an answer."""
        sentences = self._reader.within(statement.document, statement.span)
        return score_sentences(question, terms, sentences[:1], {})[0]


def _without_others(judgements: list[Judgement]) -> list[Judgement]:
    """``judgements`` without denials by what is said of another, where a sentence says all that is asked itself."""
    first = judgements[0] if judgements else None
    if first is None or not first.by_other:
        return judgements
    direct = (
        not j.by_other
        and not j.missing_ratio
        and j.weight >= max(first.weight, MIN_DIRECT_WEIGHT)
        and j.evidence.score >= MIN_DIRECT_RATIO * first.evidence.score
        for j in judgements
    )
    return [j for j in judgements if not j.by_other] if any(direct) else judgements


def _names_all(terms: Sequence[Term], evidence: Evidence) -> bool:
    """Whether ``evidence`` has every name and value of a question: what another says of others then tells nothing."""
    telling = [t for t in terms if t.name or t.body_id or t.specific]
    return evidence.missing_ratio <= MOST_MISSING_FOR_YES and all(
        match(t, evidence.sentence) >= MATCH["near"] for t in telling
    )


def _decisiveness(judgement: Judgement) -> float:
    return judgement.evidence.score + CLAIM_WEIGHT * judgement.weight
