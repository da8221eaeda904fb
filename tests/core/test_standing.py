"""Where an account stands, gathered from what broker, ledger and market really say."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.market import Timeframe
from core.domain.proposal import ProposalStatus
from core.domain.trade import Exit, TradeStatus
from core.domain.trading import Account, Side
from core.errors import BrokerUnavailable, NoMarketData, NotFound
from core.risk import OpenRisk, Period
from core.standing import TakeStanding
from tests.builders import (
    ACCOUNT,
    NOON,
    PLAN,
    SYMBOL,
    candidate,
    equity_mark,
    plan,
    proposal,
    settings,
    trade,
)
from tests.core.guard.fakes import FakeTransfers
from tests.fakes import FakeBroker, FakeClock, FakeMarket, MemoryLedger, frame

ETH, SOL = "ETH/USDT:USDT", "SOL/USDT:USDT"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CALM = frame([64_000.0] * 60)
WILD = frame([*[64_000.0] * 58, 70_000.0, 70_000.0])
HOURLY = settings(timeframe=Timeframe.H1)
RICH = Account(Decimal(10_000), Decimal(10_100), Decimal(9_000))


class Room:
    """A desk with an account of 10,100 at noon on a Monday."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger = MemoryLedger(HOURLY)
        self.market = FakeMarket(self.clock, {SYMBOL: CALM, ETH: CALM, SOL: CALM})
        self.broker = FakeBroker(RICH)
        self.transfers = FakeTransfers()

    async def stand(self):
        market, ledger = self.market, self.ledger
        take = TakeStanding(
            ACCOUNT, self.clock, self.broker, ledger, market, market, transfers=self.transfers
        )
        return await take()


@pytest.fixture
def room():
    return Room()


def ended(name, ago, why=Exit.STOP, symbol=SYMBOL, account=ACCOUNT):
    """A trade that ended so long ago."""
    return trade(
        id=name,
        account=account,
        plan=plan(symbol=symbol),
        status=TradeStatus.CLOSED,
        exit=why,
        closed_at=NOON - ago,
    )


async def test_a_fresh_account_stands_on_what_the_broker_says(room):
    made = await room.stand()

    assert (made.now, made.equity, made.free_margin) == (NOON, 10_100, 9_000)
    assert made.started == dict.fromkeys(Period, Decimal(10_100))
    assert (made.open, made.waiting, made.rests_until) == ((), frozenset(), {})
    assert made.two_stops_until is made.shock_until is None
    assert made.proposals_today == 0


async def test_every_period_starts_with_the_last_mark_before_it(room):
    midnight = NOON - timedelta(hours=12)
    await room.ledger.commit(
        equity_mark(NOON - timedelta(days=31), 9_000),
        equity_mark(NOON - timedelta(days=29), 9_200),
        equity_mark(midnight - HOUR, 9_900),
        equity_mark(midnight + HOUR, 10_050),
    )
    made = await room.stand()

    assert made.started[Period.ROLLING] == 9_000
    # NOON is the first of January and a Monday: day, week and month begin at one midnight
    assert {made.started[p] for p in (Period.DAY, Period.WEEK, Period.MONTH)} == {Decimal(9_900)}


async def test_a_period_older_than_the_account_starts_with_its_first_mark(room):
    await room.ledger.commit(equity_mark(NOON - HOUR, 9_500), equity_mark(NOON, 9_700))

    assert set((await room.stand()).started.values()) == {Decimal(9_500)}


async def test_money_that_was_taken_out_since_is_no_loss(room):
    await room.ledger.commit(equity_mark(NOON - timedelta(days=31), 12_000))
    room.transfers.made.append((NOON - HOUR, Decimal(-1_900)))
    assert set((await room.stand()).started.values()) == {Decimal(10_100)}


async def test_a_standing_whose_transfers_cannot_be_read_is_none(room):
    await room.ledger.commit(equity_mark(NOON - timedelta(days=31), 12_000))
    room.transfers.silent = True
    with pytest.raises(BrokerUnavailable):
        await room.stand()


class TestOpen:
    async def test_an_open_trade_risks_the_way_from_mark_to_stop_and_the_fee_there(self, room):
        await room.ledger.commit(trade(stop=Decimal(63_000)))
        room.market.says(SYMBOL, 65_000, mark=64_500)
        made = await room.stand()
        amount = PLAN.amount

        fee = Decimal("0.0005") * 63_000 * amount
        assert made.open == (
            OpenRisk(SYMBOL, Side.BUY, 1_500 * amount + fee, 1_000 * amount, 64_500 * amount),
        )

    async def test_at_break_even_the_direction_is_free_again(self, room):
        await room.ledger.commit(trade(stop=Decimal(64_100)))
        room.market.says(SYMBOL, 65_000)
        (risk,) = (await room.stand()).open

        assert risk.at_entry == 0
        assert risk.to_stop > 0

    async def test_an_entry_on_its_way_counts_as_its_whole_plan(self, room):
        await room.ledger.commit(trade(status=TradeStatus.OPENING, remaining=Decimal(0)))
        (risk,) = (await room.stand()).open

        assert risk == OpenRisk(SYMBOL, Side.BUY, PLAN.risk, PLAN.risk, PLAN.notional)

    async def test_closed_trades_and_other_accounts_hold_nothing(self, room):
        await room.ledger.commit(ended("a", HOUR), trade(id="b", account="other"))

        assert (await room.stand()).open == ()


