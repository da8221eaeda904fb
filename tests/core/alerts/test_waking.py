"""What rings after a long sleep, of cheap coins, and beside an alert that cannot be looked at."""

from decimal import Decimal

import numpy as np
import pytest

from tests.builders import NOON
from tests.core.alerts.test_ringing import HOUR, Belfry, belfry

__all__ = ["belfry"]


@pytest.mark.parametrize("price", [1.0, 1e-7])
async def test_a_crossing_rings_however_cheap_the_coin(price):
    waves = 100 + 8 * np.sin(np.arange(500) / 10)
    belfry = Belfry(price * waves, 200)
    await belfry.wishes(0, gauge="macd", crossing=True)
    for _ in range(70):
        belfry.clock.advance(hours=1)
        await belfry.ring()
    assert len(belfry.rung) == 1


@pytest.mark.parametrize("armed", [True, False])
async def test_what_happened_in_a_long_sleep_is_read_page_by_page(armed):
    standing, crossing = (100, 110) if armed else (110, 100)
    closes = [standing] * 303 + [crossing] + [standing] * 4 + [110]
    belfry = Belfry(closes, 9)
    await belfry.wishes(105, crossing=True)
    whole = belfry.market.bars

    async def three(symbol, after, until):
        return (await whole(symbol, after, until))[:3]

    belfry.market.bars = three
    belfry.starts_again()
    belfry.clock.advance(hours=9)
    for _ in range(4):
        await belfry.ring()
    (said,) = belfry.rung
    rang = NOON + HOUR * (4 if armed else 5)
    assert (said["start"], said["end"]) == (rang - HOUR, rang)
    assert said["now"] == Decimal(110)


async def test_an_alert_that_cannot_be_reckoned_leaves_the_others_alone():
    belfry = Belfry([*np.resize([100.0, 100.1], 300), 102, 104, 106], 3)

    async def broken(*_):
        raise ValueError("NaN in the candles")

    await belfry.wishes(70, gauge="rsi")
    await belfry.wishes(103)
    belfry.market.snapshots = broken
    belfry.clock.advance(hours=5)
    with pytest.raises(ValueError, match="NaN"):
        await belfry.ring()
    assert [said["gauge"] for said in belfry.rung] == ["price"]
