"""Reads an answer in the form of OpenAI's Responses: the last message, or why there is none."""

from dataclasses import replace

from bot.analysts.faults import by_code, unsaid
from bot.analysts.loose import Body, inside, table, tables, text
from bot.analysts.usage import Counts, counted
from core.domain.model import Failure, Model, Prompt, Reply, Said, Unsaid, Usage

TOO_LONG = "max_output_tokens"


def reply_of(body: Body, model: Model, prompt: Prompt) -> Reply:
    said = said_in(body)
    usage = usage_of(body, prompt, said)
    wrong = _wrong(body, said)
    if wrong:
        return replace(wrong, usage=usage)
    return Said(text=said, usage=usage, model=text(body.get("model")) or model.name)


def said_in(body: Body) -> str:
    """A model may think aloud in messages before the last."""
    messages = [_joined(item, "output_text", "text") for item in _messages(body)]
    return next((said for said in reversed(messages) if said), "")


def usage_of(body: Body, prompt: Prompt, said: str) -> Usage:
    told = table(body.get("usage"))
    sent = table(told.get("input_tokens_details"))
    counts = Counts(
        whole=told.get("input_tokens"),
        output=told.get("output_tokens"),
        cached=sent.get("cached_tokens"),
        written=sent.get("cache_write_tokens"),
        reasoning=inside(told, "output_tokens_details", "reasoning_tokens"),
    )
    return counted(counts, prompt, said)


def _wrong(body: Body, said: str) -> Unsaid | None:
    refused = "".join(_joined(item, "refusal", "refusal") for item in _messages(body))
    status, reason = body.get("status"), inside(body, "incomplete_details", "reason")
    if refused or reason == "content_filter":
        return unsaid(Failure.REFUSED, refused or "content_filter")
    if status == "failed" or body.get("error"):
        return by_code(body)
    if status == "incomplete":
        failure = Failure.TRUNCATED if reason in (TOO_LONG, None) else Failure.MALFORMED
        return unsaid(failure, f"incomplete: {reason}")
    if status not in ("completed", None):
        return unsaid(Failure.MALFORMED, f"status {status}")
    return None if said else unsaid(Failure.MALFORMED, "the answer holds no text")


def _messages(body: Body) -> list[Body]:
    return [item for item in tables(body.get("output")) if item.get("type") == "message"]


def _joined(message: Body, kind: str, key: str) -> str:
    parts = [part for part in tables(message.get("content")) if part.get("type") == kind]
    return "".join(text(part.get(key)) for part in parts)
