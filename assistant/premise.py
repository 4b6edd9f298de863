"""What a question takes for granted: *Varför fick Malmö undantag?* holds that Malmö did, and that can be judged."""

import re
from collections.abc import Sequence

from assistant.clauses import NEGATORS
from assistant.evidence import Evidence
from assistant.expected import holds
from assistant.kind import Kind
from assistant.question import Question
from assistant.terms import Term
from assistant.verbs import is_finite
from corpus.swedish import tokenize

# On 73 development questions of which something denied the rest, these parted denials from answers without a miss.
MIN_DENIED_COVERAGE_RATIO = 0.8
MOST_MISSING_RATIO = 0.15
MOST_BEHIND_RATIO = 0.05
MOST_OPENING_WORDS = 5
# Question words that stand beside a whole clause, and leave it whole when they are taken off.
_BESIDE_CLAUSE = re.compile(
    r"^(?:(?:från|sedan|till|av|i|på|vid|under)\s+)?(?:när|varför|hur\s+länge|vilk(?:et|en)\s+(?:datum|år|dag|månad|skäl|anledning))\b",
    re.IGNORECASE,
)


def premise_of(question: Question) -> str:
    """The yes/no question whether what ``question`` asks the time or reason of is so, "" where there is none."""
    text = question.text
    if question.kind not in (Kind.WHEN, Kind.WHY, Kind.NUMBER) or not _BESIDE_CLAUSE.match(text):
        return ""
    tokens = tokenize(text)
    if any(t.text.lower() in NEGATORS for t in tokens):
        return ""  # what is taken for granted is a denial: hardly ever false, and easily misread
    verb = next((t for t in tokens[1 : MOST_OPENING_WORDS + 1] if is_finite(t.text)), None)
    return text[verb.start].upper() + text[verb.start + 1 :] if verb else ""


def is_denied(
    question: Question,
    terms: Sequence[Term],
    chosen: Sequence[Evidence],
    denying: Evidence,
    ranked: Sequence[Evidence],
) -> bool:
    """Whether ``denying``, which denies the premise, is to be quoted instead of the ``chosen`` answer.

    ``ranked`` are all sentences as answers to ``question``, ``terms`` those of it.
    """
    if denying.coverage_ratio < MIN_DENIED_COVERAGE_RATIO or denying.missing_ratio > MOST_MISSING_RATIO:
        return False
    if not chosen:
        return True
    place = (denying.sentence.document_id, denying.sentence.span)
    same = next((e for e in ranked if (e.sentence.document_id, e.sentence.span) == place), None)
    if same is None or same.coverage_ratio < chosen[0].coverage_ratio - MOST_BEHIND_RATIO:
        return False
    return not (same is chosen[0] and holds(question.kind, question.text, terms, same.sentence))
