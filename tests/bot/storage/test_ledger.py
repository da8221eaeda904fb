"""What core asks of a ledger, asked of both databases."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.intent import IntentStatus
from core.domain.proposal import ProposalStatus
from core.domain.stranger import StrangerStatus
from core.domain.trade import Exit, Kind, TradeStatus
from core.errors import NotFound
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.builders import (
    ACCOUNT,
    NOON,
    booked,
    decision,
    equity_mark,
    fill,
    funding,
    intent,
    order,
    person,
    plan,
    proposal,
    settings,
    stranger,
    trade,
)

HOUR = timedelta(hours=1)
THIRTY_DIGITS = Decimal("123456789012345.678901234567891")


class Values:
    """What was written comes back equal."""

    async def test_a_decision_comes_back_as_it_was(self, ledger):
        await ledger.commit(decision())

        assert await ledger.decision("d1") == decision()

    async def test_what_the_ledger_does_not_know_is_not_found(self, ledger):
        for sought in (ledger.decision("x"), ledger.proposal("x"), ledger.trade("x")):
            with pytest.raises(NotFound):
                await sought
        with pytest.raises(NotFound):
            await ledger.settings("x")

    async def test_money_is_exact_to_the_last_digit(self, ledger):
        tenths = Decimal("0.1") + Decimal("0.2")
        await ledger.commit(trade(realized=tenths, fees=THIRTY_DIGITS))

        stored = await ledger.trade("k7q2e")

        assert (str(stored.realized), str(stored.fees)) == ("0.3", str(THIRTY_DIGITS))

    async def test_a_moment_keeps_its_microseconds_and_its_zone(self, ledger):
        moment = NOON + timedelta(microseconds=1)
        await ledger.commit(equity_mark(moment), trade(opened_at=moment))

        (mark,) = await ledger.equity_marks(ACCOUNT)
        opened = (await ledger.trade("k7q2e")).opened_at

        assert mark.at == opened == moment
        assert mark.at.utcoffset() == opened.utcoffset() == timedelta(0)

    async def test_settings_and_people_are_replaced(self, ledger):
        await ledger.commit(settings(), person(), person(id=7, name="Jun"))
        await ledger.commit(settings(paused=True, paused_at=NOON), person(name="Mina Kim"))

        assert await ledger.settings(ACCOUNT) == settings(paused=True, paused_at=NOON)
        assert [each.name for each in await ledger.people()] == ["Jun", "Mina Kim"]

    async def test_strangers_are_replaced_and_come_back_by_symbol(self, ledger):
        mine = stranger(status=StrangerStatus.MINE, stop=None, risk=None)
        ether = stranger(symbol="AAA/USDT:USDT", amount=Decimal("-0.10"))
        await ledger.commit(stranger(), ether, stranger(account="other"), mine)
        assert await ledger.strangers(ACCOUNT) == (ether, mine)
        assert await ledger.strangers("nobody") == ()

    async def test_an_equity_mark_of_the_same_moment_is_replaced(self, ledger):
        await ledger.commit(equity_mark(equity=10_000))
        await ledger.commit(equity_mark(equity=10_001))

        assert await ledger.equity_marks(ACCOUNT) == (equity_mark(equity=10_001),)


class Questions:
    """Time runs from a start that counts to an end that does not."""

    async def test_looks_are_distinct_times(self, ledger):
        await ledger.commit(
            decision(),
            decision(id="d2", symbol="ETH/USDT:USDT"),
            decision(id="d3", as_of=NOON + HOUR),
            decision(id="d4", as_of=NOON + 2 * HOUR),
        )

        assert await ledger.looks(NOON, NOON + 2 * HOUR) == 2

    async def test_proposals_by_time_and_status(self, ledger):
        rejected = proposal(id="p2", created_at=NOON - HOUR).reject(NOON)
        other = proposal(id="p3", account="other")
        await ledger.commit(proposal(id="p1"), rejected, other)

        assert [p.id for p in await ledger.proposals(ACCOUNT)] == ["p2", "p1"]
        assert [p.id for p in await ledger.proposals(ACCOUNT, start=NOON)] == ["p1"]
        assert [p.id for p in await ledger.proposals(ACCOUNT, end=NOON)] == ["p2"]
        pending = await ledger.proposals(ACCOUNT, status=ProposalStatus.PENDING)
        assert [p.id for p in pending] == ["p1"]

    async def test_live_trades_are_opening_or_open_and_the_oldest_comes_first(self, ledger):
        opening = trade(id="t2", status=TradeStatus.OPENING, created_at=NOON - HOUR)
        gone = trade(id="t3", status=TradeStatus.CLOSED, closed_at=NOON)
        await ledger.commit(trade(id="t1"), opening, gone, trade(id="t4", account="other"))

        assert [t.id for t in await ledger.live_trades(ACCOUNT)] == ["t2", "t1"]
        assert await ledger.live_trades(ACCOUNT, Kind.SHADOW) == ()

    async def test_closed_trades_by_closing_time_without_the_void(self, ledger):
        late = trade(id="t1", status=TradeStatus.CLOSED, exit=Exit.STOP, closed_at=NOON + HOUR)
        early = replace(late, id="t2", closed_at=NOON)
        await ledger.commit(late, early, trade(id="t3", status=TradeStatus.VOID, closed_at=NOON))

        assert await ledger.closed_trades(ACCOUNT) == (early, late)
        assert await ledger.closed_trades(ACCOUNT, NOON, NOON + HOUR) == (early,)

    async def test_intents_by_status_and_by_trade(self, ledger):
        stop = intent(
            order=order(client_order_id="k7q2estop1"),
            status=IntentStatus.SENDING,
            created_at=NOON + HOUR,
        )
        await ledger.commit(stop, intent(), intent(order=order(client_order_id="z"), trade_id="z"))

        assert await ledger.intents(ACCOUNT, {IntentStatus.SENDING}) == (stop,)
        assert await ledger.intents(ACCOUNT, ()) == ()
        assert await ledger.trade_intents("k7q2e") == (intent(), stop)

    async def test_the_cursor_is_the_last_seq_of_the_account(self, ledger):
        assert await ledger.cursor(ACCOUNT) == 0

        await ledger.commit(booked(funding()), booked(fill()), booked(fill(seq=9), "other"))

        assert await ledger.cursor(ACCOUNT) == 2

    async def test_booked_by_time(self, ledger):
        await ledger.commit(booked(fill()), booked(funding()))

        assert await ledger.booked(ACCOUNT, NOON, NOON + 4 * HOUR) == (booked(fill()),)
        assert await ledger.booked(ACCOUNT, NOON + 4 * HOUR) == (booked(funding()),)

    async def test_equity_before_a_moment_and_else_the_first_of_all(self, ledger):
        assert await ledger.equity_before(ACCOUNT, NOON) is None

        marks = [equity_mark(NOON + n * HOUR, 10_000 + n) for n in range(3)]
        await ledger.commit(*marks)

        assert await ledger.equity_before(ACCOUNT, NOON + HOUR) == marks[1]
        assert await ledger.equity_before(ACCOUNT, NOON + 9 * HOUR) == marks[2]
        assert await ledger.equity_before(ACCOUNT, NOON - HOUR) == marks[0]
        assert await ledger.equity_marks(ACCOUNT, NOON, NOON + 2 * HOUR) == tuple(marks[:2])


class Columns:
    """People may ask in SQL."""

    async def test_what_people_ask_for_stands_in_columns(self, ledger, database):
        await ledger.commit(proposal(plan=plan(amount=Decimal("0.026"))))

        def ask(connection):
            return connection.exec_driver_sql("SELECT symbol, side, amount, risk FROM proposals")

        row = await database.read(lambda connection: ask(connection).one())
        assert tuple(row) == ("BTC/USDT:USDT", "buy", "0.026", "24.9")


class TestLedgerOnSqlite(OnSqlite, Values, Questions, Columns):
    pass


class TestLedgerOnPostgres(OnPostgres, Values, Questions, Columns):
    pass
