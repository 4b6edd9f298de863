"""Makes a follow-up question whole: what *Och departementet då?*, *Varför?* or *När var det?* leave unsaid."""

import re
from collections.abc import Sequence

from assistant.bodies import bodies_in, find_bodies
from assistant.chatter import strip_chatter
from assistant.elliptical import asked_elsewhere, asked_of_another, lacks_matter, says_where
from assistant.models import Turn
from assistant.verbs import is_finite
from corpus.knowledge import Knowledge
from corpus.swedish import STOP_WORDS, tokenize

MOST_TURNS = 6
# How many words of its own, at most, a question has that leaves the rest to the one before.
MOST_ABOUT, MOST_LEANING, MOST_BESIDE_SUBJECT = 3, 4, 6
_AND = re.compile(
    r"^\s*(?:och|å|o|men|and|but)\s+(?:vad?\s+(?:säger|sa|tycker|anser|gäller\s+för)\s+|hur\s+är\s+det\s+(?:med|för)\s+"
    r"|what\s+about\s+|om\s+|för\s+|i\s+|hos\s+|enligt\s+)?(?P<what>.+?)(?:\s+(?:då|or|om\s+det|om\s+saken|about\s+(?:it|that)))?\s*\?*\s*$",
    re.IGNORECASE,
)
_LONE = re.compile(r"^\s*(?P<what>[\w\s-]{2,60}?)\s+då\s*\?*\s*$", re.IGNORECASE)
_WHAT_ABOUT = re.compile(
    r"^\s*(?:hur\s+är\s+det\s+(?:med|för)|vad\s+gäller\s+(?:för|om)|what\s+about)\s+(?P<what>.+?)(?:\s+då)?\s*\?*\s*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\s*(?:och\s+|men\s+)?(?P<word>varför(?:\s+(?:inte|då|det|är\s+det\s+så|blev\s+det\s+så|gick\s+det\s+inte|lyckades\s+(?:det|de|den)\s+inte))?"
    r"|(?:(?:sen|sedan|från)\s+)?när(?:\s+(?:då|var\s+det|skedde\s+det|hände\s+det|blev\s+det|gällde\s+det|är\s+det|börjar\s+det|träder\s+det\s+i\s+kraft))?"
    r"|vem(?:\s+(?:då|säger\s+det|bestämde\s+det|beslutade\s+det|sa\s+det|gjorde\s+det|har\s+sagt\s+det))?|var(?:\s+(?:någonstans\s+)?då|\s+någonstans|\s+är\s+det)?"
    r"|hur(?:\s+då|\s+kommer\s+det\s+sig)?|vilka(?:\s+då|\s+är\s+de[mt]?)?|why(?:\s+not)?|when(?:\s+was\s+(?:it|that))?|who(?:\s+says\s+so)?"
    r"|enligt\s+vem|(?:blev|lyckades|gick)\s+det(?:\s+(?:av|igenom|bra))?|(?:är|var|blev)\s+det\s+(?:klart|beslutat|bestämt))\s*\?*\s*$",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"\b(?:den(?!\s+som\b)|det|de(?!\s+som\b)|dem|dom|detta|denna|dessa|han|hon|där|dit|den\s+här|det\s+här|it|they|them"
    r"|that|those|dess|deras)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:den|dem|dom|han|hon|they|them|it)\b(?!\s+som\b)", re.IGNORECASE)
