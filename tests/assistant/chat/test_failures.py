"""Every way in which a model can fail: one clear line, the extractive answer, in time, and no secret told."""

import itertools
import json
import logging
import threading
import time

import pytest
from pydantic import SecretStr

from assistant.chat.client import Stop, Stopped, event_loop
from evals.chat.honest import honest, honest_text
from evals.chat.server import Reply

QUESTION = "När lämnade Tillväxtkommissionen sin slutrapport?"
KEY = "sk-hemlig-nyckel"
TIMEOUT_S = 3.0  # for a model that stalls; the others fail long before theirs
ENDLESS = itertools.repeat("ord utan slut ")
ENGLISH = "I am sorry, but I can only answer in English. "


def beginning(task):
    return honest_text(task).splitlines(keepends=True)[0]


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (lambda task: Reply(status=401, body=KEY), "Språkmodellen släpper inte in den här tjänsten."),
        (lambda task: Reply(status=403), "Språkmodellen släpper inte in den här tjänsten."),
        (lambda task: Reply(status=404), "Språkmodellen tog inte emot frågan."),
        (lambda task: Reply(status=429, headers={"Retry-After": "600"}), "Språkmodellen har för mycket att göra"),
        (lambda task: Reply(status=429), "Språkmodellen har för mycket att göra just nu."),
        (lambda task: Reply(status=500, body="Traceback: secret"), "Språkmodellen har ett fel just nu."),
        (lambda task: Reply(status=503), "Språkmodellen har ett fel just nu."),
        (lambda task: Reply(stalls=True), "Språkmodellen svarade inte i tid."),
        (lambda task: Reply(beginning(task), stalls=True), "Språkmodellen svarade inte i tid."),
        (lambda task: Reply(honest_text(task), cut=True), "Språkmodellens svar bröts av."),
        (lambda task: Reply(beginning(task), cut=True), "Språkmodellens svar bröts av."),
        (lambda task: Reply("{'verdict': nej"), "Språkmodellens svar gick inte att läsa."),
        (lambda task: Reply("<html>502</html>"), "Språkmodellens svar gick inte att läsa."),
        (lambda task: Reply(""), "Språkmodellen svarade inte på frågan."),
        (lambda task: Reply('{"verdict": "ingen"}'), "Språkmodellen svarade inte på frågan."),
        (lambda task: Reply(ENDLESS), "Språkmodellens svar tog inte slut."),
        (lambda task: Reply(ENGLISH), "Språkmodellens svar gick inte att läsa."),
    ],
)
def test_the_extractive_answer_stands_in_with_a_line_that_says_why(worded, server, assistant, caplog, script, line):
    server.script = script
    limit_s = TIMEOUT_S if "i tid" in line else 300.0
    engine = worded(chat_timeout_s=limit_s, chat_api_key=SecretStr(KEY), chat_max_tokens=200)
    plain = assistant.ask(QUESTION)
    with caplog.at_level(logging.DEBUG, logger="assistant"):
        answer = engine.ask(QUESTION)
    assert answer.note.startswith(line)
    assert answer.note.endswith("Svaret är i stället hämtat ordagrant ur källorna.")
    assert (answer.answer, answer.citations, answer.answerer) == (plain.answer, plain.citations, "extractive")
    shown = json.dumps(answer.to_json(), ensure_ascii=False) + caplog.text
    assert not [told for told in (KEY, "Traceback", "bärande", "Så svarar du", "secret") if told in shown]
    assert server.keys[0] == f"Bearer {KEY}"


def test_a_reply_without_end_is_broken_off_and_read_no_further(worded, server):
    server.script = lambda task: Reply(ENDLESS)
    assert worded(chat_max_tokens=200).ask(QUESTION).note.startswith("Språkmodellens svar tog inte slut.")
    until = time.monotonic() + 60
    while server.n_broken_off < len(server.requests) and time.monotonic() < until:
        time.sleep(0.05)
    assert server.n_broken_off == len(server.requests)


def test_a_server_that_is_not_there(worded, assistant):
    answer = worded(chat_base_url="http://127.0.0.1:9/v1").ask(QUESTION)
    assert answer.note.startswith("Språkmodellen går inte att nå just nu.")
    assert answer.answer == assistant.ask(QUESTION).answer


def test_a_short_wait_that_the_server_asks_for_is_kept(worded, server):
    replies = iter([Reply(status=429, headers={"Retry-After": "1"})])
    server.script = lambda task: next(replies, None) or honest(task)
    answer = worded().ask(QUESTION)
    assert answer.answerer == "openai:scripted"
    assert len(server.requests) == 2


def test_a_long_wait_that_the_server_asks_for_is_kept_by_not_asking_again(worded, server):
    server.script = lambda task: Reply(status=429, headers={"Retry-After": "600"})
    engine = worded()
    assert [engine.ask(QUESTION).answerer for _ in range(3)] == ["extractive"] * 3
    assert len(server.requests) == 1


def test_english_statements_fall_and_the_extractive_answer_stands_in(worded, server, assistant):
    server.script = lambda task: Reply(
        "".join(
            json.dumps({"statement": "The commission handed in its report in May.", "source": s["källa"], "quote": q})
            for s in task.sources
            for q in s["bärande"]
        )
    )
    answer = worded().ask(QUESTION)
    assert answer.answer == assistant.ask(QUESTION).answer
    assert answer.note.startswith("Språkmodellens svar bars inte av källorna.")
    assert set(answer.wording.n_dropped) == {"language"}


def test_stopping_breaks_the_models_work_off(worded, server):
    stop, engine = Stop(), worded(chat_timeout_s=600.0)

    def script(task):
        threading.Timer(0.3, stop.stop).start()
        return Reply(beginning(task), stalls=True)

    server.script = script
    with pytest.raises(Stopped):
        list(engine.stream(QUESTION, stop=stop))
    until = time.monotonic() + 30
    while not server.n_broken_off and time.monotonic() < until:
        time.sleep(0.05)
    assert server.n_broken_off == 1


def test_who_has_stopped_before_is_not_asked_for(worded, server):
    stop = Stop()
    stop.stop()
    with pytest.raises(Stopped):
        list(worded().stream(QUESTION, stop=stop))
    assert server.requests == []


def test_all_calls_run_on_one_loop():
    assert event_loop() is event_loop()
    assert event_loop().is_running()
