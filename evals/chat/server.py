"""An HTTP server on loopback that speaks the OpenAI protocol and plays scripted models, streaming or not."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/v1/chat/completions"
PIECE_CHARS = 40
STALL_S = 60.0
_TASK = re.compile(r"Uppgift:\n(\{.*\})\s*$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Task:
    """What a request asks for: the JSON of the task, and whether it is asked for the second time."""

    values: Mapping[str, Any]
    again: bool

    @property
    def question(self) -> str:
        """The reader's question."""
        return str(self.values["fråga"])

    @property
    def verdict(self) -> str:
        """The verdict that the engine gives."""
        return str(self.values["verdikt"])

    @property
    def sources(self) -> Sequence[Mapping[str, Any]]:
        """The sources, each with its token, text and the sentences that bear the answer."""
        found: Sequence[Mapping[str, Any]] = self.values["källor"]
        return found


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends: the text in pieces, or a failure; ``stalls`` and ``cut`` come after the text."""

    text: str | Iterator[str] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    stalls: bool = False
    cut: bool = False
    body: str = ""


Script = Callable[[Task], Reply]


@dataclass
class Server:
    """A running server: the script that it plays now, its address, and what it was asked."""

    script: Script
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    n_broken_off: int = 0
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(script: Script) -> Iterator[Server]:
    """A server that plays ``script`` until the context ends."""
    server = Server(script)
    http = _Http(server)
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


def task_of(messages: Sequence[Mapping[str, Any]]) -> Task:
    """The task in the last message."""
    text = str(messages[-1]["content"])
    found = _TASK.search(text)
    assert found, "the request holds no task"
    return Task(json.loads(found[1]), "förra svar" in text)


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, played: Server) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.played = played

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    """Plays the script of the server that it belongs to."""

    server: "_Http"
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Play the script for one request."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.played.requests.append(asked)
        self.server.played.keys.append(self.headers.get("Authorization", ""))
        assert self.path == PATH
        try:
            self._send(self.server.played.script(task_of(asked["messages"])), asked)
        except (BrokenPipeError, ConnectionResetError):
            self.server.played.n_broken_off += 1
            self.close_connection = True

    def _send(self, reply: Reply, asked: Mapping[str, Any]) -> None:
        if reply.status != 200:
            body = (reply.body or json.dumps({"error": {"message": "fel", "type": "fel"}})).encode()
            self._head(reply, "application/json", len(body))
            self.wfile.write(body)
            return
        pieces = _pieces(reply.text)
        if not asked.get("stream"):
            body = json.dumps(_whole("".join(pieces))).encode()
            self._head(reply, "application/json", len(body))
            self.wfile.write(body)
            return
        self._head(reply, "text/event-stream", None)
        for piece in pieces:
            self._event(_chunk(piece))
        if reply.stalls:
            self._stall()
        if reply.stalls or reply.cut:
            self.close_connection = True
            return
        self._event(_chunk("", "stop"))
        if asked.get("stream_options", {}).get("include_usage"):
            self._event({**_chunk(""), "choices": [], "usage": _usage(asked, reply)})
        self._write(b"data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _stall(self) -> None:
        """Keep the connection open and say nothing, until the other side hangs up."""
        until = time.monotonic() + STALL_S
        while time.monotonic() < until and not self.server.played.closing.is_set():
            self._write(b": waiting\n\n")
            self.server.played.closing.wait(0.05)

    def _head(self, reply: Reply, kind: str, length: int | None) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", kind)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header(*(("Transfer-Encoding", "chunked") if length is None else ("Content-Length", str(length))))
        self.end_headers()

    def _event(self, values: Mapping[str, Any]) -> None:
        self._write(b"data: " + json.dumps(values).encode() + b"\n\n")

    def _write(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()


def _pieces(text: str | Iterator[str]) -> Iterator[str]:
    if isinstance(text, str):
        return (text[i : i + PIECE_CHARS] for i in range(0, len(text), PIECE_CHARS))
    return text


def _chunk(text: str, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "scripted", "choices": [choice]}


def _whole(text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}


def _usage(asked: Mapping[str, Any], reply: Reply) -> dict[str, int]:
    read = sum(len(str(m["content"])) for m in asked["messages"]) // 4
    written = len(reply.text) // 4 if isinstance(reply.text, str) else 1
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
