"""Fetches one page from a stranger: https, a checked address, few redirects, 2 MB, 10 seconds."""

import asyncio
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache

import httpx2

from bot.news.errors import Failed, Refused, Unheard
from bot.news.guard import STRANGE, Guard, checked, host_of
from bot.news.inflating import too_large, unpacker
from core.ports import Clock

MOST_BYTES = 2_000_000
PATIENCE = timedelta(seconds=10)
CONNECT = 4.0
MOST_REDIRECTS = 3
MOST_ADDRESSES = 3
LONGEST_WAIT = timedelta(days=1)
DIGITS = re.compile(r"[0-9]+")
MOVED = frozenset({301, 302, 303, 307, 308})
SAID = {
    "User-Agent": "Nightdesk/0.1 (reads headlines)",
    "Accept": "application/rss+xml, application/atom+xml, application/json, text/xml;q=0.9",
    "Accept-Encoding": "gzip",
}


@cache
def trusted() -> ssl.SSLContext:
    """What the machine trusts; read once, since it takes a while."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Page:
    """An answer; one without a body says that nothing has changed."""

    body: bytes
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Fetch:
    """`guard` and `tls` come from whoever builds it. Raises Unheard, and nothing else."""

    clock: Clock
    guard: Guard = field(default_factory=Guard)
    tls: ssl.SSLContext | None = None
    patience: timedelta = PATIENCE
    most: int = MOST_BYTES

    async def __call__(self, address: str, asked: Mapping[str, str] | None = None) -> Page:
        try:
            async with asyncio.timeout(self.patience.total_seconds()):
                return await self._follow(address, SAID | dict(asked or {}))
        except TimeoutError:
            seconds = f"{self.patience.total_seconds():g}"
            raise Failed(f"no whole answer within {seconds} seconds") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError) as error:
            raise Failed(f"no answer ({type(error).__name__})") from None

    async def _follow(self, address: str, headers: Mapping[str, str]) -> Page:
        url = checked(address)
        for _ in range(MOST_REDIRECTS + 1):
            arrived = await self._ask(url, headers)
            if isinstance(arrived, Page):
                return arrived
            url = arrived
        raise Refused(f"more than {MOST_REDIRECTS} redirects")

    async def _ask(self, url: httpx2.URL, headers: Mapping[str, str]) -> Page | httpx2.URL:
        """A page, or where it has gone. Every hop is checked like the first."""
        addresses = await self.guard.addresses(url)
        async with await asyncio.to_thread(self._client) as client:
            response = await _reach(client, url, addresses, headers)
            try:
                return await self._read(url, response)
            finally:
                await response.aclose()

    def _client(self) -> httpx2.AsyncClient:
        """In a thread: the first one imports, and reads what the machine trusts."""
        tls = trusted() if self.tls is None else self.tls
        transport = httpx2.AsyncHTTPTransport(verify=tls, trust_env=False)
        timeout = httpx2.Timeout(self.patience.total_seconds(), connect=CONNECT)
        return httpx2.AsyncClient(transport=transport, trust_env=False, timeout=timeout)

    async def _read(self, url: httpx2.URL, response: httpx2.Response) -> Page | httpx2.URL:
        status, said = response.status_code, response.headers
        if status in MOVED and "location" in said:
            return _moved(url, said["location"])
        if status == 304:
            return Page(b"")
        if status != 200:
            raise Failed(f"HTTP {status}", _wait(said.get("retry-after", ""), self.clock.now()))
        body = await self._body(response)
        return Page(body, said.get("etag", ""), said.get("last-modified", ""))

    async def _body(self, response: httpx2.Response) -> bytes:
        stated = response.headers.get("content-length", "")
        if DIGITS.fullmatch(stated) and int(stated[:12]) > self.most:
            raise too_large(self.most)
        encoding = response.headers.get("content-encoding", "").strip().lower()
        unpack = unpacker(encoding, self.most)
        pieces = [unpack.take(piece) async for piece in response.aiter_raw()]
        unpack.end()
        return b"".join(pieces)


async def _reach(
    client: httpx2.AsyncClient,
    url: httpx2.URL,
    addresses: Sequence[str],
    headers: Mapping[str, str],
) -> httpx2.Response:
    """At the address that was checked, under the name that was asked for."""
    host = host_of(url)
    named = {**headers, "Host": url.netloc.decode("ascii")}
    told: Unheard | httpx2.HTTPError = Failed("no answer")
    for address in addresses[:MOST_ADDRESSES]:
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers=named,
            extensions={"sni_hostname": host},
        )
        try:
            return await client.send(request, stream=True)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            told = error
    raise told


def _moved(url: httpx2.URL, location: str) -> httpx2.URL:
    """A redirect may be relative; wherever it leads, it is checked like an address of its own."""
    if STRANGE.search(location):
        raise Refused("a redirect with blanks or odd signs in it")
    try:
        return checked(str(url.join(location)))
    except httpx2.InvalidURL:
        raise Refused("a redirect to no address at all") from None


def _wait(text: str, now: datetime) -> timedelta | None:
    """Retry-After: seconds, or a date; at most a day."""
    if DIGITS.fullmatch(text.strip()):
        return min(timedelta(seconds=int(text.strip()[:7])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST_WAIT)
