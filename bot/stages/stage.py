"""What a desk stands on: a market, a clock, what is traded at first, and what makes time pass."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from bot.accounts.post import Listing
from bot.app import Desk
from bot.markets import Market
from bot.running import Fit
from bot.runs.place import Place
from core.domain.market import Timeframe
from core.domain.people import Language, Person
from core.ports import Clock, Won


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where the desk sits: which Telegram, whose desk, at which pace (None: real time)."""

    token: str
    api_url: str
    owner: Person | None
    speed: float | None
    language: Language
    folder: Path
    url: str
    krw: Decimal | None
    paced: bool
    ready: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """An account begins with `symbols` and `timeframe`; what a person had chosen before stays as far
    as it fits. `where` tells a backtest where to look, `drive` runs the desk until it is stopped.
    Only one `in_real_time` goes online and asks models. `listings` are the contracts of venues other
    than the market's, where an account lies.
    """

    market: Market
    clock: Clock
    symbols: tuple[str, ...]
    timeframe: Timeframe
    fit: Fit
    where: Place
    won: Won
    in_real_time: bool
    drive: Callable[[Desk], Awaitable[None]]
    listings: Mapping[str, Listing] = field(default_factory=dict)
