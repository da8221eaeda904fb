"""Opens the oracle of a model: whoever serves it, its library waits for the first question."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib import import_module

from bot.analysts.access import Access
from bot.analysts.catalogue import Kind
from bot.analysts.clients import TOTAL, Clients
from bot.analysts.faults import tidy
from bot.analysts.usage import at_most
from core.domain.model import Failure, Model, Prompt, PromptKind, Repair, Reply, Unsaid
from core.ports.models import Oracle

PATIENCE = timedelta(seconds=TOTAL)
PATIENCE_FOR_NEWS = timedelta(seconds=30)


def open_oracle(model: Model, clients: Clients, patience: timedelta | None = None) -> Oracle:
    """`patience` is for the whole of a question, with all its retries. Raises KeyError for a
    provider that cannot be asked.
    """
    return LateOracle(model, clients, clients.access[model.provider], patience)


@dataclass(frozen=True, slots=True)
class LateOracle:
    """Gives up in time, and tells nobody the key."""

    model: Model
    clients: Clients
    access: Access
    patience: timedelta | None = None

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        """The import is no part of the patience: it is not the provider's fault."""
        patience = self.patience or _patience(prompt)
        voice = await self._voice()
        try:
            async with asyncio.timeout(patience.total_seconds()):
                reply = await voice.ask(prompt, repair)
        except TimeoutError:
            said = f"no whole answer within {patience.total_seconds():g} seconds"
            spent = at_most(self.model, prompt, repair)
            return Unsaid(failure=Failure.TIMEOUT, detail=said, usage=spent)
        if isinstance(reply, Unsaid):
            return replace(reply, detail=tidy(reply.detail, self.access.key.get_secret_value()))
        return replace(reply, model=tidy(reply.model))

    async def _voice(self) -> Oracle:
        client = await self.clients.client(self.model.provider)
        return await asyncio.to_thread(_voice, self.access, client, self.model)


def _patience(prompt: Prompt) -> timedelta:
    return PATIENCE_FOR_NEWS if prompt.kind is PromptKind.NEWS else PATIENCE


def _voice(access: Access, client: object, model: Model) -> Oracle:
    """The voices' modules import the libraries."""
    voice: Oracle
    match access.kind:
        case Kind.OPENAI:
            voice = import_module("bot.analysts.openai_voice").OpenAIVoice(client, model)
        case Kind.ANTHROPIC:
            voice = import_module("bot.analysts.anthropic_voice").AnthropicVoice(client, model)
        case Kind.PERPLEXITY:
            voice = import_module("bot.analysts.perplexity_voice").PerplexityVoice(client, model)
        case Kind.COMPATIBLE:
            module = import_module("bot.analysts.compatible_voice")
            voice = module.CompatibleVoice(client, model, access.form)
    return voice
