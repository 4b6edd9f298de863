from dataclasses import replace

import pytest

from assistant.feedback import FILE, FeedbackStore, feedback_on
from corpus.errors import UsageError
from tests.assistant.standin import ANSWER


def test_feedback_is_kept_with_the_answer_the_latest_first(tmp_path):
    store = FeedbackStore(tmp_path / "data")
    assert store.all() == []
    store.keep(feedback_on(ANSWER, True, ""))
    store.keep(feedback_on(replace(ANSWER, id="a2"), False, "'); DROP TABLE feedback; --"))
    latest, first = FeedbackStore(tmp_path / "data").all()
    assert (latest.answer_id, latest.useful, latest.comment) == ("a2", False, "'); DROP TABLE feedback; --")
    assert (first.question, first.answer, first.verdict) == (ANSWER.question, ANSWER.answer, "no")
    assert first.citations == ({"document_id": "malmo", "start": 125, "end": ANSWER.citations[0].end},)


def test_a_second_opinion_on_an_answer_takes_the_place_of_the_first(tmp_path):
    store = FeedbackStore(tmp_path)
    store.keep(feedback_on(ANSWER, True, ""))
    store.keep(feedback_on(ANSWER, False, "fel år"))
    [only] = store.all()
    assert (only.useful, only.comment) == (False, "fel år")
    store.withdraw(ANSWER.id)
    assert store.all() == []


def test_nothing_is_written_before_somebody_says_something(tmp_path):
    store = FeedbackStore(tmp_path)
    store.withdraw("a1")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path):
    (tmp_path / FILE).write_text("annat")
    with pytest.raises(UsageError, match=r"feedback\.sqlite: feedback cannot be"):
        FeedbackStore(tmp_path).keep(feedback_on(ANSWER, True, ""))
    with pytest.raises(UsageError, match=r"feedback\.sqlite: feedback cannot be written"):
        FeedbackStore(tmp_path).withdraw(ANSWER.id)
    with pytest.raises(UsageError, match=r"feedback\.sqlite: feedback cannot be read"):
        FeedbackStore(tmp_path).all()
