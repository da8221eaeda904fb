"""Asks a model of Anthropic: Messages with a schema for the answer, and no tools."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Any

import httpx2
from anthropic import (
    AnthropicError,
    APIConnectionError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    AsyncAnthropic,
    omit,
)

from bot.analysts.faults import by_status, unsaid
from bot.analysts.loose import Body, Raw, body_of, count, inside, table, tables, text
from bot.analysts.turns import turns
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

NO_JSON = unsaid(Failure.MALFORMED, "the answer is no JSON object")
NO_TEXT = unsaid(Failure.MALFORMED, "the answer holds no text")
ENDINGS = {
    "refusal": Failure.REFUSED,
    "max_tokens": Failure.TRUNCATED,
    "model_context_window_exceeded": Failure.TRUNCATED,
    "tool_use": Failure.MALFORMED,
    "pause_turn": Failure.MALFORMED,
}


@dataclass(frozen=True, slots=True)
class AnthropicVoice:
    client: AsyncAnthropic
    model: Model

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        body = await heard(
            self.client.messages.with_raw_response.create(
                model=self.model.name,
                system=prompt.system,
                messages=turns(prompt, repair),
                max_tokens=self.model.max_output,
                output_config=self._form(prompt) or omit,
            )
        )
        return body if isinstance(body, Unsaid) else _reply(body, self.model, prompt)

    def _form(self, prompt: Prompt) -> Any:
        """There is no effort called none: it is left to the provider."""
        form: dict[str, object] = {}
        if prompt.schema:
            form["format"] = {"type": "json_schema", "schema": dict(prompt.schema)}
        if self.model.effort is not Effort.NONE:
            form["effort"] = self.model.effort.value
        return form


async def heard(call: Awaitable[Raw]) -> Body | Unsaid:
    try:
        answer = await call
    except AnthropicError as error:
        return failed(error)
    return body_of(answer.http_response.text) or NO_JSON


def failed(error: AnthropicError) -> Unsaid:
    match error:
        case APITimeoutError() if not isinstance(error.__cause__, httpx2.ConnectTimeout):
            return unsaid(Failure.TIMEOUT, str(error))
        case APIConnectionError():
            cause = type(error.__cause__ or error).__name__
            return unsaid(Failure.UNREACHABLE, f"no connection ({cause})")
        case APIResponseValidationError():
            return NO_JSON
        case APIStatusError():
            return by_status(error.status_code, error.body)
    return unsaid(Failure.REJECTED, str(error))


def _reply(body: Body, model: Model, prompt: Prompt) -> Reply:
    blocks = [block for block in tables(body.get("content")) if block.get("type") == "text"]
    said = "".join(text(block.get("text")) for block in blocks)
    usage = _usage(body, prompt, said)
    ending = text(body.get("stop_reason"))
    if ending in ENDINGS:
        return Unsaid(failure=ENDINGS[ending], detail=ending, usage=usage)
    if not said:
        return replace(NO_TEXT, usage=usage)
    return Said(text=said, usage=usage, model=text(body.get("model")) or model.name)


def _usage(body: Body, prompt: Prompt, said: str) -> Usage:
    """What was read from a cache or written to one stands beside the input, not in it."""
    told = table(body.get("usage"))
    thought = inside(told, "output_tokens_details", "thinking_tokens")
    bare = Counts(told.get("input_tokens"), told.get("output_tokens"), reasoning=thought)
    return replace(
        counted(bare, prompt, said),
        cached=count(told.get("cache_read_input_tokens")) or 0,
        cache_write=count(told.get("cache_creation_input_tokens")) or 0,
        searches=count(inside(told, "server_tool_use", "web_search_requests")) or 0,
    )
