"""The worst hours of the recorded market, lived through on paper."""

import csv
import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.instrument import Instrument, MaintenanceTier
from core.domain.market import Bar, Candle, from_millis, to_millis
from core.domain.trading import Cause, OrderType, Side
from core.paper.matching import match
from core.paper.page import Page
from core.paper.placing import submit
from tests.core.paper.builders import exits, fills, instrument, order, page, quote, stop

MARKET = Path(__file__).parents[4] / "shared" / "market"
BITCOIN = instrument(max_leverage=125, tiers=(MaintenanceTier(Decimal(0), Decimal("0.004")),))
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not MARKET.exists(), reason="no recorded market beside the checkout"),
]


def candle(row: list[str]) -> Candle:
    """Time, open, high, low, close and, of last prices, volume."""
    return Candle(from_millis(int(row[0])), *map(Decimal, [*row[1:], "0"][:5]))


def cascade() -> list[Bar]:
    """2025-10-10, 20:59 to 22:00, minute by minute; no marks were kept."""
    with (MARKET / "1m/BTCUSDT_1m_2025-10-10_cascade_2059-2200.csv").open() as file:
        minutes = [candle(row) for row in list(csv.reader(file))[1:]]
    return [Bar(one, one, one.open_time + timedelta(minutes=1)) for one in minutes]


def recorded(name: str, hour: datetime) -> Candle:
    with gzip.open(MARKET / name, "rt") as file:
        start = f"{to_millis(hour)},"
        return candle(next(line for line in file if line.startswith(start)).strip().split(","))


def crash_hour() -> Bar:
    """2021-12-04, 05:00: the last price fell 6 % further than the mark price."""
    hour = datetime(2021, 12, 4, 5, tzinfo=UTC)
    last = recorded("1h/BTCUSDT_1h.csv.gz", hour)
    mark = recorded("mark_1h/BTCUSDT_mark_1h.csv.gz", hour)
    return Bar(last, mark, hour + timedelta(hours=1))


def bought(bar: Bar, leverage: int, terms: Instrument = BITCOIN) -> Page:
    """One coin at the open of a bar."""
    now = bar.candle.open_time
    flat = replace(page("1000000"), instrument=terms)
    entry = order(OrderType.MARKET, Side.BUY, leverage=leverage, name="entry")
    return submit(flat, entry, quote(str(bar.candle.open), at=now), now)


def test_a_stop_in_the_cascade_fills_in_the_minute_that_reaches_it():
    bars = cascade()
    before = bought(bars[0], 10)
    now = bars[0].candle.open_time
    after = submit(before, stop(Side.SELL, "1", "110000"), quote("114278.2", at=now), now)

    for bar in bars:
        after = match(after, bar)

    hit = next(bar for bar in bars if bar.candle.low <= 110_000)
    price = min(Decimal(110_000), hit.candle.open)
    assert exits(after) == [("stop_market-sell", price)]
    assert fills(after.activity)[1].time in {hit.close_time, hit.candle.open_time}


def test_the_cascade_liquidates_ten_times_leverage_and_takes_the_margin_only():
    bars = cascade()
    after = bought(bars[0], 10)
    for bar in bars:
        after = match(after, bar)

    taken = fills(after.activity)[1]
    assert taken.cause is Cause.LIQUIDATION
    assert taken.realized_pnl == Decimal("-11427.82")
    assert taken.price == Decimal("102850.38")


def test_a_wick_of_the_last_price_hits_the_stop_but_liquidates_nobody():
    bar = crash_hour()
    before = bought(bar, 6)
    now = bar.candle.open_time

    assert not exits(match(before, bar))

    guarded = submit(
        before, stop(Side.SELL, "1", "43000"), quote(str(bar.candle.open), at=now), now
    )
    assert exits(match(guarded, bar)) == [("stop_market-sell", Decimal(43_000))]
