"""A portfolio is shown for nothing; a suggestion about it costs money, is asked once a close, and
moves nothing.
"""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.market import Timeframe
from core.domain.model import Failure, PromptKind, Said, Unsaid
from core.domain.people import Language
from core.domain.trading import Account, Position, Side
from core.voices.balancing import AskBalance
from core.voices.consult import Consult
from core.voices.portfolio import ReadPortfolio, Seat
from core.voices.ports import Endless
from tests.builders import ACCOUNT, NOON, SYMBOL, settings
from tests.core.voices.markets import seen
from tests.fakes import FakeBroker, FakeClock, FakeMarket, MemoryLedger, frame
from tests.model_fakes import MODEL, USAGE, MemoryPurse, ScriptedOracle, ShortPatience, desk

ETH = "ETH/USDT:USDT"
SOL = "SOL/USDT:USDT"
HOUR = timedelta(hours=1)
GOOD = Said(text="", usage=USAGE, model=MODEL.name)


def suggested(**weights):
    named = ((f"{coin}/USDT:USDT", f"{part}") for coin, part in weights.items())
    entries = [{"symbol": name, "percent": part} for name, part in named]
    body = {"schema_version": "1", "weights": entries, "rationale": "Both move alike."}
    return replace(GOOD, text=json.dumps(body))


def position(symbol, amount, mark="100"):
    return Position(
        symbol=symbol,
        amount=Decimal(amount),
        entry_price=Decimal(100),
        leverage=2,
        margin=Decimal(1),
        mark_price=Decimal(mark),
        liquidation_price=Decimal(1),
        opened_at=NOON,
    )


class Room:
    """A desk with two symbols and a model that answers what the test says."""

    def __init__(self, *script, held=(), rows=400, empty=False, patience=None):
        self.clock = FakeClock()
        closes = seen(rows=rows).frame.close
        symbols = (SYMBOL, ETH, SOL)
        frames = {s: frame(closes, reach=50, end=NOON + 20 * HOUR) for s in symbols}
        self.broker = FakeBroker(
            Account(Decimal(10_000), Decimal(10_000), Decimal(10_000), tuple(held))
        )
        self.oracle = ScriptedOracle(script or (suggested(BTC="30", ETH="20"),))
        self.purse = MemoryPurse()
        shared = desk(purse=self.purse, clock=self.clock, patience=patience or Endless())
        consult = Consult(MODEL, self.oracle, shared)
        self.seat = None if empty else Seat(MODEL, consult, aliased=False)
        self.read = ReadPortfolio(
            account=ACCOUNT,
            clock=self.clock,
            broker=self.broker,
            market=FakeMarket(self.clock, frames),
            ledger=MemoryLedger(settings(symbols=(SYMBOL, ETH), timeframe=Timeframe.H1)),
            purse=self.purse,
            seat=lambda: self.seat,
        )
        self.ask = AskBalance(self.read)


async def test_what_is_held_is_read_without_asking_anybody():
    room = Room(held=[position(SYMBOL, "-25"), position(SOL, "10")])
    portfolio = await room.read(Language.EN)
    assert portfolio.held == {SYMBOL: 25, SOL: 10, ETH: 0}
    assert portfolio.sides == {SYMBOL: Side.SELL, SOL: Side.BUY}
    assert portfolio.exposure == Decimal("0.35")
    assert (portfolio.model, portfolio.suggestion) == (MODEL.name, None)
    assert 0 < portfolio.offer.likely < portfolio.offer.most
    assert room.oracle.asked == []


async def test_a_suggestion_comes_with_what_it_cost_and_without_another_offer():
    room = Room()
    portfolio = await room.ask(Language.EN)
    assert portfolio.suggestion.balance.weights == {SYMBOL: 30, ETH: 20}
    assert portfolio.suggestion.balance.rationale == "Both move alike."
    assert portfolio.suggestion.cost == MODEL.price.of(USAGE)
    assert (portfolio.suggestion.close, portfolio.offer) == (NOON, None)


