"""What every broker promises, as far as a spot account for won can keep it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.trading import (
    Order,
    OrderStatus,
    OrderType,
    Placed,
    Refused,
    Side,
    Unknown,
)
from core.errors import BrokerUnavailable
from tests.bot.broker.perpetual_contract import patience
from tests.venues.series import DAY
from tests.venues.trading.accidents import Mishap

BTC = "BTC/KRW"
ENTRY = "POST /v1/orders?"
RICH = Decimal(100_000_000)


def entry(name="entry", amount="0.1", kind=OrderType.MARKET, price=None):
    return Order(
        client_order_id=name,
        symbol=BTC,
        side=Side.BUY,
        type=kind,
        amount=Decimal(amount),
        price=price,
    )


def close(name="close", amount="0.1"):
    return replace(entry(name, amount), side=Side.SELL, reduce_only=True)


def bid(name="bid"):
    return entry(name, "0.1", OrderType.LIMIT, Decimal(60_000_000))


def held(ledger):
    return ledger.purse("BTC").whole


async def test_a_flat_account_is_worth_its_won(broker):
    account = await broker.account()
    assert account.positions == ()
    assert account.wallet == account.equity == account.free_margin == RICH


async def test_an_entry_becomes_a_position_that_nobody_can_liquidate(broker, ledger):
    assert await broker.place(entry()) == Placed("entry")
    account = await broker.account()
    position = account.position(BTC)
    assert (position.amount, position.leverage, position.liquidation_price) == (
        Decimal("0.1"),
        1,
        0,
    )
    assert account.equity == account.wallet + position.unrealized_pnl
    assert account.free_margin == account.wallet - position.margin == ledger.purse("KRW").free


async def test_the_same_id_is_never_filled_twice(broker, opened, ledger):
    await broker.place(entry())
    assert await broker.place(entry()) == Placed("entry")
    again = await opened()
    assert await again.place(entry()) == Unknown("entry")
    await again.aclose()
    assert held(ledger) == Decimal("0.1")


async def test_an_order_is_found_by_its_name_or_not_at_all(broker):
    assert await broker.find(entry()) is None
    await broker.place(entry())
    state = await broker.find(entry())
    assert (state.status, state.filled) == (OrderStatus.FILLED, Decimal("0.1"))


async def test_a_waiting_order_is_open_until_it_is_canceled(broker):
    await broker.place(bid())
    (waiting,) = await broker.open_orders()
    assert waiting.order == bid()
    await broker.cancel(bid())
    await broker.cancel(bid())
    await broker.cancel(entry("nobody"))
    assert await broker.open_orders() == ()
    assert (await broker.find(bid())).status is OrderStatus.CANCELED


@pytest.mark.parametrize("kind", [OrderType.STOP_MARKET, OrderType.TAKE_PROFIT])
async def test_what_waits_for_a_price_is_guarded_by_the_desk(broker, floor, kind):
    await broker.place(entry())
    with floor.begin(Mishap.UNHEARD, "POST") as accident:
        guard = replace(close("guard"), type=kind, stop_price=Decimal(60_000_000))
        assert await broker.place(guard) == Refused("guard", "guarded")
    assert accident.struck == []


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (replace(close(), reduce_only=False), "short"),
        (replace(entry(), reduce_only=True), "short"),
        (replace(entry(), leverage=2), "leverage"),
        (replace(entry(), symbol="BTC/USDT:USDT"), "quote"),
        (entry(amount="0.00005", kind=OrderType.IOC, price=Decimal(70_000_000)), "min_notional"),
    ],
)
async def test_what_a_spot_account_cannot_do_is_not_sent(broker, floor, order, code):
    with floor.begin(Mishap.UNHEARD, "POST") as accident:
        assert await broker.place(order) == Refused(order.client_order_id, code)
    assert accident.struck == []


async def test_what_cannot_be_paid_is_refused_and_its_name_stays_free(broker):
    assert await broker.place(entry(amount="2")) == Refused("entry", "insufficient_funds_bid")
    assert await broker.place(close()) == Refused("close", "insufficient_funds_ask")
    assert await broker.place(entry()) == Placed("entry")
    assert await broker.place(close()) == Placed("close")


async def test_an_order_within_a_limit_drops_what_is_left(broker, ledger):
    ledger.state.liquidity["KRW-BTC"] = Decimal("0.03")
    asked = entry(kind=OrderType.IOC, price=Decimal(70123456))
    assert await broker.place(asked) == Placed("entry")
    state = await broker.find(asked)
    assert (state.status, state.filled) == (OrderStatus.EXPIRED, Decimal("0.03"))
    (order,) = ledger.state.orders.values()
    assert order.asked.price == 70_123_000


async def test_activity_accounts_for_all_the_money(broker, venues, ledger):
    await broker.place(entry())
    await broker.place(entry("more", "0.05"))
    await venues.trade("BTC", 51_000.0)
    await broker.place(close(amount="0.12"))
    await broker.place(close("rest", "0.03"))
    lived = await broker.activity(0, {BTC})

    assert [one.client_order_id for one in lived] == ["entry", "more", "close", "rest"]
    made = sum(one.realized_pnl - one.fee for one in lived)
    account = await broker.account()
    assert account.wallet == ledger.purse("KRW").free
    assert account.wallet == pytest.approx(RICH + made, abs=Decimal("0.01"))
    assert await broker.activity(lived[1].seq, {BTC}) == lived[2:]


async def test_what_fills_days_after_it_was_placed_is_told(opened, venues):
    first = await opened()
    await first.place(bid())
    assert await first.activity(0, {BTC}) == ()
    await first.aclose()
    venues.world.clock.now += 3 * DAY
    await venues.trade("BTC", 42_000.0)
    await venues.advance(minutes=60)

    again = await opened()
    (fill,) = await again.activity(0, {BTC})
    assert (fill.client_order_id, fill.price, fill.liquidity) == ("bid", 60_000_000, "maker")
    assert await again.activity(0, {BTC}) == (fill,)
    await again.aclose()


async def test_a_lost_reply_is_unknown_until_the_venue_is_asked(broker, floor, ledger):
    kinds = [k for k in Mishap if "done" in k.value[:8] and k not in {Mishap.TWICE, Mishap.LATE}]
    expected = Decimal(0)
    for number, kind in enumerate(kinds):
        name = f"n{number}"
        with floor.begin(kind, ENTRY, 1) as accident, patience(broker, kind):
            outcome = await broker.place(entry(name, "0.001"))
        done = kind.value.startswith("done")
        rejected = kind is Mishap.REJECTED
        assert isinstance(outcome, Refused if rejected else Unknown), kind
        assert accident.struck, kind
        expected += Decimal("0.001") if done else 0
        assert held(ledger) == expected, kind
        assert (await broker.find(entry(name, "0.001")) is not None) is done


@pytest.mark.parametrize("kind", [Mishap.PAGE, Mishap.EMPTY, Mishap.NULL, Mishap.HOLLOW])
async def test_a_failed_question_is_never_an_empty_answer(broker, floor, kind):
    await broker.place(entry())
    await broker.place(bid())
    asked = {
        "GET /v1/accounts": broker.account,
        "GET /v1/orders/open": broker.open_orders,
        "GET /v1/order?": lambda: broker.find(bid()),
        "GET /v1/orders/closed": lambda: broker.activity(0, ()),
    }
    for where, ask in asked.items():
        with floor.begin(kind, where) as accident, pytest.raises(BrokerUnavailable):
            await ask()
        assert accident.struck


@pytest.mark.parametrize("kind", [Mishap.PAGE, Mishap.HOLLOW, Mishap.BUSY])
async def test_who_cannot_read_what_is_there_buys_nothing_and_may_sell(broker, floor, kind):
    await broker.place(entry())
    with floor.begin(kind, "GET /v1/accounts"):
        assert await broker.place(entry("more")) == Refused("more", "unread")
        assert await broker.place(close()) == Placed("close")
    assert await broker.place(entry("more")) == Placed("more")


def test_nothing_proves_that_an_order_does_not_arrive_late(broker):
    assert broker.arrival >= timedelta(minutes=2)
