"""Decisions on a stage: what voices say at some closes, and how two engines make trades of it.

Everything costs 100 at first. A signal's stop is 2 % away and its target 5 %, so a card for a long
has its limit at 100.2, its stop at 98 and its targets at 103 and 107; a short's are 99.8, 102, 97
and 93. Limits are those of tests/builders.py: a quarter of a percent of 10,000 may be lost.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from bot.market.recording import Recording
from core.committee.merging import Burden, Panel
from core.domain.instrument import Instrument
from core.domain.market import Origin, Timeframe
from core.domain.opinion import Distances, Opinion, Question
from core.domain.people import AccountSettings
from core.domain.trade import Trade
from core.domain.trading import Side
from tests.builders import limits, settings
from tests.core.backtest.scenarios.stage import QUIET, frame
from tests.core.paper.builders import BTC, ETH, HOUR, START, instrument

BUY, SELL = Side.BUY, Side.SELL
BURDEN = Burden(fees=0.001, slippage=0.0004, funding={BUY: 0.0, SELL: 0.0})


@dataclass(frozen=True)
class Voice:
    """How likely it is that the price is up, that a long's target comes first, that a short's does."""

    up: float
    long: float
    short: float


UP, DOWN = Voice(0.6, 0.4, 0.2), Voice(0.4, 0.2, 0.4)


@dataclass(frozen=True, kw_only=True)
class Signal:
    """What voices say at the close `hour` hours after START."""

    hour: int
    symbol: str = BTC
    voices: tuple[Voice, ...] = (UP, UP)
    stop: float = 0.02
    target: float = 0.05

    @property
    def moment(self) -> datetime:
        return START + self.hour * HOUR

    def question(self) -> Question:
        distances = dict.fromkeys(Side, Distances(self.stop, self.target))
        return Question(self.symbol, self.moment, 100.0, timedelta(hours=48), distances)

    def opinions(self) -> tuple[Opinion, ...]:
        return tuple(
            Opinion(
                analyst=f"voice {number}",
                symbol=self.symbol,
                p_up=voice.up,
                p_target_first={BUY: voice.long, SELL: voice.short},
            )
            for number, voice in enumerate(self.voices)
        )


def buys(hour: int, symbol: str = BTC, **more) -> Signal:
    return Signal(hour=hour, symbol=symbol, **more)


def sells(hour: int, symbol: str = BTC, **more) -> Signal:
    return Signal(hour=hour, symbol=symbol, voices=(DOWN, DOWN), **more)


def panel(signals: list[Signal]) -> Panel:
    """The voices of many signals as columns; one that others lack is silent there."""
    most = max(len(signal.voices) for signal in signals)

    def column(of: str) -> np.ndarray:
        said = [[getattr(v, of) for v in signal.voices] for signal in signals]
        return np.array([[*one, *[np.nan] * (most - len(one))] for one in said]).T

    names = tuple(f"voice {number}" for number in range(most))
    return Panel(names, column("up"), {BUY: column("long"), SELL: column("short")})


@dataclass(frozen=True, kw_only=True)
class Play:
    """Bars of an hour by symbol, which follow START, and what is said about them."""

    signals: tuple[Signal, ...]
    bars: Mapping[str, tuple[str, ...]]
    contract: Instrument = field(default_factory=instrument)
    settings: AccountSettings

    @property
    def end(self) -> datetime:
        return START + max(len(bars) for bars in self.bars.values()) * HOUR

    def recording(self) -> Recording:
        candles = {
            symbol: {Timeframe.H1: frame(Timeframe.H1, enumerate((QUIET, *bars), -1))}
            for symbol, bars in self.bars.items()
        }
        return Recording(Origin.SYNTHETIC, candles)


def play(
    *signals: Signal,
    btc: tuple[str, ...] = (),
    eth: tuple[str, ...] = (),
    hours: int = 30,
    **more: object,
) -> Play:
    """`more` are settings or limits by their names, or a contract; quiet hours fill up the rest."""
    quiet = (QUIET,) * hours
    bars = {BTC: (*btc, *quiet)[:hours], ETH: (*eth, *quiet)[:hours]}
    contract = more.pop("contract", instrument())
    allowed = limits()
    bounds = {name: more.pop(name) for name in list(more) if hasattr(allowed, name)}
    told = settings(
        symbols=(BTC, ETH), timeframe=Timeframe.H1, limits=replace(allowed, **bounds), **more
    )
    return Play(signals=signals, bars=bars, contract=contract, settings=told)


@dataclass(frozen=True)
class Played:
    """Trades by the time of their entry, and how often each rule said no."""

    trades: tuple[Trade, ...]
    refused: Counter

    def entered(self) -> list[str]:
        """As in "0 BTC buy"."""
        return [
            f"{(trade.opened_at - START) // HOUR} {trade.symbol[:3]} {trade.side}"
            for trade in self.trades
        ]


def numbers(trade: Trade) -> dict:
    plan = trade.plan
    return {
        "amount": trade.amount,
        "entry": trade.entry_price,
        "stop": plan.stop_loss,
        "targets": [target.price for target in plan.targets],
        "leverage": plan.leverage,
        "risk": plan.risk,
        "liquidation": plan.liquidation_price,
    }


def sized(amount: str, **more: str) -> dict:
    """What a row says of the one trade: entry, stop, targets, leverage, risk, liquidation."""
    told = {"amount": amount, **more}
    prices = [Decimal(price) for price in told.pop("targets", "").split()]
    exact = {name: Decimal(number) for name, number in told.items()}
    return {**exact, **({"targets": prices} if prices else {})}
