"""Splits a Swedish sentence into clauses and tells which of them are negated: the ground that verdicts stand on.

A shallow parse by the finite verbs and the words that open clauses. A clause opened by *att* or *som* stands within
the clause before it and inherits its negation (*det finns inga öppningar för försök | som kräver undantag*); one
opened by *men*, *eftersom* or *så länge* stands by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.verbs import is_finite, is_infinitive, is_modal, is_supine
from corpus.lemmas import lemma
from corpus.swedish import Token, tokenize

NEGATORS = frozenset("inte ej icke ingen inget inga ingenting aldrig varken knappast ingalunda".split())
NEGATIVE_VERBS = frozenset(
    """misslyckades misslyckats vägrar vägrade sakna saknas förbjuda hindra avslå vägra förhindra misslyckas förneka
    upphöra avfärda utesluta fattas""".split()
)
NEGATIVE_WORDS = frozenset("omöjlig otillåten olaglig förbjuden utesluten uteslutet ofullständig".split())
_CONDITION = re.compile(
    r"\b(så länge|inom ramen för|under förutsättning|förutsätter|förutsatt|om inte|i den meningen"
    r"|som (?:kräver|innebär)|med stöd av|förbehåll|villkor|endast|bara|enbart|såvida|i de fall|ifall)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"^(?:så länge|om|förutsatt|såvida|under förutsättning|ifall)\b", re.IGNORECASE)
_OPENERS = {
    "att": "within",
    "som": "within",
    "vilket": "within",
    "vars": "within",
    "där": "within",
    "men": "alone",
    "utan": "alone",
    "eftersom": "alone",
    "medan": "alone",
    "dock": "alone",
    "fast": "alone",
    "därför": "alone",
    "så": "alone",
    "och": "beside",
    "eller": "beside",
    "samt": "beside",
    "när": "alone",
    "om": "within",
}


# Words that open a clause of their own, whose verb is none of the clause before.
_STOPPING = ("eftersom", "som", "men", "när", "medan", "där", "vars", "vilket", "innan")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as a stretch ``[start, end)`` of the sentence; ``negated`` is its effective polarity."""

    start: int
    end: int
    negated: bool
    tokens: tuple[Token, ...]


def find_condition(text: str) -> re.Match[str] | None:
    """Where ``text`` names a condition or a limit for what it says."""
    return _CONDITION.search(text)


def denies_word(word: str) -> bool:
    """Whether ``word`` denies, by itself or by its meaning (*inte*, *saknas*)."""
    return word.lower() in NEGATORS or is_negative_word(word.lower())


def is_negative_word(word: str) -> bool:
    """Whether ``word`` denies by its meaning (*saknas*, *omöjligt*)."""
    base = lemma(word)
    return base in NEGATIVE_VERBS or word in NEGATIVE_VERBS or base in NEGATIVE_WORDS


def negations(tokens: Sequence[Token]) -> int:
    """How many times ``tokens`` turn what they say round; what denies one noun alone (*och ingen …*) does not count."""
    return sum(_denies_by_itself(tokens, i) and not _is_joined_denial(tokens, i) for i in range(len(tokens)))


def _denies_by_itself(tokens: Sequence[Token], position: int) -> bool:
    lower = tokens[position].text.lower()
    following = tokens[position + 1].text.lower() if position + 1 < len(tokens) else ""
    if lower == "utan":
        return following == "att"
    if lower == "inte" and following == "bara":
        return False
    if lower.endswith("s") and is_negative_word(lower) and position and tokens[position - 1].text.lower() == "eller":
        return False  # *sättas ned eller vägras*: one of two things done
    return lower in NEGATORS or is_negative_word(lower)


def _is_joined_denial(tokens: Sequence[Token], position: int) -> bool:
    """Whether *ingen* (*inget*, *inga*), or *men inte om*, at ``position`` denies what follows it alone."""
    word = tokens[position].text.lower()
    if position == 0:
        return False
    if word == "inte" and tokens[position - 1].text.lower() == "men":
        following = tokens[position + 1].text.lower() if position + 1 < len(tokens) else ""
        return following in ("om", "för", "i", "på", "till", "av", "som", "med")
    if word == "inte" and tokens[position].start - tokens[position - 1].end > 1:
        following = tokens[position + 1].text.lower() if position + 1 < len(tokens) else ""
        return following in ("att", "för", "som", "i", "på", "till", "av", "med")  # *…, inte att pröva*
    if word not in ("ingen", "inget", "inga"):
        return False
    return tokens[position - 1].text.lower() in ("och", "men", "eller", "samt")


