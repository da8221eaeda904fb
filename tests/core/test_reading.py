"""What people ask to see: facts as they are now, and nothing decided."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.market import Origin, Timeframe
from core.domain.trade import TradeStatus
from core.domain.trading import Account, OrderState, OrderStatus, Position, Side
from core.errors import NotFound
from core.execution.editing import EditTrades
from core.execution.protecting import ProtectPositions
from core.execution.sending import SendIntent
from core.reading import PositionFacts, ReadCard, ReadPositions, ReadStatus
from core.standing import TakeStanding
from tests.builders import (
    ACCOUNT,
    INSTRUMENT,
    NOON,
    SYMBOL,
    decision,
    order,
    plan,
    proposal,
    settings,
    trade,
)
from tests.fakes import FakeBroker, FakeClock, FakeMarket, MemoryLedger, frame

ETH = "ETH/USDT:USDT"
HOURLY = settings(timeframe=Timeframe.H1)
WHOLE = frame([64_000.0, 64_100.0, 64_200.0])
HELD = Position(
    symbol=SYMBOL,
    amount=Decimal("0.026"),
    entry_price=Decimal(64_000),
    leverage=3,
    margin=Decimal(600),
    mark_price=Decimal(64_200),
    liquidation_price=Decimal(43_000),
    opened_at=NOON,
)
RICH = Account(Decimal(10_000), Decimal(10_005), Decimal(9_400), (HELD,))


class Room:
    """A desk at noon that holds Bitcoin at 64,000; the price is 64,200."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger = MemoryLedger(HOURLY, decision(), proposal(), trade())
        self.market = FakeMarket(self.clock, {SYMBOL: WHOLE, ETH: WHOLE})
        self.broker = FakeBroker(RICH)
        self.protect = ProtectPositions(
            ACCOUNT,
            self.clock,
            self.broker,
            self.ledger,
            self.market,
            SendIntent(self.clock, self.broker, self.ledger),
            EditTrades(self.ledger),
        )

    async def card(self, proposal_id="k7q2e"):
        read = ReadCard(self.clock, self.market, self.ledger, Origin.RECORDED)
        return await read(proposal_id)

    @property
    def positions(self):
        return ReadPositions(
            clock=self.clock,
            broker=self.broker,
            quotes=self.market,
            market=self.market,
            ledger=self.ledger,
            protect=self.protect,
            account=ACCOUNT,
            origin=Origin.RECORDED,
        )

    async def status(self):
        market = self.market
        read = ReadStatus(
            account=ACCOUNT,
            clock=self.clock,
            broker=self.broker,
            quotes=market,
            market=market,
            ledger=self.ledger,
            stand=TakeStanding(ACCOUNT, self.clock, self.broker, self.ledger, market, market),
            origin=Origin.RECORDED,
        )
        return await read()


@pytest.fixture
def room():
    return Room()


class TestCard:
    async def test_a_card_shows_the_proposal_its_decision_and_the_market_now(self, room):
        facts = await room.card()

        assert (facts.proposal, facts.decision) == (proposal(), decision())
        assert (facts.settings, facts.origin, facts.now) == (HOURLY, Origin.RECORDED, NOON)
        assert facts.instrument == INSTRUMENT
        assert list(facts.snapshot.frame.close) == list(WHOLE.close)

    async def test_a_card_shows_no_candle_that_is_still_open(self, room):
        room.clock.moment = NOON - timedelta(minutes=1)

        assert len((await room.card()).snapshot.frame) == 2

    async def test_a_card_without_candles_is_still_a_card(self, room):
        room.market.frames[SYMBOL] = frame([64_000.0], end=NOON + timedelta(days=1))

        assert (await room.card()).snapshot is None

    async def test_an_unknown_card_is_not_found(self, room):
        with pytest.raises(NotFound):
            await room.card("zzzzzz")


class TestPositions:
    async def test_live_trades_come_with_price_position_and_the_time_of_their_stop(self, room):
        room.protect.seen["k7q2e"] = NOON
        (facts,) = await room.positions()

        assert (facts.trade, facts.position, facts.stop_seen) == (trade(), HELD, NOON)
        assert facts.quote.last == 64_200
        assert (facts.now, facts.settings, facts.origin) == (NOON, HOURLY, Origin.RECORDED)

    async def test_a_trade_whose_stop_nobody_has_seen_says_so(self, room):
        (facts,) = await room.positions()

        assert facts.stop_seen is None

    async def test_the_oldest_comes_first_and_what_is_over_is_not_shown(self, room):
        before = NOON - timedelta(hours=1)
        await room.ledger.commit(
            trade(id="older", plan=plan(symbol=ETH), created_at=before),
            trade(id="over", status=TradeStatus.CLOSED, closed_at=NOON),
        )
        shown = await room.positions()

        assert [facts.trade.id for facts in shown] == ["older", "k7q2e"]
        assert shown[0].position is None

    async def test_one_trade_may_be_over(self, room):
        over = trade(id="over", status=TradeStatus.CLOSED, closed_at=NOON)
        await room.ledger.commit(over)

        assert (await room.positions.one("over")).trade == over
        with pytest.raises(NotFound):
            await room.positions.one("zzzzzz")

    async def test_orders_are_the_broker_s(self, room):
        waiting = OrderState(order(), OrderStatus.OPEN, Decimal(0), NOON)
        room.broker.orders["k7q2es1"] = waiting

        assert await room.positions.orders() == (waiting,)

    @pytest.mark.parametrize(("side", "made"), [(Side.BUY, "5.2"), (Side.SELL, "-5.2")])
    async def test_closing_now_pays_a_taker_fee_on_what_remains(self, room, side, made):
        await room.ledger.commit(
            trade(plan=plan(side=side), realized=Decimal(3), fees=Decimal(1), funding=Decimal(-2))
        )
        (facts,) = await room.positions()
        fee = Decimal(64_200) * Decimal("0.026") * Decimal("0.0005")

        assert isinstance(facts, PositionFacts)
        assert facts.closing_now == Decimal(made) + 3 - 1 - 2 - fee


class TestStatus:
    async def test_the_status_is_one_screen_of_now(self, room):
        facts = await room.status()

        assert (facts.now, facts.account, facts.settings) == (NOON, RICH, HOURLY)
        assert {symbol: quote.last for symbol, quote in facts.quotes.items()} == {
            SYMBOL: 64_200,
            ETH: 64_200,
        }
        assert set(facts.instruments) == {SYMBOL, ETH}
        assert facts.standing.equity == RICH.equity
        assert facts.waiting == (proposal(),)
        assert facts.origin is Origin.RECORDED

    async def test_a_week_of_looks_and_cards_is_counted(self, room):
        week, instant = timedelta(days=7), timedelta(microseconds=1)
        await room.ledger.commit(
            decision(id="d2", as_of=NOON - week),
            decision(id="d3", symbol=ETH, as_of=NOON - week),
            decision(id="d4", as_of=NOON - week - instant),
            proposal(id="a", created_at=NOON - week).reject(NOON),
            proposal(id="b").supersede(NOON),
            proposal(id="c", created_at=NOON - week - instant).reject(NOON),
        )
        facts = await room.status()

        assert (facts.looks, facts.proposals) == (2, 2)

    @pytest.mark.parametrize(("minutes", "wait"), [(0, 60), (1, 59), (59, 1)])
    async def test_the_next_look_is_at_the_next_close(self, room, minutes, wait):
        room.clock.advance(minutes=minutes)

        assert (await room.status()).next_look == room.clock.now() + timedelta(minutes=wait)
