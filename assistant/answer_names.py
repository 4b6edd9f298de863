"""Tells the words of a question that only name what its answer is (*vilket skäl*, *remisstiden*), not what it is of."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.kind import Kind
from assistant.verbs import is_finite
from corpus.lemmas import split_compound
from corpus.numerals import numbers_between
from corpus.swedish import Token

_COUNT = "|".join(numbers_between(2, 20))
_ASKED_NOUN = re.compile(
    rf"\b(?:vilk(?:a|en|et)|hur många|vad för|what|which|how many)\s+(?:(?:{_COUNT}|\d+)\s+)?(?:\w+a\s+)?(\w+)",
    re.IGNORECASE,
)
# What any answer is, so that the sentence need not name it.
_ANY_ANSWER = re.compile(
    r"^(?:år\w*|månad\w*|dag\w*|datum\w*|sätt|vis|typ\w*|slag\w*|skäl\w*|anledning\w*|person\w*|del\w*|fall|personer"
    r"|sorters|slags|människor|procent\w*|kronor|pengar|summa|siffra|tidpunkt\w*|ort\w*|plats\w*|sorts|organ|myndighet\w*|saker)$",
    re.IGNORECASE,
)
# Nouns of which the answer is one, though it hardly says so: *vilket län* is answered by a name.
_CLASS = re.compile(
    r"^(?:egenskap(?:er)?|län|land|länder|kommun|stad|region|titel|titlar|ämne\w*|yrken?|tjänst|post|roll(?:er)?)$",
    re.IGNORECASE,
)
_HOW = re.compile(r"\bhur\s+(länge|lång[at]?|stor[at]?|hög[at]?|många|mycket|mkt)\b", re.IGNORECASE)
_MANNER = re.compile(
    r"^(?:sätt|vis|typ(?:er)?|slags?|sorts|sorters|skäl|saker|datum|tidpunkt|summa|siffra)$", re.IGNORECASE
)
_REASON = re.compile(
    r"^(?:anledning\w*|skäl(?:et|en)?|orsak(?:en|er|erna)?|syfte[nt]?|beror?|berodde|grund(?:en)?)$", re.IGNORECASE
)
# Heads of compounds that name the answer, by the kind of question: what is left says what it is of.
_HEADS = {
    Kind.WHEN: re.compile(r"^(?:tid|tiden|datum|datumet|dag|dagen)$", re.IGNORECASE),
    Kind.NUMBER: re.compile(r"^(?:nummer|numret)$", re.IGNORECASE),
    Kind.WHO: re.compile(r"^(?:post|posten)$", re.IGNORECASE),
    Kind.WHAT: re.compile(r"^(?:post|posten)$", re.IGNORECASE),
    Kind.LIST: re.compile(r"^(?:område|områden)$", re.IGNORECASE),
}
# Numbers that stand in a text without being called so.
_OWN_NAME = re.compile(r"^(?:diarie\w*|ärende)$", re.IGNORECASE)


def asked_noun(text: str) -> str:
    """The noun that says what ``text`` asks for (*vilka öppettider*) and that an answer must hold, else ""."""
    found = _ASKED_NOUN.search(text)
    noun = found[1] if found else ""
    return "" if not noun or is_finite(noun) or _ANY_ANSWER.match(noun) or _CLASS.match(noun) else noun


def names_answer(word: str, text: str, kind: Kind) -> bool:
    """Whether ``word`` of the question ``text`` names no more than what its answer is."""
    if kind is Kind.WHY and _REASON.match(word):
        return True
    if kind in (Kind.NUMBER, Kind.MONEY) and (measure := _HOW.search(text)) and measure[1].lower() == word.lower():
        return True
    found = _ASKED_NOUN.search(text)
    asked = found is not None and kind is not Kind.YES_NO and found[1].lower() == word.lower()
    return asked and (_CLASS.match(word) or _MANNER.match(word)) is not None


def without_answer_heads(tokens: Sequence[Token], kind: Kind) -> tuple[Token, ...]:
    """``tokens`` with compounds that end in what the answer is cut to what it is of (*remisstiden* → *remiss*)."""
    head = _HEADS.get(kind)
    return tuple(_cut(t, head) if head else t for t in tokens)


def _cut(token: Token, head: re.Pattern[str]) -> Token:
    lower = token.text.lower()
    parts = lower.split("-") if "-" in lower else split_compound(lower)
    if len(parts) != 2 or not head.match(parts[1]) or _OWN_NAME.match(parts[0]):
        return token
    return replace(token, text=token.text[: len(parts[0])] if "-" in token.text else parts[0])
