"""Random scenes in which levels, gaps, holes, marks and funding meet as often as they can.

All prices lie on a grid of half a unit around 100, so that ties come by themselves.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.market import Timeframe
from core.domain.trading import Side
from core.paper.costs import Costs
from tests.core.backtest.scenarios.stage import HOLE, QUIET, Scene
from tests.core.paper.builders import instrument

COSTS = (
    Costs(),
    Costs(slippage=Decimal(0), volume_share=Decimal(1)),
    Costs(slippage=Decimal(0), spread=Decimal("0.004")),
    Costs(slippage=Decimal("0.005"), volume_share=Decimal("0.3")),
)
FLAT = instrument(min_notional=Decimal("0.01"))
TIERED = instrument(
    min_notional=Decimal("0.01"),
    tiers=(
        MaintenanceTier(Decimal(0), Decimal("0.005")),
        MaintenanceTier(Decimal(600), Decimal("0.02"), Decimal(9)),
    ),
)
CONTRACTS: tuple[Instrument, ...] = (FLAT, TIERED)
CALM = (0, 0, 0, 0, 1, -1, 2, -2, 4, -4)
WILD = (*CALM, 8, -8, 16, -16, 30, -30)
WICKS = (0, 0, 1, 2, 3, 6)
VOLUMES = ("0", "5", "17.5555", "33", "1000", "1000", "1000")
AMOUNTS = ("0.001", "0.003", "1", "7.777", "10")
SECONDS = (-16, -15, -14, -1, 0, 1, 900, 1800, 3599, 3600, 3601, 7200, 9000, 10799, 10800)


@dataclass(frozen=True)
class Levels:
    """Distances from 100 in halves: where the stop lies, and the targets."""

    stop: int
    targets: tuple[int, ...]

    def words(self, side: Side) -> dict[str, str]:
        ahead = " ".join(halves(200 + side.sign * target) for target in self.targets)
        return {"stop": halves(200 - side.sign * self.stop), "targets": ahead}


def halves(count: int) -> str:
    return str(Decimal(max(count, 1)) / 2)


@st.composite
def levels(draw: st.DrawFn) -> Levels:
    targets = draw(st.lists(st.integers(1, 14), min_size=1, max_size=2, unique=True))
    return Levels(draw(st.integers(2, 24)), tuple(sorted(targets)))


@st.composite
def candles(draw: st.DrawFn, count: int, *, moves: tuple[int, ...] = WILD) -> tuple[str, ...]:
    """Candles that mostly follow each other; now and then a gap, or a hole."""
    told, price = [], 200
    for number in range(count):
        opened = price + (draw(st.sampled_from((0, 0, 0, *moves))) if number else 0)
        price = opened + draw(st.sampled_from(moves))
        top = max(opened, price) + draw(st.sampled_from(WICKS))
        bottom = min(opened, price) - draw(st.sampled_from(WICKS))
        words = " ".join(map(halves, (opened, top, bottom, price)))
        is_hole = draw(st.integers(0, 9)) == 9
        told.append(HOLE if is_hole else f"{words} {draw(st.sampled_from(VOLUMES))}")
    return tuple(told)


@st.composite
def stamps(draw: st.DrawFn) -> tuple[tuple[float, str], ...]:
    times = draw(st.lists(st.sampled_from(SECONDS), max_size=5, unique=True))
    rates = st.sampled_from(("0.0001", "-0.0001", "0.00123456", "-0.02", "0"))
    return tuple((second, draw(rates)) for second in sorted(times))


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Where no mark is recorded, a stop lies nearer than any liquidation."""
    side, count = draw(st.sampled_from(Side)), draw(st.integers(3, 12))
    tape = draw(st.sampled_from((Timeframe.H1, Timeframe.H1, Timeframe.M15)))
    moves = draw(st.sampled_from((CALM, WILD)))
    marks = draw(st.none() | candles(count, moves=moves).filter(any))
    return Scene(
        bars=draw(candles(count, moves=moves)),
        side=side,
        **draw(levels()).words(side),
        amount=draw(st.sampled_from(AMOUNTS)),
        limit=halves(200 + side.sign * draw(st.sampled_from((0, 1, 1, 2, -1)))),
        trail=draw(st.sampled_from(("", "0.5", "1.3", "2", "6"))),
        leverage=draw(st.sampled_from((1, 5) if marks is None else (1, 5, 10, 20, 50))),
        hours=draw(st.sampled_from((1, 2, 2.5, 4, 100))),
        before=f"{QUIET} {draw(st.sampled_from(('1000', '1000', '47', '3.3')))}",
        marks=marks,
        funding=draw(stamps()),
        tape=tape,
        equity=draw(st.sampled_from(("10000", "10000", "10000", "10000", "1005.5", "100.5"))),
        contract=draw(st.sampled_from(CONTRACTS)),
        costs=draw(st.sampled_from(COSTS)),
    )


@st.composite
def trails(draw: st.DrawFn) -> Scene:
    """Scenes in which a stop has something to follow: a near target, a far one, and time."""
    scene = draw(scenes())
    near, far = draw(st.integers(1, 4)), draw(st.integers(12, 40))
    return replace(
        scene,
        bars=draw(candles(draw(st.integers(6, 16)), moves=CALM)),
        **Levels(draw(st.integers(6, 24)), (near, far)).words(scene.side),
        trail=draw(st.sampled_from(("0.1", "0.5", "1", "1.25", "2"))),
        marks=None,
        leverage=draw(st.sampled_from((1, 5))),
        limit="100",
        equity="10000",
        hours=draw(st.sampled_from((6, 100))),
    )
