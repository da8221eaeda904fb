"""Every provider's stream: words, calls and endings as the desk knows them, and every failure named."""

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import httpx2
import pytest

from bot.analysts.chat_opening import open_chatter
from core.domain.model import Failure, Unsaid
from core.domain.talk import Done, Found, Wanted, Words
from tests.bot.analysts.streams import (
    CALL,
    LOOKED_UP,
    STREAMS,
    TALK,
    Babble,
    Breaks,
    Trickle,
    streamed,
)
from tests.bot.analysts.wire import KEY, line, model, status

everywhere = pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
STATUSES = {
    401: Failure.FORBIDDEN,
    402: Failure.UNPAID,
    403: Failure.FORBIDDEN,
    404: Failure.REJECTED,
    408: Failure.TIMEOUT,
    429: Failure.OVERLOADED,
    500: Failure.OVERLOADED,
    529: Failure.OVERLOADED,
}


def chatter(spoken, seconds=5.0, **changes):
    asked = model(spoken.wire.provider, **changes)
    return open_chatter(asked, spoken.clients, timedelta(seconds=seconds))


async def heard(stream, *answers, talk=TALK, **changes):
    """Every piece of one turn."""
    async with line(stream.wire, *answers) as spoken:
        return [piece async for piece in chatter(spoken, **changes).talk(talk)]


async def sent(stream, talk, **changes):
    async with line(stream.wire, streamed(stream.good("Hm."))) as spoken:
        async for _ in chatter(spoken, **changes).talk(talk):
            pass
        return spoken.sent


def words(pieces):
    return "".join(piece.text for piece in pieces if isinstance(piece, Words))


@everywhere
async def test_words_come_as_they_are_written_and_the_end_says_what_they_cost(stream):
    *said, end = await heard(stream, streamed(stream.good("Because ", "of 추세."), done=True))
    assert said == [Words("Because "), Words("of 추세.")]
    assert isinstance(end, Done)
    assert end.model == "the-model-2026-10-01"
    assert (end.usage.input, end.usage.cached, end.usage.cache_write) == (700, 200, 100)
    assert end.usage.output == 300


@everywhere
async def test_a_call_comes_whole_before_the_end(stream):
    pieces = await heard(stream, streamed(stream.good("Let me see.", calls=(CALL,))))
    assert [piece for piece in pieces if isinstance(piece, Wanted)] == [CALL]
    assert isinstance(pieces[-1], Done)


@everywhere
async def test_what_was_looked_up_goes_back_beside_its_call(stream):
    body = json.dumps(await sent(stream, replace(TALK, turns=LOOKED_UP)))
    assert body.count("call_1") == 2
    assert "short" in body


@everywhere
async def test_what_the_provider_wants_to_be_reminded_of_goes_back_as_it_came(stream):
    first = await heard(stream, streamed(stream.good("Let me see.", calls=(CALL,))))
    echoed = replace(LOOKED_UP[1], echo=first[-1].echo)
    body = await sent(stream, replace(TALK, turns=(LOOKED_UP[0], echoed, LOOKED_UP[2])))
    assert json.dumps(body).count("call_1") == 2
    if stream.wire.provider == "openai":
        assert body["input"][1]["encrypted_content"] == "sealed"
    if stream.wire.provider == "anthropic":
        assert body["messages"][1]["content"][0]["signature"] == "seal"
        assert body["messages"][1]["content"][2]["input"] == {"id": "k7q2e"}


@everywhere
async def test_several_results_stand_together_after_their_calls(stream):
    both = replace(LOOKED_UP[1], wanted=(CALL, replace(CALL, id="call_2")))
    turns = (LOOKED_UP[0], both, LOOKED_UP[2], Found("call_2", "{}"))
    body = await sent(stream, replace(TALK, turns=turns))
    if stream.wire.provider == "anthropic":
        assert [m["role"] for m in body["messages"]] == ["user", "assistant", "user"]
        assert len(body["messages"][2]["content"]) == 2


@everywhere
async def test_in_the_last_turn_tools_are_known_and_may_not_be_used(stream):
    usual, last = await sent(stream, TALK), await sent(stream, replace(TALK, last=True))
    assert usual["tools"] == last["tools"] != []
    assert "none" in json.dumps(last["tool_choice"])
    assert "auto" in json.dumps(usual["tool_choice"])


@everywhere
async def test_nothing_is_kept_over_there_and_no_temperature_is_set(stream):
    body = await sent(stream, TALK)
    assert body["stream"] is True
    assert body.get("store", False) is False
    assert "temperature" not in body


@everywhere
async def test_a_refusal_is_named(stream):
    *_, end = await heard(stream, streamed(stream.refused))
    assert end.failure is Failure.REFUSED
    assert end.usage.output == 300


@everywhere
async def test_an_answer_that_was_cut_is_named_and_what_came_is_heard(stream):
    *said, end = await heard(stream, streamed(stream.cut))
    assert words(said) == "So"
    assert end.failure is Failure.TRUNCATED


@everywhere
@pytest.mark.parametrize(("code", "failure"), STATUSES.items())
async def test_every_status_is_named(stream, code, failure):
    (end,) = await heard(stream, status(code, {"error": {"message": "No.", "type": "x"}}))
    assert end.failure is failure


@everywhere
async def test_what_passes_is_tried_again(stream):
    pieces = await heard(stream, status(429), streamed(stream.good("At last.")))
    assert words(pieces) == "At last."


