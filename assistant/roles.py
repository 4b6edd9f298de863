"""Who does what to whom: the actors of a clause and the parts they play, in evidence and in questions alike.

A shallow reading by word order and prepositions. An actor before the finite verb, or right after it where something
else opens the clause, is its subject; one after a preposition has the part that the preposition gives; the subject of
a passive is its object, and *av* names who acts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from assistant.bodies import BodyMention, find_bodies
from assistant.verbs import is_finite, is_infinitive, is_supine
from assistant.voice import is_held_to, is_passive, looks_done
from corpus.knowledge import Knowledge
from corpus.lemmas import is_known, lemma, split_compound
from corpus.swedish import Token


class Role(StrEnum):
    """The part that an actor plays in a clause."""

    SUBJECT = "subject"
    OBJECT = "object"
    TO = "to"
    FROM = "from"
    WITH = "with"
    OTHER = "other"


_PREPOSITIONS = {
    "till": Role.TO,
    "för": Role.TO,
    "åt": Role.TO,
    "från": Role.FROM,
    "hos": Role.FROM,
    "av": Role.SUBJECT,
    "genom": Role.OTHER,
    "med": Role.WITH,
    "mellan": Role.WITH,
    "enligt": Role.OTHER,
} | dict.fromkeys(
    "i på om vid under inom utan mot över kring efter bland utifrån hos ur samt bakom".split(), Role.OTHER
)
_GOVERNING = ("från", "till", "med", "hos")
_PLACING = ("på", "i", "inom", "vid")
IDENTIFIER = re.compile(r"\d{4}(?:/\d\d)?:\d+")
MOST_BEFORE_NOUN = 4
MOST_JOINING = 2


@dataclass(frozen=True, slots=True)
class Actor:
    """A body, or a word for one (*kommunen*), as an actor of a clause.

    ``body_id`` is "" for a word that may stand for several; ``kind`` is what kind of body it is. ``place`` is the
    index of its first token in the clause, ``last`` the one after its last. ``narrowed`` where a name tells which ones
    are meant (*kommuner i Skåne*), ``may_act`` where it is one for whom it is to do something (*möjligt för den att*).
    """

    body_id: str
    kind: str
    role: Role
    place: int
    last: int
    narrowed: bool = False
    may_act: bool = False


def actors_of(
    tokens: Sequence[Token], text: str, knowledge: Knowledge, document_id: str = "", section: str = ""
) -> tuple[Actor, ...]:
    """The actors of the clause ``tokens`` of ``text``, in order; a possessor (*stadens nämnder*) is none."""
    tokens = tuple(tokens)
    named = {m.first: m for m in find_bodies(tokens, knowledge, document_id, section)}
    names = {i for m in named.values() for i in range(m.first, m.last)}  # *Malmös* is no verb
    finite = next((i for f in (is_finite, is_supine) for i, t in enumerate(tokens) if i not in names and f(t.text)), -1)
    passive = is_passive(tokens, finite) and not is_held_to(tokens, finite)
    found: list[Actor] = []
    subject_found, place = False, 0
    while place < len(tokens):
        mention = named.get(place)
        last = mention.last if mention else place + 1
        body = knowledge.body(mention.body_id) if mention else None
        number = next((t.text for t in tokens[place:last] if IDENTIFIER.fullmatch(t.text)), "")
        kind = "identifier" if number else body.kind if body else _actor_kind(tokens[place].text, knowledge, not place)
        owner = bool(kind) and _possesses(tokens, last, text, mention is not None)
        if owner and last < len(tokens) and last not in named and _actor_kind(tokens[last].text, knowledge, False):
            found.append(Actor(body.body_id if body else "", kind, Role.OTHER, place, last))  # *samarbetets kommuner*
        if kind and (mention or place != finite) and not owner:
            if _is_placed_in(tokens, last, named):
                place = last
                continue  # *kommunerna i samarbetet*: the samarbete stands for them
            role = _role(tokens, place, finite, found, subject_found)
            subject_found = subject_found or role is Role.SUBJECT
            narrowed = not number and body is None and _is_narrowed(tokens, place)
            found.append(Actor(number or (body.body_id if body else ""), kind, role, place, last, narrowed))
        place = last
    voiced = [_in_voice(a, passive, tokens) for a in found]
    acting = (a for a in voiced if a.role in (Role.OBJECT, Role.TO) and _is_made_to_act(tokens, a.last))
    return (*voiced, *(replace(a, role=Role.SUBJECT, may_act=True) for a in acting))


def _actor_kind(word: str, knowledge: Knowledge, opens: bool) -> str:
    base = lemma(word)
    if base in knowledge.actor_kinds:
        return base
    parts = split_compound(word)
    return parts[-1] if parts and parts[-1] in knowledge.actor_kinds and (word[:1].islower() or opens) else ""


def _possesses(tokens: Sequence[Token], last: int, text: str, is_name: bool) -> bool:
    """Whether the word or name before token ``last`` stands in the genitive, with what it has after it."""
    word = tokens[last - 1]
    if last >= len(tokens):
        return False
    after = tokens[last].text
    if is_finite(after) or not after[:1].islower():
        return False
    if text[word.end : word.end + 2] == ":s":
        return True
    return word.text.lower().endswith("s") and (is_name or is_known(word.text.lower()[:-1]))


def _is_placed_in(tokens: Sequence[Token], last: int, named: Mapping[int, BodyMention]) -> bool:
    """Whether the word before token ``last`` is told by the body that it belongs to."""
    return last + 1 in named and tokens[last].text.lower() in ("i", "inom")


def _is_narrowed(tokens: Sequence[Token], place: int) -> bool:
    """Whether a name before or after the word at ``place`` tells which ones are meant."""
    if place > 0 and tokens[place - 1].text[:1].isupper() and not tokens[place - 1].has_digit and place > 1:
        return True
    after = [t.text for t in tokens[place + 1 : place + 3]]
    return len(after) > 1 and after[0].lower() in (*_PLACING, "från") and after[1][:1].isupper()


def _role(tokens: Sequence[Token], place: int, finite: int, before: Sequence[Actor], subject_found: bool) -> Role:
    joined = _joined_to(tokens, place, before)
    if joined is not None:
        return joined.role
    if _is_named_too(tokens, place):
        return Role.SUBJECT
    preposition = _preposition_before(tokens, place)
    if preposition in _PLACING and before and tokens[before[-1].last].text.lower() == preposition:
        return before[-1].role  # *utredare på SKR*: the same part
    if preposition:
        return _PREPOSITIONS[preposition]
    if finite < 0 or subject_found:
        return Role.OBJECT
    if place < finite:
        return Role.SUBJECT
    return Role.SUBJECT if _opens_inverted(tokens, finite, place, before) else Role.OBJECT


def _is_named_too(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word at ``place`` is added to those before it (*alla kan söka, så även en kommun*)."""
    words = [t.text.lower() for t in tokens[max(0, place - 3) : place]]
    if words and words[-1] in ("en", "ett"):
        words.pop()
    return words[-2:] == ["så", "även"] or words[-1:] in (["däribland"], ["inklusive"])


