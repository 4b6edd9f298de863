import io
from dataclasses import replace

import docx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.api_errors import add_error_handlers
from assistant.feedback import FILE, FeedbackStore
from assistant.web.server import build_app
from assistant.web.services import add_services
from assistant.web.visits import COOKIE, Exchange, Visits, new_token
from corpus.settings import Settings
from tests.assistant.standin import ANSWER, QUOTE, StandIn


class Reader:
    """A reader with one conversation, and the server that it is kept on."""

    def __init__(self, web, visits, data):
        self.web = web
        self.data = data
        self.visit = new_token()
        web.cookies.clear()
        web.cookies.set(COOKIE, self.visit)
        conversation = visits.begin()
        self.kept = visits.keep(
            self.visit,
            type(conversation)(conversation.conversation_id, conversation.begun, (Exchange(1, "Vem?", ANSWER),)),
        )

    def feedback(self):
        return FeedbackStore(self.data).all()

    def rate(self, **opinion):
        return self.web.post("/omdome", json=opinion)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The web application, which takes long to build, with its conversations and its data folder."""
    visits, data = Visits(), tmp_path_factory.mktemp("services")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.web.server.Visits", lambda: visits)
        app = build_app(StandIn(), Settings(data_dir=data))
    with TestClient(app, raise_server_exceptions=False) as web:
        yield web, visits, data


@pytest.fixture
def reader(server):
    """Somebody who has not been there before, and a server on which nobody has said anything yet."""
    web, visits, data = server
    (data / FILE).unlink(missing_ok=True)
    return Reader(web, visits, data)


def test_an_opinion_is_kept_and_can_be_taken_back(reader):
    assert reader.rate(answer=ANSWER.id, useful=False, comment=" fel år ").status_code == 200
    [kept] = reader.feedback()
    assert (kept.useful, kept.comment, kept.question, kept.answer) == (False, "fel år", ANSWER.question, ANSWER.answer)
    assert reader.rate(answer=ANSWER.id, useful=None).status_code == 200
    assert reader.feedback() == []


@pytest.mark.parametrize(
    ("opinion", "status", "code"),
    [
        ({"answer": "another", "useful": True}, 404, "not_found"),
        ({"answer": ANSWER.id, "useful": True, "comment": "om 850101-1236"}, 422, "personal_data"),
        ({"answer": ANSWER.id, "useful": True, "comment": "x" * 2001}, 422, "invalid_request"),
        ({"answer": ANSWER.id, "useful": "ja"}, 422, "invalid_request"),
        ({"answer": ANSWER.id, "useful": True, "question": "annat"}, 422, "invalid_request"),
        ({"answer": ANSWER.id}, 422, "invalid_request"),
    ],
)
def test_other_opinions_are_refused_with_a_swedish_line(reader, opinion, status, code):
    response = reader.rate(**opinion)
    assert response.status_code == status
    assert response.json()["error"]["code"] == code
    assert reader.feedback() == []


def test_another_readers_answer_cannot_be_rated_or_fetched(reader):
    reader.web.cookies.clear()
    path = f"/samtal/{reader.kept.conversation_id}.md"
    for cookie in (None, new_token()):
        if cookie:
            reader.web.cookies.set(COOKIE, cookie)
        assert reader.rate(answer=ANSWER.id, useful=True).status_code == 404
        assert reader.web.get(path).status_code == 404
    assert reader.feedback() == []


def test_a_form_of_another_site_is_no_opinion(reader):
    body = '{"answer": "a1", "useful": true}'
    response = reader.web.post("/omdome", content=body, headers={"Content-Type": "text/plain"})
    assert response.status_code == 422
    assert reader.feedback() == []


def test_a_conversation_is_fetched_as_markdown_and_word(reader):
    path = f"/samtal/{reader.kept.conversation_id}"
    markdown = reader.web.get(f"{path}.md")
    assert markdown.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert "attachment" in markdown.headers["Content-Disposition"]
    assert markdown.headers["Cache-Control"] == "no-store"
    assert QUOTE in markdown.text
    word = reader.web.get(f"{path}.docx")
    assert f"{QUOTE} [1]" in [p.text for p in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert reader.web.get(f"{path}.pdf").status_code == 422


def test_all_conversations_are_forgotten_on_demand(reader):
    assert reader.web.post("/samtal/glom", follow_redirects=False).status_code == 303
    assert reader.web.get(f"/samtal/{reader.kept.conversation_id}.md").status_code == 404


def test_a_visit_is_named_once_by_a_cookie_that_scripts_cannot_read(reader):
    reader.web.cookies.clear()
    cookie = reader.web.get("/").headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    reader.web.cookies.set(COOKIE, reader.visit)
    assert "Set-Cookie" not in reader.web.get("/").headers
    reader.web.cookies.clear()
    assert "Set-Cookie" in reader.web.get("/", headers={"Cookie": f"{COOKIE}=<script>"}).headers


@pytest.mark.parametrize("useful", [True, None])
def test_an_opinion_that_cannot_be_kept_is_told_as_that(tmp_path, useful):
    visits, visit, app = Visits(), new_token(), FastAPI()
    add_services(app, visits, FeedbackStore(tmp_path))
    add_error_handlers(app)
    conversation = visits.begin()
    visits.keep(visit, replace(conversation, exchanges=(Exchange(1, "Vem?", ANSWER),)))
    (tmp_path / FILE).write_text("no database")
    response = TestClient(app, cookies={COOKIE: visit}).post("/omdome", json={"answer": ANSWER.id, "useful": useful})
    assert response.status_code == 503
    assert response.json()["error"]["message"] == "Omdömet kunde inte sparas. Försök igen om en stund."
