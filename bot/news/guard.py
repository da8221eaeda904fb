"""Which addresses may be asked: https only, and only computers that are open to everybody.

A name is looked up once, and the connection goes to the very address that was checked here.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from httpx2 import URL, InvalidURL

from bot.news.errors import Failed, Refused

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

HTTPS = 443
LAST_PORT = 1 << 16
STRANGE = re.compile(r"[\s\\\x00-\x20\x7f]")
NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
TRANSLATED = IPv6Network("64:ff9b::/96")
OFF_LIMITS = (
    IPv4Network("168.63.129.16/32"),  # a cloud's own service at a public address
    IPv4Network("192.0.0.0/24"),  # another cloud's, and the machinery of translation
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/32"),  # tunnels
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("fec0::/10"),
)


async def look_up(host: str, port: int) -> Sequence[str]:
    """The machine's own resolver."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
        )
    except OSError:
        raise Failed(f"no computer is called {host!r}") from None
    return [str(place[0]) for *_, place in found]


def is_public(address: Address) -> bool:
    """Open to everybody, also through whatever other address is written into it."""
    if (inner := _inside(address)) is not None:
        return is_public(inner)
    if any(address in network for network in OFF_LIMITS if network.version == address.version):
        return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not special


def _inside(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


@dataclass(frozen=True, slots=True)
class Guard:
    """`permits` is there for tests, which serve on loopback; nothing else may loosen it."""

    resolve: Resolve = look_up
    permits: Callable[[Address], bool] = is_public

    async def addresses(self, url: URL) -> Sequence[str]:
        """All of them are checked: a name that leads inside even once is refused."""
        host, port = host_of(url), url.port or HTTPS
        found = [host] if _literal(host) else await self.resolve(host, port)
        if not found:
            raise Failed(f"no computer is called {host!r}")
        for text in found:
            address = _literal(text)
            if address is None or not self.permits(address):
                raise Refused(f"{host!r} leads to {text!r}, which is not a public address")
        return tuple(dict.fromkeys(found))


def checked(text: str) -> URL:
    """Raises Refused for whatever is not plainly https://name/path."""
    if STRANGE.search(text):
        raise Refused("an address with blanks or odd signs in it")
    try:
        url = URL(text)
    except (InvalidURL, ValueError, UnicodeError):
        raise Refused("no address at all") from None
    if url.scheme != "https":
        raise Refused(f"only https is asked, not {url.scheme or 'nothing'!r}")
    if url.userinfo or "@" in text.partition("://")[2].partition("/")[0]:
        raise Refused("an address with a user's name in it")
    if not 0 < (url.port or HTTPS) < LAST_PORT:
        raise Refused("an address with a door that does not exist")
    _plain(host_of(url))
    return url


def host_of(url: URL) -> str:
    """As it goes over the wire, without the dot of the root."""
    return url.raw_host.decode("ascii").rstrip(".")


def _plain(host: str) -> None:
    """Numbers in disguise (2130706433, 0177.1, 0x7f.1) and zones of addresses are no names."""
    if not host or "%" in host:
        raise Refused("an address without a plain name")
    if NUMBER.fullmatch(host.rpartition(".")[2]) and _literal(host) is None:
        raise Refused(f"{host!r} is a number in disguise")


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None
