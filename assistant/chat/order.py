"""Used by verification: whether a statement has the source's words in an order that says the same."""

from collections.abc import Sequence
from itertools import pairwise

from assistant.chat.pairing import Pairing
from assistant.chat.words import PREPOSITIONS, Unit
from assistant.clauses import split_clauses

# Clauses that may change places, as their own first word goes with them.
_MOVING = frozenset("eftersom när medan innan sedan om".split())


def rearranged(pairing: Pairing) -> str:
    """The word at which the statement leaves the order of the source in a way that may say something else.

    Verbs may change places within their clause, and phrases with their preposition; all else keeps its order.
    """
    return _other_preposition(pairing) or _mixed_clauses(pairing) or _swapped(pairing) or _joined_otherwise(pairing)


def _joined_otherwise(pairing: Pairing) -> str:
    """A unit that stands right behind another than in the source, or is joined to the same one by other words."""
    mine, theirs, pairs = pairing.mine, pairing.theirs, pairing.pairs
    moved = {pairs[p] for p in _whole_phrases(pairing)}
    plain = [o for o, u in enumerate(theirs) if not u.is_verb and o in pairs.values() and o not in moved]
    for position in range(1, len(mine)):
        before, after = mine[position - 1], mine[position]
        between = _between(before, after, pairing.said)
        one, other = pairs[position - 1], pairs[position]
        if other == one + 1:
            if _structure(between) != _structure(_between(theirs[one], theirs[other], pairing.source)):
                return after.text
        elif not (between or before.is_verb or after.is_verb):
            if one in plain and other in plain and plain.index(other) == plain.index(one) + 1:
                continue
            return after.text
    return _dangling(pairing.said, pairing.source)


def _between(before: Unit, after: Unit, all_units: Sequence[Unit]) -> list[str]:
    return [u.lower for u in all_units if before.end <= u.start < after.start]


def _structure(words: Sequence[str]) -> list[str]:
    """Those of the light ``words`` that say how what stands around them hangs together."""
    return [w for w in words if w in PREPOSITIONS or w in ("och", "samt", "att", "som")]


def _dangling(said: Sequence[Unit], source: Sequence[Unit]) -> str:
    """A light word at the end that the source does not end with either."""
    last = said[-1]
    return last.text if last.light and last.lower != source[-1].lower else ""


def _preposition_before(unit: Unit, all_units: Sequence[Unit]) -> str:
    """The preposition that governs ``unit``, or several (*från med*), among the light words right before it."""
    place = all_units.index(unit)
    found: list[str] = []
    for before in reversed(all_units[:place]):
        if before.lower in PREPOSITIONS:
            found.insert(0, before.lower)
        if not before.light:
            break
    return " ".join(found)


def _other_preposition(pairing: Pairing) -> str:
    """A unit that another preposition governs than in the source."""
    mine, theirs = pairing.mine, pairing.theirs
    agent = _passive_agent(pairing)
    for position, other in pairing.pairs.items():
        if position == agent:
            continue
        before = _preposition_before(mine[position], pairing.said)
        before_there = _preposition_before(theirs[other], pairing.source)
        opens_time = mine[position].is_value and not before_there and before == "i"
        if before != before_there and not opens_time:
            return mine[position].text
    return ""


def _passive_agent(pairing: Pairing) -> int | None:
    """The position of what *av* names in a statement in the passive, where the source has it as the subject."""
    mine, theirs, pairs = pairing.mine, pairing.theirs, pairing.pairs
    turned = [p for p, o in pairs.items() if _is_passive(mine[p]) and theirs[o].is_verb and not _is_passive(theirs[o])]
    if len(turned) != 1:
        return None
    verb = turned[0]
    for position, other in pairs.items():
        agent = position > verb and other < pairs[verb] and _preposition_before(mine[position], pairing.said) == "av"
        if agent and not _preposition_before(theirs[other], pairing.source):
            return position
    return None


def _is_passive(unit: Unit) -> bool:
    """Whether ``unit`` is a verb in the passive (*inrättades*)."""
    return unit.is_verb and unit.lower.endswith("s")


def _mixed_clauses(pairing: Pairing) -> str:
    """A unit that stands among those of another clause than in the source."""
    mine, clause_of = pairing.mine, pairing.clause_of
    openers = [c.tokens[0].text.lower() for c in split_clauses(pairing.source_text)]
    seen: list[int] = []
    for position, other in sorted(pairing.pairs.items()):
        clause = clause_of[other]
        if seen and seen[-1] == clause:
            continue
        if clause in seen or (seen and clause < max(seen) and openers[max(seen)] not in _MOVING):
            return mine[position].text
        seen.append(clause)
    return ""


def _swapped(pairing: Pairing) -> str:
    """A unit that has changed places with another, or a verb that has changed its voice without that."""
    mine, theirs, pairs, clause_of = pairing.mine, pairing.theirs, pairing.pairs, pairing.clause_of
    agent = _passive_agent(pairing)
    for position, other in pairs.items():
        verbs = mine[position].is_verb and theirs[other].is_verb and mine[position].key == theirs[other].key
        if verbs and _is_passive(mine[position]) != _is_passive(theirs[other]) and agent is None:
            return mine[position].text
    values = [p for p in sorted(pairs) if mine[p].is_value]
    for before, after in pairwise(values):
        if pairs[before] > pairs[after] and clause_of[pairs[before]] == clause_of[pairs[after]]:
            return mine[after].text
    movable = _whole_phrases(pairing)
    fixed = [p for p in sorted(pairs) if p != agent and not mine[p].is_verb and p not in movable]
    verbs_alone = [p for p in sorted(pairs) if mine[p].is_verb]  # *kan … ska* for *ska … kan*
    return _out_of_order(pairing, fixed) or _out_of_order(pairing, verbs_alone)


def _out_of_order(pairing: Pairing, positions: Sequence[int]) -> str:
    """The first of the units at ``positions`` that comes before the one before it in the source."""
    for before, after in pairwise(positions):
        if pairing.pairs[before] > pairing.pairs[after]:
            return pairing.mine[after].text
    return ""


def _whole_phrases(pairing: Pairing) -> frozenset[int]:
    """Positions of phrases with a preposition, or of times, that stand together on both sides.

    Times move only where their clause keeps one alone: of two, each belongs to something else.
    """
    mine, theirs, pairs, clause_of = pairing.mine, pairing.theirs, pairing.pairs, pairing.clause_of
    values = [o for o in sorted(pairs.values()) if theirs[o].is_value]
    movable: set[int] = set()
    open_phrase = False
    for position in sorted(pairs):
        unit, other = mine[position], theirs[pairs[position]]
        governed_there = _preposition_before(other, pairing.source) != ""
        opens = governed_there and _preposition_before(unit, pairing.said) != ""
        follows = position - 1 in pairs and pairs[position] == pairs[position - 1] + 1
        here = [v for v in values if clause_of[v] == clause_of[pairs[position]]]
        one_time = not here or here[-1] - here[0] == len(here) - 1
        if unit.is_value:
            open_phrase = one_time and (opens or follows or not governed_there)
        elif opens:
            open_phrase = True
        else:
            open_phrase = open_phrase and follows and not unit.is_verb
        if open_phrase and (one_time or not unit.is_value):
            movable.add(position)
    return frozenset(movable)