class TestRest:
    async def test_a_symbol_rests_from_its_last_stop_on(self, room):
        await room.ledger.commit(
            ended("a", timedelta(hours=30)),
            ended("b", timedelta(hours=2)),
            ended("c", timedelta(hours=1), Exit.TARGET),
            ended("d", timedelta(hours=3), symbol=ETH),
        )
        made = await room.stand()

        assert made.rests_until == {SYMBOL: NOON + 2 * HOUR, ETH: NOON + HOUR}

    @pytest.mark.parametrize("why", Exit)
    async def test_only_a_loss_that_the_market_took_sends_to_rest(self, room, why):
        await room.ledger.commit(ended("a", HOUR, why), ended("b", timedelta(0), why))
        made = await room.stand()
        rests = why in {Exit.STOP, Exit.LIQUIDATION, Exit.NAKED}

        assert (SYMBOL in made.rests_until) is rests
        assert made.two_stops_until == (NOON + 12 * HOUR if rests else None)

    @pytest.mark.parametrize(
        ("endings", "rests"),
        [
            ([(0, Exit.STOP)], False),
            ([(24, Exit.STOP), (0, Exit.STOP)], True),
            ([(25, Exit.STOP), (0, Exit.STOP)], False),
            ([(2, Exit.STOP), (1, Exit.TARGET), (0, Exit.STOP)], False),
            ([(2, Exit.STOP), (1, Exit.STOP), (0, Exit.TARGET)], False),
            ([(34, Exit.STOP), (23, Exit.STOP)], True),
            ([(3, Exit.TARGET), (2, Exit.STOP), (1, Exit.STOP)], True),
        ],
    )
    async def test_two_stops_in_a_row_within_a_day_rest_the_desk(self, room, endings, rests):
        await room.ledger.commit(
            *[ended(str(ago), ago * HOUR, why) for ago, why in endings],
            ended("x", timedelta(0), account="other"),
        )
        until = (await room.stand()).two_stops_until

        assert until == (NOON - endings[-1][0] * HOUR + 12 * HOUR if rests else None)

    async def test_two_stops_count_across_symbols(self, room):
        await room.ledger.commit(ended("a", HOUR), ended("b", timedelta(0), symbol=ETH))

        assert (await room.stand()).two_stops_until == NOON + 12 * HOUR


class TestCards:
    async def test_cards_that_wait_keep_their_symbol(self, room):
        away = candidate(symbol=ETH)
        await room.ledger.commit(
            proposal(id="a"),
            proposal(id="b", candidate=away, plan=plan(symbol=ETH)).reject(NOON),
            proposal(id="c", created_at=NOON - 3 * DAY, plan=plan(symbol=SOL)),
            proposal(id="d", account="other", plan=plan(symbol=ETH)),
        )

        assert (await room.stand()).waiting == {SYMBOL, SOL}

    async def test_the_day_s_cards_are_counted_but_not_those_replaced(self, room):
        midnight = NOON - 12 * HOUR
        await room.ledger.commit(
            proposal(id="a"),
            proposal(id="b", created_at=midnight).reject(midnight),
            proposal(id="c").supersede(NOON),
            proposal(id="d", created_at=midnight - timedelta(microseconds=1)),
        )
        made = await room.stand()

        assert made.proposals_today == 2
        assert (await room.ledger.proposal("c")).status is ProposalStatus.REPLACED


class TestShock:
    async def test_when_bitcoin_jumps_every_symbol_waits(self, room):
        room.market.frames[SYMBOL] = WILD

        assert (await room.stand()).shock_until == NOON - HOUR + 4 * HOUR

    async def test_another_coin_s_jump_is_its_own_affair(self, room):
        room.market.frames[ETH] = WILD

        assert (await room.stand()).shock_until is None

    async def test_without_bitcoin_the_first_symbol_tells(self, room):
        await room.ledger.commit(replace(HOURLY, symbols=(ETH, SOL)))
        room.market.frames[ETH] = WILD
        room.market.frames[SYMBOL] = CALM

        assert (await room.stand()).shock_until == NOON + 3 * HOUR

    async def test_a_market_that_has_not_begun_has_had_no_shock(self, room):
        room.market.frames[SYMBOL] = frame([64_000.0], end=NOON + 9 * HOUR)

        assert (await room.stand()).shock_until is None


class TestUnknown:
    """Unknown is never zero."""

    async def test_an_account_without_settings_does_not_stand(self, room):
        room.ledger.pages.settings.clear()
        with pytest.raises(NotFound):
            await room.stand()

    async def test_a_position_without_a_price_does_not_stand(self, room):
        await room.ledger.commit(trade(plan=plan(symbol=ETH)))
        room.market.frames[ETH] = frame([3_000.0], end=NOON + 9 * HOUR)
        with pytest.raises(NoMarketData):
            await room.stand()