@everywhere
async def test_an_error_in_the_middle_is_named(stream):
    start = stream.good("So far")[:-2]
    *said, end = await heard(stream, streamed([*start, stream.error]))
    assert words(said) in {"So far", ""}
    assert end.failure is Failure.OVERLOADED


@everywhere
async def test_an_event_that_is_no_json_is_named(stream):
    *_, end = await heard(stream, streamed(["data: {oops\n\n"]))
    assert end.failure is Failure.MALFORMED
    assert end.usage.input > 0


@everywhere
async def test_a_stream_that_stops_without_an_end_is_named(stream):
    *_, end = await heard(stream, streamed(stream.good("So far")[:-2]))
    assert end.failure is Failure.MALFORMED


@everywhere
async def test_a_body_that_is_no_stream_is_named(stream):
    *_, end = await heard(stream, httpx2.Response(200, content=b"<html>nginx</html>"))
    assert end.failure is Failure.MALFORMED


@everywhere
async def test_a_line_that_is_cut_is_named_and_guessed_at(stream):
    *_, end = await heard(stream, httpx2.Response(200, stream=Breaks(stream.good("So far")[:-2])))
    assert end.failure is Failure.UNREACHABLE
    assert end.usage.input > 0


@everywhere
async def test_nobody_there_is_named(stream):
    (end,) = await heard(stream, httpx2.ConnectError("nobody"))
    assert end.failure is Failure.UNREACHABLE


@everywhere
async def test_a_line_without_an_end_is_left(stream):
    *_, end = await heard(stream, httpx2.Response(200, stream=Babble()))
    assert end.failure is Failure.MALFORMED


@everywhere
async def test_what_takes_too_long_is_left_and_counted_at_its_worst(stream):
    trickle = Trickle(stream.good("So far")[:-2])
    *_, end = await heard(stream, httpx2.Response(200, stream=trickle), seconds=1.0)
    assert end.failure is Failure.TIMEOUT
    assert end.usage.output == 900
    assert trickle.left


@everywhere
async def test_whoever_stops_listening_ends_the_call(stream):
    trickle = Trickle(stream.good("So far")[:-2])
    async with (
        line(stream.wire, httpx2.Response(200, stream=trickle)) as spoken,
        aclosing(chatter(spoken).talk(TALK)) as pieces,
    ):
        await anext(pieces)
    assert trickle.left


@everywhere
async def test_whoever_is_stopped_while_waiting_ends_the_call(stream):
    trickle = Trickle([])

    async def listens(spoken):
        async with aclosing(chatter(spoken).talk(TALK)) as pieces:
            async for _ in pieces:
                pass

    async with line(stream.wire, httpx2.Response(200, stream=trickle)) as spoken:
        listening = asyncio.ensure_future(listens(spoken))
        await asyncio.sleep(0.1)
        listening.cancel()
        await asyncio.wait([listening])
    assert listening.cancelled()
    assert trickle.left


@everywhere
async def test_a_slow_listener_does_not_make_it_late(stream):
    async with line(stream.wire, streamed(stream.good("So ", "far"))) as spoken:
        said = []
        async for piece in chatter(spoken, seconds=1.0).talk(TALK):
            said.append(piece)
            await asyncio.sleep(0.5)
    assert words(said) == "So far"


@everywhere
async def test_no_detail_tells_the_key(stream):
    (end,) = await heard(
        stream, status(401, {"error": {"message": f"bad key {KEY}", "type": "x"}})
    )
    assert KEY not in end.detail


@everywhere
@pytest.mark.parametrize(
    "event",
    [
        {},
        {"type": None},
        {"type": "response.completed", "response": []},
        {"type": "response.completed", "response": {"output": [{"content": [{"type": 3}]}]}},
        {"type": "response.output_item.done", "item": {"type": "function_call", "name": 7}},
        {"type": "content_block_delta", "index": "x", "delta": {"type": "text_delta", "text": 5}},
        {"type": "content_block_stop", "index": 99},
        {"type": "message_start", "message": 3},
        {"choices": [{"delta": {"tool_calls": [{"index": -1, "function": None}]}}]},
        {"choices": {"delta": 1}, "usage": "many"},
        {"error": []},
    ],
)
async def test_no_event_makes_anything_raise(stream, event):
    pieces = await heard(stream, streamed([event, event]))
    assert isinstance(pieces[-1], Done | Unsaid)


async def test_a_server_that_counts_no_calls_and_sends_them_whole_is_understood():
    stream = STREAMS["ollama"]
    called = {"function": {"name": "trail", "arguments": '{"id": "k7q2e"}'}}
    delta = {"choices": [{"delta": {"tool_calls": [called, called]}, "finish_reason": "stop"}]}
    pieces = await heard(stream, streamed([delta]))
    assert [piece.id for piece in pieces if isinstance(piece, Wanted)] == ["call0", "call1"]
    assert pieces[-1].usage.input > 0
    assert Decimal(pieces[-1].usage.input) < 1_000


@everywhere
async def test_halves_of_characters_become_whole_ones(stream):
    call = replace(CALL, arguments='{"id": "\\ud800"}')
    broken = stream.good("so \ud83d", "\U0001f600", calls=(call,))
    pieces = await heard(stream, streamed(broken))
    assert words(pieces) == "so ?\U0001f600"
    json.dumps(pieces[-1].echo, ensure_ascii=False).encode()
