"""The whole way, over HTTP: scripted models word the real assistant's answers."""

import json

import pytest

from assistant.models import Answer, Partial, Turn
from evals.chat.drill import leaked
from evals.chat.honest import bearing, ended, honest, honest_text, row, statement
from evals.chat.server import Reply

YES_NO = "Kan Malmö få undantag från lagstiftningen?"
WHEN = "När lämnade Tillväxtkommissionen sin slutrapport?"


def test_an_honest_models_words_are_shown_with_the_sentences_that_bear_them(worded, server, assistant):
    answer, plain = worded().ask(YES_NO), assistant.ask(YES_NO)
    assert (answer.verdict, answer.status, answer.note) == (plain.verdict, "answered", "")
    assert answer.answerer == "openai:scripted"
    assert answer.answer.startswith("Nej.")
    document = assistant.index.document(answer.citations[0].document_id)
    assert all(
        document.text[c.start : c.end] == c.quote
        for c in answer.citations
        if c.document_id in document.source.document_id
    )
    assert answer.wording is not None
    assert answer.wording.n_statements == answer.wording.n_shown == len(server_rows(server)) > 0
    assert answer.wording.n_calls == 1
    assert answer.wording.n_tokens_read > 0
    assert json.dumps(answer.to_json(), ensure_ascii=False)


def server_rows(server):
    """The sentences that the model was given as bearing the last answer."""
    task = json.loads(server.requests[-1]["messages"][-1]["content"].partition("\n")[2])
    return [s for source in task["källor"] for s in source["bärande"]]


def test_the_beginnings_of_an_answer_hold_what_is_verified_and_nothing_else(worded, server):
    lie = "Regeringen har beviljat ett undantag."

    def script(task):
        rows = [row(verdict=task.verdict)]
        for source, sentence in bearing(task):
            rows += [statement(lie, source["källa"], sentence), statement(ended(sentence), source["källa"], sentence)]
        return Reply("".join(rows))

    server.script = script
    *begun, answer = worded().stream(YES_NO)
    assert begun
    assert all(isinstance(step, Partial) and lie not in step.answer for step in begun)
    assert isinstance(answer, Answer)
    assert lie not in answer.answer
    assert answer.wording is not None
    assert answer.wording.n_dropped
    assert [len(step.citations) for step in begun] == sorted(len(step.citations) for step in begun)


@pytest.mark.parametrize("verdict", ["ja", "delvis", "ingen", "kanske"])
def test_a_verdict_against_the_evidence_falls_and_the_extractive_answer_stands_in(worded, server, assistant, verdict):
    server.script = lambda task: Reply(honest_text(task).replace('"nej"', f'"{verdict}"'))
    answer, plain = worded().ask(YES_NO), assistant.ask(YES_NO)
    assert (answer.verdict, answer.answer, answer.citations) == (plain.verdict, plain.answer, plain.citations)
    assert answer.answerer == "extractive"
    assert answer.note == "Språkmodellens svar gick emot källorna. Svaret är i stället hämtat ordagrant ur källorna."
    assert answer.wording.n_calls == 2


def test_a_verdict_that_the_engine_withholds_is_not_given_by_the_model(worded, server, assistant):
    server.script = lambda task: Reply(honest_text(task).replace('"ingen"', '"ja"'))
    answer = worded().ask(WHEN)
    assert assistant.ask(WHEN).verdict is None
    assert answer.verdict is None
    assert answer.answerer == "extractive"


def test_the_second_try_is_told_what_was_wrong_and_can_mend_it(worded, server):
    def script(task):
        if task.again:
            return honest(task)
        source, sentence = bearing(task)[0]
        return Reply(row(verdict=task.verdict) + statement("Staten har betalat 9 kronor.", source["källa"], sentence))

    server.script = script
    answer = worded().ask(WHEN)
    assert answer.answerer == "openai:scripted"
    assert answer.wording.n_calls == 2
    assert sum(answer.wording.n_dropped.values()) == 1
    assert "Staten har betalat 9 kronor." in server.requests[1]["messages"][-1]["content"]
    assert "9 kronor" not in answer.answer


def test_the_tokens_of_sources_are_new_for_every_question(worded, server):
    assistant = worded()
    for _ in range(2):
        assistant.ask(WHEN)
    tasks = [json.loads(r["messages"][-1]["content"].partition("\n")[2]) for r in server.requests]
    first, second = ({s["källa"] for s in task["källor"]} for task in tasks)
    assert first
    assert not first & second


def test_a_follow_up_reaches_the_model_as_a_question_that_stands_alone_without_the_old_answers(worded, server):
    worded().ask("Och departementet då?", [Turn("Vad säger SKR om försök?", "HEMLIGT GAMMALT SVAR")])
    sent = server.requests[0]["messages"][-1]["content"]
    task = json.loads(sent.partition("\n")[2])
    assert "departementet" in task["fråga"]
    assert "försök" in task["fråga"]
    assert "HEMLIGT" not in sent


@pytest.mark.parametrize("question", ["Hej!", "Vad kostar en resa till månen?", "Vilka aktörer nämns?", ""])
def test_the_model_is_not_asked_where_the_engine_has_nothing_for_it_to_word(worded, server, question):
    worded().ask(question)
    assert server.requests == []


def test_two_questions_in_one_message_are_worded_one_by_one(worded, server, assistant):
    message = "Vem inrättade Tillväxtkommissionen, och när lämnade den sin slutrapport?"
    answer, plain = worded().ask(message), assistant.ask(message)
    assert len(server.requests) == 2
    assert {(c.document_id, c.start) for c in answer.citations} == {(c.document_id, c.start) for c in plain.citations}


def test_more_than_the_model_may_be_given_is_not_sent(worded, server):
    answer = worded(chat_max_input_tokens=500).ask(WHEN)
    assert answer.answerer == "extractive"
    assert answer.note
    assert server.requests == []


def test_the_days_limit_stops_the_model(worded, server):
    assistant = worded(chat_price_read=1000.0, chat_max_cost=0.01)
    assert assistant.ask(WHEN).wording.cost > 0.01
    second = assistant.ask(WHEN)
    assert len(server.requests) == 1
    assert second.note.startswith("Gränsen för hur mycket språkmodellen får användas i dag är nådd.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nej. Staten betalar inte [1]", []),
        ("Staten betalar. [1]", ["Staten betalar."]),
        ("Staten betalar inte, eftersom Malmö gör det. [1]", ["Staten betalar inte, eftersom Malmö gör det."]),
    ],
)
def test_a_lie_is_found_in_the_words_and_not_in_whole_quotes(assistant, said, expected):
    answer = assistant.ask(WHEN)
    citation = answer.citations[0].__class__(**{**to_values(answer.citations[0]), "quote": "Staten betalar inte"})
    lies = ["Staten betalar.", "Staten betalar inte, eftersom Malmö gör det.", "Inte."]
    shown = answer.__class__(**{**to_values(answer), "answer": said, "citations": (citation,)})
    assert leaked(shown, lies) == expected


def to_values(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
