"""Finds the question in a message: chatter, background and orders around it are set apart from what is asked."""

import re

from assistant.chatter import strip_chatter
from assistant.intake import refuse
from assistant.verbs import is_finite, opens_question
from corpus.swedish import STOP_WORDS, tokenize

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[a-zåäö]):\s+(?=\w+)|\n+")
_SECOND_QUESTION = re.compile(
    r",?\s+(?:och|å|samt|and)\s+(?=(?:när|vem|vad|varför|hur|vilk\w+|when|who|what|why|how)\b)"
    r"|,\s+(?:och|samt|men)\s+(?=(?:kan|får|ska|måste|bör|har|är|finns|går|gäller)\s+\w+\s+\w+)",
    re.IGNORECASE,
)
_BARE_SECOND = re.compile(r"^(?P<first>.+?),?\s+(?:och|å|samt)\s+(?P<second>när|var|varför|hur)\s*\?*$", re.IGNORECASE)
_SHARED = re.compile(
    r"^(?P<first>när|var|varför|hur|(?:av\s+)?vem)\s+(?:och|å|samt)\s+(?P<second>när|var|varför|hur|av\s+vem|till\s+vem)\s+"
    r"(?P<rest>\w+\s+.+)$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:vad|vem|vems|när|var|vart|varför|hur|vilk\w+|what|who|when|where|why|how|which|lista|nämn|ge|sammanfatta|räkna|beskriv"
    r"|förklara|berätta|redogör)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:för det|om det|göra det|det här|detta|den|dem|de|dessa|sånt|sådant)\b\W*(?:i|på|då|$|\?)", re.IGNORECASE
)
# *Malmö får undantag. Stämmer det?* asks of the sentence before.
_CONFIRMS = re.compile(
    r"^(?:men\s+)?(?:stämmer|är|kan|går|gäller|har|får)\s+(?:det|vi|man|detta)(?:\s+(?:verkligen|här|det|så|sant|rätt|riktigt|korrekt"
    r"|stämma|göra))*\W*$|^(?:is|can)\s+(?:that|this|we|it)(?:\s+(?:true|right|correct|so))?\W*$",
    re.IGNORECASE,
)
_HEARD = re.compile(
    r"^(?:(?:jag|vi)\s+(?:har\s+)?(?:hört|läst|tror|trodde|förstår|förstod|fick\s+höra|fått\s+höra)"
    r"|(?:\w+\s+)?(?:kolleg\w+|chef\w*|någon|man)\s+(?:påstår|säger|hävdar|menar|tror))\s+(?:att\s+)?",
    re.IGNORECASE,
)
MOST_QUESTIONS = 3


def questions_in(text: str) -> tuple[str, ...]:
    """The questions in the message ``text``, in order, each fit to be asked by itself; all of it where none is told."""
    parts = [p.strip() for p in _SENTENCE_END.split(text.strip()) if p.strip()]
    marked = any(p.endswith("?") for p in parts)
    asking = [i for i, p in enumerate(parts) if _is_question(p) and not (marked and _is_unmarked(p))]
    asking = [i for i in asking if not refuse(parts[i], len(text), followed=False)] or asking  # *Kan du hjälpa mig?*
    if not asking:
        return (text.strip(),)
    questions: list[str] = []
    for index in asking:
        part = strip_chatter(parts[index]) or parts[index]
        if _CONFIRMS.match(part) and index and index - 1 not in asking:
            claim = strip_chatter(parts[index - 1]).rstrip(". ")
            questions.append(f"Stämmer det att {_HEARD.sub('', claim)}?")
            continue
        background = parts[index - 1] if index and index - 1 not in asking else ""
        if background and _LEANS.search(part):
            part = f"{part.rstrip('? ')} ({background.rstrip('. ')})?"
        questions.extend(_halves(part))
    return tuple(questions[:MOST_QUESTIONS])


def _is_question(part: str) -> bool:
    stripped = strip_chatter(part)
    words = tokenize(stripped)
    if not words or not any(t.text.lower() not in STOP_WORDS for t in words):
        return part.rstrip().endswith("?") and len(words) > 2
    if stripped.rstrip().endswith("?") or _ASKS.match(stripped):
        return True
    return opens_question(words[0].text) and not stripped.rstrip().endswith(".")


def _is_unmarked(part: str) -> bool:
    """Whether ``part`` only opens with a verb (*Läser på inför nämnden: …*): no question beside one with its mark."""
    return not part.endswith("?") and not _ASKS.match(strip_chatter(part))


def _stands_alone(half: str) -> bool:
    """Whether ``half`` of a question is a question by itself: with a verb that opens it, or with a question word."""
    words = tokenize(half)
    if _ASKS.match(half):
        return any(is_finite(t.text) for t in words)
    return bool(words) and opens_question(words[0].text)


def _halves(question: str) -> list[str]:
    """Both questions of *Vem inrättade kommissionen, och när lämnade den rapporten?*, else the one."""
    shared = _SHARED.match(question)
    if shared:  # *När och av vem inrättades kommissionen?*
        return [f"{shared['first']} {shared['rest']}", f"{shared['second']} {shared['rest']}"]
    bare = _BARE_SECOND.match(question)
    if bare and _stands_alone(bare["first"]):  # the rest of *… och när?* is what was asked before
        return [f"{bare['first']}?", f"{bare['second']}?"]
    halves = [h.strip() for h in _SECOND_QUESTION.split(question) if h.strip()]
    if len(halves) < 2 or not all(_stands_alone(h) for h in halves):
        return [question]
    return [h if h.endswith("?") else h + "?" for h in halves]
