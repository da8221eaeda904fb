"""One trade on a stage: the bars it lives through, and how a table says that it ended.

The contract has ticks of 0.1, steps of 0.001, 1 % maintenance, 0.02 % maker and 0.05 % taker fees;
slippage is 0.02 %, and an order takes a tenth of a candle's volume. Unless a scene says otherwise
10 are bought at 100 (fee 0.5) with a stop at 95 and a target at 110, or sold short with a stop at
105 and a target at 90.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest

from bot.market.market import RecordedMarket
from bot.market.recording import FundingHistory, Recording
from core.domain.instrument import Instrument
from core.domain.market import CandleFrame, Origin, Timeframe, to_millis
from core.domain.proposal import Target, TradePlan
from core.domain.trade import Trade
from core.domain.trading import Side
from core.paper.costs import STANDARD, Costs
from core.ports import Clock
from tests.core.paper.builders import BTC, HOUR, START, instrument

QUIET = "100 100 100 100"
HOLE = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`bars` follow the entry at START, each "open high low close" and perhaps a volume. `before`
    is the hour that the decision saw. `marks` are None where no mark was ever recorded; `funding`
    are (seconds after START, rate). Prices and amounts are decimals as words.
    """

    bars: tuple[str, ...]
    side: Side
    stop: str
    targets: str
    amount: str = "10"
    limit: str = "100"
    trail: str = ""
    leverage: int = 1
    hours: float = 1_000
    before: str = QUIET
    marks: tuple[str, ...] | None = None
    funding: tuple[tuple[float, str], ...] = ()
    tape: Timeframe = Timeframe.H1
    equity: str = "10000"
    contract: Instrument = field(default_factory=lambda: instrument(min_notional=Decimal("0.01")))
    costs: Costs = STANDARD

    @property
    def end(self) -> datetime:
        return START + len(self.bars) * self.tape.duration

    def plan(self) -> TradePlan:
        prices = [Decimal(price) for price in self.targets.split()]
        return TradePlan(
            symbol=BTC,
            side=self.side,
            amount=Decimal(self.amount),
            leverage=self.leverage,
            reference=Decimal(self.limit),
            entry_limit=Decimal(self.limit),
            stop_loss=Decimal(self.stop),
            targets=tuple(Target(price, 1 / Decimal(len(prices))) for price in prices),
            trail=Decimal(self.trail) if self.trail else None,
            time_stop=timedelta(hours=self.hours),
            risk=Decimal(50),
            reward=Decimal(100),
            liquidation_price=Decimal(0),
            gap_loss=Decimal(50),
            month_left=Decimal(150),
            equity=Decimal(self.equity),
        )

    def recording(self) -> Recording:
        early = HOUR // self.tape.duration
        bars = frame(self.tape, enumerate((*[self.before] * early, *self.bars), -early))
        marks = None if self.marks is None else frame(self.tape, enumerate(self.marks))
        stamps = [to_millis(START + timedelta(seconds=at)) for at, _ in self.funding]
        rates = [float(rate) for _, rate in self.funding]
        return Recording(
            Origin.SYNTHETIC,
            candles={BTC: {self.tape: bars}},
            marks={} if marks is None else {BTC: {self.tape: marks}},
            funding={BTC: FundingHistory(np.array(stamps, np.int64), np.array(rates))},
        )


def frame(timeframe: Timeframe, bars: Iterable[tuple[int, str]]) -> CandleFrame:
    """Numbered bars as a frame; number 0 opens at START."""
    told = [(row, [float(word) for word in bar.split()]) for row, bar in bars if bar]
    time = [to_millis(START + row * timeframe.duration) for row, _ in told]
    columns = np.array([[*prices, 1_000.0][:5] for _, prices in told]).reshape(-1, 5).T.copy()
    return CandleFrame(timeframe, np.array(time, np.int64), *columns)


def long(*bars: str, **more) -> Scene:
    return Scene(bars=bars, **{"side": Side.BUY, "stop": "95", "targets": "110", **more})


def short(*bars: str, **more) -> Scene:
    return Scene(bars=bars, **{"side": Side.SELL, "stop": "105", "targets": "90", **more})


class Market(RecordedMarket):
    """A recording of symbols that all have the same contract."""

    def __init__(self, recording: Recording, contract: Instrument, clock: Clock) -> None:
        self.contract = contract
        super().__init__(recording, clock)

    def instrument(self, symbol: str) -> Instrument:
        return replace(self.contract, symbol=symbol)

    def closes(self) -> Iterator[datetime]:
        """After START, of the hours of any symbol."""
        close = START
        while close := self.next_close(close, Timeframe.H1):
            yield close


@dataclass(frozen=True)
class Told:
    """What a player saw: the trade, if there was one, and the money at the end."""

    trade: Trade | None
    wallet: Decimal


NOTHING: Mapping[str, object] = {}


def ends(exit_: str, price: str, *, at: float, realized: str, fees: str, **more) -> dict:
    """`at` is hours after START; more are funding (0), stop, hits, entry or amount."""
    numbers = {"price": price, "realized": realized, "fees": fees, "funding": "0", **more}
    exact = {name: Decimal(number) for name, number in numbers.items()}
    return {"exit": exit_, "at": at, **exact}


def facts(trade: Trade) -> dict:
    return {
        "exit": trade.exit,
        "price": trade.exit_price,
        "at": (trade.closed_at - START) / HOUR,
        "realized": trade.realized,
        "fees": trade.fees,
        "funding": trade.funding,
        "stop": trade.stop,
        "hits": trade.targets_hit,
        "entry": trade.entry_price,
        "amount": trade.amount,
    }


def assert_told(told: Told, scene: Scene, ending: Mapping[str, object]) -> None:
    if told.trade is None:
        assert ending == NOTHING
        assert told.wallet == Decimal(scene.equity)
        return
    known = facts(told.trade)
    assert {name: known[name] for name in ending or known} == ending
    assert told.wallet == Decimal(scene.equity) + told.trade.net


def table(cases: Mapping[str, tuple], *players) -> Callable:
    """A test of (player, scene, ending) for every row and every player."""

    def each(test: Callable) -> Callable:
        rows = pytest.mark.parametrize(("scene", "ending"), cases.values(), ids=cases)
        names = [player.__name__ for player in players]
        return rows(pytest.mark.parametrize("player", players, ids=names)(test))

    return each
