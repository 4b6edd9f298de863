"""Whether a sentence is of the person, body or outcome that a question asks of, and not of another."""

import re
from collections.abc import Sequence

from assistant.clauses import is_negative_word
from assistant.doers import PERSON
from assistant.evidence import CONTEXT_FACTOR, match
from assistant.kind import Kind
from assistant.question import Question
from assistant.sentences import Sentence
from assistant.terms import Term
from assistant.verbs import is_main_verb, only_relates
from corpus.lemmas import is_known

_WHICH = (Kind.WHAT, Kind.WHO, Kind.WHERE, Kind.LIST)
_ROLE = (
    r"\w*(?:chef|direktör|ordförande|ordf|minister|utredare|sekreterare|talesperson|kontaktperson|handläggare|råd"
    r"|landshövding|ledamot|expert|sakkunnig)(?:en|n)?"
)
# Questions that a person's name answers, and no body.
_ASKS_PERSON = re.compile(
    rf"^(?:vem|vad)\s+(?:heter|hette|kallas)\s+(?:den\s+(?:person\w*\s+)?som\b|(?:\w+\s+){{0,2}}?{_ROLE}\b)"
    rf"|^vem\s+(?:är|var|blev|blir)\s+(?:\w+\s+){{0,2}}?{_ROLE}\b|^vem\s+(?:på|hos|inom)\s",
    re.IGNORECASE,
)
_WHICH_BODY = re.compile(
    r"^(?:(?:av|från|till|hos|åt|med|inför)\s+)?vilke[nt]\s+(?:\w+\s+)?(?P<kind>nämnd|förvaltning|departement|minister|styrelse)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"^(?:vad|hur)\s+(?:säger|sa|sade|tycker|tyckte|anser|ansåg|menar|menade|svarade?|skrev|skriver|bedömer|bedömde)\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"\b(?:hittills|än\s+så\s+länge|so\s+far)\b", re.IGNORECASE)
_MOST = re.compile(
    r"\b(?:högst|lägst|störst|minst|flest|äldst|yngst|dyrast|billigast|längst|kortast)a?\b(?!\s+\d)", re.IGNORECASE
)
_HAPPENED = re.compile(r"\b(?:har|hade|fick|blev|kom|gav|tog|\w{2,}(?:ade|ades|des|dde|tes|te)|finns)\b", re.IGNORECASE)

MIN_TOLD = 0.3


def fits_asker(question: Question, asked: Sequence[Term], sentence: Sentence) -> bool:
    """Whether ``sentence`` can answer ``question``, which has ``asked`` for terms, by whom and what it tells of."""
    if _ASKS_PERSON.match(question.text) and not _is_person_of(asked, sentence):
        return False
    if not _told([t for t in asked if is_negative_word(t.text.lower())], sentence):
        return False  # what goes well, or on, tells nothing of what fails or ends
    if question.kind is Kind.WHY and not _is_of_what_happened(asked, sentence):
        return False  # the reason for something else is none
    if _SO_FAR.search(question.text) and not (_HAPPENED.search(sentence.text) and _is_of_place(asked, sentence)):
        return False  # what is to be done, or is done elsewhere, tells nothing of what has been
    if question.kind in _WHICH and _MOST.search(question.text) and not _MOST.search(sentence.text):
        return False  # *höga nivåer* tells not which is the highest
    if question.kind is Kind.WHO and not _names_such(question.text, sentence):
        return False
    said = _SAID.match(question.text)
    return not said or _says(said.end(), question, asked, sentence)


def _names_such(question: str, sentence: Sentence) -> bool:
    """Whether ``sentence`` names a body of the kind that ``question`` asks for (*vilken nämnd*)."""
    kind = _WHICH_BODY.match(question)
    return not kind or any(
        t.text.lower().startswith(kind["kind"]) or kind["kind"] in t.text.lower()[3:] for t in sentence.tokens
    )


def _is_person_of(asked: Sequence[Term], sentence: Sentence) -> bool:
    """Whether ``sentence`` names a person, and the bodies that his role is in."""
    bodies = [t for t in asked if t.body_id and not t.documents]
    named = all(t.body_id in sentence.bodies or match(t, sentence) >= CONTEXT_FACTOR for t in bodies)
    return named and _is_of_place(asked, sentence) and PERSON.search(sentence.text) is not None


def _told(asked: Sequence[Term], sentence: Sentence) -> bool:
    return not asked or any(match(t, sentence) >= MIN_TOLD for t in asked)


def _is_of_what_happened(asked: Sequence[Term], sentence: Sentence) -> bool:
    """Whether ``sentence`` has what is said to be done, and a word of everybody who is said to do it."""
    verbs = [t for t in asked if t.verb and is_main_verb(t.text) and is_known(t.text) and not only_relates(t.text)]
    if not _told(verbs, sentence):
        return False
    return all(match(t, sentence) > 0 for t in asked if t.body_id)


def _is_of_place(asked: Sequence[Term], sentence: Sentence) -> bool:
    return all(match(t, sentence) > 0 for t in asked if t.documents)


def _says(start: int, question: Question, asked: Sequence[Term], sentence: Sentence) -> bool:
    """Whether who is asked for his view, named right from ``start``, may be the one who speaks in ``sentence``."""
    following = question.text[start:].lower().lstrip()
    who = next((t for t in asked if t.body_id and any(following.startswith(n.lower()) for n in t.names)), None)
    if who is None or not who.documents:
        return True
    return who.body_id in sentence.bodies or sentence.document_id in who.documents
