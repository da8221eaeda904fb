"""The last door before the wire."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.intent import IntentStatus, Role
from core.domain.market import Quote
from core.domain.restraint import Cause, Reason
from core.domain.trade import TradeStatus
from core.domain.trading import Account, OrderType
from core.errors import BrokerUnavailable, NoMarketData
from core.guard.caps import Caps
from core.guard.entering import Barred
from core.guard.gate import EntryGate
from core.losses import Losses
from tests.builders import (
    ACCOUNT,
    NOON,
    SYMBOL,
    equity_mark,
    intent,
    order,
    settings,
    trade,
)
from tests.core.guard.entries import RICH
from tests.core.guard.fakes import FakeReconciliation, FakeSent, FakeTransfers
from tests.fakes import FakeBroker, FakeClock, FakeMarket, MemoryLedger, frame

REDUCING_ORDER = order(type=OrderType.MARKET, price=None, reduce_only=True)


class Silent(FakeBroker):
    async def account(self):
        raise BrokerUnavailable


class Door:
    def __init__(self, broker=None, **changes):
        self.clock, self.sent = FakeClock(), FakeSent()
        self.broker = broker or FakeBroker(Account(RICH, RICH, RICH))
        self.market = FakeMarket(self.clock, {SYMBOL: frame([64_000.0])})
        self.reconciled, self.transfers = FakeReconciliation(), FakeTransfers()
        self.ledger = MemoryLedger(settings(**changes), equity_mark(NOON - timedelta(days=40)))
        self.gate = EntryGate(
            account=ACCOUNT,
            clock=self.clock,
            broker=self.broker,
            ledger=self.ledger,
            quotes=self.market,
            sent=self.sent,
            reconciled=self.reconciled,
            losses=Losses(account=ACCOUNT, ledger=self.ledger, transfers=self.transfers),
            caps=Caps(),
        )

    async def says(self, **changes):
        return await self.gate.admit(intent(**changes))


async def test_an_entry_that_nothing_forbids_passes():
    assert await Door().says() is None


@given(
    role=st.sampled_from([Role.STOP, Role.TARGET, Role.CLOSE]),
    paused=st.booleans(),
    halted=st.booleans(),
    reconciled=st.booleans(),
)
async def test_stops_targets_and_closes_always_pass(role, paused, halted, reconciled):
    """With the venue silent, no price, everything lost and everything forbidden."""
    causes = (Cause(Reason.BALANCE, NOON),) if halted else ()
    door = Door(Silent(), paused=paused, causes=causes, symbols=())
    door.market.frames.clear()
    door.reconciled.is_reconciled = reconciled
    assert await door.says(role=role, order=REDUCING_ORDER) is None


async def test_states_symbols_and_reconciliation_are_asked_before_the_venue():
    halted = Door(Silent(), causes=(Cause(Reason.BALANCE, NOON),))
    assert await halted.says() == Barred.HALTED.code
    assert await Door(Silent(), paused=True).says() == Barred.PAUSED.code
    assert await Door(Silent(), symbols=("ETH/USDT:USDT",)).says() == Barred.SYMBOL.code
    door = Door(Silent())
    door.reconciled.is_reconciled = False
    assert await door.says() == Barred.UNRECONCILED.code


async def test_what_cannot_be_read_is_no_zero():
    assert await Door(Silent()).says() == Barred.UNREAD.code
    door = Door()
    door.market.frames.clear()
    assert await door.says() == Barred.UNREAD.code
    door = Door()
    door.transfers.silent = True
    assert await door.says() == Barred.UNREAD.code


async def test_a_market_that_has_no_price_forbids_an_entry():
    door = Door()

    async def quote(symbol):
        raise NoMarketData(symbol=symbol)

    door.market.quote = quote
    assert await door.says() == Barred.UNREAD.code


async def test_an_old_price_forbids_an_entry():
    door = Door()

    async def quote(symbol):
        return Quote(symbol, NOON - timedelta(minutes=1), Decimal(64_000), Decimal(64_000))

    door.market.quote = quote
    assert await door.says() == Barred.STALE.code


async def test_a_loss_since_the_month_began_forbids_it_and_a_withdrawal_does_not():
    door = Door()
    door.broker.shown = Account(Decimal(9_800), Decimal(9_800), Decimal(9_800))
    assert await door.says() == Barred.DAY_LOSS.code
    door.transfers.made.append((NOON - timedelta(days=1), Decimal(-200)))
    assert await door.says() is None


async def test_a_deposit_does_not_hide_a_loss():
    door = Door()
    door.transfers.made.append((NOON - timedelta(hours=1), Decimal(500)))
    assert await door.says() == Barred.DAY_LOSS.code


async def test_other_entries_of_the_last_hour_count_and_this_one_does_not():
    door = Door()
    door.sent.left = [
        intent(order=order(client_order_id=f"other{n}"), sent_at=NOON) for n in range(7)
    ]
    door.sent.left.append(intent(sent_at=NOON))
    assert await door.says() is None
    door.sent.left.append(intent(order=order(client_order_id="other8"), sent_at=NOON))
    assert await door.says() == Barred.RATE.code


async def test_stops_and_what_the_gate_has_kept_are_no_entries_that_left():
    door = Door()
    door.sent.left = [
        intent(
            order=order(client_order_id=f"other{n}"),
            sent_at=NOON,
            status=IntentStatus.REFUSED,
            code=Barred.STALE.code,
        )
        for n in range(9)
    ]
    door.sent.left += [
        intent(role=Role.STOP, order=order(client_order_id=f"stop{n}"), sent_at=NOON)
        for n in range(9)
    ]
    assert await door.says() is None


async def test_round_trips_of_this_symbol_today_are_counted():
    door = Door()
    closed = {"status": TradeStatus.CLOSED, "closed_at": NOON - timedelta(hours=1)}
    await door.ledger.commit(*(trade(id=f"t{n}", **closed) for n in range(5)))
    yesterday = closed | {"closed_at": NOON - timedelta(hours=13)}
    await door.ledger.commit(*(trade(id=f"y{n}", **yesterday) for n in range(5)))
    assert await door.says() is None
    await door.ledger.commit(trade(id="t5", **closed))
    assert await door.says() == Barred.CHURN.code


async def test_what_is_held_and_what_is_on_its_way_fill_the_account():
    door = Door()
    big = {"amount": Decimal("0.59"), "remaining": Decimal("0.59")}
    await door.ledger.commit(trade(id="big", **big))
    assert await door.says() is None
    small = {"status": TradeStatus.OPENING, "remaining": Decimal(0)}
    await door.ledger.commit(trade(id="same", **small))
    assert await door.says(trade_id="same") is None
    assert await door.says(trade_id="third") == Barred.ACCOUNT_SIZE.code


@pytest.mark.parametrize("reduce_only", [True, False])
async def test_an_entry_that_can_only_reduce_is_none(reduce_only):
    shut = Door(paused=True)
    passes = await shut.says(order=order(reduce_only=reduce_only)) is None
    assert passes is reduce_only
