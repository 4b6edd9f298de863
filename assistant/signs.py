"""Small signs that a sentence is the kind of answer that a question wants, beside what it covers of its terms."""

import re
from collections.abc import Sequence

from assistant.clauses import NEGATORS, denies_word, split_claims
from assistant.doers import done_by_other
from assistant.expected import FIGURE, amounts, asks_examples, defines, enumerates, gives_examples
from assistant.frame import frame_of
from assistant.kind import Kind
from assistant.modality import asked_stage, asks_permission, speaks_of_possibility, stage_of
from assistant.question import ANSWER_NAME, Question
from assistant.sentences import Sentence
from assistant.terms import Term
from corpus.lemmas import root
from corpus.numerals import YEAR_ALONE

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
DENYING_BONUS = 0.08
DOER_BONUS = 0.06
NAMED_ANSWER_BONUS = 0.1
CAME_BONUS = 0.08
NO_FIGURE_PENALTY = 0.15
AMOUNT_BONUS = 0.08
_HOW_MUCH = re.compile(r"\bhur\s+(?:mycket|mkt|stor\w*|hög\w*|låg\w*)\b", re.IGNORECASE)
_SHARE = re.compile(r"\d\s*(?:procent|%)", re.IGNORECASE)
_CALLED = re.compile(r"^vad\s+(?:heter|hette|kallas)\b", re.IGNORECASE)
_HAS_NAME = re.compile(r"\b(?:heter|hette|titeln|kallas|namnet)\b", re.IGNORECASE)
LATER_BONUS, RECENT_YEAR = 0.02, 2020  # a year
_NOW = re.compile(r"\b(?:nu|i\s?dag|idag|för\s+närvarande|numera|senast(?:e)?|just\s+nu)\b", re.IGNORECASE)
_YEAR = re.compile(YEAR_ALONE)
_IN_FORCE_ASKED = re.compile(r"\b(?:börja\w*\s+(?:\w+\s+){0,3}?gälla|gäll\w+|i\s+kraft|ikraft\w*)\b", re.IGNORECASE)
_IN_FORCE = re.compile(r"\bgäll\w+\s+(?:\w+\s+)?(?:från|sedan)\b|\bi\s+kraft\b|\bikraftträdande", re.IGNORECASE)
# *När kom betänkandet?*: when it was there for all to read.
_CAME = re.compile(r"^när\s+(?:kom|kommer)\b", re.IGNORECASE)
_HAS_COME = re.compile(
    r"\b(?:publicera\w*|överlämna\w*|utfärda\w*|presentera\w*|(?:som\s+)?kom\s+den)\b|,\s+från\s+\w+\s+\d{4}\b",
    re.IGNORECASE,
)


def signs(question: Question, terms: Sequence[Term], sentence: Sentence) -> float:
    """What the signs add to the score of ``sentence``."""
    added = PRIMARY_BONUS if sentence.document.source.primary else 0.0
    if question.kind is Kind.DEFINITION and terms and defines((terms[0].text, *terms[0].names), sentence):
        added += DEFINING_BONUS
    if question.asks_position and any(t.body_id and t.body_id == sentence.speaker for t in terms):
        added += SPEAKER_BONUS
    if question.kind is Kind.YES_NO and sentence.own_view:
        added += OWN_VIEW_BONUS
    if question.kind is not Kind.YES_NO:
        added += _of_open_question(question, terms, sentence)
    if question.wants_list and enumerates(sentence):
        added += LISTING_BONUS
    if asks_permission(question.text) and speaks_of_possibility(sentence.text):
        added += PERMISSION_BONUS
    if asks_examples(question.text):
        added += EXAMPLE_BONUS if gives_examples(sentence.text) else -EXAMPLE_BONUS
    return added + _of_stage_and_frame(question, sentence.text)


def _of_open_question(question: Question, terms: Sequence[Term], sentence: Sentence) -> float:
    """What speaks for ``sentence`` where a question word opens the question."""
    added = 0.0
    if any(t.text.lower() in NEGATORS for t in question.tokens) and any(denies_word(t.text) for t in sentence.tokens):
        added += DENYING_BONUS
    if question.kind is Kind.WHO:
        by_other = done_by_other(terms, sentence)
        added += 0.0 if by_other is None else DOER_BONUS if by_other else -DOER_BONUS
    if _CALLED.match(question.text) and _HAS_NAME.search(sentence.text):
        added += NAMED_ANSWER_BONUS
    named = (t for t in question.tokens if t.start in question.frame and ANSWER_NAME.match(t.text))
    if any(root(t.text.lower()) in sentence.roots for t in named):
        added += NAMED_ANSWER_BONUS
    if question.kind in (Kind.NUMBER, Kind.MONEY):
        added += 0.0 if FIGURE.search(sentence.shown) else -NO_FIGURE_PENALTY
        if _HOW_MUCH.search(question.text) and (amounts(sentence.text) or _SHARE.search(sentence.text)):
            added += AMOUNT_BONUS
        years = [int(y) for y in _YEAR.findall(sentence.text)]
        added += LATER_BONUS * (max(years) - RECENT_YEAR) if years and _NOW.search(question.text) else 0.0
    if question.kind is Kind.WHEN and _IN_FORCE_ASKED.search(question.text) and _IN_FORCE.search(sentence.text):
        added += CAME_BONUS
    if question.kind is Kind.WHEN and _CAME.search(question.text) and _HAS_COME.search(sentence.text):
        added += CAME_BONUS
    return added


def _of_stage_and_frame(question: Question, text: str) -> float:
    added = 0.0
    staged = question.kind is Kind.YES_NO and not question.as_written and asked_stage(question.text) is not None
    if staged and stage_of(text) is not None:
        added += STAGE_BONUS
    asked = frame_of(question.text)
    if asked is not None and any(frame_of(text[c.start : c.end]) is asked for c in split_claims(text)):
        added += FRAME_BONUS
    return added
