"""Who came after whom: *A blir chef efter B* makes A the later one, however a question puts it."""

import re

from assistant.bindings import Held

_NAME = r"[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+){0,3}"
# The second name comes after *efter*, or right after a verb that says as much.
_AFTER = re.compile(
    rf"(?P<later>{_NAME})\s+(?:(?:blir|blev|utses|utsågs|är|var|tillträder|tillträdde)\b[^.;]*?\befter"
    rf"|efterträder|efterträdde|avlöser|avlöste)\s+(?P<earlier>{_NAME})"
)
_PLACED = re.compile(r"\b(?P<place>efter|före)\s+(?P<name>[^?.!,]+)", re.IGNORECASE)
_SUCCEEDS = re.compile(r"\b(?:efterträd\w*|avlös\w*|ersätt\w*|ersatte)\b", re.IGNORECASE)


def succession_borne(question: str, text: str) -> Held:
    """Whether ``text`` has two names in the order in which ``question`` puts them; NONE where it orders none."""
    found = _AFTER.search(text)
    if not found:
        return Held.NONE
    later, earlier = _words(found["later"]), _words(found["earlier"])
    asked = _words(question)
    if not (later & asked or earlier & asked) or later & earlier:
        return Held.NONE
    placed, succeeds = _PLACED.search(question), _SUCCEEDS.search(question)
    if placed:
        last, first = (later, earlier) if placed["place"].lower() == "efter" else (earlier, later)
        named, before = _words(placed["name"]), _words(question[: placed.start()])
        if named & first or before & last:
            return Held.NONE if named & last or before & first else Held.SAME
        return Held.OTHER if named & last or before & first else Held.NONE
    if succeeds and later & asked and earlier & asked:
        names = [w for w in re.findall(r"\w+", question.lower()) if w in later | earlier]
        return Held.SAME if names[0] in later else Held.OTHER
    return Held.OTHER if earlier & asked and not later & asked else Held.NONE


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", text.lower()))
