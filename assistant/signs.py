"""Small signs that a sentence is the kind of answer that a question wants, beside what it covers of its terms."""

from collections.abc import Sequence

from assistant.clauses import split_claims
from assistant.expected import asks_examples, defines, enumerates, gives_examples
from assistant.frame import frame_of
from assistant.kind import Kind
from assistant.modality import asked_stage, asks_permission, speaks_of_possibility, stage_of
from assistant.question import Question
from assistant.sentences import Sentence
from assistant.terms import Term

# Chosen on the development cases (``python -m evals run --split dev``).
DEFINING_BONUS = 0.08
SPEAKER_BONUS = 0.14
PRIMARY_BONUS = 0.09
OWN_VIEW_BONUS = 0.06
LISTING_BONUS = 0.1
STAGE_BONUS = 0.06
FRAME_BONUS = 0.08
PERMISSION_BONUS = 0.08
EXAMPLE_BONUS = 0.1


def signs(question: Question, terms: Sequence[Term], sentence: Sentence) -> float:
    """What the signs add to the score of ``sentence``."""
    added = PRIMARY_BONUS if sentence.document.source.primary else 0.0
    if question.kind is Kind.DEFINITION and terms and defines((terms[0].text, *terms[0].names), sentence):
        added += DEFINING_BONUS
    if question.asks_position and any(t.body_id and t.body_id == sentence.speaker for t in terms):
        added += SPEAKER_BONUS
    if question.kind is Kind.YES_NO and sentence.own_view:
        added += OWN_VIEW_BONUS
    if question.wants_list and enumerates(sentence):
        added += LISTING_BONUS
    if asks_permission(question.text) and speaks_of_possibility(sentence.text):
        added += PERMISSION_BONUS
    if asks_examples(question.text) and gives_examples(sentence.text):
        added += EXAMPLE_BONUS
    return added + _of_stage_and_frame(question, sentence.text)


def _of_stage_and_frame(question: Question, text: str) -> float:
    added = 0.0
    staged = question.kind is Kind.YES_NO and not question.as_written and asked_stage(question.text) is not None
    if staged and stage_of(text) is not None:
        added += STAGE_BONUS
    asked = frame_of(question.text)
    if asked is not None and any(frame_of(text[c.start : c.end]) is asked for c in split_claims(text)):
        added += FRAME_BONUS
    return added
