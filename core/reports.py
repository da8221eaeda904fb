"""What a stretch of time has brought: money by source, trades by ending, cards by answer.

equity at the end - equity at the start = trading - fees + funding     (open profit included)
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np

from core.contest import Contest, ReadContest
from core.domain.ledger import Booked, EquityMark
from core.domain.market import Floats, Millis, to_millis
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.trade import Exit, Kind, Trade
from core.domain.trading import Account, Fill
from core.losses import NO_TRANSFERS
from core.performance import Drawdown, Tally, max_drawdown, sharpe, sortino, tally
from core.ports import Broker, Clock, Ledger, Transfers

ZERO = Decimal(0)
DAY_MILLIS = 86_400_000


@dataclass(frozen=True, slots=True)
class Money:
    """How equity went from `start` to `end`, as if what was moved between had been there already."""

    start: Decimal
    end: Decimal
    fees: Decimal
    funding: Decimal

    @property
    def change(self) -> Decimal:
        return self.end - self.start

    @property
    def trading(self) -> Decimal:
        return self.change + self.fees - self.funding

    @property
    def fraction(self) -> Decimal:
        return self.change / self.start if self.start else ZERO


@dataclass(frozen=True, slots=True)
class Curve:
    """Equity over time: milliseconds and quote currency."""

    time: Millis
    equity: Floats

    @property
    def drawdown(self) -> Drawdown:
        return max_drawdown(self.equity)

    def daily_returns(self) -> Floats:
        """From the last mark of each UTC day to the next day's."""
        if not len(self.time):
            return np.zeros(0)
        days = self.time // DAY_MILLIS
        closes = self.equity[np.flatnonzero(np.append(np.diff(days), 1))]
        returns: Floats = closes[1:] / closes[:-1] - 1
        return returns

    @property
    def sharpe(self) -> float | None:
        return sharpe(self.daily_returns())

    @property
    def sortino(self) -> float | None:
        return sortino(self.daily_returns())


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One account from `start` to `end`; `shadows` is what unanswered and refused cards made, in R."""

    account: str
    start: datetime
    end: datetime
    money: Money
    curve: Curve
    closed: tuple[Trade, ...]
    tally: Tally
    exits: Mapping[Exit, int]
    answers: Mapping[ProposalStatus, int]
    shadows: Mapping[ProposalStatus, Decimal]
    open_positions: int
    open_orders: int
    booked: tuple[Booked, ...] = ()
    contest: Contest | None = None


@dataclass(frozen=True, slots=True)
class MakeReport:
    """Read a report out of the ledger; the end is now unless it lies in the past."""

    account: str
    clock: Clock
    broker: Broker
    ledger: Ledger
    contest: ReadContest | None = None
    transfers: Transfers = NO_TRANSFERS

    async def __call__(self, start: datetime | None = None, end: datetime | None = None) -> Report:
        now = self.clock.now()
        marks = await self.ledger.equity_marks(self.account, start, end)
        closed = await self.ledger.closed_trades(self.account, start, end)
        cards = await self.ledger.proposals(self.account, end=end)
        account = await self.broker.account()
        booked = await self.ledger.booked(self.account, start, end)
        first, last = await self._first(start), await self._last(account, end)
        begin, until = start or (first.at if first else now), min(end or now, now)
        return Report(
            account=self.account,
            start=begin,
            end=until,
            money=await self._money(first, last, until, booked),
            curve=_curve(marks, until, last),
            closed=closed,
            tally=tally(closed),
            exits=Counter(trade.exit for trade in closed if trade.exit),
            answers=Counter(card.status for card in cards if card.created_at >= begin),
            shadows=await self._shadows(start, end, cards),
            open_positions=len(account.positions),
            open_orders=len(await self.broker.open_orders()),
            booked=booked,
            contest=await self.contest(account.equity) if self.contest else None,
        )

    async def _money(
        self, first: EquityMark | None, last: Decimal, until: datetime, booked: Sequence[Booked]
    ) -> Money:
        opened = last
        if first:
            opened = first.equity + await self.transfers.moved(first.at, until)
        return Money(opened, last, _fees(booked), _funding(booked))

    async def _shadows(
        self, start: datetime | None, end: datetime | None, cards: Sequence[Proposal]
    ) -> dict[ProposalStatus, Decimal]:
        shadows = await self.ledger.closed_trades(self.account, start, end, Kind.SHADOW)
        return _shadows(cards, shadows)

    async def _first(self, start: datetime | None) -> EquityMark | None:
        if start is not None:
            return await self.ledger.equity_before(self.account, start)
        return next(iter(await self.ledger.equity_marks(self.account)), None)

    async def _last(self, account: Account, end: datetime | None) -> Decimal:
        """What the account was worth at the end; now, where that has not come yet."""
        if end is None or end > self.clock.now():
            return account.equity
        mark = await self.ledger.equity_before(self.account, end)
        return mark.equity if mark else account.equity


def _fees(booked: Sequence[Booked]) -> Decimal:
    return sum((b.activity.fee for b in booked if isinstance(b.activity, Fill)), ZERO)


def _funding(booked: Sequence[Booked]) -> Decimal:
    return sum((b.activity.amount for b in booked if not isinstance(b.activity, Fill)), ZERO)


def _curve(marks: Sequence[EquityMark], until: datetime, last: Decimal) -> Curve:
    times = [to_millis(mark.at) for mark in marks]
    equity = [float(mark.equity) for mark in marks]
    if not times or to_millis(until) > times[-1]:
        times.append(to_millis(until))
        equity.append(float(last))
    return Curve(np.array(times, dtype=np.int64), np.array(equity, dtype=np.float64))


def _shadows(
    proposals: Sequence[Proposal], shadows: Sequence[Trade]
) -> dict[ProposalStatus, Decimal]:
    """R by the answer that the card got."""
    status = {proposal.id: proposal.status for proposal in proposals}
    totals: dict[ProposalStatus, Decimal] = {}
    for shadow in shadows:
        answer = status.get(shadow.id)
        if answer is not None:
            totals[answer] = totals.get(answer, ZERO) + shadow.r_multiple
    return totals
