"""Whatever the market does, a lot of a walk lives as a position of the paper broker lives."""

import pytest
from hypothesis import assume, given, settings

from core.backtest.trades import trade_of
from core.domain.market import to_millis
from tests.builders import ACCOUNT
from tests.core.backtest.scenarios.lives import scenes, trails
from tests.core.backtest.scenarios.paging import Paper
from tests.core.backtest.scenarios.stage import Scene, facts
from tests.core.backtest.scenarios.walking import walked_lots


def assert_same(scene: Scene) -> None:
    """Every figure of the trade, what was held at each close, and the last digit of the wallet."""
    going, paper = walked_lots(scene), Paper(scene)
    assume(len(going.timetable) > 1)  # at the last close nobody enters
    told = paper.plays()
    assert going.stand.purse.wallet == told.wallet
    assert len(going.done) == (told.trade is not None)
    for lot in going.done:
        assert facts(trade_of(lot, 1, ACCOUNT)) == facts(told.trade)
        held = {close: lot.held_at(to_millis(close)) for close in paper.held}
        assert held == paper.held


@given(scenes())
@settings(max_examples=300, deadline=None)
def test_a_lot_lives_through_its_bars_as_the_paper_broker_would_have_it(scene):
    assert_same(scene)


@given(trails())
@settings(max_examples=200, deadline=None)
def test_a_lot_that_trails_does_so_too(scene):
    assert_same(scene)


@pytest.mark.nightly
@pytest.mark.timeout(900)
@given(scenes() | trails())
@settings(max_examples=10_000, deadline=None)
def test_a_great_many_do(scene):
    assert_same(scene)
