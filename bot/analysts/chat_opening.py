"""Opens the model of the chat: whoever serves it, its library waits for the first question."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module
from operator import attrgetter

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind
from bot.analysts.chat_turns import as_prompt
from bot.analysts.clients import TOTAL, Clients
from bot.analysts.faults import tidy
from bot.analysts.usage import at_most
from core.domain.model import Failure, Model, Unsaid
from core.domain.talk import Piece, Talk
from core.ports.chat import Chatter

PATIENCE = timedelta(seconds=TOTAL)
ROOMS = {
    Kind.OPENAI: "responses",
    Kind.PERPLEXITY: "responses",
    Kind.ANTHROPIC: "messages",
    Kind.COMPATIBLE: "chat.completions",
}


def open_chatter(model: Model, clients: Clients, patience: timedelta = PATIENCE) -> Chatter:
    """`patience` is for one whole turn. Raises KeyError for a provider that cannot be asked."""
    return LateChatter(model, clients, clients.access[model.provider], patience)


@dataclass(frozen=True, slots=True)
class LateChatter:
    """Gives up in time, and tells nobody the key."""

    model: Model
    clients: Clients
    access: Access
    patience: timedelta = PATIENCE

    async def talk(self, talk: Talk) -> AsyncGenerator[Piece]:
        """The import is no part of the patience: it is not the provider's fault."""
        chatter = await self._chatter()
        end = asyncio.get_running_loop().time() + self.patience.total_seconds()
        async with aclosing(chatter.talk(talk)) as pieces:
            while (piece := await self._next(pieces, end, talk)) is not None:
                yield piece
                if isinstance(piece, Unsaid):
                    return

    async def _next(self, pieces: AsyncGenerator[Piece], end: float, talk: Talk) -> Piece | None:
        """Timed one by one: whoever listens may take as long as they like."""
        try:
            async with asyncio.timeout_at(end):
                piece = await anext(pieces, None)
        except TimeoutError:
            said = f"no whole answer within {self.patience.total_seconds():g} seconds"
            spent = at_most(self.model, as_prompt(talk), None)
            return Unsaid(failure=Failure.TIMEOUT, detail=said, usage=spent)
        if isinstance(piece, Unsaid):
            return replace(piece, detail=tidy(piece.detail, self.access.key.get_secret_value()))
        return piece

    async def _chatter(self) -> Chatter:
        client = await self.clients.client(self.model.provider)
        return await asyncio.to_thread(_chatter, self.access, client, self.model)


def _chatter(access: Access, client: object, model: Model) -> Chatter:
    """The chatters' modules import the libraries, which import more when they are first looked
    into. Perplexity speaks as OpenAI does.
    """
    chatter: Chatter
    attrgetter(f"{ROOMS[access.kind]}.with_streaming_response")(client)
    match access.kind:
        case Kind.ANTHROPIC:
            module = import_module("bot.analysts.chat_anthropic")
            chatter = module.AnthropicChatter(client, model)
        case Kind.COMPATIBLE:
            module = import_module("bot.analysts.chat_compatible")
            chatter = module.CompatibleChatter(client, model)
        case Kind.OPENAI | Kind.PERPLEXITY:
            chatter = import_module("bot.analysts.chat_openai").OpenAIChatter(client, model)
    return chatter