async def test_it_is_on_the_books_as_a_question_about_the_balance():
    room = Room()
    await room.ask(Language.EN)
    (call,) = room.purse.made.values()
    assert (call.kind, call.symbols, call.as_of) == (PromptKind.BALANCE, (SYMBOL, ETH), NOON)


async def test_the_model_sees_what_is_held_in_steps_and_no_money():
    room = Room(held=[position(SYMBOL, "26", mark="101")])
    await room.ask(Language.EN)
    (prompt, _), *_ = room.oracle.asked
    assert "HELD NOW, PERCENT" in prompt.user
    assert f"{SYMBOL} 25" in prompt.user.splitlines()
    assert "10000" not in prompt.user


async def test_two_who_ask_at_once_and_whoever_asks_later_hear_one_answer_until_the_next_close():
    room = Room()
    first, second = await asyncio.gather(room.ask(Language.EN), room.ask(Language.EN))
    room.clock.advance(minutes=59)
    third = await room.ask(Language.EN)
    assert first.suggestion is second.suggestion is third.suggestion
    assert len(room.oracle.asked) == 1
    room.clock.advance(minutes=1)
    assert (await room.read(Language.EN)).suggestion is None
    await room.ask(Language.EN)
    assert len(room.oracle.asked) == 2


async def test_who_reads_another_language_asks_in_it():
    room = Room()
    await room.ask(Language.EN)
    assert (await room.read(Language.KO)).suggestion is None
    await room.ask(Language.KO)
    assert room.oracle.asked[1][0].user.endswith("Korean.")


async def test_no_answer_says_why_and_what_it_cost_and_may_be_asked_again():
    room = Room(Unsaid(failure=Failure.REFUSED, usage=USAGE), suggested(BTC="30"))
    portfolio = await room.ask(Language.EN)
    assert (portfolio.failure, portfolio.suggestion) == (Failure.REFUSED, None)
    assert portfolio.cost == MODEL.price.of(USAGE)
    assert portfolio.offer is not None
    room.clock.advance(seconds=1)
    assert (await room.ask(Language.EN)).suggestion is not None


@pytest.mark.parametrize("text", ["half and half", suggested(BTC="80", ETH="40").text])
async def test_what_makes_no_whole_twice_is_no_suggestion(text):
    room = Room(replace(GOOD, text=text))
    assert (await room.ask(Language.EN)).failure is Failure.INVALID
    assert len(room.oracle.asked) == 2


async def test_what_comes_too_late_is_there_for_whoever_looks_next():
    speaks = asyncio.Event()

    async def slowly():
        await speaks.wait()
        return suggested(BTC="30", ETH="20")

    patience = ShortPatience()
    room = Room(slowly, patience=patience)
    assert (await room.ask(Language.EN)).failure is Failure.LATE
    speaks.set()
    await asyncio.gather(*patience.left)
    portfolio = await room.read(Language.EN)
    assert portfolio.suggestion.balance.weights == {SYMBOL: 30, ETH: 20}
    assert portfolio.suggestion.cost == MODEL.price.of(USAGE)


async def test_without_a_model_there_is_nothing_to_ask():
    room = Room(empty=True, held=[position(SYMBOL, "50")])
    portfolio = await room.ask(Language.EN)
    assert (portfolio.model, portfolio.offer, portfolio.held[SYMBOL]) == ("", None, 50)


async def test_where_the_numbers_are_missing_nobody_is_asked():
    room = Room(rows=60)
    portfolio = await room.ask(Language.EN)
    assert (portfolio.model, portfolio.offer, room.oracle.asked) == (MODEL.name, None, [])


async def test_a_suggestion_sends_no_order():
    room = Room(held=[position(SYMBOL, "25")])
    await room.ask(Language.EN)
    assert (room.broker.placed, room.broker.cancelled) == ([], [])
