"""A desk that never speaks is no use, and one that never stops is none either.

Floors lie well below what was measured when they were written; the measures stand beside them.
"""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.market.files import read
from bot.market.playback import SYNTHETIC_START, WARM_UP, Wish, playback
from core.domain.market import Timeframe
from core.domain.proposal import Rule
from core.domain.trading import Side
from core.owner import ACCOUNT
from tests.builders import SYMBOL
from tests.core.rules.committee_columns import edges
from tests.core.rules.desks import desk

SYMBOLS = (SYMBOL, "ETH/USDT:USDT", "SOL/USDT:USDT")
MONTH = timedelta(days=30)
HOURS = Path(__file__).parents[4] / "shared" / "market" / "1h" / "BTCUSDT_1h.csv.gz"
real = [
    pytest.mark.real,
    pytest.mark.skipif(not HOURS.exists(), reason="no recorded market beside the checkout"),
]


async def proposals(lively, start, days):
    await lively.live(start, 24 * days)
    return await lively.ledger.proposals(ACCOUNT)


def most_a_day(cards):
    return max(Counter(card.created_at.date() for card in cards).values())


async def test_the_demo_s_first_days_bring_cards_but_at_most_six_a_day():
    game = playback(Wish(symbols=SYMBOLS))
    cards = await proposals(desk(game.recording, game.start), game.start, 5)

    assert game.start == SYNTHETIC_START
    assert len(cards) >= 10  # measured: 24 in these days, 122 in the month
    assert most_a_day(cards) <= 6
    assert len({card.candidate.symbol for card in cards}) == 3


def test_every_month_of_the_demo_has_edges():
    game = playback(Wish(symbols=SYMBOLS))
    months = Counter(
        (decision.as_of - game.start) // MONTH
        for symbol in SYMBOLS
        for decision in edges(game.recording.candles[symbol][Timeframe.H1], WARM_UP)
    )

    assert len(months) >= 6
    assert min(months[month] for month in range(6)) >= 30  # measured: 84 to 620


async def test_whoever_is_asked_enough_is_left_in_peace():
    game = playback(Wish(symbols=SYMBOLS))
    lively = desk(game.recording, game.start)
    answers = [
        answer
        for hour in range(24)
        for answer in await lively.look(game.start + timedelta(hours=hour))
    ]
    refused = Counter(getattr(answer.outcome, "rule", None) for answer in answers)

    assert refused[None] == 6
    assert refused[Rule.PROPOSALS] > 0
    assert set(refused) == {None, Rule.PROPOSALS, Rule.NO_EDGE}


@pytest.fixture(scope="module")
def recorded():
    return read([HOURS])


class TestRecorded:
    """Bitcoin's hours of 2024."""

    pytestmark = real
    YEAR = datetime(2024, 1, 1, tzinfo=UTC)

    def test_a_year_has_edges_in_nearly_every_month_and_on_both_sides(self, recorded):
        whole = recorded.candles[SYMBOL][Timeframe.H1]
        known = whole.rows(0, whole.closed_by(datetime(2025, 1, 1, tzinfo=UTC)))
        found = list(edges(known, known.closed_by(self.YEAR)))
        months = Counter(decision.as_of.month for decision in found)

        assert 500 <= len(found) <= 2_500  # measured: 1,174 of 8,784
        assert sum(months[month] >= 30 for month in range(1, 13)) >= 10  # measured: 11
        assert min(Counter(decision.best.side for decision in found).values()) >= 100
        assert {decision.side for decision in found} == set(Side)

    async def test_ten_days_of_january_bring_cards(self, recorded):
        cards = await proposals(desk(recorded, self.YEAR), self.YEAR, 10)

        assert len(cards) >= 10  # measured: 23
        assert most_a_day(cards) <= 6
