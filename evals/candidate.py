"""The eval gate for a new index: asks it and the live one the known answers, and has the answers compared."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from corpus.errors import FragaError
from corpus.models import Document
from corpus.settings import PACKAGE
from evals.cases import Case
from evals.judging import Comparison, Known, best_of, judged
from evals.metamorphic.survey import sampled
from evals.newcomers import taken_facts
from evals.run import Ask, ask_all, load_answers, save_answers, stored_documents
from evals.scoring import AnsweredCase, Result, score_all
from evals.touched import Searchable, touched

# Enough to see a change of two points, and few enough to be asked while an admin waits.
GATE_CASES = 400
# Those that new documents come near to are asked besides, so many for each of them.
MOST_TOUCHED = 100
BEST_SUFFIX = ".best.json"


class Contents(Searchable, Protocol):
    """As much of an index as the gate reads."""

    def document(self, document_id: str) -> Document:
        """A document; raises UsageError if there is none."""
        ...

    def digests(self) -> Mapping[str, str]:
        """By document, a hash of all that decided what is stored of it."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """An index with the assistant over it; ``kept`` is where its answers are kept for the next comparison."""

    ask: Ask
    contents: Contents
    kept: Path | None = None

    @property
    def held(self) -> frozenset[str]:
        """The ids of its documents."""
        return frozenset(self.contents.digests())


def for_gate(cases: Sequence[Case], most: int = GATE_CASES) -> list[Case]:
    """The cases that every publication is held to: all critical ones, up to two thirds, and others of all kinds."""
    critical = sampled([c for c in cases if c.critical], 2 * most // 3)
    others = sampled([c for c in cases if not c.critical], most - len(critical))
    return [*critical, *others]


def compare(
    candidate: Asked,
    live: Asked | None,
    cases: Sequence[Case],
    least: Mapping[str, float],
    told: Callable[[int, int], None] = lambda done, n: None,
    most: int = GATE_CASES,
) -> Comparison:
    """Ask both a sample of the known answers and those that the candidate's new documents come near to, and compare.

    Args:
        candidate: the new index.
        live: the one that is published; None where there is none to compare with.
        cases: the known answers, all of them.
        least: metric to threshold.
        told: how many questions have been asked, of how many.
        most: how many of them to ask whatever is new.
    """
    before = live.held if live else frozenset()
    about = [case for case in cases if case.document in candidate.held]
    changed = _changed(candidate, live)
    chosen = for_gate(about, most)
    ids = {case.id for case in chosen}
    near = _near([case for case in about if case.id not in ids], candidate.contents, changed)
    new, old = _asked([*chosen, *near], candidate, live, told)
    facts = taken_facts(new, old, changed.__contains__) if old else frozenset()
    asked = {result.case.id for result in new}
    more = [case for case in about if case.fact in facts and case.id not in asked]
    if more:  # asked in every wording, it shows whether the fact is lost or a wording
        near += more
        new, old = _asked([*chosen, *near], candidate, live, told)
    best = _read_best(live.kept) if live is not None else {}
    missing = sorted({case.document for case in cases} & before - candidate.held)
    found = judged(new, old, least, Known(changed.__contains__, missing, best, frozenset(case.id for case in near)))
    if candidate.kept is not None:
        held_to = best or best_of(old, {}, holds=True)
        held_to = {case_id: was for case_id, was in held_to.items() if case_id not in found.unjudged}
        _write_best(candidate.kept, best_of(new, held_to, holds=found.holds))
    return found


def _changed(candidate: Asked, live: Asked | None) -> frozenset[str]:
    """The documents of the candidate that the live index does not hold, or not with the same text, links and rank."""
    if live is None:
        return frozenset()
    now, before = candidate.contents, live.contents
    there = before.digests()
    return frozenset(
        name
        for name, digest in now.digests().items()
        if name not in there or (digest != there[name] and now.document(name) != before.document(name))
    )


def _near(cases: Sequence[Case], contents: Contents, changed: frozenset[str]) -> list[Case]:
    """What is asked besides where documents have changed: what they come near to, and what nobody could answer."""
    if not changed:
        return []
    found = {case.id for case in touched(cases, contents, changed, MOST_TOUCHED)}
    return [case for case in cases if case.id in found or case.status == "not_in_sources"]


def _asked(
    cases: Sequence[Case], candidate: Asked, live: Asked | None, told: Callable[[int, int], None]
) -> tuple[Sequence[Result], Sequence[Result]]:
    """The results of the candidate and of the live index, none where there is none."""
    asking = _Asking(cases, told, 1 if live is None else 2)
    return asking.results(candidate), asking.results(live) if live is not None else ()


class _Asking:
    """Asks the cases, and keeps the answers beside the index that gave them; kept ones are not asked for again."""

    def __init__(self, cases: Sequence[Case], told: Callable[[int, int], None], n_indexes: int) -> None:
        self._cases, self._told = cases, told
        self._count, self._n = 0, len(cases) * n_indexes

    def results(self, asked: Asked) -> tuple[Result, ...]:
        answers = {one.case.id: one for one in _kept(asked.kept, self._cases)}
        for one in ask_all((case for case in self._cases if case.id not in answers), asked.ask):
            answers[one.case.id] = one
            self._count += 1
            self._told(self._count, self._n)
        answered = [answers[case.id] for case in self._cases]
        if asked.kept is not None:
            asked.kept.parent.mkdir(parents=True, exist_ok=True)
            save_answers(asked.kept, answered)
        return score_all(answered, stored_documents(answered, asked.contents.document))


def _kept(path: Path | None, cases: Sequence[Case]) -> list[AnsweredCase]:
    """The answers kept at ``path`` to some of the cases."""
    if path is None or not path.is_file():
        return []
    try:
        return list(load_answers(path, cases, some=True))
    except FragaError:
        return []


def _read_best(kept: Path | None) -> Mapping[str, bool]:
    """What is kept beside the answers at ``kept``; nothing where that cannot be read."""
    found: Mapping[str, bool] = {}
    if kept is not None:
        with suppress(OSError, ValueError):
            found = json.loads(kept.with_suffix(BEST_SUFFIX).read_text("utf-8"))
    return found if isinstance(found, dict) else {}


def _write_best(kept: Path, best: Mapping[str, bool]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.with_suffix(BEST_SUFFIX).write_text(json.dumps(best), "utf-8")


def program_version(*more: object) -> str:
    """A hash of all that an answer depends on besides the index; kept answers of another version are stale."""
    digest = sha256(repr(more).encode())
    for room in ("assistant", "corpus", "evals"):
        for path in sorted((PACKAGE.parent / room).rglob("*")):
            if path.suffix in {".py", ".yaml"} and path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
