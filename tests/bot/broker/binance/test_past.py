"""What an account lives through at Binance is told once, however late and often it is heard of."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.trading import Cause, Fill, FundingPayment, Side
from tests.core.broker_contract import entry
from tests.venues.trading.accidents import Mishap
from tests.venues.trading.fate import deleverage

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"


def names(lived):
    return [one.client_order_id for one in lived if isinstance(one, Fill)]


async def test_a_fill_that_shows_late_is_told_after_what_was_known(broker, floor, venues):
    await broker.place(entry("one", "0.01"))
    with floor.begin(Mishap.STALE, "GET /fapi/v1/userTrades"):
        await broker.place(entry("two", "0.01"))
        await venues.advance(minutes=9)
        (known,) = await broker.activity(0, {BTC})
    await broker.place(entry("three", "0.01"))

    late = await broker.activity(known.seq, {BTC})
    assert (known.client_order_id, names(late)) == ("one", ["two", "three"])
    assert await broker.activity(0, {BTC}) == (known, *late)


async def test_a_restart_neither_forgets_nor_repeats(opened, venues):
    first = await opened()
    await first.place(entry("one", "0.01"))
    (known,) = await first.activity(0, {BTC})
    await first.place(entry("two", "0.01"))
    await first.aclose()
    await venues.advance(minutes=60 * 24 * 9)

    again = await opened()
    whole = await again.activity(0, {BTC})
    assert (whole[0], names(whole)) == (known, ["one", "two"])
    assert await again.activity(0, {BTC}) == whole
    await again.aclose()


async def test_what_another_hand_traded_before_the_desk_looked_is_not_told(opened, venues):
    early = await opened()
    await early.place(entry("early", "0.01"))
    await early.aclose()
    await venues.advance(minutes=30)
    again = await opened()
    assert names(await again.activity(0, {BTC})) == []
    await again.aclose()


async def test_more_fills_than_a_page_holds_are_all_told(broker, monkeypatch):
    monkeypatch.setattr("bot.broker.binance.past.MOST", 2)
    for number in range(5):
        await broker.place(entry(f"n{number}", "0.001"))
        broker.wire.client.milliseconds.now += 50
    assert names(await broker.activity(0, {BTC})) == [f"n{n}" for n in range(5)]


async def test_a_symbol_that_nobody_asked_for_is_told_when_it_traded(broker, venues):
    await broker.place(replace(entry("foreign", "0.1"), symbol=ETH))
    await broker.activity(0, {BTC})
    (fill,) = await broker.activity(0, {BTC})
    assert (fill.symbol, fill.client_order_id) == (ETH, "foreign")


async def test_funding_is_told_once_with_its_rate(broker, venues, ledger):
    venues.world["BTC"].next_rate = 0.0001
    await broker.place(entry())
    before = ledger.state.wallet
    await venues.advance(minutes=60 * 9)
    lived = await broker.activity(0, {BTC})
    (paid,) = [one for one in lived if isinstance(one, FundingPayment)]
    assert (paid.rate, paid.amount) == (Decimal("0.0001"), ledger.state.wallet - before)
    assert paid.amount < 0
    await venues.advance(minutes=1)
    assert await broker.activity(lived[-1].seq, {BTC}) == ()


async def test_a_liquidation_is_one_and_all_the_money_is_accounted_for(broker, venues, ledger):
    await broker.place(entry())
    await venues.trade("BTC", 25_000.0)
    lived = await broker.activity(0, {BTC})

    taken = [one for one in lived if isinstance(one, Fill)][-1]
    assert (taken.cause, taken.side) == (Cause.LIQUIDATION, Side.SELL)
    made = sum(
        one.realized_pnl - one.fee if isinstance(one, Fill) else one.amount for one in lived
    )
    account = await broker.account()
    assert account.positions == ()
    assert account.wallet == 10_000 + made == ledger.state.wallet


async def test_being_deleveraged_is_a_liquidation_too(broker, ledger):
    await broker.place(entry())
    deleverage(ledger, "BTCUSDT", Decimal("0.04"), Decimal(51_000))
    fill = (await broker.activity(0, {BTC}))[-1]
    assert (fill.cause, fill.amount) == (Cause.LIQUIDATION, Decimal("0.04"))


@pytest.mark.parametrize("coin", ["BTC", "ETH"])
async def test_a_fee_in_another_coin_is_told_in_the_quote_currency(broker, coin):
    told = {"commission": "0.001", "commissionAsset": coin, "time": _now(broker)}
    price = {"BTC": 50_000, "ETH": 2_500}[coin]
    fee = await broker.dialect._past._fee(told, BTC)
    assert fee == pytest.approx(Decimal("0.001") * price, rel=Decimal("0.05"))


def _now(broker):
    return broker.wire.client.milliseconds()
