"""Where the walk and the living desk once parted, each with what it should be, computed by hand."""

import pytest

from tests.core.backtest.scenarios.living import lived
from tests.core.backtest.scenarios.stage import QUIET, assert_told, ends, long
from tests.core.backtest.scenarios.walking import walked

PLAYERS = [walked, lived]
TWO_PARTS = long("100 111 99 110 30", "110 110 109 110", targets="105 110")
PART_AND_STOP = long(QUIET, "110 110 94 95 50")


@pytest.mark.parametrize("player", PLAYERS)
async def test_each_of_two_targets_takes_its_own_tenth_of_the_volume(player):
    """3 go at each, then 2 and 2 at the open: 15 + 30 + 40; 0.5 + 0.063 + 0.066 + 2 * 0.044."""
    told = await player(TWO_PARTS)
    ending = ends("target", "110", at=1, realized="85", fees="0.717", hits="2")
    assert_told(told, TWO_PARTS, ending)


@pytest.mark.parametrize("player", PLAYERS)
async def test_a_target_of_which_a_part_was_sold_before_the_stop_was_not_hit(player):
    """5 go at 110, 5 at 94.981: 50 - 25.095; 0.5 + 550 * 0.0002 + 474.905 * 0.0005."""
    told = await player(PART_AND_STOP)
    ending = ends("stop", "94.981", at=2, realized="24.905", fees="0.8474525", hits="0")
    assert_told(told, PART_AND_STOP, ending)


@pytest.mark.parametrize("player", PLAYERS)
async def test_the_best_price_since_the_entry_is_that_of_all_closes(player):
    told = await player(long("100 109 99 104", "104 109 103 108", "108 108 94 95"))
    assert told.trade.extreme == 108
