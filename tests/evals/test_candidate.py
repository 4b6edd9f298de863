from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.models import Answer
from corpus.models import Document, Hit
from evals.candidate import Asked, compare, program_version
from evals.cases import Case
from evals.judging import Comparison
from tests.assistant.standin import ANSWER, DOCUMENT


def case(number: int, **known: Any) -> Case:
    known = {"document": "malmo"} | known
    return Case(id=f"fall-{number}", kind="what", question=f"Fråga {number}?", **known)


class Contents:
    """An index of documents with a word each, by which they are found."""

    def __init__(self, *names: str, **changed: str) -> None:
        self._digests = dict.fromkeys(names, "") | changed

    def digests(self) -> dict[str, str]:
        return self._digests

    def document(self, document_id: str) -> Document:
        source = replace(DOCUMENT.source, document_id=document_id)
        return replace(DOCUMENT, source=source, text=DOCUMENT.text + self._digests[document_id])

    def lexical(self, terms: Any, parts: Any, k: int, documents: frozenset[str] | None = None) -> list[Hit]:
        held = sorted(documents if documents is not None else self._digests)
        return [Hit(f"{name}:0000", 2.0 if name in terms else 1.0) for name in held][:k]


class Asking:
    """Answers all questions alike, and remembers them."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, question: str, history: Any = ()) -> Answer:
        self.asked.append(question)
        return ANSWER


@pytest.fixture
def ask() -> Asking:
    return Asking()


def test_only_what_the_candidate_holds_is_asked_and_kept_answers_are_not_asked_again(tmp_path: Path, ask: Asking):
    cases = [case(0), case(1), case(9, document="annan")]
    new = Asked(ask, Contents("malmo"), tmp_path / "answers" / "new.jsonl")
    old = Asked(ask, Contents("malmo"), tmp_path / "answers" / "old.jsonl")
    compare(new, old, cases, {})
    assert ask.asked == ["Fråga 0?", "Fråga 1?"] * 2
    compare(new, old, cases, {})
    assert len(ask.asked) == 4
    compare(new, old, [*cases, case(2)], {})
    assert ask.asked[4:] == ["Fråga 2?"] * 2


def test_a_sync_that_loses_a_document_with_known_answers_is_refused(ask: Asking):
    cases = [case(0), case(1, document="blad")]
    found = compare(Asked(ask, Contents("malmo")), Asked(ask, Contents("malmo", "blad", "upload")), cases, {})
    assert (found.holds, found.summary.endswith("blad is missing, and known answers are about it")) == (False, True)


def test_what_new_and_changed_documents_are_nearest_to_is_asked_besides_the_sample(ask: Asking):
    cases = [case(n) for n in range(300)]
    live = Asked(ask, Contents("malmo", "blad"))
    compare(Asked(ask, Contents("malmo", "blad")), live, cases, {}, most=30)
    assert len(ask.asked) == 60
    ask.asked.clear()
    compare(Asked(ask, Contents("malmo", "blad", "nytt")), live, cases, {}, most=30)
    assert len(ask.asked) == 2 * 130
    ask.asked.clear()
    compare(Asked(ask, Contents("malmo", blad="annan länk")), live, cases, {}, most=30)
    assert len(ask.asked) == 2 * 130


def test_what_was_lost_before_is_held_against_the_next(tmp_path: Path):
    cases = [case(n, facts=("öppningar",)) for n in range(200)]

    def asked(generation: int) -> Asked:
        def ask(question: str, history: Any = ()) -> Answer:
            lost = int(question.split()[1].strip("?")) < 2 * generation
            return replace(ANSWER, status="not_in_sources", verdict=None, citations=()) if lost else ANSWER

        return Asked(ask, Contents("malmo"), tmp_path / f"g{generation}-x.jsonl")

    def publish(generation: int) -> Comparison:
        return compare(asked(generation), asked(generation - 1), cases, {})

    assert publish(1).holds
    found = publish(2)
    assert not found.holds
    assert found.summary.endswith("4 right answers are lost and 0 won since the best index of late")
    assert publish(3).holds  # the second went live by force, and is the measure from then on


def test_the_version_tells_settings_apart():
    assert program_version("a") == program_version("a") != program_version("b")
