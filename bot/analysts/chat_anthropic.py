"""Talks with a model of Anthropic: Messages, word by word, with tools."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from typing import Any

from anthropic import AnthropicError, AsyncAnthropic, omit

from bot.analysts.anthropic_voice import ENDINGS, failed
from bot.analysts.chat_lines import pieces
from bot.analysts.chat_turns import anthropic_messages, arguments, as_prompt
from bot.analysts.faults import by_code, unsaid
from bot.analysts.loose import Body, count, table, text
from bot.analysts.usage import Counts, counted
from core.domain.model import Effort, Model, Usage
from core.domain.talk import Done, Piece, Talk, Tool, Wanted, Words

GROWING = {
    "text_delta": "text",
    "thinking_delta": "thinking",
    "signature_delta": "signature",
    "input_json_delta": "partial_json",
}
KEPT = {
    "text": ("type", "text"),
    "thinking": ("type", "thinking", "signature"),
    "redacted_thinking": ("type", "data"),
}


@dataclass(frozen=True, slots=True)
class AnthropicChatter:
    client: AsyncAnthropic
    model: Model

    def talk(self, talk: Talk) -> AsyncGenerator[Piece]:
        call = self.client.messages.with_streaming_response.create(
            model=self.model.name,
            system=talk.system,
            messages=anthropic_messages(talk.turns),
            tools=[_tool(tool) for tool in talk.tools] or omit,
            tool_choice={"type": "none"} if talk.last else {"type": "auto"},
            max_tokens=self.model.max_output,
            output_config=_effort(self.model),
            stream=True,
        )
        return pieces(call, MessagesEar(self.model, talk), failed, AnthropicError)


def _effort(model: Model) -> Any:
    """There is no effort called none: it is left to the provider."""
    return omit if model.effort is Effort.NONE else {"effort": model.effort.value}


def _tool(tool: Tool) -> Any:
    told = {"name": tool.name, "description": tool.description}
    return told | {"input_schema": dict(tool.schema)}


@dataclass
class MessagesEar:
    """`bot.analysts.chat_lines.Ear` for the events of Messages: blocks that grow, one by one."""

    model: Model
    to: Talk
    name: str = ""
    ending: str = ""
    counts: dict[str, object] = field(default_factory=dict)
    blocks: dict[int, dict[str, str]] = field(default_factory=dict)

    def take(self, event: Body) -> list[Piece]:
        match text(event.get("type")):
            case "message_start":
                self._begin(table(event.get("message")))
            case "content_block_start":
                return self._open(event)
            case "content_block_delta":
                return self._grow(event)
            case "content_block_stop":
                return self._close(event)
            case "message_delta":
                self.counts |= table(event.get("usage"))
                self.ending = text(table(event.get("delta")).get("stop_reason")) or self.ending
            case "message_stop":
                return [self._over()]
            case "error":
                return [replace(by_code(event), usage=self.usage())]
        return []

    def end(self) -> list[Piece]:
        return []

    def usage(self) -> Usage:
        """What was read from a cache or written to one stands beside the input, not in it."""
        told = Counts(self.counts.get("input_tokens"), self.counts.get("output_tokens"))
        said = "".join(block.get("text", "") for block in self.blocks.values())
        return replace(
            counted(told, as_prompt(self.to), said),
            cached=count(self.counts.get("cache_read_input_tokens")) or 0,
            cache_write=count(self.counts.get("cache_creation_input_tokens")) or 0,
        )

    def _begin(self, message: Body) -> None:
        self.name = text(message.get("model"))
        self.counts |= table(message.get("usage"))

    def _open(self, event: Body) -> list[Piece]:
        told = table(event.get("content_block"))
        block = {name: text(value) for name, value in told.items()}
        self.blocks[_place(event)] = block
        said = block.get("text", "")
        return [Words(said)] if said else []

    def _grow(self, event: Body) -> list[Piece]:
        delta, block = table(event.get("delta")), self.blocks.setdefault(_place(event), {})
        name = GROWING.get(text(delta.get("type")))
        if name is None:
            return []
        more = text(delta.get(name))
        block[name] = block.get(name, "") + more
        return [Words(more)] if name == "text" else []

    def _close(self, event: Body) -> list[Piece]:
        block = self.blocks.get(_place(event), {})
        if block.get("type") != "tool_use":
            return []
        return [Wanted(block.get("id", ""), block.get("name", ""), block.get("partial_json", ""))]

    def _over(self) -> Piece:
        calls = any(block.get("type") == "tool_use" for block in self.blocks.values())
        if self.ending in ENDINGS and not (self.ending == "tool_use" and calls):
            return replace(unsaid(ENDINGS[self.ending], self.ending), usage=self.usage())
        blocks = [kept(self.blocks[place]) for place in sorted(self.blocks)]
        echo = json.dumps([block for block in blocks if block]) if calls else ""
        return Done(usage=self.usage(), model=self.name or self.model.name, echo=echo)


def kept(block: dict[str, str]) -> dict[str, Any]:
    """A block as it is sent back; empty words are refused over there, and left out."""
    kind = block.get("type", "")
    if kind == "tool_use":
        called = {"id": block.get("id", ""), "name": block.get("name", "")}
        return {"type": kind, **called, "input": arguments(block.get("partial_json", ""))}
    if kind not in KEPT or (kind == "text" and not block.get("text", "").strip()):
        return {}
    return {name: block.get(name, "") for name in KEPT[kind]}


def _place(event: Body) -> int:
    return count(event.get("index")) or 0
