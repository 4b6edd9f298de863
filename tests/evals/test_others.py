from dataclasses import replace

import pytest

from assistant.models import Answer, Verdict
from corpus.errors import UsageError
from evals.others.measure import Tally, ask_others, figures
from evals.others.questions import OtherQuestion, load_questions, write_documents
from tests.evals.builders import make_answer

TEXTS = {"regeringen:1": "Bron är röd. Staden byggde den."}
RED = OtherQuestion("regeringen:1", 0, 12, True, "Är bron röd?")


def test_every_question_of_the_file_is_whole() -> None:
    questions = load_questions()
    assert len(questions) == 8_400
    assert sum(q.yes for q in questions) == 4_200
    assert all(q.question and 0 <= q.start < q.end and q.document.partition(":")[2] for q in questions)
    assert {q.document.partition(":")[0] for q in questions} == {"regeringen", "sfs"}


def test_verdicts_are_counted_by_the_right_answer() -> None:
    said: dict[str, Verdict | None] = {"Är bron röd?": "yes", "Är bron blå?": "yes", "Är bron lång?": None}

    def ask(question: str) -> Answer:
        return replace(make_answer(), verdict=said[question])

    questions = [
        RED,
        replace(RED, question="Är bron blå?", yes=False),
        replace(RED, question="Är bron lång?", yes=False),
    ]
    tallies = ask_others(questions, TEXTS, ask)
    assert (tallies["yes"].said["yes"], tallies["no"].said["yes"], tallies["no"].said["none"]) == (1, 1, 1)
    found = figures(tallies)
    assert [(r.n, r.n_right) for r in found.values()][:4] == [(3, 1), (3, 1), (3, 0), (2, 1)]


def test_nothing_asked_has_no_share() -> None:
    assert figures({"yes": Tally(), "no": Tally()})["right"].ratio is None


def test_a_folder_without_the_corpora_is_named(tmp_path) -> None:
    with pytest.raises(UsageError, match=r"regeringen\.jsonl\.xz: no such file"):
        write_documents([RED], tmp_path, tmp_path)
