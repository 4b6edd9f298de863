import contextlib
import json
import socket
import threading

import httpx
import pytest
import uvicorn
from starlette.testclient import TestClient

from assistant.api import create_api
from assistant.asking import MAX_HISTORY_CHARS, MAX_HISTORY_TURNS
from assistant.chat.client import Stopped
from assistant.models import Partial, Turn
from corpus.errors import IndexUnavailable
from tests.assistant.standin import ANSWER, StandIn, StandInIndex


def client(assistant: StandIn, max_concurrent: int = 2) -> TestClient:
    return TestClient(create_api(assistant, max_concurrent), raise_server_exceptions=False)


def failing(error: Exception) -> StandIn:
    def reply(question: str):
        raise error

    return StandIn(reply)


def assert_error(response, status: int, code: str):
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    error = response.json()["error"]
    assert set(error) == {"code", "message"}
    assert error["code"] == code
    assert "Traceback" not in response.text
    return error["message"]


def test_health_names_the_generation():
    response = client(StandIn()).get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "generation": "g1"})


def test_health_is_503_without_an_index_and_tells_nothing_of_folders():
    response = client(StandIn(index=StandInIndex(missing=True))).get("/healthz")
    assert "/secret" not in assert_error(response, 503, "unavailable")


def test_ask_gives_the_answer_as_json():
    assistant = StandIn()
    history = [{"question": "Vad säger SKR?", "answer": "Det går bra.", "citations": []}]
    response = client(assistant).post("/api/ask", json={"question": "Kan Malmö få undantag?", "history": history})
    assert response.status_code == 200
    assert response.json() == json.loads(json.dumps(ANSWER.to_json()))
    assert response.json()["citations"][0]["quote"].startswith("Förvaltningen bedömer")
    assert assistant.asked == [("Kan Malmö få undantag?", (Turn("Vad säger SKR?", "Det går bra."),))]


def test_an_empty_question_is_the_engines_to_answer():
    assistant = StandIn()
    assert client(assistant).post("/api/ask", json={"question": ""}).status_code == 200
    assert assistant.asked == [("", ())]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{", "JSON"),
        ("", "JSON"),
        ("[]", "JSON-objekt"),
        ("null", "JSON-objekt"),
        ('"text"', "JSON-objekt"),
        ("{}", "question"),
        ('{"history": []}', "question"),
        ('{"question": 5}', "question"),
        ('{"question": null}', "question"),
        ('{"question": ["Vem?"]}', "question"),
        ('{"question": "\\ud800"}', "question"),
        ('{"question": "Vem?", "history": {}}', "history"),
        ('{"question": "Vem?", "history": ["Vem?"]}', "history"),
        ('{"question": "Vem?", "history": [{"question": "Vem?"}]}', "history.0.answer"),
        ('{"question": "Vem?", "history": [{"question": 1, "answer": "x"}]}', "history.0.question"),
        ('{"question": "Vem?", "histroy": []}', "histroy"),
    ],
)
def test_what_is_no_question_is_422_and_says_what_is_wrong(body, named):
    assistant = StandIn()
    response = client(assistant).post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert named in assert_error(response, 422, "invalid_request")
    assert assistant.asked == []


def test_a_body_that_is_not_declared_as_json_or_not_utf8_is_422():
    web = client(StandIn())
    json_type = {"Content-Type": "application/json"}
    assert_error(web.post("/api/ask", content='{"question": "Vem?"}'), 422, "invalid_request")
    assert_error(web.post("/api/ask", content=b'{"question": "\xff"}', headers=json_type), 422, "invalid_request")


def test_history_at_its_limits_is_taken_and_beyond_them_is_422():
    web = client(StandIn())

    def ask(n_turns: int, n_chars: int):
        history = [{"question": "", "answer": "a" * n_chars}] * n_turns
        return web.post("/api/ask", json={"question": "Vem?", "history": history})

    assert ask(MAX_HISTORY_TURNS, 1).status_code == 200
    assert ask(1, MAX_HISTORY_CHARS).status_code == 200
    assert str(MAX_HISTORY_TURNS) in assert_error(ask(MAX_HISTORY_TURNS + 1, 1), 422, "history_too_large")
    assert_error(ask(1, MAX_HISTORY_CHARS + 1), 422, "history_too_large")


