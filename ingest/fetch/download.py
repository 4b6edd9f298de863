"""Downloads one address to a file: conditional, resumed, tried again, within limits; every hop is checked first."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from corpus.errors import DocumentError
from ingest.fetch.guard import Dialler, Resolver, Target, checked, dial, resolve

MAX_HOPS = 6
TRIES = 4
BACKOFF_S = 1.0
MAX_WAIT_S = 30.0
CONNECT_S = 15.0
USER_AGENT = "fraga-utredningen (document fetcher)"
_PIECE_BYTES = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Net:
    """What a download does to the world outside; tests hand over their own."""

    resolve: Resolver = resolve
    dial: Dialler = dial
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    tls: ssl.SSLContext | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Download:
    """A finished download; ``unchanged`` says that the server has nothing newer than what is kept."""

    url: str
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How much is taken: bytes, and seconds for one address with all its tries."""

    max_bytes: int
    max_s: float


class _Again(Exception):
    """Something that may pass: worth another try after ``wait_s`` seconds, if the server names a time."""

    def __init__(self, why: str, wait_s: float = 0.0) -> None:
        super().__init__(why)
        self.wait_s = wait_s


def download(
    url: str,
    part: Path,
    known: Download | None,
    rules: Rules,
    net: Net,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Download:
    """Download ``url`` to ``part``, going on with what lies there from an earlier try.

    Args:
        url: the address.
        part: the file to write; what is said of it is kept beside it.
        known: what is known of the copy that is kept, so that the server can say that it is still good.
        rules: limits.
        net: resolver, dialler and clocks.
        told: how many bytes have come, of how many (0 if the server does not say).

    Raises:
        DocumentError: the address is refused, the server says no, or it did not work after some tries.
    """
    deadline = net.clock() + rules.max_s
    why = ""
    for attempt in range(TRIES):
        try:
            return _follow(url, part, known, rules, net, told, deadline)
        except (_Again, OSError, http.client.HTTPException) as error:
            why = str(error) or type(error).__name__
            wait = min(MAX_WAIT_S, max(getattr(error, "wait_s", 0.0), BACKOFF_S * 2**attempt))
            unknown = isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME  # will be so again
            if unknown or attempt + 1 == TRIES or net.clock() + wait > deadline:
                break
            net.sleep(wait)
    raise DocumentError(f"{url}: could not be fetched ({why}); a copy from before stays, try again later")


def _follow(
    url: str,
    part: Path,
    known: Download | None,
    rules: Rules,
    net: Net,
    told: Callable[[int, int], None],
    deadline: float,
) -> Download:
    """One try, through all redirects; each new address is checked like the first."""
    at = url
    for _ in range(MAX_HOPS):
        target = checked(at, net.resolve)
        if at != url and url.startswith("https:") and target.scheme == "http":
            raise DocumentError(f"{url}: refused, since it leads on to {at}, which is not encrypted")
        connection = _connect(target, net, deadline)
        try:
            connection.request("GET", target.path, headers=_headers(at, part, known))
            response = connection.getresponse()
            if response.status in _REDIRECTS and response.headers.get("Location"):
                at = urljoin(at, response.headers["Location"])
                continue
            return _answered(at, response, part, known, rules, net, told, deadline)
        finally:
            connection.close()
    raise DocumentError(f"{url}: refused, since it leads on more than {MAX_HOPS} times")


def _connect(target: Target, net: Net, deadline: float) -> http.client.HTTPConnection:
    """A connection to the address that was checked, whatever the name resolves to by now."""
    left = deadline - net.clock()
    if left <= 0:
        raise _Again("out of time")
    sock: socket.socket = net.dial(target.address, target.port, min(CONNECT_S, left))
    if target.scheme == "https":
        sock = (net.tls or ssl.create_default_context()).wrap_socket(sock, server_hostname=target.host)
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = sock
    return connection


def _headers(at: str, part: Path, known: Download | None) -> dict[str, str]:
    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    begun = _begun(part)
    if begun is not None and begun.url == at and (begun.etag or begun.last_modified):
        headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": begun.etag or begun.last_modified}
    elif known is not None:
        headers |= {"If-None-Match": known.etag} if known.etag else {}
        headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
    return headers


def _answered(
    at: str,
    response: http.client.HTTPResponse,
    part: Path,
    known: Download | None,
    rules: Rules,
    net: Net,
    told: Callable[[int, int], None],
    deadline: float,
) -> Download:
    status, headers = response.status, response.headers
    if status == 304 and known is not None:
        return Download(at, known.content_type, known.etag, known.last_modified, unchanged=True)
    if status == 416:
        _forget(part)
        raise _Again("the server has another version than the one begun")
    if status in _PASSING:
        after = headers.get("Retry-After", "")
        raise _Again(f"{status} {response.reason}", float(after) if after.isdecimal() else 0.0)
    if status not in (200, 206):
        raise DocumentError(f"{at}: the server says {status} {response.reason}")
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        raise DocumentError(f"{at}: refused, since it comes packed, which was not asked for")
    found = Download(at, headers.get_content_type(), _strong(headers.get("ETag", "")), headers.get("Last-Modified", ""))
    start = part.stat().st_size if status == 206 and part.is_file() else 0
    if status == 206 and not headers.get("Content-Range", "").startswith(f"bytes {start}-"):
        _forget(part)
        raise _Again("the server sent another part than asked for")
    _receive(response, part, start, found, rules, net, told, deadline)
    _side(part).unlink(missing_ok=True)
    return found


def _receive(
    response: http.client.HTTPResponse,
    part: Path,
    start: int,
    found: Download,
    rules: Rules,
    net: Net,
    told: Callable[[int, int], None],
    deadline: float,
) -> None:
    length = response.headers.get("Content-Length", "")
    total = start + int(length) if length.isdecimal() else 0
    too_large = DocumentError(f"{found.url}: more than the {rules.max_bytes:,} bytes that are taken")
    if total > rules.max_bytes:
        raise too_large
    _side(part).write_text(json.dumps(asdict(found)), "utf-8")
    done = start
    with part.open("ab" if start else "wb") as file:
        while piece := response.read1(_PIECE_BYTES):
            done += len(piece)
            if done > rules.max_bytes:
                file.close()
                _forget(part)
                raise too_large
            file.write(piece)
            told(done, total)
            if net.clock() > deadline:
                raise _Again("out of time")
    if total and done < total:
        raise _Again(f"cut off after {done:,} of {total:,} bytes")


def _strong(etag: str) -> str:
    """A weak tag says that two versions mean the same, which is no ground to glue two halves together."""
    return "" if etag.startswith("W/") else etag


def _side(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _begun(part: Path) -> Download | None:
    """What is known of a download that was begun; None where there is none to go on with."""
    try:
        values: Mapping[str, object] = json.loads(_side(part).read_text("utf-8"))
        return Download(**values) if part.is_file() and part.stat().st_size else None  # type: ignore[arg-type]
    except (OSError, ValueError, TypeError):
        return None


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _side(part).unlink(missing_ok=True)
