"""Asks a model of OpenAI: Responses, a strict schema, nothing stored over there."""

from dataclasses import dataclass
from typing import Any

from openai import AsyncOpenAI, omit

from bot.analysts.openai_calls import heard
from bot.analysts.responses import reply_of
from bot.analysts.turns import schema_name, turns
from core.domain.model import Model, Prompt, Repair, Reply, Unsaid


@dataclass(frozen=True, slots=True)
class OpenAIVoice:
    client: AsyncOpenAI
    model: Model

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        body = await heard(
            self.client.responses.with_raw_response.create(
                model=self.model.name,
                instructions=prompt.system,
                input=turns(prompt, repair),
                reasoning={"effort": self.model.effort.value},
                max_output_tokens=self.model.max_output,
                text=_form(prompt),
                store=False,
                prompt_cache_options={"mode": "explicit"} if self._saves_dearly() else omit,
            )
        )
        return body if isinstance(body, Unsaid) else reply_of(body, self.model, prompt)

    def _saves_dearly(self) -> bool:
        """An hour later a cache is cold, so writing one that costs extra never pays."""
        return self.model.price.cache_write > self.model.price.input


def _form(prompt: Prompt) -> Any:
    if not prompt.schema:
        return omit
    form = {"type": "json_schema", "strict": True, "schema": dict(prompt.schema)}
    return {"format": form | {"name": schema_name(prompt)}, "verbosity": "low"}
