"""One client of the provider's own library for each provider, opened on the first question."""

import asyncio
import logging
import re
import ssl
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

import httpx2

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind

CONNECT, TOTAL = 5.0, 45.0
RETRIES = 2
LONGEST_WAIT = 10.0
NO_KEY = "none"


class Clients:
    """Closed by `aclose`; asked again, they open again. `transport` is for tests."""

    def __init__(
        self, access: Mapping[str, Access], transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self.access = access
        self._transport = transport
        self._open: dict[str, Any] = {}
        self._opening = asyncio.Lock()

    async def client(self, provider: str) -> Any:
        """An AsyncOpenAI or an AsyncAnthropic. The import takes seconds, so it has a thread."""
        async with self._opening:
            if provider not in self._open:
                access = self.access[provider]
                self._open[provider] = await asyncio.to_thread(self._opened, access)
            return self._open[provider]

    async def aclose(self) -> None:
        while self._open:
            _, client = self._open.popitem()
            await client.close()

    def _opened(self, access: Access) -> Any:
        logging.getLogger("httpx2").setLevel(logging.WARNING)
        lines: dict[str, Any] = {
            "api_key": access.key.get_secret_value() or NO_KEY,
            "base_url": access.base_url,
            "max_retries": RETRIES,
            "timeout": (patience := httpx2.Timeout(TOTAL, connect=CONNECT)),
            "http_client": _plain(self._transport, patience),
        }
        if access.kind is Kind.ANTHROPIC:
            return import_module("anthropic").AsyncAnthropic(**lines)
        client = import_module("openai").AsyncOpenAI(**lines)
        if access.kind is not Kind.OPENAI:
            _forget_who_pays(client)
        return client


@cache
def _trusted() -> ssl.SSLContext:
    """What the machine trusts; read once, since it takes a while."""
    return ssl.create_default_context()


def _plain(
    transport: httpx2.AsyncBaseTransport | None, patience: httpx2.Timeout
) -> httpx2.AsyncClient:
    """Goes where it is sent and no further: a redirect could carry the key elsewhere."""
    way = transport or httpx2.AsyncHTTPTransport(verify=_trusted(), trust_env=False)
    return httpx2.AsyncClient(
        transport=way,
        timeout=patience,
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


def _forget_who_pays(client: Any) -> None:
    """The library reads OpenAI's account from the environment, and would tell it to anyone."""
    client.organization = client.project = client.admin_api_key = None
