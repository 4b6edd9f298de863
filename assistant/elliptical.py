"""Follow-ups that leave out what they are about without a word for it: *Är Lund med?*, *Hur mycket får man?*."""

import re

from assistant.bodies import find_bodies
from assistant.verbs import is_finite, is_infinitive, opens_question
from corpus.knowledge import Knowledge
from corpus.lemmas import is_known, lemma, split_compound
from corpus.numerals import MONTHS
from corpus.swedish import STOP_WORDS, Token, tokenize

MOST_WORDS = 7
_JOINING = re.compile(
    r"^(?:är|var|ingår|räknas|deltar|omfattas)\s+[\w-]+(?:\s+[\w-]+)?\s+(?:med|där|bland\s+dem|inräknade?|också|även)\W*$"
    r"|\b(?:är|var|ingår|kommer)\s+med\W*$",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\b(?:du|dig|din|ni|er|mig)\b", re.IGNORECASE)
_AMOUNTS = frozenset("mycket många länge ofta stor stort högt hög snart".split())
_QUESTION = re.compile(r"^(?:va|vad|vem|vems|vilk\w+|hur|när|var|vart|varför)$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAME_PLACE = re.compile(r"^(?P<preposition>i|för|på|hos|till|från|under)\s+(?P<what>[\w-]+)$", re.IGNORECASE)


def lacks_matter(question: str, knowledge: Knowledge) -> bool:
    """Whether ``question`` has verbs, names and measures alone, or asks who is one of those told of before."""
    tokens = tokenize(question)
    if not tokens or len(tokens) > MOST_WORDS or _ADDRESSED.search(question):
        return False
    opens = bool(_QUESTION.match(tokens[0].text)) or opens_question(tokens[0].text)
    if not opens:
        return False
    if _JOINING.search(question):
        return True
    named = {i for m in find_bodies(tuple(tokens), knowledge) for i in range(m.first, m.last)}
    content = [t.text.lower() for i, t in enumerate(tokens) if i not in named and not _says_nothing(t)]
    return bool(_QUESTION.match(tokens[0].text)) and not named and all(map(_is_verb, content))


def _says_nothing(token: Token) -> bool:
    lower = token.text.lower()
    return lower in STOP_WORDS or lower in _AMOUNTS or _QUESTION.match(lower) is not None


def _is_verb(word: str) -> bool:
    return is_finite(word) or is_infinitive(word)


def says_where(what: str) -> bool:
    """Whether ``what`` is a place, time or the like by itself (*i Skåne*, *under 2024*)."""
    return _SAME_PLACE.match(what) is not None


def asked_elsewhere(before: str, what: str) -> str:
    """``before`` with ``what`` (*i Skåne*) instead of what it has after the same preposition; "" where it has none."""
    place = _SAME_PLACE.match(what)
    if place is None:
        return ""
    same = re.compile(rf"\b{place['preposition']}\s+(?!(?:en|ett|den|det|de|att)\b)(?P<what>[\w-]+)", re.IGNORECASE)
    found = same.findall(before)
    alike = len(found) == 1 and (found[0].lower() in MONTHS) == (place["what"].lower() in MONTHS)
    return same.sub(what, before) if alike else ""


def asked_of_another(before: str, what: str, knowledge: Knowledge) -> str:
    """``before`` asked of ``what`` instead of what is like it there; "" where nothing is.

    A year is like a year, a name like the body that is named first, and the subject of a yes/no question like a noun
    in the same form (*Gäller kravet nu?*, *Och taket?*).
    """
    tokens = tuple(tokenize(before))
    if len(tokenize(what)) != 1 or len(tokens) < 2:
        return ""
    if _YEAR.fullmatch(what):
        return _YEAR.sub(what, before) if len(_YEAR.findall(before)) == 1 else ""
    mention = next(iter(find_bodies(tokens, knowledge)), None)
    subject_named = mention is not None and mention.first == 1 and opens_question(tokens[0].text)
    if mention and not (_is_definite(what) if subject_named else _is_common(what)):
        return f"{before[: tokens[mention.first].start]}{what}{before[tokens[mention.last - 1].end :]}"
    subject = tokens[1]
    alike = subject.text.lower() not in STOP_WORDS and subject.text[-1:].lower() == what[-1:].lower()
    acts = [lemma(word) in knowledge.actor_kinds for word in (subject.text, what)]
    if mention or not (alike and opens_question(tokens[0].text) and _is_definite(subject.text)) or acts[0] != acts[1]:
        return ""
    return f"{before[: subject.start]}{what}{before[subject.end :]}"


def _is_common(word: str) -> bool:
    """Whether ``word`` is no name, as far as the dictionary tells."""
    return not word[:1].isupper() and (is_known(word.lower()) or bool(split_compound(word.lower())))


def _is_definite(word: str) -> bool:
    """Whether ``word`` looks like a noun with its article (*kravet*), not like a name."""
    lower = word.lower()
    return lower.endswith(("en", "et", "an", "na", "ne")) and _is_common(word)
