"""Used by verification: whether a statement has the source's words in an order that says the same."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.chat.words import PREPOSITIONS, Unit, content
from assistant.clauses import split_clauses

# Clauses that may change places, as their own first word goes with them.
_MOVING = frozenset("eftersom när medan innan sedan om".split())


def rearranged(text: str, said: Sequence[Unit], source: Sequence[Unit], pairs: Mapping[int, int]) -> str:
    """The word at which the statement leaves the order of the source ``text`` in a way that may say something else.

    Verbs may change places within their clause, and phrases with their preposition; all else keeps its order.
    """
    mine, theirs = content(said), content(source)
    clause_of = _clauses(text, theirs)
    return (
        _other_preposition(said, source, mine, theirs, pairs)
        or _mixed_clauses(mine, pairs, clause_of, _openers(text))
        or _swapped(said, source, mine, theirs, pairs, clause_of)
        or _joined_otherwise(said, source, mine, theirs, pairs, clause_of)
    )


def _joined_otherwise(
    said: Sequence[Unit],
    source: Sequence[Unit],
    mine: Sequence[Unit],
    theirs: Sequence[Unit],
    pairs: Mapping[int, int],
    clause_of: Sequence[int],
) -> str:
    """A unit that stands right behind another than in the source, or is joined to the same one by other words."""
    moved = {pairs[p] for p in _whole_phrases(said, source, mine, theirs, pairs, clause_of)}
    plain = [o for o, u in enumerate(theirs) if not u.is_verb and o in pairs.values() and o not in moved]
    for position in range(1, len(mine)):
        before, after = mine[position - 1], mine[position]
        mine_between = _between(before, after, said)
        one, other = pairs[position - 1], pairs[position]
        if other == one + 1:
            if _structure(mine_between) != _structure(_between(theirs[one], theirs[other], source)):
                return after.text
        elif not (mine_between or before.is_verb or after.is_verb):
            if one in plain and other in plain and plain.index(other) == plain.index(one) + 1:
                continue
            return after.text
    return _dangling(said, source)


def _between(before: Unit, after: Unit, all_units: Sequence[Unit]) -> list[str]:
    return [u.lower for u in all_units if before.end <= u.start < after.start]


def _structure(words: Sequence[str]) -> list[str]:
    """Those of the light ``words`` that say how what stands around them hangs together."""
    return [w for w in words if w in PREPOSITIONS or w in ("och", "samt", "att", "som")]


def _dangling(said: Sequence[Unit], source: Sequence[Unit]) -> str:
    """A light word at the end that the source does not end with either."""
    last = said[-1]
    return last.text if last.light and last.lower != source[-1].lower else ""


def _clauses(text: str, theirs: Sequence[Unit]) -> list[int]:
    """For each unit of the source, the number of its clause."""
    starts = [c.start for c in split_clauses(text)]
    return [max((n for n, start in enumerate(starts) if start <= u.start), default=0) for u in theirs]


def _openers(text: str) -> list[str]:
    return [c.tokens[0].text.lower() for c in split_clauses(text)]


def preposition_before(unit: Unit, all_units: Sequence[Unit]) -> str:
    """The preposition that governs ``unit``, or several (*från med*), among the light words right before it."""
    place = all_units.index(unit)
    found: list[str] = []
    for before in reversed(all_units[:place]):
        if before.lower in PREPOSITIONS:
            found.insert(0, before.lower)
        if not before.light:
            break
    return " ".join(found)


def _other_preposition(
    said: Sequence[Unit],
    source: Sequence[Unit],
    mine: Sequence[Unit],
    theirs: Sequence[Unit],
    pairs: Mapping[int, int],
) -> str:
    passive = _passive_agent(said, source, mine, theirs, pairs)
    for position, other in pairs.items():
        if position == passive:
            continue
        before = preposition_before(mine[position], said)
        before_there = preposition_before(theirs[other], source)
        if before != before_there and not (_is_time_start(mine[position]) and not before_there and before == "i"):
            return mine[position].text
    return ""


def _is_time_start(unit: Unit) -> bool:
    return unit.is_value


def _passive_agent(
    said: Sequence[Unit],
    source: Sequence[Unit],
    mine: Sequence[Unit],
    theirs: Sequence[Unit],
    pairs: Mapping[int, int],
) -> int | None:
    """The position of what *av* names in a statement in the passive, where the source has it as the subject."""
    turned = [p for p, o in pairs.items() if is_passive(mine[p]) and theirs[o].is_verb and not is_passive(theirs[o])]
    if len(turned) != 1:
        return None
    verb = turned[0]
    for position, other in pairs.items():
        agent = position > verb and other < pairs[verb] and preposition_before(mine[position], said) == "av"
        if agent and not preposition_before(theirs[other], source):
            return position
    return None


def is_passive(unit: Unit) -> bool:
    """Whether ``unit`` is a verb in the passive (*inrättades*)."""
    return unit.is_verb and unit.lower.endswith("s")


def _mixed_clauses(
    mine: Sequence[Unit], pairs: Mapping[int, int], clause_of: Sequence[int], openers: Sequence[str]
) -> str:
    """A unit that stands among those of another clause than in the source."""
    seen: list[int] = []
    for position in sorted(pairs):
        clause = clause_of[pairs[position]]
        if seen and seen[-1] == clause:
            continue
        if clause in seen or (seen and clause < max(seen) and not _may_lead(max(seen), openers)):
            return mine[position].text
        seen.append(clause)
    return ""


def _may_lead(clause: int, openers: Sequence[str]) -> bool:
    return openers[clause] in _MOVING


def _swapped(
    said: Sequence[Unit],
    source: Sequence[Unit],
    mine: Sequence[Unit],
    theirs: Sequence[Unit],
    pairs: Mapping[int, int],
    clause_of: Sequence[int],
) -> str:
    """A unit that has changed places with another, or a verb that has changed its voice without that."""
    agent = _passive_agent(said, source, mine, theirs, pairs)
    for position, other in pairs.items():
        verbs = mine[position].is_verb and theirs[other].is_verb and mine[position].key == theirs[other].key
        if verbs and is_passive(mine[position]) != is_passive(theirs[other]) and agent is None:
            return mine[position].text
    values = [p for p in sorted(pairs) if mine[p].is_value]
    for before, after in pairwise(values):
        if pairs[before] > pairs[after] and clause_of[pairs[before]] == clause_of[pairs[after]]:
            return mine[after].text
    fixed = [p for p in sorted(pairs) if p != agent and not mine[p].is_verb]
    movable = _whole_phrases(said, source, mine, theirs, pairs, clause_of)
    kept = [p for p in fixed if p not in movable]
    for before, after in pairwise(kept):
        if pairs[before] > pairs[after]:
            return mine[after].text
    return _moved_verb(mine, theirs, pairs)


def _moved_verb(mine: Sequence[Unit], theirs: Sequence[Unit], pairs: Mapping[int, int]) -> str:
    """A verb out of order with another verb: *kan … ska* for *ska … kan*."""
    verbs = [p for p in sorted(pairs) if mine[p].is_verb]
    for before, after in pairwise(verbs):
        if pairs[before] > pairs[after]:
            return mine[after].text
    return ""


def _whole_phrases(
    said: Sequence[Unit],
    source: Sequence[Unit],
    mine: Sequence[Unit],
    theirs: Sequence[Unit],
    pairs: Mapping[int, int],
    clause_of: Sequence[int],
) -> frozenset[int]:
    """Positions of phrases with a preposition, or of times, that stand together on both sides.

    Times move only where their clause keeps one alone: of two, each belongs to something else.
    """
    values = [o for o in sorted(pairs.values()) if theirs[o].is_value]
    movable: set[int] = set()
    open_phrase = False
    for position in sorted(pairs):
        unit, other = mine[position], theirs[pairs[position]]
        opens = bool(preposition_before(unit, said)) and preposition_before(other, source) != ""
        follows = position - 1 in pairs and pairs[position] == pairs[position - 1] + 1
        here = [v for v in values if clause_of[v] == clause_of[pairs[position]]]
        one_time = not here or here[-1] - here[0] == len(here) - 1
        if unit.is_value:
            open_phrase = one_time and (opens or follows or not preposition_before(other, source))
        elif opens:
            open_phrase = True
        else:
            open_phrase = open_phrase and follows and not unit.is_verb
        if open_phrase and (one_time or not unit.is_value):
            movable.add(position)
    return frozenset(movable)
