"""What a question is about, as weighted terms with the forms under which a sentence may hold them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.bodies import find_bodies
from assistant.clauses import is_negative_word
from assistant.dates import SEASONS
from assistant.kind import Kind
from assistant.modality import asked_stage, is_stage_word
from assistant.question import Question
from assistant.verbs import is_finite, is_infinitive
from assistant.word_classes import is_name, verb_places
from corpus.knowledge import Knowledge
from corpus.lemmas import (
    MIN_COMPOUND_CHARS,
    MIN_PART_CHARS,
    fold,
    is_known,
    lemma,
    root,
    sense,
    split_compound,
)
from corpus.numerals import MONTHS, NUMBERS, numbers_between
from corpus.particles import plain_verbs
from corpus.swedish import STOP_WORDS, Token, is_acronym, without_spaces

# Words by which a reader means the documents themselves.
_SELF = frozenset("utredning rapport dokument underlag text källa pm promemoria faktablad sida ärende".split())
NUMBER_WORDS = {word: str(NUMBERS[word]) for word in numbers_between(2, 99)}  # those read as values; *en* is an article
# Light verbs with a particle that tell something that neither tells alone.
_PARTICLE_VERBS = frozenset((("ta", "över"), ("ta", "bort"), ("lägga", "ned"), ("lägga", "ner")))
LIGHT_WEIGHT = 0.25
SELF_WEIGHT = 0.3
UNREAD_WEIGHT = 0.5  # of an English word that no list has
VERB_WEIGHT = 0.5  # readers choose their verbs more freely than their nouns
BODY_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that the question is about.

    ``weight`` grows with rarity. ``forms`` are roots that count as the thing itself, ``synonyms`` roots that count
    nearly as much, ``parts`` the roots of a compound's parts, ``near`` roots of words that the embedding model
    holds to be near. ``antonyms`` are dictionary forms of the opposite, ``allies`` those of words that say as much.
    ``body_id`` is set where the term names a body, ``names`` are its aliases and ``documents`` its own documents.
    ``verb`` marks verbs, ``particle`` is the word after one without which it is not meant, ``name`` proper names,
    ``specific`` numbers, dates and identifiers. ``names_document`` marks words for the documents themselves, ``focus``
    what a cleft question puts up for judgement.
    """

    text: str
    weight: float
    forms: frozenset[str]
    synonyms: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    body_id: str = ""
    specific: bool = False
    names_document: bool = False
    names: tuple[str, ...] = ()
    antonyms: frozenset[str] = frozenset()
    allies: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    focus: bool = False
    near: frozenset[str] = frozenset()
    verb: bool = False
    name: bool = False
    particle: str = ""


def asked_terms(question: Question, terms: Sequence[Term]) -> list[Term]:
    """The terms that a sentence must bear to be about the question's matter.

    What a yes/no question puts up for judgement (a date, a number, the focus of a cleft) is not among them: a
    sentence with another date answers it too.
    """
    if question.kind is not Kind.YES_NO:
        return list(terms)
    staged = asked_stage(question.text) is not None
    return [t for t in terms if not (t.specific or t.focus or (staged and is_stage_word(t.text)))] or list(terms)


def names_only_document(terms: Sequence[Term]) -> bool:
    """Whether a question names nothing but the document itself (*Vilket diarienummer har ärendet?*)."""
    return bool(terms) and all(t.names_document or t.documents for t in terms) and any(t.names_document for t in terms)


