import re

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from assistant.web.guard import MAX_REQUEST_BYTES
from assistant.web.server import build_app
from corpus.settings import Settings
from tests.assistant.standin import StandIn


@pytest.fixture(scope="module")
def assistant():
    return StandIn()


@pytest.fixture(scope="module")
def web(assistant):
    with TestClient(build_app(assistant, Settings()), raise_server_exceptions=False) as client:
        yield client


def script_source(response):
    policy = response.headers["Content-Security-Policy"]
    return next(part.strip() for part in policy.split(";") if part.strip().startswith("script-src"))


ROUTES = [
    ("GET", "/", 200),
    ("HEAD", "/", 200),
    ("GET", "/healthz", 200),
    ("POST", "/api/ask", 422),
    ("GET", "/api/elsewhere", 404),
    ("GET", "/page-assets/page.js", 200),
    ("GET", "/page-assets/absent.js", 404),
    ("GET", "/theme.css", 200),
    ("GET", "/absent", 404),
    ("POST", "/gradio_api/upload", 404),
    ("GET", "/gradio_api/file=/etc/passwd", 404),
    ("GET", "/proxy=https://x.example/", 404),
    ("GET", "/gradio_api/proxy=https://x.example/", 404),
    ("GET", "/gradio_api/info", 404),
    ("POST", "/gradio_api/run/predict", 404),
    ("POST", "/gradio_api/call/ask", 404),
    ("GET", "/gradio_api/runs", 404),
    ("POST", "/login", 404),
    ("GET", "/docs", 404),
    ("GET", "/openapi.json", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
def test_every_response_has_the_headers_and_only_needed_routes_are_open(web, method, path, status):
    response = web.request(method, path)
    assert response.status_code == status
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "http" not in policy
    assert "unsafe" not in script_source(response)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_each_visit_has_a_nonce_of_its_own_that_its_scripts_bear(web):
    nonces = []
    for _ in range(2):
        response = web.get("/", headers={"Accept-Encoding": "br, gzip"})
        [nonce] = re.findall(r"'nonce-([\w-]+)'", script_source(response))
        scripts = re.findall(r"<script\b[^>]*>", response.text)
        assert len(scripts) >= 6
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        nonces.append(nonce)
    assert nonces[0] != nonces[1]
    assert "nonce" not in script_source(web.get("/healthz"))


def test_a_request_at_its_limit_is_taken_and_beyond_it_refused(web, assistant):
    def ask(n_bytes: int, **options):
        body = b'{"question": "' + b"a" * (n_bytes - 16) + b'"}'
        assert len(body) == n_bytes
        headers = {"Content-Type": "application/json"}
        return web.post("/api/ask", content=options.get("content", lambda b: b)(body), headers=headers)

    assert ask(MAX_REQUEST_BYTES).status_code == 200
    n_asked = len(assistant.asked)

    def in_pieces(body):
        return (body[at : at + 10_000] for at in range(0, len(body), 10_000))

    for refused in (ask(MAX_REQUEST_BYTES + 1), ask(MAX_REQUEST_BYTES + 1, content=in_pieces)):
        assert refused.status_code == 422
        assert refused.json()["error"]["code"] == "too_large"
        assert "Content-Security-Policy" in refused.headers
    assert len(assistant.asked) == n_asked


def test_a_failure_has_the_headers_too():
    def reply(question: str):
        raise ValueError("boom")

    with TestClient(build_app(StandIn(reply), Settings()), raise_server_exceptions=False) as web:
        response = web.post("/api/ask", json={"question": "Vem?"})
    assert response.status_code == 500
    assert "boom" not in response.text
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_web_sockets_are_refused(web):
    with pytest.raises(WebSocketDisconnect) as refused, web.websocket_connect("/gradio_api/queue/join"):
        pass
    assert refused.value.code == 1008
