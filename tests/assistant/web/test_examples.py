from dataclasses import replace

from assistant.web.examples import MOST_EXAMPLES, Examples
from corpus.errors import IndexUnavailable
from corpus.models import Manifest
from tests.assistant.standin import ANSWER, MANIFEST, SOURCE, StandIn, StandInIndex


def answering(*known: str):
    def reply(question: str):
        return replace(ANSWER, status="answered" if question in known else "not_in_sources")

    return reply


def test_only_what_is_answered_is_offered_in_the_order_of_the_list():
    assert Examples(["A?", "B?", "C?"]).of(StandIn(answering("C?", "A?"))) == ("A?", "C?")


def test_they_are_tried_anew_when_another_generation_is_published():
    class Index(StandInIndex):
        published = MANIFEST

        @property
        def manifest(self) -> Manifest:
            return self.published

    tried: list[str] = []

    def reply(question: str):
        tried.append(question)
        return answering("A?")(question)

    index = Index()
    assistant = StandIn(reply, index)
    examples = Examples(["A?", "B?"])
    assert examples.of(assistant) == examples.of(assistant) == ("A?",)
    assert tried == ["A?", "B?"]
    assert assistant.asked == []  # no answer is written, which a chat model would be asked for
    assistant.reply = answering("B?")
    index.published = replace(MANIFEST, generation="g2")
    assert examples.of(assistant) == ("B?",)


def test_a_document_that_has_been_added_gets_a_question_of_its_own():
    added = replace(SOURCE, document_id="malmo", primary=False, kind="protokoll")
    assistant = StandIn(answering("Vad står det om sammanfattande bedömning?"), StandInIndex(sources=(added,)))
    assert Examples(["A?"]).of(assistant) == ("Vad står det om sammanfattande bedömning?",)


def test_there_are_never_more_than_there_is_room_for():
    questions = [f"{n}?" for n in range(50)]
    assert len(Examples(questions).of(StandIn())) <= MOST_EXAMPLES


def test_an_engine_that_fails_costs_the_page_its_examples_alone(caplog):
    def reply(question: str):
        raise ValueError("boom")

    assert Examples(["A?"]).of(StandIn(reply)) == ()
    assert "boom" in caplog.text

    def missing(question: str):
        raise IndexUnavailable("nothing published")

    assert Examples(["A?"]).of(StandIn(missing)) == ()
