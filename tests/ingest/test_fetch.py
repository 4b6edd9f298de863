import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.entries import ManifestEntry
from ingest.fetch.copies import copy_path, fetch_all, read_copies
from ingest.fetch.download import Download, Net, Rules, download
from ingest.fetch.guard import checked, is_public
from ingest.limits import Limits
from ingest.origins import gather
from ingest.progress import no_progress

PUBLIC = "93.184.216.34"
PAGE = b"<html><p>Det tar tre \xc3\xa5r.</p></html>"
RULES = Rules(max_bytes=100_000, max_s=60)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
        "not an address",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_addresses_that_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://docs.example/a", "only http and https"),
        ("gopher://docs.example/", "only http and https"),
        ("http://", "not an address"),
        ("http://name:secret@docs.example/", "name or password"),
        ("http://127.0.0.1/", "not a public address"),
        ("http://127.1/", "not a public address"),
        ("http://0x7f000001/", "not a public address"),
        ("http://2130706433/", "not a public address"),
        ("http://[::1]/", "not a public address"),
        ("http://docs.example:99999/", "not an address"),
        ("http://doc s.example/", "not an address"),
        ("http://docs.example/" + "a" * 2000, "only http and https"),
    ],
)
def test_addresses_that_are_refused_before_anything_is_dialled(url, says):
    with pytest.raises(DocumentError, match=says):
        checked(url, lambda host, port: [PUBLIC])


def test_a_host_with_one_private_address_is_refused():
    with pytest.raises(DocumentError, match=r"docs.example leads to 10\.0\.0\.1"):
        checked("https://docs.example/a", lambda host, port: [PUBLIC, "10.0.0.1"])


def test_the_checked_address_is_what_is_connected_to():
    target = checked("https://Docs.Example/å b?q=ä", lambda host, port: [PUBLIC])
    assert (target.host, target.port, target.address) == ("docs.example", 443, PUBLIC)
    assert target.path == "/%C3%A5%20b?q=%C3%A4"