def denied_alone(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The words after *och ingen*, *men inget* and the like: denied, whatever the clause says."""
    return tuple(
        following
        for position, _ in enumerate(tokens)
        if _is_joined_denial(tokens, position)
        for following in tokens[position + 1 : position + 3]
    )


@lru_cache(maxsize=20_000)
def split_clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of ``sentence`` in order; together they hold all its tokens."""
    tokens = tokenize(sentence)
    starts = _clause_starts(sentence, tokens)
    clauses: list[Clause] = []
    main_negated = before_negated = False
    for number, first in enumerate(starts):
        last = starts[number + 1] if number + 1 < len(starts) else len(tokens)
        part = tuple(tokens[first:last])
        own = negations(part) % 2 == 1
        relation = _relation(part, tokens[max(0, first - 2) : first])
        inherited = False
        if relation == "within":
            inherited = before_negated
        elif relation == "beside-att":
            inherited = main_negated
        negated = own != inherited
        clauses.append(Clause(part[0].start, part[-1].end, negated, part))
        if relation not in ("within", "beside-att"):
            main_negated = negated
        before_negated = negated
    return tuple(clauses)


@lru_cache(maxsize=20_000)
def split_claims(sentence: str) -> tuple[Clause, ...]:
    """The claims of ``sentence``: each clause with the clauses that limit or complete it and share its polarity."""
    claims: list[Clause] = []
    for clause in split_clauses(sentence):
        text = sentence[clause.start : clause.end]
        before = claims[-1] if claims else None
        opener = clause.tokens[0].text.lower()
        said = opener == "att" and before is not None and not before.negated  # *bedömer att det inte …*
        completes = _OPENERS.get(opener) == "within" and before and before.negated == clause.negated
        if before and (said or completes or _LIMIT.match(text)):
            negated = clause.negated if said else before.negated
            claims[-1] = Clause(before.start, clause.end, negated, before.tokens + clause.tokens)
        else:
            claims.append(clause)
    return tuple(claims)


def _relation(part: tuple[Token, ...], before: list[Token]) -> str:
    """How the clause hangs on what stands before it: ``within``, ``beside-att`` or ``alone``."""
    opener = part[0].text.lower()
    if opener == "att" and [t.text.lower() for t in before] == ["grund", "av"]:
        return "alone"
    second = part[1].text.lower() if len(part) > 1 else ""
    relation = _OPENERS.get(opener, "alone")
    if relation == "within" and before and before[-1].text.lower() in ("och", "men", "samt"):
        return "beside-att"  # *som inte behöver söka och som får använda*
    if relation == "beside" or opener == "men":
        return "beside-att" if second == "att" else "alone"
    return relation


def _clause_starts(sentence: str, tokens: list[Token]) -> list[int]:
    """Indexes of the tokens that open a clause; every clause has a finite verb of its own."""
    starts = [0] if tokens else []
    for index in range(1, len(tokens)):
        lower = tokens[index].text.lower()
        gap = sentence[tokens[index - 1].end : tokens[index].start]
        opens = lower in _OPENERS and not (lower == "att" and tokens[index - 1].text.lower() in ("och", "men", "eller"))
        after_stop = ";" in gap or ":" in gap
        fronted = is_finite(lower) and _follows_fronted(tokens, starts[-1], index)
        if not (opens or after_stop or fronted):
            continue
        stretch = tokens[starts[-1] : index]
        if not any(is_finite(t.text) for t in stretch):
            continue
        if (fronted or _finite_ahead(tokens, index)) and not _joins_infinitive(stretch, tokens[index : index + 2]):
            starts.append(index)
    return starts


def _joins_infinitive(stretch: list[Token], joined: list[Token]) -> bool:
    """Whether ``joined`` (*eller vägras*) adds an infinitive to what a helping verb of ``stretch`` governs."""
    if len(joined) < 2 or joined[0].text.lower() not in ("och", "eller", "samt"):
        return False
    done = joined[1].text.lower()
    return done.endswith("s") and is_infinitive(done[:-1]) and any(is_modal(t.text) for t in stretch)


def _follows_fronted(tokens: list[Token], start: int, index: int) -> bool:
    """Whether a subordinate clause with its verb opens the sentence and ends before ``index`` (*Eftersom … har …*)."""
    opener = tokens[start].text.lower()
    if opener not in ("eftersom", "när", "om", "medan", "då", "sedan", "genom"):
        return False
    return any(is_finite(t.text) for t in tokens[start + 1 : index])


def _finite_ahead(tokens: list[Token], index: int) -> bool:
    """Whether a finite verb comes before the next word that opens a clause; an infinitive after *att* has none."""
    opener = tokens[index].text.lower()
    if opener in ("och", "eller", "samt") and any(is_infinitive(t.text) for t in tokens[index + 1 : index + 2]):
        return False
    for position, token in enumerate(tokens[index + 1 : index + 14]):
        lower = token.text.lower()
        named = token.text != lower  # *Svenska* is no infinitive
        if opener == "att" and position == 0 and is_infinitive(lower) and not named:
            return False
        if not named and (is_finite(lower) or (opener in ("att", "som") and position and is_supine(lower))):
            return True
        after_comma = token.start - tokens[index + position].end > 1
        if lower in _STOPPING or (lower == "att" and position > 1) or (lower in ("och", "samt") and after_comma):
            return False
    return False
