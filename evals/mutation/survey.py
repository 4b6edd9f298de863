"""Behind ``python -m evals mutate``: spoils right answers and counts how many of them the metrics find wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from random import Random

from evals.metrics.score import Documents
from evals.mutation.edits import EDITS, Edit
from evals.scoring import DECIDING, AnsweredCase, Result, add, score_case
from evals.statistics import Rate

N_MUTATIONS = 300
SEED = 1


@dataclass(frozen=True, slots=True)
class Spoilt:
    """An answered case as an edit left it."""

    kind: str
    answered: AnsweredCase


@dataclass(frozen=True, slots=True)
class Survey:
    """How many spoilt answers were caught, by kind, and those that passed for right.

    ``caught_by`` counts for each deciding metric the answers that it found wrong; several may find the same one.
    """

    kinds: Mapping[str, Rate]
    missed: tuple[Spoilt, ...]
    caught_by: Mapping[str, int]

    @property
    def caught(self) -> Rate:
        """All kinds together."""
        return add(self.kinds.values())


def spoil(right: Sequence[AnsweredCase], documents: Documents, kind: str, n: int, seed: int) -> Iterator[Spoilt]:
    """Up to ``n`` spoilt answers of one kind: its edits in turn, each over the answers in a drawn order."""
    rng = Random(f"{seed} {kind}")
    lines = [_spoilt(edit, rng.sample(right, len(right)), documents, rng) for edit in EDITS[kind]]
    in_turn = (one for round_ in zip_longest(*lines) for one in round_ if one is not None)
    return (Spoilt(kind, one) for one in islice(in_turn, n))


def _spoilt(edit: Edit, right: Sequence[AnsweredCase], documents: Documents, rng: Random) -> Iterator[AnsweredCase]:
    for one in right:
        answer = edit(one, documents, rng)
        if answer is not None and answer != one.answer:
            yield AnsweredCase(one.case, answer)


def survey(results: Sequence[Result], documents: Documents, n: int = N_MUTATIONS, seed: int = SEED) -> Survey:
    """Spoils ``n`` answers of the right results, as many of each kind, and scores them again."""
    right = [AnsweredCase(r.case, r.answer) for r in results if r.right.value == 1.0 and r.case.status == "answered"]
    kinds: dict[str, Rate] = {}
    missed: list[Spoilt] = []
    caught_by: Counter[str] = Counter()
    for number, kind in enumerate(EDITS):
        share = n // len(EDITS) + (number < n % len(EDITS))
        made = [(one, score_case(one.answered, documents)) for one in spoil(right, documents, kind, share, seed)]
        passed = [one for one, scored in made if scored.right.value != 0.0]
        kinds[kind] = Rate(len(made), len(made) - len(passed))
        missed.extend(passed)
        caught_by.update(name for _, scored in made for name in DECIDING if scored.scores[name].value == 0.0)
    return Survey(kinds, tuple(missed), dict(caught_by))
