"""Asks Perplexity for what happened today: it searches, and says itself where it has read it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from openai import AsyncOpenAI, omit

from bot.analysts.faults import tidy
from bot.analysts.loose import Body, count, inside, table, tables, text
from bot.analysts.openai_calls import heard
from bot.analysts.responses import TOO_LONG, reply_of, said_in
from bot.analysts.turns import schema_name, turns
from bot.analysts.usage import Counts, counted
from core.domain.model import (
    Effort,
    Failure,
    Model,
    Prompt,
    Repair,
    Reply,
    Source,
    Unsaid,
    Usage,
)

SEARCH = {"type": "web_search", "filters": {"search_recency_filter": "day"}}
DEAREST = 100
LONGEST_URL = 500


@dataclass(frozen=True, slots=True)
class PerplexityVoice:
    """Its Responses are OpenAI's with other words for the schema, the searches and the bill."""

    client: AsyncOpenAI
    model: Model

    async def ask(self, prompt: Prompt, repair: Repair | None = None) -> Reply:
        thinks = self.model.effort is not Effort.NONE
        tools: list[Any] = [SEARCH] if prompt.searches else []
        body = await heard(
            self.client.responses.with_raw_response.create(
                model=self.model.name,
                instructions=prompt.system,
                input=turns(prompt, repair),
                reasoning={"effort": self.model.effort.value} if thinks else omit,
                max_output_tokens=self.model.max_output,
                tools=tools or omit,
                store=False,
                extra_body=_extra(prompt),
            )
        )
        return body if isinstance(body, Unsaid) else self._reply(body, prompt)

    def _reply(self, body: Body, prompt: Prompt) -> Reply:
        """It says "completed" even where it was cut off."""
        reply = replace(
            reply_of(body, self.model, prompt), usage=_usage(body, prompt, said_in(body))
        )
        if isinstance(reply, Unsaid):
            return reply
        if reply.usage.output >= self.model.max_output:
            return Unsaid(failure=Failure.TRUNCATED, detail=TOO_LONG, usage=reply.usage)
        return replace(reply, sources=_sources(body))


def _extra(prompt: Prompt) -> dict[str, object]:
    """One step for each search, and one for the answer."""
    steps = {"max_steps": prompt.searches + 1} if prompt.searches else {}
    if not prompt.schema:
        return dict(steps)
    schema = {"name": schema_name(prompt), "schema": dict(prompt.schema), "strict": True}
    return steps | {"response_format": {"type": "json_schema", "json_schema": schema}}


def _usage(body: Body, prompt: Prompt, said: str) -> Usage:
    told = table(body.get("usage"))
    sent = table(told.get("input_tokens_details"))
    counts = Counts(
        whole=told.get("input_tokens"),
        output=told.get("output_tokens"),
        cached=sent.get("cache_read_input_tokens"),
        written=sent.get("cache_creation_input_tokens"),
    )
    searched = count(inside(told, "tool_calls_details", "web_search", "invocation"))
    return replace(
        counted(counts, prompt, said),
        searches=prompt.searches if searched is None else searched,
        billed=_billed(inside(told, "cost")),
    )


def _billed(cost: object) -> Decimal | None:
    """Its own sum, if it is one."""
    total = inside(cost, "total_cost")
    if not isinstance(total, int | float) or isinstance(total, bool):
        return None
    dollars = inside(cost, "currency") in ("USD", None)
    return Decimal(str(total)) if dollars and 0 <= total <= DEAREST else None


def _sources(body: Body) -> tuple[Source, ...]:
    """In the order of its searches, which is how the answer counts them."""
    found = [item for item in tables(body.get("output")) if item.get("type") == "search_results"]
    pages = [page for item in found for page in tables(item.get("results"))]
    return tuple(_source(page) for page in pages or tables(body.get("search_results")))


def _source(page: Body) -> Source:
    """Pages are strangers': their titles are short here, and their addresses are on the web."""
    url = text(page.get("url"))
    there = url.startswith(("https://", "http://")) and url.isprintable() and " " not in url
    title, day = tidy(text(page.get("title"))), tidy(text(page.get("date")))
    return Source(url if there and len(url) <= LONGEST_URL else "", title, day)
