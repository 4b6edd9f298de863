"""Whether a sentence says of the same parties what the question asks of them: *who* did it *to whom*, and when.

Each clause of the question is held against the clause of the sentence that bears most of it. Another actor in the same
part (*kommunstyrelsen beslutade*, where the question has *kommissionen*) denies the question; the same one in another
part, or one that the clause says nothing of, leaves it open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum

from assistant.borne import weight_borne
from assistant.clauses import Clause, split_clauses
from assistant.cleft import find_cleft
from assistant.comparable import holds_other_value
from assistant.question import Question
from assistant.roles import Actor, Role, actors_of, may_be_one
from assistant.sentences import Sentence
from assistant.terms import Term
from assistant.verbs import is_finite, is_infinitive, is_main_verb
from assistant.voice import has_something, is_copular, is_given
from corpus.knowledge import Knowledge
from corpus.lemmas import lemma
from corpus.swedish import SwedishAnalyzer

MIN_ANCHOR_WEIGHT = 0.34
PREDICATE_BONUS = 1.0
_PARTS = (Role.SUBJECT, Role.TO, Role.FROM, Role.WITH)
_BELONGING = frozenset("räkna höra ingå tillhöra".split())
_WITHIN = ("som", "att", "vilket", "där", "vars", "när", "om")
_SHARES_SUBJECT = ("och", "men", "samt", "eller", "som", "utan")


class Parties(IntEnum):
    """How the parties of a sentence stand to those of the question."""

    SAME = 0
    OPEN = 1
    OTHER = 2


class PartyReader:
    """Compares the parties of questions and sentences."""

    def __init__(self, analyzer: SwedishAnalyzer, knowledge: Knowledge) -> None:
        self._analyzer = analyzer
        self._knowledge = knowledge

    def compare(self, question: Question, terms: Sequence[Term], sentence: Sentence) -> Parties:
        """How the parties and the values of ``sentence`` stand to those of the yes/no ``question``."""
        clauses = split_clauses(sentence.text)
        found = [self._compare_clause(*asked, terms, clauses, sentence) for asked in self._asked(question)]
        return max([*found, self._compare_values(terms, clauses)], default=Parties.SAME)

    def _asked(self, question: Question) -> Iterable[tuple[Clause, tuple[Actor, ...]]]:
        """The clauses of the question with their actors; a cleft is one clause, its focus the subject or object."""
        cleft = find_cleft(question.text)
        if not cleft:
            for clause in split_clauses(question.text):
                actors = actors_of(clause.tokens, question.text, self._knowledge)
                yield clause, actors
                yield from self._asked_to_do(clause, actors, question.text)
            return
        start = question.text.find(cleft.rest, len(cleft.focus))
        rest = tuple(t for t in question.tokens if t.start >= start)
        actors = actors_of(rest, question.text, self._knowledge)
        if rest and is_finite(rest[0].text):  # *som tillsatte …*: the focus acts
            actors = tuple(replace(a, role=Role.OBJECT) if a.role is Role.SUBJECT else a for a in actors)
        focus = tuple(t for t in question.tokens if t.start < start and t.start in question.focus)
        part = Role.OBJECT if any(a.role is Role.SUBJECT for a in actors) else Role.SUBJECT
        put = tuple(replace(a, role=part) for a in actors_of(focus, question.text, self._knowledge)[:1])
        if rest:
            yield Clause(rest[0].start, rest[-1].end, False, rest), (*put, *actors)

    def _asked_to_do(
        self, clause: Clause, actors: Sequence[Actor], text: str
    ) -> Iterable[tuple[Clause, tuple[Actor, ...]]]:
        """What the subject of ``clause`` is itself to do (*Föreslog X att ta över …?*), as a clause with its actors."""
        words = [t.text.lower() for t in clause.tokens]
        for place in (i for i, w in enumerate(words[:-1]) if w == "att" and is_infinitive(words[i + 1])):
            before = [a for a in actors if a.last <= place]
            if [a.role for a in before] == [Role.SUBJECT] and not before[0].may_act:
                done = clause.tokens[place + 1 :]
                rest = (a for a in actors_of(done, text, self._knowledge) if a.role is not Role.SUBJECT)
                yield Clause(done[0].start, done[-1].end, False, done), (before[0], *rest)
            return

    def _compare_clause(
        self,
        asked: Clause,
        actors: Sequence[Actor],
        terms: Sequence[Term],
        clauses: Sequence[Clause],
        sentence: Sentence,
    ) -> Parties:
        words = {t.text for t in asked.tokens}
        matter = [t for t in terms if t.text in words and not t.specific and not self._names_actor(t)]
        if not matter or not actors:
            return Parties.SAME
        verb = next((t for t in matter if is_main_verb(t.text)), None)
        if verb is not None and lemma(verb.text) in _BELONGING:
            return Parties.SAME  # *Ingår X i Y?*: none of them does anything
        number, weight = self._anchor(matter, verb, clauses)
        done = verb is not None and weight_borne([verb], clauses[number], self._analyzer) > 0
        if weight < MIN_ANCHOR_WEIGHT and not done:
            return Parties.SAME
        there = self._actors_at(clauses, number, sentence)
        if done:  # *uppmana nämnden att utreda*: the nämnd utreder, it does not uppmana
            at = self._place_of(verb, clauses[number])
            there = [a for a in there if not (a.may_act and at < a.place)]
            doers = [a for a in there if a.may_act and a.last == at]  # *är skyldig att låta nämnden granska*
            there = [a for a in there if a.role is not Role.SUBJECT or a in doers] if doers else there
        given = is_given(clauses[number].tokens)
        receives = is_given(asked.tokens) and not given
        if given:  # who is given something is the one that it goes to
            there = [*there, *(replace(a, role=Role.TO) for a in there if a.role is Role.SUBJECT)]
        if is_copular(clauses[number].tokens):
            turned = {Role.SUBJECT: Role.OBJECT, Role.OBJECT: Role.SUBJECT}
            there = [*there, *(replace(a, role=turned[a.role]) for a in there if a.role in turned)]
        sure = done or (verb is None and weight >= 2 * MIN_ANCHOR_WEIGHT)
        owners = self._owners(sentence) if verb is None and has_something(asked.tokens) else frozenset[str]()
        actors = [a for a in actors if a.body_id not in owners]  # *X:s ordförande*: X has one
        found: dict[int, list[Parties]] = {}  # by place: one for whom it is to do something may play either part
        for actor in (a for a in actors if a.role in _PARTS):
            stands = self._compare_actor(actor, there, sentence, number, sure, receives)
            found.setdefault(actor.place, []).append(stands)
        either = {a.place for a in actors if a.role is Role.TO}
        return max((min(s) if p in either else max(s) for p, s in found.items()), default=Parties.SAME)

    def _owners(self, sentence: Sentence) -> frozenset[str]:
        """The bodies that ``sentence`` names in the genitive."""
        return frozenset(
            m.body_id
            for m in sentence.mentions
            if not m.short and sentence.tokens[m.last - 1].text.endswith("s") and m.last < len(sentence.tokens)
        )

    def _place_of(self, verb: Term | None, clause: Clause) -> int:
        """Where ``verb`` stands among the words of ``clause``, after them all where it does not."""
        forms = verb.forms | verb.synonyms if verb else frozenset[str]()
        places = (i for i, t in enumerate(clause.tokens) if forms & set(self._analyzer.token_terms(t)))
        return next(places, len(clause.tokens))

    def _names_actor(self, term: Term) -> bool:
        return bool(term.body_id) or lemma(term.text) in self._knowledge.actor_kinds

    def _anchor(self, matter: Sequence[Term], verb: Term | None, clauses: Sequence[Clause]) -> tuple[int, float]:
        """The number of the clause that bears most of ``matter``, and its weight; one with the verb goes before."""
        weighed = []
        for number, clause in enumerate(clauses):
            weight = weight_borne(matter, clause, self._analyzer)
            bonus = PREDICATE_BONUS if verb and weight_borne([verb], clause, self._analyzer) > 0 else 0.0
            weighed.append((weight + bonus, -number, weight))
        _, number, weight = max(weighed, default=(0.0, 0, 0.0))
        return -number, weight

    def _actors_at(self, clauses: Sequence[Clause], number: int, sentence: Sentence) -> list[Actor]:
        """The actors of a clause; where it has no subject of its own (*och lämnar …*), with that of the one before."""
        found = list(self._actors(clauses[number], sentence))
        while number > 0 and _shares_subject(clauses[number]) and not any(a.role is Role.SUBJECT for a in found):
            number -= 1
            found.extend(a for a in self._actors(clauses[number], sentence) if a.role is Role.SUBJECT)
        return found

    def _actors(self, clause: Clause, sentence: Sentence) -> tuple[Actor, ...]:
        return actors_of(clause.tokens, sentence.text, self._knowledge, sentence.document_id, sentence.section)

    def _compare_actor(
        self, asked: Actor, there: Sequence[Actor], sentence: Sentence, number: int, sure: bool, receives: bool
    ) -> Parties:
        in_part = [a for a in there if a.role is asked.role]
        if asked.role is Role.WITH and any(may_be_one(asked, a, self._knowledge) for a in there):
            return Parties.SAME  # what A has with B, B has with A
        if receives and asked.role is Role.SUBJECT:
            given = (a for c in split_clauses(sentence.text) for a in self._actors(c, sentence) if a.role is Role.TO)
            if any(may_be_one(asked, a, self._knowledge) for a in given):
                return Parties.SAME
            in_part = [a for a in there if a.role in (Role.TO, Role.OBJECT)] or in_part
        same = [a for a in in_part if may_be_one(asked, a, self._knowledge)]
        if not same:  # *möjligheter för en kommun att bidra*: that it acts there is no rival's part
            in_part = [a for a in in_part if not a.may_act]
        if not in_part:
            wrong = (Role.OBJECT, Role.WITH) if asked.role is Role.SUBJECT else _PARTS
            others = [a for a in there if a.role is not Role.WITH or a.kind == asked.kind]
            elsewhere = any(a.role in wrong and may_be_one(asked, a, self._knowledge) for a in others)
            return Parties.OPEN if elsewhere and sure else Parties.SAME
        owned = {a.place for a in in_part}
        if not same and any(a.last in owned and may_be_one(asked, a, self._knowledge) for a in there):
            return Parties.OPEN  # *samarbetets kommuner*, where the samarbete is asked of
        if not same:
            return Parties.OTHER if sure and self._acts_elsewhere(asked, there, sentence, number) else Parties.OPEN
        return Parties.OPEN if asked.body_id and all(a.narrowed for a in same) else Parties.SAME

    def _acts_elsewhere(self, asked: Actor, there: Sequence[Actor], sentence: Sentence, number: int) -> bool:
        """Whether the actor asked of is not in the sentence, has another part in this clause, or acts in one beside it.

        A clause within another (*som staten kan …*) tells too little of who acts in the one around it.
        """
        if any(may_be_one(asked, a, self._knowledge) for a in there):
            return True
        clauses = split_clauses(sentence.text)
        elsewhere = [a for c in clauses for a in self._actors(c, sentence) if may_be_one(asked, a, self._knowledge)]
        return not elsewhere or clauses[number].tokens[0].text.lower() not in _WITHIN

    def _compare_values(self, terms: Sequence[Term], clauses: Sequence[Clause]) -> Parties:
        """Whether the clause that bears the matter has another date or number where the question's stands elsewhere."""
        values = [t for t in terms if t.specific]
        matter = [t for t in terms if not t.specific and not t.body_id]
        if not values or not matter or len(clauses) == 1:
            return Parties.SAME
        verb = next((t for t in matter if is_main_verb(t.text)), None)
        number, weight = self._anchor(matter, verb, clauses)
        text = clauses[number].tokens
        if weight < MIN_ANCHOR_WEIGHT or not any(holds_other_value(t, text) for t in values):
            return Parties.SAME
        done = verb is not None and weight_borne([verb], clauses[number], self._analyzer) > 0
        return Parties.OTHER if done else Parties.OPEN


def _shares_subject(clause: Clause) -> bool:
    """Whether ``clause`` goes on with the subject of the one before: *och*, *som* or the like right before its verb."""
    words = [t.text.lower() for t in clause.tokens[:2]]
    return len(words) > 1 and words[0] in _SHARES_SUBJECT and is_finite(words[1])
