"""Used by verification: what of a source's sentence a statement leaves out, and whether it may."""

import re
from collections.abc import Sequence

from assistant.chat.words import LIGHT, NEGATING, Unit
from assistant.clauses import Clause, find_condition, split_clauses
from assistant.terms import NUMBER_WORDS
from assistant.verbs import is_finite, is_infinitive, is_supine
from corpus.numerals import MONTHS
from corpus.swedish import tokenize

# A clause that one of these opens may be left out whole: it stands beside what is said, and does not limit it.
_BESIDE = frozenset("och samt medan eftersom".split())
_BETWEEN_COMMAS = frozenset("som vilket där".split())
_LINKS = frozenset("däremot dessutom samtidigt vidare även också således därmed sålunda alltså dock".split())
_SPEAKS = frozenset(
    "bedömer bedömde konstaterar konstaterade anser ansåg menar menade uppger uppgav framhåller".split()
)
_TIME_OPENERS = frozenset("i den under sedan från år efter".split())
_TIME = re.compile(rf"\b(?:\d{{4}}|{'|'.join(MONTHS)}|års?|månader|veckor|dagar)\b", re.IGNORECASE)
_LIMITS = re.compile(
    rf"\b(?:{'|'.join(sorted(NEGATING))}|alla|samtliga|varje|endast|bara|enbart|eller|om|minst|högst)\b",
    re.IGNORECASE,
)


def left_out(text: str, source: Sequence[Unit], kept: frozenset[int], spoken_for: frozenset[str]) -> str:
    """The words of ``text`` that are missing and may not be; "" where all that is missing may be.

    ``kept`` holds the offsets of the units that the statement has, ``spoken_for`` bodies that it names as speaking.
    """
    clauses = split_clauses(text)
    dropped: set[int] = set()
    for number, clause in enumerate(clauses):
        own = [u for u in source if clause.start <= u.start < clause.end]
        missing = [u for u in own if not u.light and u.start not in kept]
        if not missing:
            continue
        whole = not any(u.start in kept for u in own)
        if whole and _may_go(text, clauses, number, own, dropped, spoken_for):
            dropped.add(number)
            continue
        held = _held(text, clause, own, missing, kept, before_limits=number > 0 and _limits(text, clauses[number - 1]))
        if whole or held:
            return (held or missing[0]).text
    return ""


def _may_go(
    text: str,
    clauses: Sequence[Clause],
    number: int,
    own: Sequence[Unit],
    dropped: set[int],
    spoken_for: frozenset[str],
) -> bool:
    """Whether clause ``number`` may be left out whole."""
    clause = clauses[number]
    opener = clause.tokens[0].text.lower()
    following = clauses[number + 1].tokens[0].text.lower() if number + 1 < len(clauses) else ""
    bodies = {u.key.removeprefix("@").partition("/")[0] for u in own if u.is_body}
    if following == "att" and bodies and bodies <= spoken_for:
        return all(u.light or u.is_body or u.lower in _SPEAKS for u in own)
    if number and number - 1 in dropped and opener in ("att", "som", "om", "hur", "vilket", "där"):
        return True  # hangs on what is left out already
    if find_condition(text[clause.start : clause.end]):
        return False
    if number == 0:
        return _stands_beside(clauses[1:2])
    if opener in _BETWEEN_COMMAS:
        return text[: clause.start].rstrip().endswith(",")
    return opener in _BESIDE


def _stands_beside(following: Sequence[Clause]) -> bool:
    """Whether the next clause is one of its own: after *och* no verb, which would share the subject of the first."""
    if not following or following[0].tokens[0].text.lower() not in ("och", "samt") or len(following[0].tokens) < 2:
        return False
    second = following[0].tokens[1].text.lower()
    return second not in ("att", "inte", "som") and not (
        is_finite(second) or is_infinitive(second) or is_supine(second)
    )


def _limits(text: str, clause: Clause) -> bool:
    words = text[clause.start : clause.end]
    return clause.negated or bool(_LIMITS.search(words)) or find_condition(words) is not None


def _held(
    text: str,
    clause: Clause,
    own: Sequence[Unit],
    missing: Sequence[Unit],
    kept: frozenset[int],
    *,
    before_limits: bool,
) -> Unit | None:
    """The first of ``missing`` that may not be missing from a clause of which something is kept."""
    for stretch in _stretches(own, kept):
        absent = [u for u in stretch if u in missing]
        if all(u.lower in _LINKS for u in absent) or _is_aside(text, absent):
            continue
        if before_limits or _limits(text, clause) or not _is_time(text, stretch):
            return absent[0]
    return None


def _stretches(own: Sequence[Unit], kept: frozenset[int]) -> list[list[Unit]]:
    """The runs of units between those that are kept, each with something missing."""
    runs: list[list[Unit]] = [[]]
    for unit in own:
        if unit.start in kept:
            runs.append([])
        else:
            runs[-1].append(unit)
    return [run for run in runs if any(not u.light for u in run)]


def _is_aside(text: str, absent: Sequence[Unit]) -> bool:
    """Whether ``absent`` is what stands in a pair of brackets, and limits nothing."""
    first, last = text.rfind("(", 0, absent[0].start), text.find(")", absent[-1].end)
    if first < 0 or last < 0 or _LIMITS.search(text[first:last]):
        return False
    around = text[first : absent[0].start] + text[absent[-1].end : last]
    return all(t.text.lower() in LIGHT for t in tokenize(around)) and ")" not in around


def _is_time(text: str, stretch: Sequence[Unit]) -> bool:
    """Whether ``stretch`` is a time (*i juni 2023*, *efter drygt två års arbete*) and nothing else that matters."""
    words = text[stretch[0].start : stretch[-1].end]
    absent = [u for u in stretch if not u.light]
    short = len(absent) <= 5
    return short and stretch[0].lower in _TIME_OPENERS and bool(_TIME.search(words)) and _only_time(absent)


def _only_time(absent: Sequence[Unit]) -> bool:
    time_words = {"år", "års", "månader", "veckor", "dagar", "drygt", "knappt", "efter", "under", "sedan", "arbete"}
    return all(u.is_value or u.lower in time_words or u.lower in NUMBER_WORDS for u in absent)
