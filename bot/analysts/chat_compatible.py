"""Talks with any server that speaks OpenAI's Chat Completions, word by word, with tools."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from typing import Any

from openai import AsyncOpenAI, OpenAIError, omit

from bot.analysts.chat_lines import pieces
from bot.analysts.chat_turns import as_prompt, chat_messages
from bot.analysts.compatible_voice import ENDINGS
from bot.analysts.faults import by_code, unsaid
from bot.analysts.loose import Body, count, inside, table, tables, text
from bot.analysts.openai_calls import failed
from bot.analysts.usage import Counts, counted
from core.domain.model import Effort, Failure, Model, Usage
from core.domain.talk import Done, Piece, Talk, Tool, Wanted, Words


@dataclass(frozen=True, slots=True)
class CompatibleChatter:
    client: AsyncOpenAI
    model: Model

    def talk(self, talk: Talk) -> AsyncGenerator[Piece]:
        call = self.client.chat.completions.with_streaming_response.create(
            model=self.model.name,
            messages=chat_messages(talk),
            tools=[_tool(tool) for tool in talk.tools] or omit,
            tool_choice="none" if talk.last else "auto",
            max_tokens=self.model.max_output,
            reasoning_effort=_effort(self.model),
            stream=True,
            stream_options={"include_usage": True},
        )
        return pieces(call, CompletionsEar(self.model, talk), failed, OpenAIError)


def _effort(model: Model) -> Any:
    """Servers that know of no effort refuse the word."""
    return omit if model.effort is Effort.NONE else model.effort.value


def _tool(tool: Tool) -> Any:
    told = {"name": tool.name, "description": tool.description, "parameters": dict(tool.schema)}
    return {"type": "function", "function": told}


@dataclass
class CompletionsEar:
    """`bot.analysts.chat_lines.Ear` for chunks of Chat Completions. What a call is made of comes
    in pieces, and what it all has cost after the ending: so the end of the stream is the end.
    """

    model: Model
    to: Talk
    said: str = ""
    name: str = ""
    ending: str = ""
    refused: str = ""
    counts: Body = field(default_factory=dict)
    calls: dict[int, list[str]] = field(default_factory=dict)

    def take(self, event: Body) -> list[Piece]:
        if event.get("error"):
            return [replace(by_code(event), usage=self.usage())]
        self.name = text(event.get("model")) or self.name
        self.counts = table(event.get("usage")) or self.counts
        choice = next(iter(tables(event.get("choices"))), {})
        self.ending = text(choice.get("finish_reason")) or self.ending
        delta = table(choice.get("delta"))
        self.refused += text(delta.get("refusal"))
        for call in tables(delta.get("tool_calls")):
            self._call(call)
        return self._word(text(delta.get("content")))

    def end(self) -> list[Piece]:
        """Nothing where no reason to end was ever given."""
        if self.refused:
            return [replace(unsaid(Failure.REFUSED, self.refused), usage=self.usage())]
        if self.ending in ENDINGS:
            return [replace(unsaid(ENDINGS[self.ending], self.ending), usage=self.usage())]
        if not self.ending:
            return []
        return [*self._wanted(), Done(usage=self.usage(), model=self.name or self.model.name)]

    def _wanted(self) -> list[Piece]:
        calls = [self.calls[place] for place in sorted(self.calls)]
        return [Wanted(identity or f"call{n}", *rest) for n, (identity, *rest) in enumerate(calls)]

    def usage(self) -> Usage:
        sent = table(self.counts.get("prompt_tokens_details"))
        told = Counts(
            whole=self.counts.get("prompt_tokens"),
            output=self.counts.get("completion_tokens"),
            cached=sent.get("cached_tokens", self.counts.get("prompt_cache_hit_tokens")),
            written=sent.get("cache_write_tokens"),
            reasoning=inside(self.counts, "completion_tokens_details", "reasoning_tokens"),
        )
        return counted(told, as_prompt(self.to), self.said)

    def _word(self, word: str) -> list[Piece]:
        self.said += word
        return [Words(word)] if word else []

    def _call(self, part: Body) -> None:
        """Some servers do not count their calls, and send each of them whole."""
        place = count(part.get("index"))
        whole = self.calls.setdefault(len(self.calls) if place is None else place, ["", "", ""])
        whole[0] = whole[0] or text(part.get("id"))
        whole[1] += text(inside(part, "function", "name"))
        whole[2] += text(inside(part, "function", "arguments"))
