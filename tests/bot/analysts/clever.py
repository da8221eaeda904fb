"""Providers inside the process that answer whatever schema they are sent, and list their models."""

import json
from datetime import UTC, datetime

import httpx2

from tests.bot.analysts import wire

SERVED = ("gpt-6.1-terra", "gpt-6-luna", "claude-haiku-5-5", "claude-sonnet-5-5")


def opinion(alias):
    return {
        "symbol": alias,
        "abstain": False,
        "abstain_reason": None,
        "p_up": 0.55,
        "p_long_target_first": 0.6,
        "p_short_target_first": 0.2,
        "invalidation": None,
        "evidence": [],
        "counter_evidence": [],
        "doubts": [],
        "rationale": "Up.",
    }


def objection(alias):
    return {
        "symbol": alias,
        "verdict": "reduce",
        "size_mult": "0.5",
        "reasons": [],
        "p_target_first": 0.4,
        "note": "",
    }


def answered(schema) -> str:
    """What a model would say that keeps to the schema."""
    fields = schema["properties"]
    if "opinions" in fields:
        names = fields["opinions"]["items"]["properties"]["symbol"]["enum"]
        said = {"opinions": [opinion(name) for name in names]}
    elif "objections" in fields:
        names = fields["objections"]["items"]["properties"]["symbol"]["enum"]
        said = {"objections": [objection(name) for name in names]}
    else:
        said = {"items": []}
    return json.dumps({"schema_version": "1", **said})


class Providers:
    """All of them on one transport; `asked` are the bodies of the questions, by model."""

    def __init__(self, *served: str, **shutdown: str) -> None:
        self.served = served or SERVED
        self.shutdown = {name.replace("_", "-"): day for name, day in shutdown.items()}
        self.asked: list[dict] = []
        self.transport = httpx2.MockTransport(self._answer)

    def models(self) -> list[str]:
        return [body["model"] for body in self.asked]

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith("/models"):
            return httpx2.Response(200, json={"object": "list", "data": self._list()})
        body = json.loads(request.content)
        self.asked.append(body)
        if request.url.path.endswith("/messages"):
            text = answered(body["output_config"]["format"]["schema"])
            return httpx2.Response(200, json=wire.anthropic(text))
        form = body.get("text") or {}
        schema = (form.get("format") or body.get("response_format", {}).get("json_schema"))[
            "schema"
        ]
        said = wire.perplexity if body["model"].startswith("perplexity") else wire.openai
        return httpx2.Response(200, json=said(answered(schema)))

    def _list(self) -> list[dict]:
        made = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
        return [
            {"id": name, "object": "model", "type": "model", "created": 1, "created_at": made}
            | {"display_name": name, "owned_by": "x", "shutdown_date": self.shutdown.get(name)}
            for name in self.served
        ]