def test_more_questions_at_a_time_than_allowed_get_429_and_a_free_slot_serves_again():
    answering, go_on = threading.Event(), threading.Event()

    def reply(question: str):
        answering.set()
        assert go_on.wait(10)
        return ANSWER

    web = client(StandIn(reply), max_concurrent=1)
    first = []
    thread = threading.Thread(target=lambda: first.append(web.post("/api/ask", json={"question": "ett"})))
    thread.start()
    assert answering.wait(10)
    refused = web.post("/api/ask", json={"question": "två"})
    go_on.set()
    thread.join(10)
    assert_error(refused, 429, "busy")
    assert refused.headers["Retry-After"] == "1"
    assert first[0].status_code == 200
    assert web.post("/api/ask", json={"question": "tre"}).status_code == 200


def test_a_slot_is_free_again_after_a_failure():
    web = client(failing(ValueError("boom")), max_concurrent=1)
    for _ in range(3):
        assert_error(web.post("/api/ask", json={"question": "Vem?"}), 500, "internal")


def test_no_index_is_503():
    response = client(failing(IndexUnavailable("/secret: gone"))).post("/api/ask", json={"question": "Vem?"})
    assert "/secret" not in assert_error(response, 503, "unavailable")


def test_a_failure_is_told_without_its_cause_which_is_logged(caplog):
    response = client(failing(ValueError("boom"))).post("/api/ask", json={"question": "Vem?"})
    assert "boom" not in assert_error(response, 500, "internal")
    assert "boom" in caplog.text


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/ask"), ("POST", "/api/answer"), ("GET", "/api/")])
def test_other_addresses_of_the_api_are_404_in_the_same_form(method, path):
    assert_error(client(StandIn()).request(method, path), 404, "not_found")


class Stepwise(StandIn):
    """Gives a beginning before the answer; waits to be stopped where it is asked to."""

    def __init__(self, wait: bool = False) -> None:
        super().__init__()
        self.wait, self.stopped = wait, threading.Event()

    def stream(self, question, history=(), documents=frozenset(), stop=None):
        yield Partial("no", "Nej.", ())
        if self.wait:
            stop.on_stop(self.stopped.set)
            self.stopped.wait(60)
            raise Stopped
        yield self.ask(question, history, documents)


def test_an_answer_in_steps_is_a_json_object_a_line_the_whole_one_last():
    response = client(Stepwise()).post("/api/ask/stream", json={"question": "Kan Malmö få undantag?"})
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert response.headers["content-type"].startswith("application/x-ndjson")
    assert lines[0] == {"partial": {"verdict": "no", "answer": "Nej.", "citations": []}}
    assert lines[1] == {"answer": json.loads(json.dumps(ANSWER.to_json()))}
    assert len(lines) == 2


def test_what_is_wrong_with_a_question_asked_in_steps_has_its_status():
    assert_error(client(StandIn()).post("/api/ask/stream", json={}), 422, "invalid_request")
    missing = failing(IndexUnavailable("nothing is published"))
    assert_error(client(missing).post("/api/ask/stream", json={"question": "Vad?"}), 503, "unavailable")


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
def test_hanging_up_stops_the_work_and_frees_the_place(path):
    assistant = Stepwise(wait=True)
    with serving(create_api(assistant, max_concurrent=1)) as url:
        with pytest.raises(httpx.ReadTimeout):
            body = {"question": "Vad?"}
            with httpx.stream("POST", f"{url}{path}", json=body, timeout=2) as response:
                list(response.iter_lines())
        assert assistant.stopped.wait(30)
        assistant.wait = False
        answers = (httpx.post(f"{url}{path}", json=body, timeout=30).status_code for _ in range(100))
        assert 200 in answers


@contextlib.contextmanager
def serving(app):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