_SUBJECT_PRONOUN = re.compile(r"(?<=\s)(?:de|dom)(?=\s)", re.IGNORECASE)
# What a pronoun stands for is what the question before is about, not how it was asked of it.
_LEAD = re.compile(
    r"^(?:(?:vad|hur|what|how)\s+(?:säger|sa|sade|skriver|skrev|tycker|anser|ansåg|menar|står\s+det|sägs|gäller|says?)\s+"
    r"(?:[\w-]+\s+){0,4}?(?:om|kring)|(?:vad|hur(?:\s+\w+)?|vem|vilk\w+)\s+(?:är|var|blev|blir|betyder|innebär))\s+"
    r"(?!det\s)(?=[\w-]+)",
    re.IGNORECASE,
)
_ASKS_ANEW = re.compile(r"^(?:va|vad|vem|vems|när|var|vart|varför|hur|vilk\w+)\b(?:\s+\w+)?\s+\w+", re.IGNORECASE)
_ASKS_OF_BODY = re.compile(r"^(?:vem|vems|när|vart|hur\s+(?:många|stor\w*|mycket|länge|hög\w*))\b", re.IGNORECASE)
# What these open narrows the question before down, instead of taking the place of what it is about.
_RESTRICTING = frozenset("i på för från till under efter före av med utan hos inom mer annars sedan nu".split())
_SUBJECT = re.compile(r"^(?:(?:och|men)\s+)?\w+\s+(?:de|dom|hon|han)\s", re.IGNORECASE)
_CONJUNCTION = re.compile(r"^\s*(?:och|å|o|men|and|but)\s+", re.IGNORECASE)
_ADDED = re.compile(r"\((?P<matter>(?=[^()]*[a-zåäö]{3})[^()]+)\)\W*$")  # what was left unsaid, as it was made whole
_SINCE = re.compile(r"^(?:sen|sedan|från)\s+(?=när)", re.IGNORECASE)
_FILLING = re.compile(r"\s+(?:någonstans|då)\b", re.IGNORECASE)
_IMPERSONAL = re.compile(
    r"\b(?:är\s+det\s+(?:så|sant|möjligt|tillåtet|okej|ok)|finns\s+det|går\s+det|stämmer\s+det|innebär\s+det|det\s+(?:finns|går|som|är\s+(?:så|möjligt))"
    r"|de\s+(?:som|nya|nationella|lokala)|det\s+\w+(?:et|t)\b|den\s+\w+(?:en|n)\b|de\s+\w+(?:na|a)\b|is\s+it|is\s+there|there\s+\w+)\b",
    re.IGNORECASE,
)
_QUESTION_WORDS = re.compile(
    r"^\s*(?:vad|vem|när|var|varför|hur|vilken|vilket|vilka|what|who|when|where|why|how|which)\b\s*", re.IGNORECASE
)


def make_whole(question: str, history: Sequence[Turn], knowledge: Knowledge) -> str:
    """``question`` so that it can be understood without ``history`` (the latest turn last).

    A question that stands by itself comes back as it is: a change of subject does not drag the old one along.
    """
    whole = ""
    for turn in history[-MOST_TURNS:]:
        whole = _joined(turn.question, whole, knowledge)
    return _joined(question, whole, knowledge)


def _joined(question: str, before: str, knowledge: Knowledge) -> str:
    question = question.strip()
    before = strip_chatter(before)
    if not before:
        return question
    bare = _BARE.match(question)
    if bare:
        word = _SINCE.sub("", _FILLING.sub("", question.rstrip("? ")))
        return f"{word} {_claim(before)}?"
    rest = _CONJUNCTION.sub("", question)
    anew = _ASKS_ANEW.match(rest) and any(is_finite(t.text) for t in tokenize(rest)[1:3])
    about = _AND.match(question) or _WHAT_ABOUT.match(question) or _LONE.match(question)
    if about and not (anew and _ASKS_ANEW.match(about["what"])) and _content_count(about["what"]) <= MOST_ABOUT:
        elsewhere = asked_elsewhere(before, rest.rstrip("? "))
        if not elsewhere and says_where(rest.rstrip("? ")) and not bodies_in(rest, knowledge):
            elsewhere = f"{before.rstrip('? ')} {rest.rstrip('? ')}?"
        return elsewhere or _replaced(before, about["what"].strip(), knowledge)
    if _SUBJECT.match(question) and _content_count(question) <= MOST_BESIDE_SUBJECT:
        return _with_referent(question, before, knowledge)
    if _LEANING.search(_IMPERSONAL.sub(" ", question)) and _content_count(question) <= MOST_LEANING:
        return _with_referent(rest if anew else question, before, knowledge)
    if _is_bare_verb(rest):
        return f"{rest.rstrip('? ')} ({_without_verb(_topic(before))})?"
    if lacks_matter(rest, knowledge):
        return f"{rest.rstrip('? ')} ({_matter(before, knowledge)})?"
    if anew and rest != question and _content_count(rest) <= MOST_ABOUT:
        lacks_body = _ASKS_OF_BODY.match(rest) and not bodies_in(rest, knowledge)
        return f"{rest.rstrip('? ')} ({_matter(before, knowledge)})?" if lacks_body else rest
    return question


