"""The gate before a question is read: what is empty, too long, a greeting, personal data or another language."""

import re
from dataclasses import dataclass

from assistant.language import detect
from assistant.models import Status
from corpus.swedish import tokenize

_PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:19|20)?\d{2}-?(?:0[1-9]|1[0-2])-?(?:[0-2]\d|3[01]|[6-8]\d|9[01])(?:\s?[-–+]\s?|\s)?\d{4}(?!\d)"
)
_PHONE_NUMBER = re.compile(r"^(?:07[02369]|0[1-9]0)\d{7}$")
_GREETINGS = (
    r"hej(?:san)?|morrn|läget|god\s+(?:jul|helg|fortsättning|natt|förmiddag|eftermiddag)|gott\s+nytt\s+år|test(?:ar)?|fin\s+dag(?:\s+va)?"
    r"|(?:jag|vi)\s+(?:har\s+en|skulle\s+ha\s+en|vill\s+ställa\s+en)\s+fråga|(?:jag|vi)\s+behöver\s+hjälp|jag\s+heter\s+\w+|hallå|tjena|god\s*(?:dag|morgon|kväll)|tack(?:\s+så\s+mycket)?|tackar|ok(?:ej)?|bra|hej\s*då|hejdå|toppen"
    r"|jaha|jag\s+förstår|hello|hi|thanks?(?:\s+you)?|hur\s+mår\s+du|vem\s+är\s+du|vad\s+kan\s+du"
)
_PLEASANTRY = re.compile(rf"^\W*(?:(?:{_GREETINGS})[\s!.,?]*)+$", re.IGNORECASE)
# Questions about the assistant itself, and talk that wants no answer.
_ABOUT_ME = re.compile(
    r"^\W*(?:(?:vem|vad)\s+är\s+du\b|vad\s+heter\s+du\b|är\s+du\s+(?:en|ett|någon|verkligen|där|på|dum|bra|ai)\b"
    r"|vad\s+kan\s+du\b|(?:hur|vad)\s+(?:funkar|fungerar|gör)\s+(?:du|den\s+här|det\s+här)\b"
    r"|kan\s+(?:du|ni)\s+hjälpa\s+(?:mig|oss)\b\W*$"
    r"|(?:bra|snyggt|fint|toppen|perfekt|utmärkt)\s+(?:jobbat|jobb|svar|då|gjort)\b|(?:trevlig|ha\s+en)\s+\w+"
    r"|vi\s+(?:hörs|ses)|det\s+var\s+allt|jag\s+(?:förstår|fattar)|who\s+are\s+you|what\s+can\s+you\s+do)[^?]{0,40}\??\W*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(?:(?:tusen|stort|hjärtligt)\s+)?(?:tack|tackar|thanks|thank you)\b[^?]{0,60}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is not taken as a question; ``reply`` names what is said among ``compose.REFUSALS``."""

    status: Status
    reply: str


def refuse(question: str, max_chars: int, followed: bool) -> Refusal | None:
    """Why ``question`` is not searched for, or None where it is; ``followed`` when earlier turns lead up to it."""
    stripped = question.strip()
    if not any(c.isalnum() for c in stripped):
        is_follow_up = followed and stripped.startswith("?")
        return None if is_follow_up else Refusal("empty", "empty")
    if len(stripped) > max_chars:
        return Refusal("too_long", "too_long")
    if any(not _PHONE_NUMBER.match(m.group()) for m in _PERSONAL_NUMBER.finditer(stripped)):
        return Refusal("personal_data", "personal_data")
    if any(p.match(stripped) for p in (_PLEASANTRY, _THANKS, _ABOUT_ME)):
        return Refusal("not_a_question", "not_a_question")
    if detect(stripped) == "other" and len(tokenize(stripped)) > 1:
        return Refusal("not_a_question", "other_language")
    return None
