"""The outermost layer of the web server: security headers on every response, no routes beyond those needed."""

import json
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.shell import ASSETS, rewrite_shell
from assistant.web.visits import COOKIE, as_token, new_token

MAX_REQUEST_BYTES = 256 * 1024

# What the page itself asks for. Gradio's other routes (uploads, files, proxying, predict by index) stay shut.
OPEN_PATHS = frozenset(
    {
        "/",
        "/healthz",
        "/theme.css",
        "/favicon.ico",
        "/robots.txt",
        "/gradio_api/app_id",
        "/tidslinje",
        "/aktorer",
        "/dokument",
        "/om",
        "/tillganglighet",
        "/omdome",
    }
)
OPEN_PREFIXES = (
    "/api/",
    "/dokument/",
    "/samtal/",
    f"{ASSETS}/",
    "/assets/",
    "/static/",
    "/gradio_api/queue/",
    "/gradio_api/heartbeat/",
)

# No 'unsafe-eval': gr.Markdown and static scripts do what gr.HTML and js= would need it for. Gradio's components
# set style attributes, so styles cannot do without 'unsafe-inline'.
POLICY = (
    "default-src 'self'; script-src 'self'{nonce}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """ASGI layer around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on if it is one that the page or the API needs; add headers to whatever comes back."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif not is_open(scope["path"]):
            await refuse(with_headers(send, nonce=None), 404, "not_found", "Sidan finns inte.")
        else:
            await self.pass_on(scope, receive, send)

    async def pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body within its limit and hand the request to the application."""
        body = await read_body(receive, Headers(scope=scope))
        if body is None:
            message = f"Förfrågan är för stor: högst {MAX_REQUEST_BYTES // 1024} kB tas emot."
            await refuse(with_headers(send, nonce=None), 422, "too_large", message)
            return
        if scope["path"] != "/":
            await self.app(scope, replay(body, receive), with_headers(send, nonce=None))
            return
        # The start document is rewritten, so it has to come uncompressed.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        nonce = secrets.token_urlsafe(16)
        visit = "" if as_token(cookies(scope).get(COOKIE)) else new_token()
        shell = ShellSender(with_headers(send, nonce, visit), nonce)
        await self.app({**scope, "headers": plain}, replay(body, receive), shell)


class ShellSender:
    """Holds an HTML response back until it is whole, and sends it rewritten."""

    def __init__(self, send: Send, nonce: str) -> None:
        """Send on through ``send``; scripts get ``nonce``."""
        self.send = send
        self.nonce = nonce
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        """Take one message of the response."""
        if message["type"] == "http.response.start":
            if Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                self.start = message
                return
        elif self.start is not None and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if message.get("more_body"):
                return
            body = rewrite_shell(self.body.decode(), self.nonce).encode() if self.body else b""
            headers = MutableHeaders(raw=self.start["headers"])
            headers["Cache-Control"] = "no-store"
            if body:
                headers["Content-Length"] = str(len(body))
            await self.send(self.start)
            message = {"type": "http.response.body", "body": body}
        await self.send(message)


def is_open(path: str) -> bool:
    """Whether the page or the API needs ``path``."""
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)


def cookies(scope: Scope) -> dict[str, str]:
    """The cookies that came with a request."""
    return HTTPConnection(scope).cookies


def with_headers(send: Send, nonce: str | None, visit: str = "") -> Send:
    """``send``, adding the security headers to the start of the response, and the name of a ``visit`` that begins."""
    policy = POLICY.format(nonce=f" 'nonce-{nonce}'" if nonce else "")

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            headers["Content-Security-Policy"] = policy
            for name, value in HEADERS.items():
                headers[name] = value
            if visit:
                headers.append("Set-Cookie", f"{COOKIE}={visit}; Path=/; HttpOnly; SameSite=Lax")
            message = {**message, "headers": headers.raw}
        await send(message)

    return sending


async def read_body(receive: Receive, headers: Headers) -> bytes | None:
    """The whole body of a request, or None when it is larger than is taken."""
    declared = headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > MAX_REQUEST_BYTES:
        return None
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_REQUEST_BYTES:
            return None
        more = message["type"] == "http.request" and message.get("more_body", False)
    return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives ``body`` first and then whatever comes from the client (its hanging up)."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


async def refuse(send: Send, status: int, code: str, message: str) -> None:
    """Answer a request with an error in the API's form."""
    body = json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
