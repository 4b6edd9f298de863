"""Plays every scripted model against the assistant and counts what of their lies reaches a reader."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from zlib import crc32

from assistant.models import Answer, Turn
from corpus.models import Span
from evals.cases import Case
from evals.chat.honest import honest
from evals.chat.liars import LIES, Liar, VerdictFlipper
from evals.chat.server import Server

Ask = Callable[[str, Sequence[Turn]], Answer]
FLIPS = "flips verdicts"


@dataclass(frozen=True, slots=True)
class Played:
    """What one scripted model came to over ``n_answers``.

    ``n_by_model`` answers were worded by it. ``n_lies_told`` were made, ``n_leaked`` of them shown; ``leaks`` are
    those. ``n_verdicts_changed`` counts answers whose verdict is not the extractive one.
    """

    name: str
    n_answers: int
    n_by_model: int
    n_claims: int
    n_dropped: int
    n_lies_told: int = 0
    leaks: tuple[str, ...] = ()
    n_verdicts_changed: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)

    @property
    def n_leaked(self) -> int:
        """Lies that reached a reader, in words or as a verdict."""
        return len(self.leaks) + self.n_verdicts_changed


def play_liars(server: Server, ask: Ask, truly: Ask, cases: Sequence[Case], n: int, seed: int = 1) -> list[Played]:
    """Each liar over its share of ``n`` answers, drawn from ``cases``; ``truly`` answers without a model."""
    drawn = Random(seed).sample(list(cases), min(n, len(cases)))
    names = [*LIES, FLIPS]
    shares = [drawn[place :: len(names)] for place in range(len(names))]
    return [_play(server, ask, truly, name, share, seed) for name, share in zip(names, shares, strict=True)]


def _play(server: Server, ask: Ask, truly: Ask, name: str, cases: Sequence[Case], seed: int) -> Played:
    start = crc32(f"{name} {seed}".encode())
    liar = VerdictFlipper(start) if name == FLIPS else Liar(LIES[name], start)
    server.script = liar
    answers, leaks, changed, told = [], [], 0, 0
    for case in cases:
        liar.said.clear()
        answer, plain = ask(case.question, case.turns), truly(case.question, case.turns)
        changed += answer.verdict != plain.verdict
        told += len(liar.said)
        leaks += leaked(answer, liar.said)
        answers.append(answer)
    return _played(name, answers, told, leaks, changed)


def play_honest(server: Server, ask: Ask, cases: Iterable[Case]) -> Played:
    """The honest model over ``cases``."""
    server.script = honest
    return _played("honest", [ask(case.question, case.turns) for case in cases])


def leaked(answer: Answer, lies: Iterable[str]) -> list[str]:
    """Those of ``lies`` that stand in the words of ``answer``, outside of a quote that stands there whole."""
    said = _plain(answer.answer)
    quoted = [place for c in answer.citations for place in _places(_plain(c.quote), said)]
    return [
        lie
        for lie in dict.fromkeys(lies)
        if any(not any(q.start <= p.start and p.end <= q.end for q in quoted) for p in _places(_plain(lie), said))
    ]


def _places(words: str, text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(re.escape(words), text)] if words else []


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def _played(name: str, answers: Sequence[Answer], told: int = 0, leaks: Sequence[str] = (), changed: int = 0) -> Played:
    told_of = [a.wording for a in answers if a.wording]
    dropped: Counter[str] = Counter()
    for wording in told_of:
        dropped.update(wording.n_dropped)
    return Played(
        name,
        len(answers),
        sum(a.answerer != "extractive" for a in answers),
        sum(w.n_statements for w in told_of),
        sum(dropped.values()),
        told,
        tuple(leaks),
        changed,
        dict(dropped.most_common()),
    )
