"""Asks every provider, at the start and once a day, which models it still serves."""

import asyncio
import logging
from datetime import date
from importlib import import_module

from bot.analysts.catalogue import Kind
from bot.analysts.clients import Clients
from bot.analysts.loose import Body, tables, text
from bot.analysts.roll import Listed, Roll
from core.domain.model import Unsaid

logger = logging.getLogger(__name__)

PATIENCE = 20.0
MOST = 1_000
OPENAI = "bot.analysts.openai_calls"
MODULES = {Kind.ANTHROPIC: "bot.analysts.anthropic_voice"}
WITHOUT_A_LIST = frozenset({Kind.PERPLEXITY})


async def call_the_roll(clients: Clients, patience: float = PATIENCE) -> Roll:
    """By provider; one whose list cannot be read is left out."""
    asked = [name for name, access in clients.access.items() if access.kind not in WITHOUT_A_LIST]
    lists = await asyncio.gather(*(_list(clients, name, patience) for name in asked))
    return {name: one for name, one in zip(asked, lists, strict=True) if one}


async def _list(clients: Clients, provider: str, patience: float) -> dict[str, Listed]:
    client, kind = await clients.client(provider), clients.access[provider].kind
    heard = (await asyncio.to_thread(import_module, MODULES.get(kind, OPENAI))).heard
    limit = {"limit": MOST} if kind is Kind.ANTHROPIC else {}
    try:
        async with asyncio.timeout(patience):
            body = await heard(client.models.with_raw_response.list(**limit))
    except TimeoutError:
        logger.info("%s did not say in time which models it serves", provider)
        return {}
    if isinstance(body, Unsaid):
        logger.info("%s does not say which models it serves: %s", provider, body.failure)
        return {}
    return {text(one.get("id")): listed(one) for one in tables(body.get("data"))}


def listed(told: Body) -> Listed:
    """OpenAI tells a last day, Anthropic one and whether it has come; others neither."""
    last = _day(told.get("shutdown_date")) or _day(told.get("retires_at"))
    return Listed(last, retired=told.get("lifecycle") == "retired")


def _day(found: object) -> date | None:
    try:
        return date.fromisoformat(text(found)[:10])
    except ValueError:
        return None
