"""Before every connection: may this address be fetched, and to which machine does it lead? Dials nothing itself."""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from corpus.errors import DocumentError

PORTS = {"http": 80, "https": 443}
MAX_URL_CHARS = 2000
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_-]{1,63})*\.?")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses of a host; raises OSError."""
Dialler = Callable[[str, int, float], socket.socket]
"""Connects to an address and port within seconds; raises OSError."""


@dataclass(frozen=True, slots=True)
class Target:
    """What to ask for, of whom, and the one address that was checked and is to be connected to."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


def checked(url: str, resolve: Resolver) -> Target:
    """Where ``url`` leads, if it is a public address on the web.

    Raises:
        DocumentError: it is not http or https, names no public host, or resolves to a machine that is not public.
        OSError: the name cannot be resolved.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        raise DocumentError(f"{url}: not an address that can be fetched") from None
    if parts.scheme not in PORTS or len(url) > MAX_URL_CHARS or not port:
        raise DocumentError(f"{url}: only http and https addresses can be fetched")
    if parts.username is not None or parts.password is not None:
        raise DocumentError(f"{url}: refused, since it holds a name or password")
    literal = _literal(host)
    if literal is None and not _HOST.fullmatch(host):
        raise DocumentError(f"{url}: not an address that can be fetched")
    addresses = [str(literal)] if literal is not None else list(resolve(host, port))
    if not addresses:
        raise DocumentError(f"{url}: {host} has no address")
    private = [address for address in addresses if not is_public(address)]
    if private:
        raise DocumentError(f"{url}: refused, since {host} leads to {private[0]}, which is not a public address")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{_query(parts.query)}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses[0])


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also when it is wrapped in an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
        if ip.scope_id:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host by the system's resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def dial(address: str, port: int, timeout_s: float) -> socket.socket:
    """A connection to an address."""
    return socket.create_connection((address, port), timeout_s)


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that a host is, in any of the ways that the system's resolver would read it."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))  # 127.1, 0x7f000001, 2130706433
    except OSError:
        return None


def _query(query: str) -> str:
    return quote(query, safe="/%:@!$&'()*+,;=~-._?")
