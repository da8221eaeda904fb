"""Four providers on a wire inside the process: what each says when all is well, and when not."""

import asyncio
import json
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import httpx2
from pydantic import SecretStr

from bot.analysts.access import Access
from bot.analysts.catalogue import Form, Kind
from bot.analysts.clients import Clients
from bot.analysts.opening import open_oracle
from core.domain.model import Effort, Model, Price, Prompt, PromptKind

KEY = "sk-a-riddle-for-models"
SCHEMA = {
    "type": "object",
    "properties": {"p_up": {"type": "number"}},
    "required": ["p_up"],
    "additionalProperties": False,
}
SAID = '{"p_up": 0.56}'


def prompt(kind=PromptKind.MARKET, **changes):
    told = {"system": "You forecast.", "user": "Rows: oldest to newest.", "schema": SCHEMA}
    told |= {"version": "1", "schema_version": "1", "input": "abc"} | changes
    return Prompt(kind=kind, **told)


def model(provider, **changes):
    price = Price(
        input=Decimal(1), output=Decimal(5), cached=Decimal("0.1"), cache_write=Decimal(2)
    )
    told = {"name": "the-model", "price": price, "max_output": 900, "effort": Effort.LOW}
    return Model(provider=provider, **(told | changes))


def openai(text=SAID, **changes):
    content = [{"type": "output_text", "text": text, "annotations": []}]
    usage = {
        "input_tokens": 1000,
        "input_tokens_details": {"cached_tokens": 200, "cache_write_tokens": 100},
        "output_tokens": 300,
        "output_tokens_details": {"reasoning_tokens": 250},
        "total_tokens": 1300,
    }
    thought = {"type": "reasoning", "id": "rs_1", "summary": []}
    said = {"type": "message", "id": "msg_1", "role": "assistant", "content": content}
    told = {"id": "resp_1", "object": "response", "created_at": 1, "model": "the-model-2026-10-01"}
    told |= {"status": "completed", "output": [thought, said], "usage": usage}
    return told | changes


def anthropic(text=SAID, **changes):
    blocks = [{"type": "thinking", "thinking": "hm", "signature": "x"}]
    blocks += [{"type": "text", "text": text}]
    usage = {
        "input_tokens": 700,
        "cache_read_input_tokens": 200,
        "cache_creation_input_tokens": 100,
        "output_tokens": 300,
        "output_tokens_details": {"thinking_tokens": 250},
    }
    told = {"id": "msg_1", "type": "message", "role": "assistant", "model": "the-model-2026-10-01"}
    return told | {"content": blocks, "stop_reason": "end_turn", "usage": usage} | changes


def perplexity(text=SAID, **changes):
    page = {"id": 1, "url": "https://a.example/1", "title": "Hack", "snippet": "…"}
    found = {
        "type": "search_results",
        "queries": ["btc"],
        "results": [page | {"date": "2026-11-25"}],
    }
    usage = {
        "input_tokens": 1000,
        "input_tokens_details": {
            "cache_read_input_tokens": 200,
            "cache_creation_input_tokens": 100,
        },
        "output_tokens": 300,
        "total_tokens": 1300,
        "cost": {
            "currency": "USD",
            "input_cost": 0.001,
            "output_cost": 0.002,
            "total_cost": 0.0081,
        },
        "tool_calls_details": {"web_search": {"invocation": 2}},
    }
    whole = openai(text, usage=usage)
    return whole | {"output": [found, whole["output"][1]]} | changes


def chat(text=SAID, **changes):
    choice = {"index": 0, "finish_reason": "stop"}
    usage = {
        "prompt_tokens": 1000,
        "prompt_tokens_details": {"cached_tokens": 200, "cache_write_tokens": 100},
        "completion_tokens": 300,
        "completion_tokens_details": {"reasoning_tokens": 250},
        "total_tokens": 1300,
    }
    message = {"role": "assistant", "content": text, "reasoning_content": "hm"}
    told = {"id": "c1", "object": "chat.completion", "created": 1, "model": "the-model-2026-10-01"}
    return told | {"choices": [choice | {"message": message}], "usage": usage} | changes


def openai_refused():
    whole = openai()
    whole["output"][1]["content"] = [{"type": "refusal", "refusal": "I won't."}]
    return whole


def openai_cut(text="{"):
    return openai(text, status="incomplete", incomplete_details={"reason": "max_output_tokens"})


def perplexity_cut():
    whole = perplexity("{")
    whole["usage"]["output_tokens"] = 900
    return whole


def chat_ended(reason, **message):
    whole = chat()
    whole["choices"][0]["finish_reason"] = reason
    whole["choices"][0]["message"] |= message
    return whole


def enveloped(code, message):
    return {"error": {"message": message, "type": code, "param": None, "code": code}}


def anthropic_error(code, message):
    return {"type": "error", "error": {"type": code, "message": message}, "request_id": "req_1"}


@dataclass(frozen=True)
class Wire:
    """One provider's way of speaking."""

    provider: str
    kind: Kind
    path: str
    good: Callable[..., dict]
    refused: Callable[[], dict]
    cut: Callable[[], dict]
    error: Callable[[str, str], dict] = enveloped


WIRES = {
    "openai": Wire("openai", Kind.OPENAI, "/v1/responses", openai, openai_refused, openai_cut),
    "anthropic": Wire(
        "anthropic",
        Kind.ANTHROPIC,
        "/v1/messages",
        anthropic,
        lambda: anthropic("", stop_reason="refusal"),
        lambda: anthropic("{", stop_reason="max_tokens"),
        anthropic_error,
    ),
    "perplexity": Wire(
        "perplexity",
        Kind.PERPLEXITY,
        "/v1/responses",
        perplexity,
        openai_refused,
        perplexity_cut,
    ),
    "ollama": Wire(
        "ollama",
        Kind.COMPATIBLE,
        "/v1/chat/completions",
        chat,
        lambda: chat_ended("stop", content=None, refusal="I won't."),
        lambda: chat_ended("length", content="{"),
    ),
}


@dataclass
class Line:
    """What was asked over it, and how to ask."""

    wire: Wire
    clients: Clients
    asked: list = field(default_factory=list)

    def oracle(self, patience=timedelta(seconds=5), **changes):
        return open_oracle(model(self.wire.provider, **changes), self.clients, patience)

    @property
    def sent(self):
        """The body of the last question."""
        return json.loads(self.asked[-1].content)


@asynccontextmanager
async def line(wire, *answers, form=Form.SCHEMA, key=KEY):
    """Each answer is said once, the last again and again."""
    base = "http://127.0.0.1:9" + ("" if wire.kind is Kind.ANTHROPIC else "/v1")
    left = list(answers)

    async def answered(request):
        spoken.asked.append(request)
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx2.Response) else httpx2.Response(200, json=answer)

    access = {wire.provider: Access(wire.kind, base, SecretStr(key), form)}
    clients = Clients(access, httpx2.MockTransport(answered))
    spoken = Line(wire, clients)
    try:
        yield spoken
    finally:
        await clients.aclose()


def status(code, body=None, **headers):
    """`retry-after-ms` keeps the libraries from waiting long."""
    said = {"retry-after-ms": "1"} | {name.replace("_", "-"): v for name, v in headers.items()}
    return httpx2.Response(code, headers=said, json={} if body is None else body)


class Drip(httpx2.AsyncByteStream):
    """An answer that comes letter by letter, and never whole."""

    async def __aiter__(self):
        while True:
            yield b" "
            await asyncio.sleep(0.01)
