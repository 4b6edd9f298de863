"""What of a question's claim one claim of a sentence bears out, turns round, or says of something else instead."""

from collections.abc import Sequence

from assistant.clauses import Clause, denied_alone
from assistant.evidence import MATCH
from assistant.quantities import only_bounds
from assistant.scope import is_superlative
from assistant.terms import Term
from assistant.verbs import is_infinitive
from corpus.lemmas import lemma, sense
from corpus.particles import lemmas_of, particle_roots
from corpus.swedish import SwedishAnalyzer, Token

OPPOSITE_WITHIN = 5
MIN_COMPOUND_PARTS = 2
_RELATIVES = ("som", "vilket", "vilken", "vilka")
_PARTING = ("att", "medan", "men")
_COPULAS = frozenset("vara bli heta utnämna kalla".split())


def weight_borne(terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer) -> float:
    """The weighted share of ``terms`` that ``claim`` itself has words for, 0 to 1."""
    roots, parts = analyzer.roots_of(claim.tokens), analyzer.parts_of(claim.tokens) | particle_roots(claim.tokens)
    lemmas = frozenset(lemmas_of(claim.tokens))
    total = sum(t.weight for t in terms) or 1.0
    return sum(t.weight * _held(t, roots, parts, lemmas) for t in terms) / total


def _held(term: Term, roots: frozenset[str], parts: frozenset[str], lemmas: frozenset[str]) -> float:
    if term.forms & roots:
        return 1.0
    if term.forms & parts or term.synonyms & (roots | parts) or (term.antonyms | term.allies) & lemmas:
        return MATCH["synonym"]
    if term.parts and set(term.parts) <= roots | parts:
        return MATCH["split"]
    return MATCH["near"] if term.near & roots else 0.0


def opposed(terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer, beside: Sequence[Clause] = ()) -> bool:
    """Whether ``claim`` says the opposite of one of ``terms`` of what the question says it of.

    Not where one of the claims ``beside`` it says the same of it (*de äldre ökar och de som arbetar minskar*).
    """
    return any(_says_opposite(t, terms, claim, analyzer, beside) for t in terms if t.antonyms)


def opposed_beside(terms: Sequence[Term], clauses: Sequence[Clause], analyzer: SwedishAnalyzer) -> bool:
    """Whether a relative clause among ``clauses`` says the opposite of a term that none of them has.

    *X, som är tillfälligt, gäller nu* turns *Gäller X permanent?* round.
    """
    lemmas = frozenset(word for c in clauses for word in lemmas_of(_relative(c.tokens)))
    return any(
        term.antonyms & lemmas and not any(_places_of(term, c, analyzer) for c in clauses)
        for term in terms
        if term.antonyms
    )


def only_by_opposites(terms: Sequence[Term], tokens: Sequence[Token], analyzer: SwedishAnalyzer) -> list[Term]:
    """Those of ``terms`` of which ``tokens`` have nothing but an opposite, which no other of them names."""
    everything = Clause(0, 0, False, tuple(tokens))
    read = [(word, frozenset(analyzer.token_terms(t))) for word, t in zip(lemmas_of(tokens), tokens, strict=True)]
    return [
        term
        for term in terms
        if term.antonyms
        and any(word in term.antonyms and not any(o.forms & roots for o in terms) for word, roots in read)
        and not _places_of(term, everything, analyzer)
    ]


def says_opposite_beside(
    opposite: Sequence[Term], terms: Sequence[Term], beside: Sequence[Clause], analyzer: SwedishAnalyzer
) -> bool:
    """Whether one of the claims ``beside`` says the opposite of a term of something else that ``terms`` name."""
    return any(
        t.antonyms & frozenset(lemmas_of(c.tokens)) and weight_borne([o for o in terms if o is not t], c, analyzer) > 0
        for t in opposite
        for c in beside
    )