@dataclass
class Site:
    """A real server on this machine, which the stand-in dialler connects to in place of the public address."""

    port: int = 0
    answers: dict[str, Callable[[http.server.BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    hosts: dict[str, list[str]] = field(default_factory=lambda: {"docs.example": [PUBLIC]})

    def resolve(self, host: str, port: int) -> list[str]:
        return self.hosts.get(host, [])

    def dial(self, address: str, port: int, timeout_s: float) -> socket.socket:
        self.dialled.append(address)
        return socket.create_connection(("127.0.0.1", self.port), 10)

    def net(self) -> Net:
        return Net(self.resolve, self.dial, self.slept.append)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
            made.answers[self.path](self)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def send(
    handler: http.server.BaseHTTPRequestHandler, status: int, body: bytes = b"", length: int = -1, **headers: str
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body) if length < 0 else length))
    handler.end_headers()
    handler.wfile.write(body)


def page(handler: http.server.BaseHTTPRequestHandler) -> None:
    if handler.headers.get("If-None-Match") == '"1"':
        send(handler, 304)
    else:
        send(handler, 200, PAGE, Content_Type="text/html; charset=utf-8", ETag='"1"')


def get(site: Site, path: Path, url: str = "http://docs.example/a", rules: Rules = RULES) -> Download:
    return download(url, path / "part", None, rules, site.net())


def test_a_page_is_fetched_from_the_address_that_was_checked(site, tmp_path):
    site.answers["/a"] = page
    found = get(site, tmp_path)
    assert (found.content_type, found.etag) == ("text/html", '"1"')
    assert (tmp_path / "part").read_bytes() == PAGE
    assert site.dialled == [PUBLIC]
    assert site.asked[0][1]["host"] == "docs.example"


def test_every_redirect_is_checked(site, tmp_path):
    site.hosts["inside.example"] = ["169.254.169.254"]
    site.answers["/a"] = lambda h: send(h, 302, Location="http://inside.example/meta")
    with pytest.raises(DocumentError, match=r"inside.example leads to 169\.254\.169\.254"):
        get(site, tmp_path)
    assert site.dialled == [PUBLIC]
    site.answers["/a"] = lambda h: send(h, 302, Location="/b")
    site.answers["/b"] = page
    assert get(site, tmp_path).url == "http://docs.example/b"
    site.answers["/a"] = lambda h: send(h, 302, Location="/a")
    with pytest.raises(DocumentError, match="more than 6 times"):
        get(site, tmp_path)
    site.answers["/a"] = lambda h: send(h, 302, Location="file:///etc/passwd")
    with pytest.raises(DocumentError, match="only http and https"):
        get(site, tmp_path)


def test_what_passes_is_tried_again_with_growing_pauses(site, tmp_path):
    answers = iter([503, 500, 200])
    site.answers["/a"] = lambda h: send(h, next(answers), PAGE, Content_Type="text/html")
    get(site, tmp_path)
    assert site.slept == [1.0, 2.0]
    site.answers["/a"] = lambda h: send(h, 429, Retry_After="7")
    with pytest.raises(DocumentError, match="429 Too Many Requests"):
        get(site, tmp_path)
    assert site.slept[2:] == [7.0, 7.0, 7.0]
    site.answers["/a"] = lambda h: send(h, 404)
    with pytest.raises(DocumentError, match="the server says 404"):
        get(site, tmp_path)


def test_a_download_that_was_cut_off_goes_on_where_it_ended(site, tmp_path):
    body = bytes(range(256)) * 100

    def halves(handler: http.server.BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("Range")
        if asked is None:
            send(handler, 200, body[:10_000], len(body), Content_Type="text/plain", ETag='"x"')
        else:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            content_range = f"bytes {start}-{len(body) - 1}/{len(body)}"
            send(handler, 206, body[start:], Content_Range=content_range, Content_Type="text/plain", ETag='"x"')

    site.answers["/a"] = halves
    get(site, tmp_path)
    assert (tmp_path / "part").read_bytes() == body
    assert [(h.get("range"), h.get("if-range")) for _, h in site.asked] == [(None, None), ("bytes=10000-", '"x"')]


def test_more_than_is_taken_is_refused_whatever_the_server_says(site, tmp_path):
    small = Rules(max_bytes=1000, max_s=60)
    site.answers["/a"] = lambda h: send(h, 200, b"x" * 2000)
    with pytest.raises(DocumentError, match="more than the 1,000 bytes"):
        get(site, tmp_path, rules=small)

    def unnamed(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 5000)

    site.answers["/a"] = unnamed
    with pytest.raises(DocumentError, match="more than the 1,000 bytes"):
        get(site, tmp_path, rules=small)
    site.answers["/a"] = lambda h: send(h, 200, b"x", Content_Encoding="gzip")
    with pytest.raises(DocumentError, match="comes packed"):
        get(site, tmp_path)


def test_time_runs_out(site, tmp_path):
    clock = iter(range(0, 10_000, 40))
    site.answers["/a"] = page
    net = Net(site.resolve, site.dial, site.slept.append, lambda: float(next(clock)))
    with pytest.raises(DocumentError, match="out of time"):
        download("http://docs.example/a", tmp_path / "part", None, RULES, net)


ENTRY = ManifestEntry(id="sidan", fetch="http://docs.example/a", title="Sidan", date="2026-07")


def fetched(site: Site, data_dir: Path) -> list[str]:
    return fetch_all(data_dir, [ENTRY], Limits(), site.net(), no_progress)


def test_copies_are_kept_checked_and_asked_for_only_when_newer(site, tmp_path):
    site.answers["/a"] = page
    assert fetched(site, tmp_path) == []
    copy = read_copies(tmp_path)["sidan"]
    assert copy_path(tmp_path, copy).read_bytes() == PAGE
    assert fetched(site, tmp_path) == []
    assert site.asked[1][1]["if-none-match"] == '"1"'
    assert read_copies(tmp_path)["sidan"] == copy
    copy_path(tmp_path, copy).write_bytes(b"damaged")
    assert fetched(site, tmp_path) == []
    assert "if-none-match" not in site.asked[2][1]
    assert copy_path(tmp_path, copy).read_bytes() == PAGE


def test_the_last_good_copy_stays_when_something_else_comes(site, tmp_path):
    site.answers["/a"] = page
    fetched(site, tmp_path)
    for status, body in ((200, b"<html><nav>Logga in</nav></html>"), (500, b""), (404, b"")):
        site.answers["/a"] = lambda h, s=status, b=body: send(h, s, b, Content_Type="text/html")
        assert len(fetched(site, tmp_path)) == 1
        assert copy_path(tmp_path, read_copies(tmp_path)["sidan"]).read_bytes() == PAGE
    site.answers["/a"] = lambda h: send(h, 200, b"GIF89a", Content_Type="image/gif")
    assert "comes as image/gif" in fetched(site, tmp_path)[0]


def test_what_was_fetched_is_gathered_and_what_was_not_is_not(site, tmp_path):
    sources = tmp_path / "sources.yaml"
    sources.write_text("documents: [{id: sidan, fetch: 'http://docs.example/a', title: Sidan}]")
    assert gather(tmp_path / "data", tmp_path, sources).entries == ()
    site.answers["/a"] = page
    fetched(site, tmp_path / "data")
    (entry,) = gather(tmp_path / "data", tmp_path, sources).entries
    assert (entry.document_id, entry.origin, entry.fields.url) == ("sidan", "fetched", "http://docs.example/a")
