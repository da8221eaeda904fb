"""One client of the provider's own library for each provider, opened on the first question."""

import asyncio
import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind

TOTAL = 45.0
RETRIES = 2
NO_KEY = "none"


class Clients:
    """Closed by `aclose`; asked again, they open again. `transport` is for tests."""

    def __init__(self, access: Mapping[str, Access], transport: Any = None) -> None:
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
        lines = import_module("bot.analysts.lines")
        told: dict[str, Any] = {
            "api_key": access.key.get_secret_value() or NO_KEY,
            "base_url": access.base_url,
            "max_retries": RETRIES,
            "timeout": lines.PATIENCE,
            "http_client": lines.plain(self._transport),
        }
        if access.kind is Kind.ANTHROPIC:
            return import_module("anthropic").AsyncAnthropic(**told)
        client = import_module("openai").AsyncOpenAI(**told)
        if access.kind is not Kind.OPENAI:
            _forget_who_pays(client)
        return client


def _forget_who_pays(client: Any) -> None:
    """The library reads OpenAI's account from the environment, and would tell it to anyone."""
    client.organization = client.project = client.admin_api_key = None
