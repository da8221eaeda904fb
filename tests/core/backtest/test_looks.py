"""A backtest looked at on its way is the same backtest."""

from datetime import timedelta
from decimal import Decimal

from core.backtest.looks import looks
from core.backtest.replay import replay
from core.domain.market import to_millis
from tests.core.backtest.markets import START, histories, scenario

WHOLE = histories()
MOMENTS = [START + timedelta(days=days) for days in (30, 60, 90)]


def test_the_last_look_is_what_a_replay_gives():
    *_, last = looks(WHOLE, scenario(), MOMENTS)
    whole = replay(WHOLE, scenario())
    assert (last.trades, last.closing, last.refusals) == (
        whole.trades,
        whole.closing,
        whole.refusals,
    )
    assert last.curve.equity.tolist() == whole.curve.equity.tolist()


def test_an_early_look_is_the_beginning_of_the_whole():
    *early, whole = looks(WHOLE, scenario(), MOMENTS)
    for run, moment in zip(early, MOMENTS, strict=True):
        rows = len(run.curve.time)
        assert run.curve.time[-1] == to_millis(moment)
        assert run.curve.equity.tolist() == whole.curve.equity[:rows].tolist()
        ended = [trade for trade in whole.trades if trade.closed_at <= moment]
        assert [(trade.symbol, trade.net) for trade in run.trades] == [
            (trade.symbol, trade.net) for trade in ended
        ]


def test_a_scenario_of_fixed_size_is_looked_at_once():
    (only,) = looks(WHOLE, scenario(fixed=Decimal(1_000)), MOMENTS)
    assert only.closing == replay(WHOLE, scenario(fixed=Decimal(1_000))).closing