def _is_bare_verb(question: str) -> bool:
    """Whether ``question`` is a question word with a verb and no more (*Vilka omfattas?*)."""
    words = tokenize(question)
    content = [t.text for t in words if t.text.lower() not in STOP_WORDS]
    return (
        bool(_QUESTION_WORDS.match(question))
        and len(words) <= MOST_ABOUT
        and len(content) == 1
        and is_finite(content[0])
    )


def _without_verb(topic: str) -> str:
    """``topic`` without the verb that opens it (*gäller avgiften*), where something is left."""
    words = tokenize(topic)
    return topic[words[1].start :] if len(words) > 1 and is_finite(words[0].text) else topic


def _matter(before: str, knowledge: Knowledge) -> str:
    """The body that ``before`` names, else what it is about: what *Och vem är chef?* leaves unsaid."""
    tokens = tuple(tokenize(before))
    mentions = find_bodies(tokens, knowledge)
    return before[tokens[mentions[0].first].start : tokens[mentions[0].last - 1].end] if mentions else _topic(before)


def _with_referent(question: str, before: str, knowledge: Knowledge) -> str:
    """``question`` with what its pronoun means: the body that ``before`` names, else what ``before`` is about."""
    tokens = tuple(tokenize(before))
    mentions = find_bodies(tokens, knowledge)
    pronoun = _PERSON.search(question) or _SUBJECT_PRONOUN.search(question)
    if mentions and pronoun and not bodies_in(question, knowledge):
        mention = mentions[0]
        name = before[tokens[mention.first].start : tokens[mention.last - 1].end]
        return question[: pronoun.start()] + name + question[pronoun.end() :]
    return f"{question.rstrip('? ')} ({_topic(before)})?"


def _topic(before: str) -> str:
    """What ``before`` is about, where its question word and verb only lead up to it, else its whole claim."""
    added = _ADDED.search(before)
    if added:
        return added["matter"]
    lead = _LEAD.match(before)
    return before[lead.end() :].rstrip("?!. ") if lead else _claim(before)


def _replaced(before: str, what: str, knowledge: Knowledge) -> str:
    """``before`` asked of ``what``: the body it names gives way to another body, anything else is added."""
    another = asked_of_another(before, what, knowledge)
    if another:
        return another
    if not bodies_in(what, knowledge):
        lead = _LEAD.match(before)
        if lead is None or _content_count(what) > 1 or what.lower().split()[0] in _RESTRICTING:
            return f"{before.rstrip('? ')} {what}?"
        of_body = (
            f" ({_matter(before, knowledge)})" if find_bodies(tuple(tokenize(before[lead.end() :])), knowledge) else ""
        )
        return f"{lead.group()}{what}{of_body}?"
    tokens = tuple(tokenize(before))
    mentions = [m for m in find_bodies(tokens, knowledge) if not m.short]
    if not mentions:
        return f"Vad säger {what} om {_claim(before)}?"
    mention = mentions[0]
    start, end = tokens[mention.first].start, tokens[mention.last - 1].end
    return before[:start] + what + before[end:]


def _claim(question: str) -> str:
    """What ``question`` is about, without its question word and mark."""
    return _QUESTION_WORDS.sub("", question.rstrip("?!. "))


def _content_count(text: str) -> int:
    return sum(t.text.lower() not in STOP_WORDS for t in tokenize(text))
