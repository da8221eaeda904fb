"""The plain line on which providers are asked; imported with the first question."""

import re
import ssl
from functools import cache

import httpx2

from bot.analysts.clients import TOTAL

CONNECT = 5.0
LONGEST_WAIT = 10.0
PATIENCE = httpx2.Timeout(TOTAL, connect=CONNECT)


@cache
def _trusted() -> ssl.SSLContext:
    """What the machine trusts; read once, since it takes a while."""
    return ssl.create_default_context()


def plain(transport: httpx2.AsyncBaseTransport | None) -> httpx2.AsyncClient:
    """Goes where it is sent and no further: a redirect could carry the key elsewhere."""
    way = transport or httpx2.AsyncHTTPTransport(verify=_trusted(), trust_env=False)
    return httpx2.AsyncClient(
        transport=way,
        timeout=PATIENCE,
        follow_redirects=False,
        trust_env=False,
        event_hooks={"response": [_do_not_wait_long]},
    )


async def _do_not_wait_long(response: httpx2.Response) -> None:
    """The libraries wait as long as they are told to; the next candle is a better time then."""
    told = response.headers.get("retry-after", "")
    if told and not (_is_number(told) and float(told) <= LONGEST_WAIT):
        response.headers["x-should-retry"] = "false"


def _is_number(told: str) -> bool:
    return re.fullmatch(r"\d{1,9}(\.\d{1,9})?", told.strip(), re.ASCII) is not None
