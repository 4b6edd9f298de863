"""The share of spoilt answers that the metrics catch: on a small set by hand, and on the shipped cases for real."""

from collections.abc import Iterator

import pytest

from assistant.startup import load_assistant
from corpus.embedder import load_embedder
from corpus.models import Document
from corpus.settings import BUILT_IN_MODEL, Settings
from evals.cases import case_files, load_cases
from evals.mutation.survey import survey
from evals.run import ask_all
from evals.scoring import AnsweredCase, Result, score_all
from evals.statistics import Rate
from ingest.sync import sync
from tests.evals.builders import STATE, make_answer, make_case, make_citation, make_document

N_ASKED = 90


def test_what_cannot_be_spoilt_is_not_counted() -> None:
    case = make_case(evidence=["Staten säger nej."])
    answer = make_answer("Staten säger nej. [1]", citations=(make_citation(1, *STATE),))
    wrong = case.model_copy(update={"id": "c-2"})
    documents = {"d": make_document()}
    results = score_all([AnsweredCase(case, answer), AnsweredCase(wrong, make_answer("Staten. [1]"))], documents)
    assert [result.right.value for result in results] == [1.0, 0.0]
    found = survey(results, documents, n=60)
    assert found.kinds["negate"] == Rate(2, 2)  # of its four edits the verdict's two do not apply
    assert found.kinds["shift_number"] == Rate(0, 0)
    assert found.missed == ()
    assert found.caught_by["grounded"] >= 2


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tuple[Result, ...], dict[str, Document]]]:
    folder = tmp_path_factory.mktemp("data")
    sync(folder, load_embedder(BUILT_IN_MODEL))
    assistant = load_assistant(Settings(data_dir=folder))
    cases = [case for case in load_cases(case_files()) if case.split == "dev" and case.status == "answered"]
    step = max(1, len(cases) // N_ASKED)
    documents = {s.document_id: assistant.index.document(s.document_id) for s in assistant.index.sources()}
    yield score_all(ask_all(cases[::step], assistant.ask), documents), documents
    assistant.index.close()


def test_99_of_100_spoilt_answers_are_caught(real: tuple[tuple[Result, ...], dict[str, Document]]) -> None:
    results, documents = real
    assert sum(result.right.value == 1.0 for result in results) >= 40
    for seed in (1, 2):
        found = survey(results, documents, n=300, seed=seed)
        assert found.caught.n >= 280
        assert all(rate.n >= 30 for rate in found.kinds.values())
        assert found.caught.n_right >= 0.99 * found.caught.n, [(m.kind, m.answered.case.id) for m in found.missed]


def test_the_draw_is_the_same_for_the_same_seed(real: tuple[tuple[Result, ...], dict[str, Document]]) -> None:
    results, documents = real
    assert survey(results, documents, n=60) == survey(results, documents, n=60)
