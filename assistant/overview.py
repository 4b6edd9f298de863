"""Tells questions for an overview from others: who is named, what happened when, who says what of a matter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.bodies import find_bodies
from assistant.chatter import strip_chatter
from assistant.models import Form
from corpus.knowledge import Knowledge
from corpus.lemmas import lemma
from corpus.swedish import STOP_WORDS, tokenize

_PARTIES = r"(?:aktör|part|instans|organisation|myndighet|intressent|remissinstans)(?:en|er|erna|s)?"
_ACTORS = re.compile(
    r"\b(?:aktör\w*|part(?:er|erna)|instans\w*|organisation\w*|myndighet\w*|intressent\w*|organ(?:en)?|nämnder(?:na)?"
    r"|departement(?:en)?|actors?|bod(?:y|ies)|organi[sz]ations?)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:nämn\w*|omnämn\w*|omtala\w*|förekom\w*|figurera\w*|finns|ingår|medverka\w*|inblanda\w*|involvera\w*|berör\w*"
    r"|lista|räkna|alla|vilka|mentioned|involved|list|which)\b",
    re.IGNORECASE,
)
_TIMELINE = re.compile(
    r"\b(?:tidslinj\w*|tidsax\w*|kronologi\w*|händelseförlopp\w*|händelsekedja\w*|tidsförlopp\w*|timeline|chronology)\b"
    r"|\bvad\s+(?:har\s+)?hän(?:t|de)\s+när\b|\bvilka\s+datum\b",
    re.IGNORECASE,
)
_POSITIONS = re.compile(
    rf"\bvem\s+(?:säger|tycker|anser|menar|sa|ansåg)\s+vad\b"
    rf"|\b(?:säger|tycker|anser|menar|svarade|svarar|bedömer|skriver)\s+(?:de\s+)?(?:olika\s+|alla\s+|övriga\s+)*{_PARTIES}\b"
    rf"|\b{_PARTIES}\w*\s+(?:olika\s+)?(?:syn|åsikter|ståndpunkter|uppfattningar|bedömningar|inställning|positioner)\b"
    r"|\b(?:vilka|olika)\s+(?:\w+\s+)?(?:ståndpunkter|åsikter|uppfattningar|positioner|meningar|hållningar)\b"
    r"|\bståndpunkterna\b|\bwho\s+says\s+what\b",
    re.IGNORECASE,
)
# *Vad säger A och B …*, *Hur ser A, B och C på …*, *Jämför vad A och B tycker*: what stands before the first body.
_STANCE = re.compile(
    r"^(?:vad|hur|jämför\s+(?:vad|hur)?)\s*(?:säger|sa|sade|tycker|anser|ansåg|menar|menade|svarade|svarar|bedömer"
    r"|bedömde|skriver|ställer\s+sig|ser)?\s*(?:både\s+)?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|och|samt|respektive|kontra)(?:\s+och)?\s*", re.IGNORECASE)


# What leads up to the matter, or is said of the documents themselves: left out of what a question is about.
_FRAMING = frozenset(
    """visa ge gör göra skapa skriv ta fram mig oss lista räkna upp alla samtliga olika nämna omnämna omtala förekomma
    figurera finna ingå medverka inblandad involvera involverad berörd beröra utredning rapport dokument underlag text
    källa material datum hända ske när vem vad vilka vilken säga tycka anse mena svara bedöma skriva ställa sig se syn
    inställning ståndpunkt åsikt uppfattning bedömning position mening hållning fråga kring gällande angående rörande
    över inom viktig viktigast central kort kortfattad översikt sammanställning jämföra mot kontra respektive förslag
    a the of in me show give timeline chronology which are is mentioned list all who says what about say""".split()
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What overview is asked for: of which ``topic``, by which ``bodies``, and of bodies of which ``kinds``."""

    form: Form
    topic: str = ""
    bodies: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()


def wanted(question: str, knowledge: Knowledge) -> Wanted | None:
    """The overview that ``question`` asks for, or None where it asks for something else."""
    text = strip_chatter(question)
    if _TIMELINE.search(text):
        return Wanted("timeline", _topic(text, _TIMELINE))
    bodies = _named_bodies(text, knowledge)
    if _POSITIONS.search(text) or _asks_several(text, knowledge):
        return Wanted("positions", _topic(text, _POSITIONS, knowledge), bodies)
    if _ACTORS.search(text) and _NAMED.search(text) and not bodies and not _topic(text, _ACTORS):
        asked = {lemma(m.group().lower()) for m in _ACTORS.finditer(text)}
        return Wanted("actors", kinds=frozenset(b.kind for b in knowledge.bodies if b.kind in asked))
    return None


def _named_bodies(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The bodies that ``text`` names, in order; those that readers mean without saying so do not count."""
    understood = {b.body_id for b in knowledge.bodies if b.understood}
    mentions = find_bodies(tuple(tokenize(text)), knowledge)
    return tuple(dict.fromkeys(m.body_id for m in mentions if m.body_id not in understood))


def _asks_several(text: str, knowledge: Knowledge) -> bool:
    """Whether ``text`` asks what several bodies, named one after the other, think."""
    tokens = tuple(tokenize(text))
    mentions = find_bodies(tokens, knowledge)
    if len(mentions) < 2 or not _STANCE.match(text[: tokens[mentions[0].first].start]):
        return False
    between = text[tokens[mentions[0].last - 1].end : tokens[mentions[1].first].start]
    return _JOINED.fullmatch(between) is not None


def _topic(text: str, intent: re.Pattern[str], knowledge: Knowledge | None = None) -> str:
    """The words of ``text`` that say what the overview is to be about, in order."""
    covered = [m.span() for m in intent.finditer(text)]
    tokens = tuple(tokenize(text))
    mentions = find_bodies(tokens, knowledge) if knowledge else []
    covered += [(tokens[m.first].start, tokens[m.last - 1].end) for m in mentions]
    left = [t for t in tokens if not any(start <= t.start < end for start, end in covered)]
    return " ".join(_matter([t.text for t in left]))


def _matter(words: Sequence[str]) -> list[str]:
    return [w for w in words if w.lower() not in STOP_WORDS | _FRAMING and lemma(w.lower()) not in _FRAMING]
