"""Positions that somebody else has opened: told with three answers, and what each of them does."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.domain.people import Language, Role
from core.domain.trade import Exit
from core.domain.trading import Order, OrderType, Side
from core.owner import ACCOUNT
from tests.handlers.town import Plan
from tests.phone import labels

BTC = "BTC/USDT:USDT"


async def finds(town, amount: str = "0.05", side: Side = Side.BUY, name: str = "somebody") -> None:
    """Somebody trades by hand, and the desk looks a few times."""
    order = Order(
        client_order_id=name,
        symbol=BTC,
        side=side,
        type=OrderType.MARKET,
        amount=Decimal(amount),
    )
    await town.desk.venue.broker.place(order)
    for _ in range(6):
        await town.waits(seconds=2)
        await town.desk.watch()
    await town.flushes()


async def test_an_unknown_position_is_told_with_what_adopting_would_mean(town, phone):
    await finds(town)
    await phone.look()
    assert (
        "Unknown BTC LONG 0.05. Adopt sets a stop at 75,107.2 (-3.0%, at most -118.0 USDT)"
        in phone.text
    )
    assert phone.text.endswith("No answer: left alone, BTC entries rest.")
    assert labels(phone.messages[-1]) == ["Adopt", "Close", "Mine"]


async def test_adopting_shows_the_position_with_its_stop(town, phone):
    await finds(town)
    await phone.look()
    assert await phone.taps("Adopt") == "Adopted. The desk looks after it now."
    (trade,) = await town.open_trades()
    assert (trade.symbol, trade.remaining) == (BTC, Decimal("0.05"))
    assert phone.hears("Stop seen on exchange")
    waiting = await town.desk.venue.broker.open_orders()
    assert [s.order.client_order_id for s in waiting] == [f"{trade.id}s1"]


async def test_closing_asks_back_once(town, phone):
    await finds(town)
    await phone.look()
    await phone.taps("Close")
    assert labels(phone.messages[-1]) == ["Really close it", "‹ Back"]
    assert (await town.desk.venue.broker.account()).positions != ()
    await phone.taps("‹ Back")
    assert labels(phone.messages[-1]) == ["Adopt", "Close", "Mine"]
    await phone.taps("Close")
    await phone.taps("Really close it")
    assert (await town.desk.venue.broker.account()).positions == ()
    (trade,) = await town.ledger.closed_trades(ACCOUNT)
    assert trade.exit is Exit.PERSON


async def test_mine_is_left_alone_until_it_changes(town, phone):
    await finds(town)
    await phone.look()
    assert await phone.taps("Mine") == "Yours. The desk asks again only if it changes."
    before = len(phone.messages)
    await town.desk.watch()
    await town.flushes()
    await phone.look()
    assert len(phone.messages) == before
    await finds(town, "0.01", name="somebody2")
    await phone.look()
    assert phone.hears("Unknown BTC LONG 0.06")


async def test_an_answer_to_a_position_that_has_changed_does_nothing(town, phone):
    await finds(town)
    await phone.look()
    order = Order(
        client_order_id="somebody2",
        symbol=BTC,
        side=Side.SELL,
        type=OrderType.MARKET,
        amount=Decimal("0.02"),
    )
    await town.desk.venue.broker.place(order)
    said = await phone.taps("Adopt")
    assert "changed since you were asked" in f"{said}{phone.text}"
    assert await town.open_trades() == ()


async def test_whoever_only_looks_on_answers_nothing(town, phone):
    (owner,) = await town.ledger.people()
    await town.ledger.commit(replace(owner, role=Role.VIEWER))
    await finds(town)
    await phone.look()
    await phone.taps("Adopt")
    assert await town.open_trades() == ()


async def test_what_is_added_by_hand_is_told_and_stands_on_the_card(town, phone):
    await town.holds(phone)
    (trade,) = await town.open_trades()
    await finds(town, "0.01")
    await phone.look()
    assert phone.hears("BTC: 0.01 were added by hand to the desk's position of")
    await phone.says("/positions")
    assert phone.hears("0.01 added by hand are yours: no stop of the desk covers them.")
    assert (await town.open_trades())[0].remaining == trade.remaining


@pytest.mark.parametrize("side", Side)
async def test_it_is_told_in_korean(founded, side):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        await phone.says("/positions")
        await finds(town, side=side)
        await phone.look()
        word, sign = ("롱", "-") if side is Side.BUY else ("숏", "+")
        assert f"모르는 BTC {word} 0.05개가 있습니다. 채택하면 손절 " in phone.text
        assert f"({sign}3.0%, 최대 -" in phone.text
        assert labels(phone.messages[-1]) == ["채택", "종료", "내가 관리"]