def question_terms(
    question: Question,
    knowledge: Knowledge,
    document_frequency: Callable[[Iterable[str]], Mapping[str, int]],
    n_passages: int,
    english: bool = False,
) -> list[Term]:
    """The terms of ``question``, its framing words and stop words left out.

    Where nothing but framing words is left, they are what it is about.
    """
    tokens = question.tokens
    named = [
        m
        for m in find_bodies(tokens, knowledge)
        if not m.short and (tokens[m.first].start not in question.frame or tokens[m.first].start in question.focus)
    ]
    covered = {i for m in named for i in range(m.first, m.last)}
    terms = [replace(_body_term(m.body_id, knowledge), focus=tokens[m.first].start in question.focus) for m in named]
    titled = sum(t.text[0].isupper() for t in tokens) > len(tokens) / 2  # names cannot be told in a title
    kept = [t for i, t in enumerate(tokens) if i not in covered and t.start not in question.frame]
    if question.kind is not Kind.YES_NO:
        kept = [t for t in kept if t.text.lower() not in NUMBER_WORDS]
    if not kept and not terms:
        kept = list(tokens)
    particles = _particles(tokens)
    plain = {tokens[i].start: verbs for i, verbs in plain_verbs(tokens).items()}
    verbs = verb_places(tokens) if question.kind is Kind.YES_NO else None
    for token in kept:
        focus = token.start in question.focus
        name = token.start > 0 and not titled and is_name(token.text)
        made = [
            _with_plain_verbs(t, plain.get(token.start, ()), knowledge) for t in _word_terms(token, knowledge, english)
        ]
        if name or (verbs is not None and token.start not in verbs):
            made = [replace(t, verb=False, weight=1.0) if t.verb else t for t in made]
        if token.start in particles:
            made = [replace(t, weight=VERB_WEIGHT, verb=True, particle=particles[token.start]) for t in made]
        terms.extend(replace(t, focus=focus, name=name) for t in made)
    frequency = document_frequency({form for term in terms for form in term.forms})
    return [_weighted(term, frequency, n_passages) for term in _merged(terms)]


def _with_plain_verbs(term: Term, verbs: Sequence[str], knowledge: Knowledge) -> Term:
    """``term`` of a verb that a particle makes another of (*räknas upp*): that verb counts as it does."""
    if not verbs:
        return term
    roots = frozenset(root(v) for v in verbs)
    return replace(
        term,
        forms=roots if verbs[0] in knowledge.antonyms else term.forms,
        synonyms=(term.synonyms | roots).union(*(_synonyms(r, knowledge) for r in roots)) - term.forms,
        antonyms=term.antonyms.union(*(knowledge.antonyms.get(v, ()) for v in verbs)),
        allies=term.allies.union(*(knowledge.allies.get(v, ()) for v in verbs), verbs),
        verb=True,
        weight=VERB_WEIGHT,
    )


def _particles(tokens: Sequence[Token]) -> Mapping[int, str]:
    """The particles of the light verbs that tell something with it alone (*ta över*), by the offset of the verb."""
    return {
        token.start: after.text.lower()
        for token, after in pairwise(tokens)
        if (lemma(token.text), after.text.lower()) in _PARTICLE_VERBS
    }


def _merged(terms: list[Term]) -> list[Term]:
    """One term a thing, in order of first mention."""
    seen: dict[frozenset[str], Term] = {}
    for term in terms:
        seen.setdefault(term.forms, term)
    return list(seen.values())


def _body_term(body_id: str, knowledge: Knowledge) -> Term:
    body = knowledge.body(body_id)
    aliases = body.aliases if body else ()
    single = frozenset(root(a.lower()) for a in aliases if " " not in a)
    documents = body.documents if body else frozenset()
    return Term(
        body.name if body else body_id,
        SELF_WEIGHT if body and body.understood else BODY_WEIGHT,
        single or frozenset({body_id}),
        body_id=body_id,
        names=aliases,
        documents=documents,
    )


