"""Somebody who looks on sees a bar; a log gets lines."""

import io

from bot.candles.progress import CLEAR, Progress
from bot.market.holes import Hole
from core.domain.history import Kind, Series
from core.domain.market import Timeframe
from tests.bot.market.tables import BTC, FIRST, HOUR

HOURS = Series("binance", BTC, Kind.CANDLES, Timeframe.H1)
HOLES = (Hole(FIRST, FIRST + 30 * HOUR), Hole(FIRST + 90 * HOUR, FIRST + 100 * HOUR))


class Screen(io.StringIO):
    def isatty(self):
        return True


def told(out):
    with Progress(out).of(HOURS, HOLES) as progress:
        progress.upto(FIRST + 20 * HOUR, 20)
        progress.upto(FIRST + 95 * HOUR, 15)
        Progress(out).says("binance asks to wait")
        progress.done(35, HOLES[1:])
    return out.getvalue()


def test_a_bar_grows_in_its_place_and_makes_room_for_words():
    frames = told(Screen()).split(CLEAR)
    assert frames[1] == f"{'█' * 12}{'░' * 12} binance {BTC} 1h candles  50% 2024-01-01 +20"
    assert frames[2] == f"{'█' * 21}{'░' * 3} binance {BTC} 1h candles  88% 2024-01-04 +35"
    assert frames[3] == "binance asks to wait\n"
    assert frames[4].startswith(f"binance {BTC} 1h candles: 35 new; the venue has nothing for")


def test_a_log_gets_a_line_for_each_page():
    lines = told(io.StringIO()).splitlines()
    assert lines[0] == f"binance {BTC} 1h candles  50% up to 2024-01-01, 20 rows"
    assert lines[-1] == (
        f"binance {BTC} 1h candles: 35 new; the venue has nothing for "
        "2024-01-04 18:00 to 2024-01-05 04:00"
    )
    assert CLEAR not in "".join(lines)


def test_several_pieces_that_nobody_has_are_counted():
    out = io.StringIO()
    with Progress(out).of(HOURS, HOLES) as progress:
        progress.done(0, HOLES)
    assert "nothing for 2 stretches, the first 2024-01-01 00:00 to 2024-01-02 06:00" in (
        out.getvalue()
    )
