"""What holds after each step of the machine, and how the two sides agree when all is at rest."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from core.domain.intent import IntentStatus
from core.domain.proposal import ProposalStatus
from core.domain.trade import TradeStatus
from core.domain.trading import OrderStatus, OrderType
from core.errors import BrokerUnavailable
from tests.builders import ACCOUNT
from tests.core.desk import OPENING, SETTINGS, Desk
from tests.core.domain.memory_ledger import MemoryLedger
from tests.core.execution.model import CLOSE_ENOUGH, Books, Recorded
from tests.core.paper.builders import START
from tests.core.paper.fakes import MemoryPaperStore

TURN, DEADLINE = 2, 10
BUSY = replace(
    SETTINGS.limits,
    proposals_per_day=1_000,
    cool_down=timedelta(0),
    cool_down_two_stops=timedelta(0),
)
UNSETTLED = (IntentStatus.NEW, IntentStatus.SENDING)


class Recording(Desk):
    """A desk whose line remembers across restarts what was sent."""

    def _assemble(self):
        self.sent = getattr(self, "sent", [])
        super()._assemble()

    def _line(self):
        return Recorded(self.broker, self.sent)


class Lawful(RuleBasedStateMachine):
    """`bare` is for how many seconds a position has had too few stops while all was answered."""

    steps = 0

    def __init__(self):
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.desk = None
        self.bare: dict[str, int] = {}

    def does(self, work):
        return self.loop.run_until_complete(work)

    def teardown(self):
        self.loop.close()

    @initialize()
    def starts(self):
        calm = replace(SETTINGS, limits=BUSY)
        self.desk = Recording(ledger=MemoryLedger(calm), store=MemoryPaperStore())
        self.does(self.desk.restarted())

    @invariant()
    def entries_are_sent_once_and_fill_no_more_than_was_planned(self):
        if self.desk:
            type(self).steps += 1
            names = [order.client_order_id for order in self.desk.sent if not order.reduce_only]
            assert len(names) == len(set(names))
            wanted = {o.client_order_id: o.amount for o in self.desk.sent}
            bought = self._books().bought
            assert all(amount <= wanted[name] for name, amount in bought.items())

    @invariant()
    def what_reduces_never_opens_or_enlarges(self):
        if self.desk:
            books, held = self._books(), self._held()
            assert books.broken == []
            assert books.amounts() == {symbol: p.amount for symbol, p in held.items()}
            opens = [order for order in self.desk.sent if not order.reduce_only]
            trades = {self.does(self.desk.ledger.trade(o.client_order_id[:6])).id for o in opens}
            assert len(trades) == len(opens)

    @invariant()
    def money_is_what_was_filled_and_paid(self):
        if self.desk:
            account = self.does(self.desk.broker.account())
            marks = {p.symbol: p.mark_price for p in account.positions}
            assert abs(account.equity - self._books().equity(marks)) <= CLOSE_ENOUGH

    @invariant()
    def one_trade_holds_a_symbol_and_all_fit_their_limits(self):
        if self.desk:
            live = self.does(self.desk.ledger.live_trades(ACCOUNT))
            names = [trade.symbol for trade in live]
            assert len(names) == len(set(names)) <= BUSY.max_positions
            equity = max(trade.plan.equity for trade in live) if live else Decimal(0)
            for trade in live:
                assert trade.plan.risk <= trade.plan.equity * BUSY.risk_per_trade
            assert sum(trade.plan.notional for trade in live) <= equity * BUSY.exposure

    def _turn(self):
        self.desk.clock.advance(seconds=TURN)
        with suppress(BrokerUnavailable):
            self.does(self.desk.watch())
        stops = self._stops()
        for symbol, position in self._held().items():
            covered = stops.get(symbol, Decimal(0)) >= abs(position.amount)
            rests = covered or not self._answers()
            self.bare[symbol] = 0 if rests else self.bare.get(symbol, 0) + TURN
            assert self.bare[symbol] <= DEADLINE, f"{symbol} is bare: {self.bare}"

    def _stops(self):
        found: dict[str, Decimal] = {}
        for state in self.does(self.desk.broker.open_orders()):
            if state.order.type is OrderType.STOP_MARKET and state.status is OrderStatus.OPEN:
                symbol = state.order.symbol
                found[symbol] = found.get(symbol, Decimal(0)) + state.order.amount
        return found

    async def _agree(self):
        live = await self.desk.ledger.live_trades(ACCOUNT)
        held = {p.symbol: p for p in (await self.desk.broker.account()).positions}
        open_ = {t.symbol: t for t in live if t.status is TradeStatus.OPEN}
        assert {s: t.remaining * t.side.sign for s, t in open_.items()} == {
            s: p.amount for s, p in held.items()
        }
        assert all(abs(t.entry_price / held[s].entry_price - 1) < 1e-4 for s, t in open_.items())
        assert await self.desk.ledger.intents(ACCOUNT, UNSETTLED) == ()
        closed = await self.desk.ledger.closed_trades(ACCOUNT, START)
        booked = sum((trade.net for trade in (*live, *closed)), Decimal(0))
        assert abs(OPENING + booked - (await self.desk.broker.account()).wallet) <= CLOSE_ENOUGH
        orders = {s.order.symbol for s in await self.desk.broker.open_orders()}
        assert orders <= {trade.symbol for trade in live}

    def _entries(self):
        return sum(not order.reduce_only for order in self.desk.sent)

    def _answers(self):
        return not (self.desk.line.faults or self.desk.line.silent)

    def _cards(self):
        return self.does(self.desk.ledger.proposals(ACCOUNT, status=ProposalStatus.PENDING))

    def _trades(self):
        return self.does(self.desk.ledger.live_trades(ACCOUNT))

    def _held(self):
        return {p.symbol: p for p in self.does(self.desk.broker.account()).positions}

    def _books(self):
        orders = {order.client_order_id: order for order in self.desk.sent}
        return Books(OPENING, orders).follow(self.does(self.desk.broker.activity(0, ())))