def _word_terms(token: Token, knowledge: Knowledge, english: bool) -> list[Term]:
    lower = token.text.lower()
    if token.has_digit or lower in NUMBER_WORDS or lower in MONTHS or lower in SEASONS:
        return [Term(token.text, 1.0, _value_forms(token), specific=True)]
    if lower in STOP_WORDS or len(lower) < 2:
        return []
    if english and lower in knowledge.english:
        return [_english_term(token.text, knowledge)]
    if english and lower == token.text and not knowledge.synonyms.get(root(lower)):
        return [Term(token.text, UNREAD_WEIGHT, frozenset({root(lower)}))]
    if is_acronym(token.text) and fold(lower) not in knowledge.expansions:
        return [Term(token.text, 1.0, frozenset({fold(lower).upper(), root(lower)}))]
    if fold(lower) in knowledge.expansions:
        acronym = frozenset({fold(lower).upper()})
        return [Term(token.text, 1.0, acronym, parts=knowledge.expansions[fold(lower)])]
    pieces = [p for p in lower.replace("/", "-").split("-") if len(p) > 1]
    if len(pieces) > 1:
        return [_piece_term(p, knowledge) for p in pieces]
    if named := _after_name(lower, knowledge):
        body_id, rest = named
        return [_body_term(body_id, knowledge), *_word_terms(replace(token, text=rest), knowledge, english)]
    form = root(pieces[0]) if pieces else fold(lower)
    parts = tuple(root(p) for p in split_compound(lower))
    names_document, weight = lemma(lower) in _SELF, _base_weight(lower, knowledge)
    return [
        Term(
            token.text,
            weight,
            frozenset({form}),
            _synonyms(form, knowledge),
            parts,
            names_document=names_document,
            verb=weight == VERB_WEIGHT,
            antonyms=_antonyms(lower, knowledge),
            allies=knowledge.allies.get(sense(lower), frozenset()),
        )
    ]


def _piece_term(piece: str, knowledge: Knowledge) -> Term:
    """The term of one part of a hyphenated word; that of a body where it names one (*AF-program*)."""
    body_id = knowledge.aliases.get((fold(piece),))
    if body_id:
        return _body_term(body_id, knowledge)
    return Term(piece, _base_weight(piece, knowledge), frozenset({root(piece)}), _synonyms(root(piece), knowledge))


def _after_name(word: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """The body that a compound names first and the rest of it (*Helsingborgsförslaget*); None for other words."""
    if len(word) < MIN_COMPOUND_CHARS or split_compound(word):
        return None
    for name, body_id in knowledge.name_words.items():
        rest = word.removeprefix(name).removeprefix("s")
        if word.startswith(name) and len(rest) > MIN_PART_CHARS and is_known(rest):
            return body_id, rest
    return None


def _english_term(word: str, knowledge: Knowledge) -> Term:
    """The term of an English word, by the Swedish ones that the word list has for it."""
    swedish = knowledge.english[word.lower()]
    forms = frozenset(root(w) for w in swedish)
    synonyms = frozenset(s for f in forms for s in knowledge.synonyms.get(f, ()))
    return Term(word, 1.0, forms, synonyms - forms, tuple(root(p) for p in split_compound(swedish[0])))


def _value_forms(token: Token) -> frozenset[str]:
    """The forms of a number, a number word, a month or a season, which any of its months is."""
    lower = token.text.lower()
    if lower in SEASONS:
        return frozenset(map(root, (lower, *SEASONS[lower])))
    if token.has_digit:
        return frozenset({without_spaces(lower)})
    return frozenset({root(lower), NUMBER_WORDS[lower]} if lower in NUMBER_WORDS else {root(lower)})


def _antonyms(word: str, knowledge: Knowledge) -> frozenset[str]:
    """Dictionary forms of the opposite; *o-* before a known word makes one (*oviktig*)."""
    if is_negative_word(word):
        return frozenset()  # it turns the question round itself
    listed = knowledge.antonyms.get(sense(word), frozenset())
    return listed | {lemma(word[1:])} if word.startswith("o") and len(word) > 5 and is_known(word[1:]) else listed


def _synonyms(form: str, knowledge: Knowledge) -> frozenset[str]:
    return frozenset(knowledge.synonyms.get(form, ()))


def _base_weight(word: str, knowledge: Knowledge) -> float:
    base = lemma(word)
    if base in _SELF:
        return SELF_WEIGHT
    if base in knowledge.light_words or word in knowledge.light_words or is_negative_word(word):
        return LIGHT_WEIGHT
    return VERB_WEIGHT if is_finite(word) or is_infinitive(word) else 1.0


def _weighted(term: Term, frequency: Mapping[str, int], n_passages: int) -> Term:
    """``term`` weighted by how rare it is: 1 for a word that no passage has, down to about a third for a common one."""
    known = max((frequency.get(f, 0) for f in term.forms), default=0)
    rarity = math.log((n_passages + 1) / (known + 0.5)) / math.log((n_passages + 1) / 0.5)
    scale = 0.3 + 0.7 * max(0.0, rarity)
    return replace(term, weight=term.weight * scale)
