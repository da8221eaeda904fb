"""What a backtest brought: every trade, and what the account was worth at each close."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.backtest.scenario import Scenario
from core.domain.market import Floats, Millis
from core.domain.proposal import Rule
from core.domain.trade import Trade


@dataclass(frozen=True, slots=True)
class Curve:
    """Equity in quote currency at each close (ms), oldest first; the first is the opening one."""

    time: Millis
    equity: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`trades` are closed ones in the order of their ends: what was open at the end of the data
    was closed there (Exit.DATA). `closing` is the last equity; it is `scenario.equity` plus the
    sum of the trades' `net`, exactly. `looks` are closes looked at, `edges` decisions with one,
    `refusals` how often each rule said no, `candles` how many candles of all symbols were lived
    through.
    """

    scenario: Scenario
    trades: tuple[Trade, ...]
    curve: Curve
    closing: Decimal
    looks: int
    edges: int
    refusals: Mapping[Rule, int]
    candles: int
