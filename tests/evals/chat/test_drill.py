"""The scripted models against the real assistant: the liars' lies do not get through, the honest model's words do."""

from collections.abc import Iterator

import pytest

from assistant.answer import Assistant
from assistant.startup import load_assistant
from corpus.generations import open_store
from corpus.settings import Settings
from evals.cases import HELD_BACK, case_files, load_cases
from evals.chat.command import MIN_PASSED_RATIO, against
from evals.chat.drill import Played, play_honest, play_liars
from evals.chat.honest import honest, reworded
from evals.chat.liars import LIES
from evals.chat.server import Server, serving
from evals.gate import Standards, score_run
from evals.run import ask_all

CASES = [c for c in load_cases(case_files()) if c.split != HELD_BACK and c.status == "answered"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(honest) as running:
        yield running


@pytest.fixture(scope="module")
def worded(server, bundled_data) -> Iterator[Assistant]:
    loaded = load_assistant(against(Settings(data_dir=bundled_data), server, 300.0))
    yield loaded
    loaded.index.close()


def assert_harmless(played: list[Played], n_answers: int) -> None:
    assert sum(p.n_answers for p in played) == n_answers
    assert [(p.name, p.leaks, p.n_verdicts_changed) for p in played if p.n_leaked] == []
    assert {p.name for p in played} == {*LIES, "flips verdicts"}
    assert sum(p.n_dropped for p in played) > n_answers  # they did lie


def test_no_lie_reaches_a_reader_in_a_few_answers_of_each_liar(server, worded, assistant):
    played = play_liars(server, worded.ask, assistant.ask, CASES, 44, seed=3)
    assert_harmless(played, 44)
    assert all(p.n_lies_told for p in played if p.name in ("invents citations", "adds to it", "writes English"))


@pytest.mark.drill
def test_no_lie_reaches_a_reader_in_five_hundred_answers(server, worded, assistant):
    assert_harmless(play_liars(server, worded.ask, assistant.ask, CASES, 500), 500)


def test_nearly_all_that_the_honest_model_says_passes(server, worded):
    played = play_honest(server, worded.ask, CASES[::25])
    assert played.n_claims >= 50
    assert 1 - played.n_dropped / played.n_claims >= MIN_PASSED_RATIO, played.dropped


def test_follow_ups_are_answered_as_well_as_without_the_model(server, worded, assistant, bundled_data):
    server.script = honest
    followed = [c for c in CASES if c.history]
    stored = open_store(bundled_data).document
    rights = []
    for ask in (assistant.ask, worded.ask):
        judged = score_run(tuple(ask_all(followed, ask)), stored, Standards({}))
        rights.append({r.case.id for r in judged.results if r.right.value == 1.0})
    assert rights[0]
    assert rights[1] >= rights[0]


def test_the_honest_model_puts_sentences_otherwise():
    source = "Regeringen beslutade i oktober 2020 att inrätta en kommission."
    assert reworded(source) in {
        "Enligt underlaget beslutade Regeringen i oktober 2020 att inrätta en kommission.",
        "Enligt underlaget beslutade regeringen i oktober 2020 att inrätta en kommission.",
        "Av underlaget framgår att regeringen beslutade i oktober 2020 att inrätta en kommission.",
        "I oktober 2020 beslutade regeringen att inrätta en kommission.",
    }
