"""What three kinds of providers stream, in their own forms: words, calls, endings."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx2

from core.domain.talk import Answered, Asked, Found, Talk, Tool, Wanted
from tests.bot.analysts import wire

LOOK = Tool(
    "trail",
    "Everything about one trade.",
    {
        "type": "object",
        "properties": {"id": {"type": "string"}},
        "required": ["id"],
        "additionalProperties": False,
    },
)
CALL = Wanted("call_1", "trail", '{"id": "k7q2e"}')
ASKED = Asked("Why ETH?")
TALK = Talk(version="1", system="You answer.", turns=(ASKED,), tools=(LOOK,))
LOOKED_UP = (ASKED, Answered("Let me see.", (CALL,)), Found("call_1", '{"side":"short"}'))


def streamed(events: Sequence[object], *, done: bool = False) -> httpx2.Response:
    """As they go over a wire; a text among them goes as it is."""
    lines = [e if isinstance(e, str) else f"event: x\ndata: {json.dumps(e)}\n\n" for e in events]
    lines += ["data: [DONE]\n\n"] if done else []
    return httpx2.Response(
        200, headers={"content-type": "text/event-stream"}, content="".join(lines).encode()
    )


def openai(*words, calls=(), refusal="", **changes):
    said = [{"type": "response.output_text.delta", "delta": word} for word in words]
    items = [
        {"type": "function_call", "call_id": c.id, "name": c.tool, "arguments": c.arguments}
        for c in calls
    ]
    sealed = {"type": "reasoning", "id": "rs_1", "encrypted_content": "sealed", "summary": []}
    content = [{"type": "output_text", "text": "".join(words)}]
    content += [{"type": "refusal", "refusal": refusal}] if refusal else []
    message = {"type": "message", "role": "assistant", "content": content}
    whole = wire.openai() | {"output": [sealed, message, *items]} | changes
    told = [{"type": "response.output_item.done", "item": item} for item in items]
    start = {"type": "response.created", "response": {"status": "in_progress"}}
    kind = f"response.{whole['status']}"
    return [start, *said, *told, {"type": kind, "response": whole}]


def anthropic(*words, calls=(), ending=None):
    usage = wire.anthropic()["usage"]
    start = {"id": "msg_1", "model": "the-model-2026-10-01", "usage": usage | {"output_tokens": 1}}
    blocks = [
        ({"type": "thinking", "thinking": ""}, [{"type": "signature_delta", "signature": "seal"}]),
        ({"type": "text", "text": ""}, [{"type": "text_delta", "text": w} for w in words]),
        *(
            (
                {"type": "tool_use", "id": c.id, "name": c.tool, "input": {}},
                [
                    {"type": "input_json_delta", "partial_json": c.arguments[:5]},
                    {"type": "input_json_delta", "partial_json": c.arguments[5:]},
                ],
            )
            for c in calls
        ),
    ]
    events = [{"type": "message_start", "message": start}, {"type": "ping"}]
    for index, (block, deltas) in enumerate(blocks):
        events.append({"type": "content_block_start", "index": index, "content_block": block})
        events += [{"type": "content_block_delta", "index": index, "delta": d} for d in deltas]
        events.append({"type": "content_block_stop", "index": index})
    reason = ending or ("tool_use" if calls else "end_turn")
    stop = {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": usage}
    return [*events, stop, {"type": "message_stop"}]


def chat(*words, calls=(), ending=None, refusal=None):
    said = [{"content": word} for word in words]
    said += [{"refusal": refusal}] if refusal else []
    for index, c in enumerate(calls):
        named = {"name": c.tool, "arguments": ""}
        said.append({"tool_calls": [{"index": index, "id": c.id, "function": named}]})
        for half in (c.arguments[:5], c.arguments[5:]):
            said.append({"tool_calls": [{"index": index, "function": {"arguments": half}}]})
    name = {"model": "the-model-2026-10-01"}
    chunks = [name | {"choices": [{"index": 0, "delta": delta}]} for delta in said]
    reason = ending or ("tool_calls" if calls else "stop")
    end = name | {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}
    return [*chunks, end, name | {"choices": [], "usage": wire.chat()["usage"]}]


@dataclass(frozen=True)
class Stream:
    """One provider's way of streaming."""

    wire: wire.Wire
    good: Callable[..., list]
    refused: list
    cut: list
    error: object


STREAMS = {
    "openai": Stream(
        wire.WIRES["openai"],
        openai,
        openai("I", refusal="I won't."),
        openai("So", status="incomplete", incomplete_details={"reason": "max_output_tokens"}),
        {"type": "error", "code": "server_error", "message": "Sorry."},
    ),
    "anthropic": Stream(
        wire.WIRES["anthropic"],
        anthropic,
        anthropic("I", ending="refusal"),
        anthropic("So", ending="max_tokens"),
        wire.anthropic_error("overloaded_error", "Overloaded"),
    ),
    "ollama": Stream(
        wire.WIRES["ollama"],
        chat,
        chat("I", refusal="I won't."),
        chat("So", ending="length"),
        wire.enveloped("server_error", "Sorry."),
    ),
}


class Trickle(httpx2.AsyncByteStream):
    """Some events, and then nothing more for ever; says when it was left."""

    def __init__(self, events: Sequence[object]) -> None:
        self._start = streamed(events).content
        self.left = False

    async def __aiter__(self):
        yield self._start
        await asyncio.Event().wait()

    async def aclose(self) -> None:
        self.left = True


class Breaks(httpx2.AsyncByteStream):
    """Some events, and then the line is cut."""

    def __init__(self, events: Sequence[object]) -> None:
        self._start = streamed(events).content

    async def __aiter__(self):
        yield self._start
        raise httpx2.ReadError("cut")


class Babble(httpx2.AsyncByteStream):
    """One line without an end."""

    async def __aiter__(self):
        yield b"data: "
        while True:
            yield b"x" * 100_000