def _is_of_name(token: Token) -> bool:
    """Whether ``token`` looks like part of a person's name, which the dictionary lacks where it is typed small."""
    return not token.has_digit and (token.text[0].isupper() or not is_known(token.text.lower()))


def _opens_inverted(tokens: Sequence[Token], finite: int, place: int, before: Sequence[Actor]) -> bool:
    """Whether the subject comes after the verb: it opens the clause, or an adverbial stands before it."""
    if finite == 0:
        return not any(_is_of_name(t) for t in tokens[1:place])  # *Lämnade Karolina Ekholm kommissionen?*
    first = 1 if tokens[0].text.lower() in ("och", "men", "samt") and finite > 1 else 0
    opener = tokens[first].text.lower()
    return (opener in _PREPOSITIONS or opener in ("däremot", "då", "nu", "därför", "efter")) and not any(
        a.role is Role.SUBJECT for a in before
    )


def _joined_to(tokens: Sequence[Token], place: int, before: Sequence[Actor]) -> Actor | None:
    """The actor that the one at ``place`` goes with: joined to it by *och*, or another name for it in parentheses."""
    if not before:
        return None
    between = [t.text.lower() for t in tokens[before[-1].last : place]]
    if not between and tokens[place].start - tokens[place - 1].end == 1:
        return None  # *Inrättade styrelsen kommissionen?*
    if len(between) == MOST_JOINING and between[1].endswith("s"):
        between = between[:1]  # *Arbetsförmedlingen och kommunernas nämnder*
    return before[-1] if between in ([], ["och"], ["samt"], ["eller"], ["och", "av"]) else None


def _preposition_before(tokens: Sequence[Token], place: int) -> str:
    """The preposition that governs the word at ``place``, "" where there is none."""
    for back in range(1, MOST_BEFORE_NOUN + 1):
        if place - back < 0:
            return ""
        token, after = tokens[place - back], tokens[place - back + 1]
        word = token.text.lower()
        if after.start - token.end > 1:
            return ""  # a comma or more stands between
        if word in _PREPOSITIONS:
            placed = (
                word in _PLACING and place - back > 1 and tokens[place - back - 1].text.lower() not in _PREPOSITIONS
            )
            outer = _preposition_before(tokens, place - back) if placed else ""
            return outer if outer in _GOVERNING else word  # *från utredare på SKR*
        if is_finite(word) or word in ("att", "som", "och", "eller", "inte") or is_infinitive(word):
            return ""
    return ""


def _in_voice(actor: Actor, passive: bool, tokens: Sequence[Token]) -> Actor:
    """``actor`` with the part that active and passive share: who acts is the subject."""
    by = _preposition_before(tokens, actor.place) == "av"
    if by and not passive:
        before = tokens[max(0, actor.place - MOST_BEFORE_NOUN) : actor.place]
        done = any(looks_done(t.text) and u.text.lower() == "av" for t, u in pairwise(before))
        return actor if done else replace(actor, role=Role.OTHER)
    if passive and actor.role is Role.SUBJECT and not by:
        return replace(actor, role=Role.OBJECT)
    return actor


def _is_made_to_act(tokens: Sequence[Token], last: int) -> bool:
    """Whether the actor before token ``last`` is the one to do something (*uppmanar regeringen att öppna*)."""
    after = [t.text for t in tokens[last : last + 2]]
    if after and after[0].lower() == "att":
        return True
    return bool(after) and is_infinitive(after[0])


def may_be_one(first: Actor, second: Actor, knowledge: Knowledge) -> bool:
    """Whether two actors may be the same one: a body and its whole, or a body and a word for its kind."""
    if "identifier" in (first.kind, second.kind):
        return first.kind != second.kind or first.body_id == second.body_id
    if first.body_id and second.body_id:
        return first.body_id in knowledge.with_wholes(second.body_id) or second.body_id in knowledge.with_wholes(
            first.body_id
        )
    return second.kind in knowledge.with_wider_kinds(first.kind) or first.kind in knowledge.with_wider_kinds(
        second.kind
    )
