"""Talks with a model of OpenAI: Responses, word by word, with tools and nothing stored over there."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from typing import Any

from openai import AsyncOpenAI, OpenAIError, omit

from bot.analysts.chat_lines import pieces
from bot.analysts.chat_turns import as_prompt, responses_input
from bot.analysts.faults import by_code, unsaid
from bot.analysts.loose import Body, inside, table, tables, text
from bot.analysts.openai_calls import failed
from bot.analysts.responses import usage_of
from core.domain.model import Effort, Failure, Model, Usage
from core.domain.talk import Done, Piece, Talk, Tool, Wanted, Words

WHOLE = {"response.completed", "response.incomplete", "response.failed"}
HIDDEN = ["reasoning.encrypted_content"]


@dataclass(frozen=True, slots=True)
class OpenAIChatter:
    client: AsyncOpenAI
    model: Model

    def talk(self, talk: Talk) -> AsyncGenerator[Piece]:
        thinks = self.model.effort is not Effort.NONE
        call = self.client.responses.with_streaming_response.create(
            model=self.model.name,
            instructions=talk.system,
            input=responses_input(talk.turns),
            tools=[_tool(tool) for tool in talk.tools] or omit,
            tool_choice="none" if talk.last else "auto",
            reasoning={"effort": self.model.effort.value},
            include=_hidden() if thinks else omit,
            max_output_tokens=self.model.max_output,
            store=False,
            stream=True,
        )
        return pieces(call, ResponsesEar(self.model, talk), failed, OpenAIError)


def _hidden() -> Any:
    """What it has thought, sealed, so that it can go on thinking in the next turn."""
    return HIDDEN


def _tool(tool: Tool) -> Any:
    told = {"name": tool.name, "description": tool.description, "parameters": dict(tool.schema)}
    return {"type": "function", "strict": True, **told}


@dataclass
class ResponsesEar:
    """`bot.analysts.chat_lines.Ear` for the events of Responses."""

    model: Model
    to: Talk
    said: str = ""
    called: set[str] = field(default_factory=set)

    def take(self, event: Body) -> list[Piece]:
        kind = text(event.get("type"))
        if kind == "response.output_text.delta":
            return self._word(text(event.get("delta")))
        if kind == "response.output_item.done":
            return self._item(table(event.get("item")))
        if kind in WHOLE:
            return self._whole(table(event.get("response")))
        return [replace(by_code(event), usage=self.usage())] if kind == "error" else []

    def end(self) -> list[Piece]:
        return []

    def usage(self, whole: Body | None = None) -> Usage:
        return usage_of(whole or {}, as_prompt(self.to), self.said)

    def _word(self, word: str) -> list[Piece]:
        self.said += word
        return [Words(word)]

    def _item(self, item: Body) -> list[Piece]:
        """A call that is told twice is one call."""
        identity = text(item.get("call_id"))
        if item.get("type") != "function_call" or identity in self.called:
            return []
        self.called.add(identity)
        return [Wanted(identity, text(item.get("name")), text(item.get("arguments")))]

    def _whole(self, whole: Body) -> list[Piece]:
        output = tables(whole.get("output"))
        late = [piece for item in output for piece in self._item(item)]
        return [*late, self._ending(whole, output)]

    def _ending(self, whole: Body, output: list[Body]) -> Piece:
        usage, status = self.usage(whole), whole.get("status")
        if refused := _refused(output) or _filtered(whole):
            return replace(unsaid(Failure.REFUSED, refused), usage=usage)
        if status == "failed" or whole.get("error"):
            return replace(by_code(whole), usage=usage)
        if status == "incomplete":
            return replace(unsaid(Failure.TRUNCATED, "incomplete"), usage=usage)
        name = text(whole.get("model")) or self.model.name
        return Done(usage=usage, model=name, echo=json.dumps(output) if self.called else "")


def _refused(output: list[Body]) -> str:
    parts = [part for item in output for part in tables(item.get("content"))]
    return "".join(text(part.get("refusal")) for part in parts if part.get("type") == "refusal")


def _filtered(whole: Body) -> str:
    reason = inside(whole, "incomplete_details", "reason")
    return "content_filter" if reason == "content_filter" else ""
