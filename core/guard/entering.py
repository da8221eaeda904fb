"""May this entry go? Everything the gate knows, as one value, and the rules over it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.market import Quote
from core.domain.people import AccountSettings
from core.domain.restraint import TradingState
from core.domain.trade import Trade, TradeStatus
from core.domain.trading import Account, Order, OrderType
from core.guard.caps import HOUR, MINUTE, Caps
from core.risk import OLDEST_PRICE, Period

RESTING = frozenset({OrderType.LIMIT, OrderType.POST_ONLY})
PREFIX = "gate."


class Barred(StrEnum):
    """Which rule keeps an entry in; each is a key of the locales."""

    PAUSED = "paused"
    REDUCING = "reducing"
    HALTED = "halted"
    UNRECONCILED = "unreconciled"
    UNREAD = "unread"
    SYMBOL = "symbol"
    STALE = "stale"
    BAND = "band"
    RATE = "rate"
    CHURN = "churn"
    ORDER_SIZE = "order_size"
    ACCOUNT_SIZE = "account_size"
    DAY_LOSS = "day_loss"
    WEEK_LOSS = "week_loss"
    MONTH_LOSS = "month_loss"
    ROLLING_LOSS = "rolling_loss"

    @property
    def code(self) -> str:
        """As it stands in an intent, where venues' own codes stand too."""
        return f"{PREFIX}{self.value}"


CODES = {barrier.code: barrier for barrier in Barred}
STATES = {TradingState.HALTED: Barred.HALTED, TradingState.REDUCING: Barred.REDUCING}


def told_by_the_gate(code: str) -> Barred | None:
    """None for a venue's code."""
    return CODES.get(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entering:
    """One order that would open something, and what stands around it.

    `held` is the notional of everything else in the account, `sent` when entries left before,
    `trips` how many trades of the symbol were closed today, `started` equity at each period's
    start, corrected by what was paid in or out since.
    """

    order: Order
    now: datetime
    quote: Quote
    equity: Decimal
    held: Decimal
    sent: Sequence[datetime] = ()
    trips: int = 0
    started: Mapping[Period, Decimal]

    @property
    def notional(self) -> Decimal:
        """At the dearest price it could have."""
        dearest = max(self.order.price or Decimal(0), self.quote.mark, self.quote.last)
        return self.order.amount * dearest


def closed(symbol: str, settings: AccountSettings, *, reconciled: bool) -> Barred | None:
    """What forbids it before anybody has asked the venue."""
    if settings.paused:
        return Barred.PAUSED
    if settings.causes:
        return STATES[settings.trading]
    if not reconciled:
        return Barred.UNRECONCILED
    return None if symbol in settings.symbols else Barred.SYMBOL


def barred(entering: Entering, caps: Caps) -> Barred | None:
    """The first rule that forbids it."""
    return next(_rules(entering, caps), None)


def _rules(entering: Entering, caps: Caps) -> Iterator[Barred]:
    if _is_stale(entering.quote, entering.now):
        yield Barred.STALE
    if _is_off(entering.order, entering.quote, caps.band):
        yield Barred.BAND
    if _is_hasty(entering, caps):
        yield Barred.RATE
    if entering.trips >= caps.round_trips:
        yield Barred.CHURN
    yield from _sizes(entering, caps)
    for period, start in entering.started.items():
        if start - entering.equity >= start * caps.loss(period):
            yield Barred(period.rule.value)


def _is_stale(quote: Quote, now: datetime) -> bool:
    """Old, another venue's, or from a future in which our clock is wrong."""
    return quote.elsewhere or abs(now - quote.time) > OLDEST_PRICE


def _is_off(order: Order, quote: Quote, band: Decimal) -> bool:
    """A resting order may wait on its own side as far away as it likes; nobody may pay too much."""
    away = ((order.price or quote.last) - quote.mark) * order.side.sign
    return (away if order.type in RESTING else abs(away)) > quote.mark * band


def _is_hasty(entering: Entering, caps: Caps) -> bool:
    ages = [entering.now - at for at in entering.sent]
    lately, before = (sum(age < span for age in ages) for span in (MINUTE, HOUR))
    return lately >= caps.per_minute or before >= caps.per_hour


def _sizes(entering: Entering, caps: Caps) -> Iterator[Barred]:
    wanted, equity = entering.notional, entering.equity
    if wanted > caps.order * equity:
        yield Barred.ORDER_SIZE
    most = caps.account * equity
    most = most if caps.notional is None else min(most, caps.notional)
    if entering.held + wanted > most:
        yield Barred.ACCOUNT_SIZE


def held(account: Account, trades: Sequence[Trade], but: str) -> Decimal:
    """The notional of all positions and of entries on their way, without the trade `but`.

    Ledger and venue are both asked about each symbol and the larger answer counts, so that neither
    can hide a position.
    """
    others = [trade for trade in trades if trade.id != but]
    total = Decimal(0)
    marks = {position.symbol: position.mark_price for position in account.positions}
    for symbol in {*marks, *(trade.symbol for trade in others)}:
        position = account.position(symbol)
        venue = abs(position.amount) * position.mark_price if position else Decimal(0)
        same = [trade for trade in others if trade.symbol == symbol]
        total += max(venue, sum((_open(t, marks.get(symbol)) for t in same), Decimal(0)))
        total += sum((t.plan.notional for t in same if _is_opening(t)), Decimal(0))
    return total


def _is_opening(trade: Trade) -> bool:
    return trade.status is TradeStatus.OPENING


def _open(trade: Trade, mark: Decimal | None) -> Decimal:
    return trade.remaining * (mark or trade.entry_price)
