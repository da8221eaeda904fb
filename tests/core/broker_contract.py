"""What every broker promises, whoever stands behind it."""

from decimal import Decimal

import pytest

from core.domain.trading import (
    Fill,
    Order,
    OrderStatus,
    OrderType,
    Placed,
    Refused,
    Side,
)
from core.ports import Broker


def entry(name: str = "entry", amount: str = "0.1", side: Side = Side.BUY) -> Order:
    return Order(
        client_order_id=name,
        symbol=BrokerContract.symbol,
        side=side,
        type=OrderType.MARKET,
        amount=Decimal(amount),
        leverage=2,
    )


def stop(name: str = "stop", amount: str = "0.1", price: str = "45000") -> Order:
    return Order(
        client_order_id=name,
        symbol=BrokerContract.symbol,
        side=Side.SELL,
        type=OrderType.STOP_MARKET,
        amount=Decimal(amount),
        stop_price=Decimal(price),
        reduce_only=True,
    )


def bid(name: str = "bid", price: str = "40000") -> Order:
    return Order(
        client_order_id=name,
        symbol=BrokerContract.symbol,
        side=Side.BUY,
        type=OrderType.LIMIT,
        amount=Decimal("0.1"),
        price=Decimal(price),
        leverage=2,
    )


class BrokerContract:
    """Inherit, and give a fixture `broker`: an account that is flat and has 10,000 of quote
    currency, in a market that stands at 50,000 and steps by 0.001. `settled` waits until the
    broker has noticed what it was told.
    """

    symbol = "BTC/USDT:USDT"

    @pytest.fixture
    def broker(self) -> Broker:
        raise NotImplementedError

    async def settled(self, broker: Broker) -> None:
        return None

    async def test_a_flat_account_is_worth_its_wallet(self, broker):
        account = await broker.account()

        assert account.positions == ()
        assert account.wallet == account.equity == account.free_margin == 10_000

    async def test_an_entry_becomes_a_position_with_margin_and_a_liquidation_price(self, broker):
        assert await broker.place(entry()) == Placed("entry")
        await self.settled(broker)

        position = (await broker.account()).position(self.symbol)
        assert (position.amount, position.leverage, position.side) == (
            Decimal("0.1"),
            2,
            Side.BUY,
        )
        assert position.margin == pytest.approx(Decimal(2500), rel=Decimal("0.01"))
        assert 25_000 < position.liquidation_price < 26_000

    async def test_equity_is_the_wallet_and_the_open_profit(self, broker):
        await broker.place(entry(side=Side.SELL))
        await self.settled(broker)

        account = await broker.account()
        position = account.position(self.symbol)
        assert position.amount == Decimal("-0.1")
        assert account.equity == account.wallet + position.unrealized_pnl
        assert account.free_margin == account.wallet - position.margin

    async def test_the_same_id_is_never_filled_twice(self, broker):
        await broker.place(entry())
        await self.settled(broker)

        assert await broker.place(entry()) == Placed("entry")
        await self.settled(broker)

        assert (await broker.account()).position(self.symbol).amount == Decimal("0.1")
        assert len(await broker.activity(0, {self.symbol})) == 1

    async def test_an_order_that_was_never_placed_is_not_found(self, broker):
        assert await broker.find(entry("nobody")) is None

    async def test_a_filled_order_is_found_with_what_it_filled(self, broker):
        await broker.place(entry())
        await self.settled(broker)

        state = await broker.find(entry())
        assert (state.status, state.filled) == (OrderStatus.FILLED, Decimal("0.1"))

    async def test_a_waiting_order_is_open_until_it_is_canceled(self, broker):
        await broker.place(bid())
        await self.settled(broker)
        assert [s.order.client_order_id for s in await broker.open_orders()] == ["bid"]

        await broker.cancel(bid())
        await self.settled(broker)

        assert await broker.open_orders() == ()
        assert (await broker.find(bid())).status is OrderStatus.CANCELED

    async def test_canceling_what_is_gone_is_no_error(self, broker):
        await broker.place(entry())
        await self.settled(broker)

        await broker.cancel(entry())
        await broker.cancel(entry("nobody"))

        assert (await broker.find(entry())).status is OrderStatus.FILLED

    async def test_reduce_only_without_a_position_is_refused(self, broker):
        assert isinstance(await broker.place(stop()), Refused)
        assert await broker.find(stop()) is None

    async def test_more_than_the_margin_carries_is_refused(self, broker):
        outcome = await broker.place(entry(amount="1"))

        assert isinstance(outcome, Refused)
        assert outcome.client_order_id == "entry"
        assert (await broker.account()).positions == ()

    async def test_a_refused_id_is_free_again(self, broker):
        await broker.place(entry(amount="1"))

        assert await broker.place(entry()) == Placed("entry")

    async def test_activity_comes_in_order_and_after_a_cursor(self, broker):
        for name in ("one", "two", "three"):
            await broker.place(entry(name, "0.01"))
            await self.settled(broker)

        whole = await broker.activity(0, {self.symbol})
        assert [one.client_order_id for one in whole] == ["one", "two", "three"]
        assert whole[0].seq < whole[1].seq < whole[2].seq
        assert await broker.activity(whole[1].seq, {self.symbol}) == whole[2:]
        assert await broker.activity(whole[2].seq, {self.symbol}) == ()

    async def test_closing_leaves_the_wallet_with_profit_less_fees(self, broker):
        await broker.place(entry())
        await self.settled(broker)
        close = Order(
            client_order_id="close",
            symbol=self.symbol,
            side=Side.SELL,
            type=OrderType.MARKET,
            amount=Decimal("0.1"),
            reduce_only=True,
        )

        assert await broker.place(close) == Placed("close")
        await self.settled(broker)

        account = await broker.account()
        assert account.positions == ()
        done = [one for one in await broker.activity(0, {self.symbol}) if isinstance(one, Fill)]
        made = sum(one.realized_pnl - one.fee for one in done)
        assert account.wallet == account.equity == account.free_margin == 10_000 + made

    async def test_a_protective_stop_waits_at_the_venue(self, broker):
        await broker.place(entry())
        await self.settled(broker)

        assert await broker.place(stop()) == Placed("stop")
        await self.settled(broker)

        state = await broker.find(stop())
        assert (state.status, state.filled, state.order.reduce_only) == (
            OrderStatus.OPEN,
            0,
            True,
        )
