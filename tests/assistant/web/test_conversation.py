import asyncio
from dataclasses import replace

import pytest

from assistant.models import Turn
from assistant.web import conversation
from assistant.web.conversation import FAILED, SHOWN_EXCHANGES, UNAVAILABLE, converse
from assistant.web.render import Exchange
from corpus.errors import IndexUnavailable
from tests.assistant.standin import ANSWER, QUOTE, StandIn


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch):
    monkeypatch.setattr(conversation, "STEP_S", 0)


def views(assistant, question, exchanges=()):
    async def collect():
        return [view async for view in converse(assistant, question, exchanges)]

    return asyncio.run(collect())


def test_the_answer_comes_verdict_first_then_sentence_by_sentence_then_whole_with_its_sources():
    shown = views(StandIn(), "Kan Malmö få undantag?")
    assert "Söker i källorna" in shown[0].current
    assert "Nej" in shown[1].current
    assert QUOTE not in shown[1].current
    assert QUOTE in shown[2].current
    assert all("data-complete" not in view.current for view in shown[:-1])
    assert "data-complete" in shown[-1].current
    assert [view.sources is not None for view in shown] == [False] * (len(shown) - 1) + [True]
    assert shown[-1].exchanges == (
        Exchange(1, "Kan Malmö få undantag?", replace(ANSWER, question="Kan Malmö få undantag?")),
    )


def test_what_was_answered_before_goes_with_the_next_question():
    assistant = StandIn()
    first = views(assistant, "Vad säger SKR?")[-1].exchanges
    second = views(assistant, "Och departementet då?", first)[-1].exchanges
    assert assistant.asked[1] == ("Och departementet då?", (Turn("Vad säger SKR?", ANSWER.answer),))
    assert [said.number for said in second] == [1, 2]


def test_refused_questions_are_shown_but_not_remembered():
    assistant = StandIn(lambda question: replace(ANSWER, question=question, status="empty", verdict=None))
    first = views(assistant, "")[-1].exchanges
    assert views(assistant, "Vem?", first)[0].past.count("<article") == 1
    assert assistant.asked[1] == ("Vem?", ())


@pytest.mark.parametrize(
    ("error", "line"), [(ValueError("hemlig väg"), FAILED), (IndexUnavailable("hemlig väg"), UNAVAILABLE)]
)
def test_a_failure_is_one_swedish_line_and_logged(caplog, error, line):
    def reply(question):
        raise error

    last = views(StandIn(reply), "Vem?")[-1]
    assert line in last.current
    assert "hemlig" not in last.current
    assert "Traceback" not in last.current
    assert "hemlig väg" in caplog.text
    assert last.exchanges == (Exchange(1, "Vem?", failure=line),)


def test_a_long_conversation_forgets_its_beginning_and_keeps_counting():
    exchanges = tuple(Exchange(number, "Vem?", ANSWER) for number in range(1, SHOWN_EXCHANGES + 1))
    kept = views(StandIn(), "Vem?", exchanges)[-1].exchanges
    assert [kept[0].number, kept[-1].number, len(kept)] == [2, SHOWN_EXCHANGES + 1, SHOWN_EXCHANGES]


def test_half_a_character_does_not_stop_the_answer():
    assistant = StandIn()
    assert "data-complete" in views(assistant, "Vem \ud83d?")[-1].current
    assert assistant.asked[0][0] == "Vem ??"
