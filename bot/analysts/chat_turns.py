"""The turns of a talk, as each kind of provider takes them."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from bot.analysts.loose import body_of, tables
from core.domain.model import Prompt, PromptKind
from core.domain.talk import Answered, Asked, Found, Talk, Turn, Wanted


def as_prompt(talk: Talk) -> Prompt:
    """What was sent, for whoever has to guess what it weighs."""
    said = [turn.text for turn in talk.turns]
    echoes = [turn.echo for turn in talk.turns if isinstance(turn, Answered)]
    tools = [f"{tool.name} {tool.description} {dict(tool.schema)}" for tool in talk.tools]
    return Prompt(
        kind=PromptKind.CHAT,
        version=talk.version,
        schema_version=talk.version,
        system=talk.system,
        user="\n".join((*tools, *said, *echoes)),
        schema={},
        input="",
    )


def responses_input(turns: Sequence[Turn]) -> list[Any]:
    """OpenAI's Responses."""
    return [item for turn in turns for item in _response_items(turn)]


def _response_items(turn: Turn) -> Iterator[Any]:
    match turn:
        case Asked():
            yield {"role": "user", "content": turn.text}
        case Found():
            yield {"type": "function_call_output", "call_id": turn.id, "output": turn.text}
        case Answered() if echoed := echo(turn):
            yield from echoed
        case Answered():
            if turn.text:
                yield {"role": "assistant", "content": turn.text}
            for one in turn.wanted:
                called = {"name": one.tool, "arguments": one.arguments}
                yield {"type": "function_call", "call_id": one.id, **called}


def chat_messages(talk: Talk) -> list[Any]:
    """Chat Completions."""
    return [{"role": "system", "content": talk.system}, *map(_chat_message, talk.turns)]


def _chat_message(turn: Turn) -> Any:
    match turn:
        case Asked():
            return {"role": "user", "content": turn.text}
        case Found():
            return {"role": "tool", "tool_call_id": turn.id, "content": turn.text}
    said: dict[str, Any] = {"role": "assistant", "content": turn.text or None}
    return said | ({"tool_calls": [_call(one) for one in turn.wanted]} if turn.wanted else {})


def _call(one: Wanted) -> Any:
    called = {"name": one.tool, "arguments": one.arguments}
    return {"id": one.id, "type": "function", "function": called}


def anthropic_messages(turns: Sequence[Turn]) -> list[Any]:
    """Anthropic's Messages: what several tools have found stands in one message."""
    grouped = groupby(turns, key=lambda turn: isinstance(turn, Found))
    return [message for found, same in grouped for message in _messages(list(same), found=found)]


def _messages(turns: Sequence[Turn], *, found: bool) -> Iterator[Any]:
    if found:
        yield {"role": "user", "content": [_result(turn) for turn in turns]}
        return
    for turn in turns:
        if isinstance(turn, Answered):
            yield {"role": "assistant", "content": echo(turn) or _blocks(turn)}
        else:
            yield {"role": "user", "content": turn.text}


def _result(turn: Turn) -> Any:
    identity = turn.id if isinstance(turn, Found) else ""
    return {"type": "tool_result", "tool_use_id": identity, "content": turn.text}


def _blocks(turn: Answered) -> list[Any]:
    """Never empty: Anthropic refuses a message without words."""
    said: list[Any] = [{"type": "text", "text": turn.text}] if turn.text.strip() else []
    said += [
        {"type": "tool_use", "id": one.id, "name": one.tool, "input": arguments(one.arguments)}
        for one in turn.wanted
    ]
    return said or [{"type": "text", "text": "(nothing)"}]


def arguments(said: str) -> Any:
    """Whatever a model has written there, an object."""
    return dict(body_of(said) or {})


def echo(turn: Answered) -> list[Any]:
    """What the provider likes to be reminded of."""
    return list(tables(json.loads(turn.echo))) if turn.echo else []
