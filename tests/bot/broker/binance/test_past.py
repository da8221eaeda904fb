"""What an account lives through at Binance is told once, however late and often it is heard of."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.trading import Fill
from tests.core.broker_contract import entry

BTC, ETH = "BTC/USDT:USDT", "ETH/USDT:USDT"


def names(lived):
    return [one.client_order_id for one in lived if isinstance(one, Fill)]


async def test_what_another_hand_traded_before_the_desk_looked_is_not_told(opened, venues):
    early = await opened()
    await early.place(entry("early", "0.01"))
    await early.aclose()
    await venues.advance(minutes=30)
    again = await opened()
    assert names(await again.activity(0, {BTC})) == []
    await again.aclose()


async def test_a_clock_that_ran_ahead_has_heard_nothing_of_what_it_skipped(
    broker, clock, venues, monkeypatch
):
    await broker.activity(0, {BTC})
    right = clock.now
    monkeypatch.setattr(clock, "now", lambda: right() + timedelta(hours=1))
    await broker.activity(0, {BTC})
    monkeypatch.setattr(clock, "now", right)
    await broker.place(entry("k7q2m3e1", "0.01"))
    await venues.advance(minutes=1)
    assert names(await broker.activity(0, {BTC})) == ["k7q2m3e1"]


@pytest.mark.parametrize("coin", ["BTC", "ETH"])
async def test_a_fee_in_another_coin_is_told_in_the_quote_currency(broker, coin):
    told = {"commission": "0.001", "commissionAsset": coin, "time": _now(broker)}
    price = {"BTC": 50_000, "ETH": 2_500}[coin]
    fee = await broker.dialect._past._fee(told, BTC)
    assert fee == pytest.approx(Decimal("0.001") * price, rel=Decimal("0.05"))


def _now(broker):
    return broker.wire.client.milliseconds()
