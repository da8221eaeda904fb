"""Asks any server that speaks OpenAI's Chat Completions: Ollama, vLLM, OpenRouter, DeepSeek …"""

import json
from dataclasses import dataclass, replace
from typing import Any

from openai import AsyncOpenAI, omit

from bot.analysts.catalogue import Form
from bot.analysts.faults import by_code, unsaid
from bot.analysts.loose import Body, inside, table, tables, text
from bot.analysts.openai_calls import heard
from bot.analysts.turns import schema_name, turns
from bot.analysts.usage import Counts, counted
from core.domain.model import (
    Effort,
    Failure,
    Model,
    Prompt,
    Repair,
    Reply,
    Said,
    Unsaid,
    Usage,
)

ENDINGS = {
    "length": Failure.TRUNCATED,
    "content_filter": Failure.REFUSED,
    "insufficient_system_resource": Failure.OVERLOADED,
    "error": Failure.OVERLOADED,
}


@dataclass(frozen=True, slots=True)
class CompatibleVoice:
    """`form` says how much of a schema the server understands."""

    client: AsyncOpenAI
    model: Model
    form: Form = Form.SCHEMA

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        body = await heard(
            self.client.chat.completions.with_raw_response.create(
                model=self.model.name,
                messages=[self._system(prompt), *turns(prompt, repair)],
                max_tokens=self.model.max_output,
                reasoning_effort=_effort(self.model),
                response_format=self._format(prompt),
            )
        )
        return body if isinstance(body, Unsaid) else _reply(body, self.model, prompt)

    def _system(self, prompt: Prompt) -> Any:
        told = prompt.system
        if prompt.schema and self.form is not Form.SCHEMA:
            told += f"\n\nAnswer with JSON of this schema only:\n{json.dumps(dict(prompt.schema))}"
        return {"role": "system", "content": told}

    def _format(self, prompt: Prompt) -> Any:
        if not prompt.schema or self.form is Form.TEXT:
            return omit
        if self.form is Form.JSON:
            return {"type": "json_object"}
        schema = {"name": schema_name(prompt), "schema": dict(prompt.schema), "strict": True}
        return {"type": "json_schema", "json_schema": schema}


def _effort(model: Model) -> Any:
    """Servers that know of no effort refuse the word."""
    return omit if model.effort is Effort.NONE else model.effort.value


def _reply(body: Body, model: Model, prompt: Prompt) -> Reply:
    choice = next(iter(tables(body.get("choices"))), {})
    said = _said(inside(choice, "message", "content"))
    usage = _usage(body, prompt, said)
    wrong = _wrong(body, choice, said)
    if wrong:
        return replace(wrong, usage=usage)
    return Said(text=said, usage=usage, model=text(body.get("model")) or model.name)


def _wrong(body: Body, choice: Body, said: str) -> Unsaid | None:
    if body.get("error") or choice.get("error"):
        return by_code(body if body.get("error") else choice)
    ending, refused = text(choice.get("finish_reason")), inside(choice, "message", "refusal")
    if refused:
        return unsaid(Failure.REFUSED, text(refused))
    if ending in ENDINGS:
        return unsaid(ENDINGS[ending], ending)
    return None if said else unsaid(Failure.MALFORMED, "the answer holds no text")


def _said(content: object) -> str:
    """A text, or with some servers a list of its parts."""
    parts = [text(part.get("text")) for part in tables(content) if part.get("type") == "text"]
    return text(content) or "".join(parts)


def _usage(body: Body, prompt: Prompt, said: str) -> Usage:
    told = table(body.get("usage"))
    sent = table(told.get("prompt_tokens_details"))
    counts = Counts(
        whole=told.get("prompt_tokens"),
        output=told.get("completion_tokens"),
        cached=sent.get("cached_tokens", told.get("prompt_cache_hit_tokens")),
        written=sent.get("cache_write_tokens"),
        reasoning=inside(told, "completion_tokens_details", "reasoning_tokens"),
    )
    return counted(counts, prompt, said)
