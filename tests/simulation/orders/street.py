"""The prices of one life: a walk in steps of a second, with jumps, and two contracts to trade."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from math import exp
from random import Random

from core.domain.instrument import Instrument
from core.domain.market import FundingRate, to_millis
from tests.core.paper.builders import instrument
from tests.simulation.orders.weather import Fault, Weather
from tests.venues.trading.rules import Quote, Rules
from tests.venues.world import TIERS

BTC, ETH, SOL = "BTC/USDT:USDT", "ETH/USDT:USDT", "SOL/USDT:USDT"
TRADED = (BTC, ETH)
OPENING = {BTC: 50_000.0, ETH: 3_000.0, SOL: 150.0}
VENUE = {symbol: symbol.replace("/", "").partition(":")[0] for symbol in OPENING}
DESK = {name: symbol for symbol, name in VENUE.items()}
START = datetime(2026, 1, 5, 7, 59, 20, tzinfo=UTC)
START_MS = to_millis(START)
STAMP = START + timedelta(seconds=40)
WILD = 0.0004
TICK, STEP = Decimal("0.1"), Decimal("0.001")

CONTRACTS: dict[str, Instrument] = {symbol: instrument(symbol) for symbol in OPENING}
RULES = {
    name: Rules(symbol=name, tick=TICK, step=STEP, min_notional=Decimal(5), tiers=TIERS)
    for name in DESK
}


@dataclass
class Street:
    """Where every price is, and goes. A fall of 45 % is a fall past every liquidation price."""

    seed: int
    weather: Weather

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.seed}|street")
        self.wild = WILD * self.dice.choice((0.3, 1.0, 1.0, 2.5))
        self.floats = {VENUE[symbol]: price for symbol, price in OPENING.items()}
        self.jumps = self._jumps()
        self.quotes: dict[str, Quote] = {}
        self._say()

    def _jumps(self) -> dict[int, float]:
        moments = range(5, int(self.weather.calm))
        jumps = {}
        if Fault.GAP in self.weather.kinds:
            sizes = (-0.03, -0.015, -0.006, 0.006, 0.015, 0.03)
            chosen = self.dice.sample(moments, 3)
            jumps = {moment: self.dice.choice(sizes) for moment in chosen}
        if Fault.LIQUIDATION in self.weather.kinds:
            jumps[self.dice.choice(moments)] = self.dice.choice((-0.6, 0.8))
        return jumps

    def step(self, second: int) -> None:
        jump = self.jumps.get(second, 0.0)
        if abs(jump) > 0:
            self.weather.saw(Fault.GAP)
        for name, price in self.floats.items():
            moved = price * exp(self.dice.gauss(0, self.wild) + jump)
            self.floats[name] = max(moved, OPENING[DESK[name]] / 50)
        self._say()

    def _say(self) -> None:
        for name, price in self.floats.items():
            last = Decimal(round(price * 10)) / 10
            self.quotes[name] = Quote(last, last, last - TICK, last + TICK)

    def quote(self, name: str) -> Quote:
        return self.quotes[name]

    def funding(self, _name: str) -> list[tuple[int, Decimal]]:
        return [(to_millis(STAMP), Decimal("0.0003"))]

    def next_funding(self) -> FundingRate:
        return FundingRate(STAMP, Decimal("0.0003"))
