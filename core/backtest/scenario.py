"""What is to be replayed: which stretch of time, with which account, settings and costs."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from core.domain.event import Event
from core.domain.people import AccountSettings
from core.paper.costs import Costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Jitter:
    """Every entry comes up to `candles` later than it should, by the dice of a seed."""

    candles: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Looks are taken at closes in (start, end]. `settings` are the account's own: symbols,
    timeframe, limits, tuning, who says yes. Unless the autopilot does, every card gets a yes at
    once.

    A `fixed` notional (quote currency) makes trades comparable with other engines: every signal
    of a flat symbol becomes a trade of that size with its levels counted from the fill, limits
    are off, and each symbol has an account of its own.

    `events` rest entries as the living desk's calendar does; a backtest has none unless asked.
    """

    start: datetime
    end: datetime
    equity: Decimal
    settings: AccountSettings
    costs: Costs = field(default_factory=Costs)
    fixed: Decimal | None = None
    jitter: Jitter | None = None
    events: tuple[Event, ...] = ()
