import asyncio
from dataclasses import replace

import pytest

from assistant.models import Turn
from assistant.web import conversation
from assistant.web.conversation import FAILED, GONE, NOT_KEPT, UNAVAILABLE, converse, unknown_words
from assistant.web.visits import SHOWN_EXCHANGES, Exchange, Visits
from corpus.errors import IndexUnavailable, UsageError
from tests.assistant.standin import ANSWER, QUOTE, StandIn, StandInIndex


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch):
    monkeypatch.setattr(conversation, "STEP_S", 0)


class Reader:
    """A reader at the page, who asks one question after the other."""

    def __init__(self, assistant, exchanges=()):
        self.assistant = assistant
        self.visits = Visits()
        self.conversation = replace(self.visits.begin(), exchanges=tuple(exchanges))

    def ask(self, question):
        async def collect():
            asked = converse(self.assistant, question, self.conversation, self.visits, "visit")
            return [view async for view in asked]

        views = asyncio.run(collect())
        self.conversation = self.visits.find("visit", self.conversation.conversation_id) or self.conversation
        return views

    @property
    def exchanges(self):
        return self.conversation.exchanges


def test_the_answer_comes_verdict_first_then_sentence_by_sentence_then_whole_with_its_sources():
    reader = Reader(StandIn())
    shown = reader.ask("Kan Malmö få undantag?")
    assert "Söker i källorna" in shown[0].current
    assert "Nej" in shown[1].current
    assert QUOTE not in shown[1].current
    assert QUOTE in shown[2].current
    assert all("data-complete" not in view.current for view in shown[:-1])
    assert "data-complete" in shown[-1].current
    assert [view.sources is not None for view in shown] == [False] * (len(shown) - 1) + [True]
    assert reader.exchanges == (
        Exchange(1, "Kan Malmö få undantag?", replace(ANSWER, question="Kan Malmö få undantag?")),
    )


def test_what_was_answered_before_goes_with_the_next_question():
    assistant = StandIn()
    reader = Reader(assistant)
    reader.ask("Vad säger SKR?")
    reader.ask("Och departementet då?")
    assert assistant.asked[1] == ("Och departementet då?", (Turn("Vad säger SKR?", ANSWER.answer),))
    assert [said.number for said in reader.exchanges] == [1, 2]


def test_refused_questions_are_shown_but_not_remembered():
    assistant = StandIn(lambda question: replace(ANSWER, question=question, status="empty", verdict=None))
    reader = Reader(assistant)
    reader.ask("")
    assert reader.ask("Vem?")[0].past.count("<article") == 1
    assert assistant.asked[1] == ("Vem?", ())


@pytest.mark.parametrize(
    ("error", "line"), [(ValueError("hemlig väg"), FAILED), (IndexUnavailable("hemlig väg"), UNAVAILABLE)]
)
def test_a_failure_is_one_swedish_line_and_logged(caplog, error, line):
    def reply(question):
        raise error

    reader = Reader(StandIn(reply))
    last = reader.ask("Vem?")[-1]
    assert line in last.current
    assert "hemlig" not in last.current
    assert "Traceback" not in last.current
    assert "hemlig väg" in caplog.text
    assert reader.exchanges == (Exchange(1, "Vem?", failure=line),)


def test_a_long_conversation_forgets_its_beginning_and_keeps_counting():
    exchanges = tuple(Exchange(number, "Vem?", ANSWER) for number in range(1, SHOWN_EXCHANGES + 1))
    reader = Reader(StandIn(), exchanges)
    reader.ask("Vem?")
    kept = reader.exchanges
    assert [kept[0].number, kept[-1].number, len(kept)] == [2, SHOWN_EXCHANGES + 1, SHOWN_EXCHANGES]


def test_half_a_character_does_not_stop_the_answer():
    assistant = StandIn()
    assert "data-complete" in Reader(assistant).ask("Vem \ud83d?")[-1].current
    assert assistant.asked[0][0] == "Vem ??"


def test_a_personal_number_is_not_kept():
    reader = Reader(StandIn(lambda question: replace(ANSWER, question=question, status="personal_data", verdict=None)))
    shown = reader.ask("Får 850101-1236 bidrag?")
    assert "850101" not in shown[-1].current
    assert "850101" not in repr(reader.conversation)
    assert reader.conversation.title == NOT_KEPT


def test_a_chosen_document_that_is_gone_is_told():
    def reply(question):
        raise UsageError("x: no such document")

    reader = Reader(StandIn(reply))
    reader.conversation = replace(reader.conversation, documents=("x",))
    assert GONE in reader.ask("Vem?")[-1].current


def test_the_words_that_no_document_holds_are_told():
    class Index(StandInIndex):
        def document_frequency(self, terms):
            return {t: int(not t.startswith(("cyk", "kirun", "qwrtz"))) for t in terms}

    # A word that is neither known nor a name is a slip of the pen, and no hint.
    words = unknown_words("Vad säger utredningen om cyklar i Kiruna, qwrtz och 2024?", Index())
    assert words == ("cyklar", "Kiruna")
