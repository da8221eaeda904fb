"""Trades of one size, as other engines make them, computed by hand.

1,000 buy 10 at 100 without slippage (fee 0.5); the stop is 2 % from the fill, the target 5 %. No
rule of risk is asked.
"""

from decimal import Decimal

import pytest

from core.backtest.fixed import FixedWalk
from core.backtest.scenario import Jitter
from core.backtest.trades import trade_of
from core.domain.trading import Side
from core.paper.costs import STANDARD, Costs
from tests.builders import ACCOUNT
from tests.core.backtest.scenarios.players import decisions_of, lanes_of, scenario_of
from tests.core.backtest.scenarios.signals import buys, play, sells
from tests.core.backtest.scenarios.stage import HOLE, QUIET
from tests.core.paper.builders import BTC, HOUR, START

FREE = Costs(slippage=Decimal(0))
STOPPED = "100 100 97 100"
# 0.5 + 980 * 0.0005; 0.5 + 1050 * 0.0002; 0.5 + 1020 * 0.0005; 0.5 + 950 * 0.0002
STOP, TARGET = ("stop", "98", "-20", "0.99"), ("target", "105", "50", "0.71")
SHORT_STOP, SHORT_TARGET = ("stop", "102", "-20", "1.01"), ("target", "95", "50", "0.69")
DATA = ("data", "100", "0", "1")  # 0.5 + 1000 * 0.0005


def trades(scene, costs=FREE, **more):
    """(hours of entry and exit, exit, price, realized, fees) of each trade."""
    scenario = scenario_of(scene, costs=costs, fixed=Decimal(1000), **more)
    lanes, _ = lanes_of(scene, scenario)
    going = FixedWalk(scenario, Decimal(1000), lanes[BTC].street, decisions_of(scene)[BTC])
    going.run()
    return [trade_of(lot, number, ACCOUNT) for number, lot in enumerate(going.done)]


def told(trade):
    hours = [(moment - START) // HOUR for moment in (trade.opened_at, trade.closed_at)]
    return (*hours, trade.exit, trade.exit_price, trade.realized, trade.fees)


def row(opened, closed, way):
    name, *numbers = way
    return (opened, closed, name, *map(Decimal, numbers))


CASES = {
    "the stop": (play(buys(0), btc=(QUIET, STOPPED)), [row(0, 2, STOP)]),
    "the target": (play(buys(0), btc=("100 105 99 100",)), [row(0, 1, TARGET)]),
    "both in one candle: the stop": (play(buys(0), btc=("100 106 98 105",)), [row(0, 1, STOP)]),
    "a short's stop": (play(sells(0), btc=("100 102 99 100",)), [row(0, 1, SHORT_STOP)]),
    "a short's target": (play(sells(0), btc=("100 101 95 100",)), [row(0, 1, SHORT_TARGET)]),
    "a gap through the stop fills at the open": (
        play(buys(0), btc=(QUIET, "96 97 95 96")),
        [row(0, 1, ("stop", "96", "-40", "0.98"))],  # 0.5 + 960 * 0.0005
    ),
    "a gap through the target fills at the open": (
        play(buys(0), btc=(QUIET, "107 108 106 107")),
        [row(0, 1, ("target", "107", "70", "0.714"))],  # 0.5 + 1070 * 0.0002
    ),
    "levels count from the fill": (
        play(buys(0), btc=("125 126 122.5 123",)),
        # 1000 / 125 = 8; 125 * 0.98 = 122.5: 8 * -2.5; 0.5 + 980 * 0.0005
        [row(0, 1, ("stop", "122.5", "-20", "0.99"))],
    ),
    "both sides at successive closes: the first": (
        play(buys(0), sells(1), buys(2), btc=(QUIET, QUIET, STOPPED)),
        [row(0, 3, STOP)],
    ),
    "a signal at the close that ended the last trade, without a rest": (
        play(buys(0), sells(1), btc=(STOPPED, "100 100 95 96")),
        [row(0, 1, STOP), row(1, 2, SHORT_TARGET)],
    ),
    "a signal inside of a trade is not kept for later": (
        play(buys(0), buys(1), btc=(QUIET, STOPPED)),
        [row(0, 2, STOP)],
    ),
    "a hole after the signal: the last close": (
        play(buys(0), btc=(HOLE, "96 97 95 96")),
        [row(0, 1, ("stop", "96", "-40", "0.98"))],
    ),
    "the end of the data": (play(buys(28)), [row(28, 30, DATA)]),
    "no entry at the last close": (play(buys(30)), []),
    "a pause is no reason": (play(buys(0), paused=True), [row(0, 30, DATA)]),
    "a part for want of volume, the rest at the next open": (
        play(buys(0), btc=("100 105 100 101 40", "106 106 106 106")),
        # 4 * 5 + 6 * 6; 0.5 + 420 * 0.0002 + 636 * 0.0002
        [row(0, 1, ("target", "106", "56", "0.7112"))],
    ),
}


@pytest.mark.parametrize(("scene", "rows"), CASES.values(), ids=CASES)
def test_trades_of_one_size_end_as_the_table_says(scene, rows):
    assert [told(trade) for trade in trades(scene)] == rows


def test_a_taker_pays_slippage_on_both_ways():
    (trade,) = trades(play(buys(0)), costs=STANDARD)
    # 1000 / 100.02 = 9.998; 9.998 * -0.04; 9.998 * 200 * 0.0005
    assert told(trade) == row(0, 30, ("data", "99.98", "-0.39992", "0.9998"))
    assert (trade.entry_price, trade.amount) == (Decimal("100.02"), Decimal("9.998"))


def test_the_plan_says_what_the_trade_risked():
    (trade,) = trades(play(buys(0), btc=(STOPPED,)))
    plan = trade.plan
    assert plan.side is Side.BUY
    assert plan.stop_loss == trade.stop == 98
    assert [target.price for target in plan.targets] == [105]
    assert plan.risk == Decimal("20.99")  # 10 * (2 + 0.0005 * 198)
    assert plan.reward == 50
    assert plan.gap_loss == 50  # a twentieth of 1,000
    assert trade.r_multiple == -1


def test_a_late_entry_comes_at_a_later_close():
    entered = {
        told(trades(play(buys(0)), jitter=Jitter(candles=3, seed=seed))[0])[0]
        for seed in range(20)
    }
    assert entered == {0, 1, 2, 3}