def _relative(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words of a relative clause that ``tokens`` are, or have between two commas."""
    for place, token in enumerate(tokens):
        after_comma = place > 0 and token.start - tokens[place - 1].end > 1
        if token.text.lower() in _RELATIVES and (place == 0 or after_comma):
            ends = (i for i in range(place + 1, len(tokens)) if tokens[i].start - tokens[i - 1].end > 1)
            return tokens[place:] if place == 0 else tokens[place : next(ends, len(tokens))]
    return ()


def _says_opposite(
    term: Term, terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer, beside: Sequence[Clause]
) -> bool:
    words = [t.text for t in claim.tokens]
    lemmas = lemmas_of(claim.tokens)
    others = [t for t in terms if t is not term]
    named = frozenset(f for t in others for f in t.forms)  # *Ökar det ena och minskar det andra?*
    against = [
        i
        for i, word in enumerate(lemmas)
        if word in term.antonyms
        and is_superlative(term.text) <= is_superlative(words[i])
        and not named & set(analyzer.token_terms(claim.tokens[i]))
        and not _is_alternative(term, lemmas, i)
        and not (term.verb and only_bounds(words, i))
    ]
    if not against:
        return False
    itself = [i for i, token in enumerate(claim.tokens) if term.forms & set(analyzer.token_terms(token))]
    if any(abs(i - j) < OPPOSITE_WITHIN for i in itself for j in against):
        return False  # *både ett nationellt och ett lokalt intresse*
    if not others:
        return not _places_of(term, claim, analyzer)
    same = max(_said_of(others, _places_of(term, c, analyzer), c, analyzer) for c in (claim, *beside))
    return _said_of(others, against, claim, analyzer) > same


def _is_alternative(term: Term, lemmas: Sequence[str], place: int) -> bool:
    """Whether the opposite at ``place`` is put beside the term itself (*högre eller lägre*)."""
    if place == 0 or lemmas[place - 1] != "eller":
        return False
    return place == 1 or lemmas[place - 2] in term.allies | {sense(term.text)}


def _places_of(term: Term, claim: Clause, analyzer: SwedishAnalyzer) -> list[int]:
    """Where in ``claim`` the term itself stands, or a word that says as much."""
    return [
        i
        for i, token in enumerate(claim.tokens)
        if (sense(token.text) in term.allies or (term.forms | term.synonyms) & set(analyzer.token_terms(token)))
        and is_superlative(term.text) <= is_superlative(token.text)
    ]


def _said_of(others: Sequence[Term], places: Sequence[int], claim: Clause, analyzer: SwedishAnalyzer) -> float:
    """How much of ``others`` stands around one of ``places`` in ``claim``, no comma between: what it is said of."""
    tokens = claim.tokens
    most = 0.0
    for place in places:
        first = last = place
        while first > max(0, place - OPPOSITE_WITHIN) and not _parted(tokens, first - 1, first):
            first -= 1
        while last < min(len(tokens) - 1, place + OPPOSITE_WITHIN) and (
            not _parted(tokens, last, last + 1) or _completes(tokens, place, last + 1)
        ):
            last += 1
        around = Clause(claim.start, claim.end, claim.negated, tokens[first : last + 1])
        most = max(most, weight_borne(others, around, analyzer))
    return most


def _parted(tokens: Sequence[Token], one: int, other: int) -> bool:
    """Whether a comma or a word that opens a clause stands between two neighbouring words."""
    opens = tokens[other].text.lower() in _PARTING and one > 0
    return opens or tokens[other].start - tokens[one].end != 1


def _completes(tokens: Sequence[Token], place: int, after: int) -> bool:
    """Whether what follows the word at ``place`` says what it is for (*skyldighet att samverka*)."""
    words = [t.text.lower() for t in tokens[after : after + 2]]
    return after == place + 1 and words[:1] == ["att"] and is_infinitive(words[-1])


def denied_noun(terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer) -> bool:
    """Whether one of ``terms`` stands in ``claim`` only where it is denied (*lön och inget försörjningsstöd*)."""
    denied = denied_alone(claim.tokens)
    rest = [t for t in claim.tokens if t not in denied]
    gone, kept = analyzer.roots_of(denied), analyzer.roots_of(rest)
    said = (t.forms | (t.synonyms if t.verb else frozenset[str]()) for t in terms)
    return any(forms & gone and not forms & kept for forms in said)


def other_of_its_kind(term: Term, tokens: Sequence[Token], analyzer: SwedishAnalyzer) -> bool:
    """Whether ``tokens`` have, in the place of the compound ``term``, another of the same kind.

    *utbildningsminister* where the question has *arbetsmarknadsminister*: one head, another first part.
    """
    if len(term.parts) < MIN_COMPOUND_PARTS or term.forms & analyzer.roots_of(tokens):
        return False
    first, head = term.parts[0], term.parts[-1]
    return any(r.endswith(head) and r != head and not r.startswith(first) for r in analyzer.roots_of(tokens))


def names_what_somebody_is(question: str) -> bool:
    """Whether ``question`` asks if somebody or something is of a kind (*Blev hon minister?*)."""
    first = question.split(maxsplit=1)
    return bool(first) and lemma(first[0]) in _COPULAS
