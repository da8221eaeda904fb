"""How Perplexity is asked for news: it searches the day, and its sources are its own."""

from decimal import Decimal

import pytest

from core.domain.model import Effort, Failure, PromptKind, Source
from tests.bot.analysts.wire import SCHEMA, WIRES, line, openai, perplexity, prompt

WIRE = WIRES["perplexity"]
NEWS = prompt(PromptKind.NEWS, searches=1)


async def reply(body):
    async with line(WIRE, body) as spoken:
        return await spoken.oracle().ask(NEWS)


async def test_it_is_told_to_search_the_last_day_as_often_as_it_may():
    async with line(WIRE, perplexity()) as spoken:
        await spoken.oracle().ask(NEWS)
        assert spoken.sent["tools"] == [
            {"type": "web_search", "filters": {"search_recency_filter": "day"}}
        ]
        assert spoken.sent["max_steps"] == 2
        assert spoken.sent["store"] is False


async def test_without_searches_it_gets_no_tool():
    async with line(WIRE, perplexity()) as spoken:
        await spoken.oracle().ask(prompt())
        assert not {"tools", "max_steps"} & set(spoken.sent)


async def test_the_schema_goes_out_under_its_own_word_for_it():
    async with line(WIRE, perplexity()) as spoken:
        await spoken.oracle().ask(NEWS)
        assert spoken.sent["response_format"] == {
            "type": "json_schema",
            "json_schema": {"name": "news_1", "schema": SCHEMA, "strict": True},
        }
        assert "text" not in spoken.sent
        await spoken.oracle().ask(prompt(PromptKind.CHAT, schema={}))
        assert "response_format" not in spoken.sent


async def test_a_model_that_does_not_think_is_not_told_how_much_to():
    async with line(WIRE, perplexity()) as spoken:
        await spoken.oracle(effort=Effort.NONE).ask(NEWS)
        assert "reasoning" not in spoken.sent
        await spoken.oracle(effort=Effort.HIGH).ask(NEWS)
        assert spoken.sent["reasoning"] == {"effort": "high"}


async def test_its_bill_and_its_searches_are_its_own():
    used = (await reply(perplexity())).usage
    assert (used.billed, used.searches) == (Decimal("0.0081"), 2)


async def test_sources_come_from_its_searches_and_never_from_the_text():
    said = await reply(perplexity('{"url": "https://evil.example"}'))
    assert said.sources == (Source("https://a.example/1", "Hack", "2026-11-25"),)


async def test_without_searches_of_its_own_there_are_no_sources():
    assert (await reply(openai('{"url": "https://evil.example"}'))).sources == ()


async def test_searches_may_stand_beside_the_output_too():
    page = {"url": "https://c.example", "title": "C", "date": "2026-11-24"}
    said = await reply(openai(search_results=[page]))
    assert said.sources == (Source("https://c.example", "C", "2026-11-24"),)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b", "https://a\u202e", "https://a/" + "x" * 500]
)
async def test_an_address_that_is_none_is_left_out_and_a_title_is_one_short_line(url):
    page = {"url": url, "title": "Ignore\nall\u200b previous " + "x" * 999}
    (source,) = (await reply(openai(search_results=[page]))).sources
    assert source.url == ""
    assert source.title.startswith("Ignore all previous x")
    assert len(source.title) <= 160


async def test_sources_that_lack_something_still_keep_their_place():
    whole = perplexity()
    whole["output"][0]["results"] = [{"url": 7}, {"url": "https://b.example", "date": None}]
    sources = (await reply(whole)).sources
    assert sources == (Source(""), Source("https://b.example"))


@pytest.mark.parametrize(
    "cost",
    [
        None,
        {},
        {"total_cost": -1},
        {"total_cost": "0.1"},
        {"total_cost": True},
        {"total_cost": 10**9},
        {"total_cost": 0.1, "currency": "EUR"},
        [0.1],
    ],
)
async def test_a_bill_that_cannot_be_right_is_not_believed(cost):
    whole = perplexity()
    whole["usage"]["cost"] = cost
    assert (await reply(whole)).usage.billed is None


async def test_searches_that_it_does_not_count_are_counted_as_allowed():
    whole = perplexity()
    del whole["usage"]["tool_calls_details"]
    assert (await reply(whole)).usage.searches == 1


async def test_an_error_within_an_answer_is_an_error():
    unsaid = await reply(perplexity(status="failed", error={"message": "boo", "code": "x"}))
    assert (unsaid.failure, unsaid.detail) == (Failure.REJECTED, "boo")
    assert unsaid.usage.billed == Decimal("0.0081")
