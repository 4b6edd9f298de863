"""Verification's core: whether a sentence of the model's says what one sentence of the source says, no more, no less.

Shallow on purpose, and strict where it cannot tell. A sentence may put the source's words in another order of phrases,
link them otherwise, and leave out side clauses and times. It may not have a word that the source's sentence lacks, nor
leave out one that limits what is said, nor turn a negation, a tense, a voice, a preposition or the order of names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat.draft import Reason
from assistant.chat.omissions import left_out
from assistant.chat.order import rearranged
from assistant.chat.pairing import Pairing
from assistant.chat.words import NEGATING, Unit, content, plain, units
from assistant.clauses import split_clauses
from assistant.sentences import Sentence
from assistant.verbs import is_finite, is_supine
from corpus.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence is not borne, and the words concerned."""

    reason: Reason
    words: str


def fault(
    text: str, sentence: Sentence, knowledge: Knowledge, spoken_for: frozenset[str] = frozenset()
) -> Fault | None:
    """What is wrong with ``text`` as a rewording of ``sentence``, or None where it is borne.

    ``spoken_for`` are the bodies that ``text`` has been attributed to already (*enligt …*): the clause by which the
    source gives them the word may then be left out.
    """
    source_text, said_text = plain(sentence.text), plain(text)
    if _bare(source_text) == _bare(said_text):
        return None
    said = units(said_text, knowledge, sentence.document_id, sentence.section)
    source = units(source_text, knowledge, sentence.document_id, sentence.section)
    paired = _pair(content(said), content(source))
    if isinstance(paired, Fault):
        return paired
    pairing = Pairing(said_text, source_text, said, source, paired)
    return (
        _turned(pairing)
        or _inflected(pairing)
        or _told("left_out", left_out(source_text, source, pairing.kept, spoken_for))
        or _told("rearranged", rearranged(pairing))
    )


def _told(reason: Reason, words: str) -> Fault | None:
    return Fault(reason, words) if words else None


def _bare(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(' .»«"”')


def _pair(said: Sequence[Unit], source: Sequence[Unit]) -> dict[int, int] | Fault:
    """For each unit of the statement the unit of the source that says the same, the one that comes next if several."""
    strict = any(u.lower in NEGATING or u.key == "~alla" for u in said)
    pairs: dict[int, int] = {}
    after = -1
    for position, unit in enumerate(said):
        free = [i for i, _ in enumerate(source) if i not in pairs.values()]
        same = [i for i in free if source[i].key == unit.key]
        if not same and not strict and unit.key.startswith("="):
            same = [i for i in free if source[i].head == unit.key]
        if not same:
            named = position and unit.text[:1].isupper()
            reason: Reason = "value" if unit.is_value else "name" if unit.is_body or named else "word"
            return Fault(reason, unit.text)
        chosen = next((i for i in same if i > after), same[0])
        pairs[position] = chosen
        after = after if unit.is_verb else chosen  # verbs change places with what stands around them
    return pairs


def _turned(pairing: Pairing) -> Fault | None:
    """A unit that stands under a negation on one side and not on the other."""
    mine, theirs = pairing.mine, pairing.theirs
    for position, other in pairing.pairs.items():
        here, there = mine[position], theirs[other]
        if _negated_at(pairing.said_text, here.start) != _negated_at(pairing.source_text, there.start):
            return Fault("polarity", here.text)
    return None


def _negated_at(text: str, offset: int) -> bool:
    return next((c.negated for c in reversed(split_clauses(text)) if c.start <= offset), False)


def _inflected(pairing: Pairing) -> Fault | None:
    """A verb in another tense or mode than in the source, or made of a noun."""
    mine, theirs = pairing.mine, pairing.theirs
    for position, other in pairing.pairs.items():
        unit, there = mine[position], theirs[other]
        same_stem = unit.key == there.key and unit.key.startswith("=")
        if same_stem and unit.lower != there.lower and _is_other_form(unit.lower, there.lower):
            return Fault("word", unit.text)
    return None


def _is_other_form(word: str, there: str) -> bool:
    finite, finite_there = is_finite(word), is_finite(there)
    if finite != finite_there and not (is_supine(word) or is_supine(there)):
        return True
    return (finite and finite_there and _is_present(word) != _is_present(there)) or _degree(word) != _degree(there)


def _is_present(word: str) -> bool:
    return word.endswith(("r", "rs")) or (word.endswith("s") and not word.endswith(("des", "tes")))


def _degree(word: str) -> str:
    found = re.search(r"(?:are|ast|aste|sta)$", word)
    return found.group()[:2] if found else ""
