"""How the markets stand, and how far their numbers can be trusted."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from core.domain.derivatives import Derivatives
from core.domain.market import Origin, Timeframe
from core.domain.people import Language
from core.domain.quality import Fault, Finding, Grade, Quality
from core.domain.won import Premium
from core.watching import MarketFacts
from handlers.views import numbers
from handlers.views.market import market_card, market_list, unlooked
from tests.builders import NOON, SYMBOL
from tests.handlers.views.facts import ETH, quote, reader, snapshot
from tests.phone import rows

TOLD = Derivatives(
    time=NOON,
    mark=Decimal("64257.4"),
    index=Decimal("64250.1"),
    funding=Decimal("0.0001"),
    next_funding=NOON + timedelta(minutes=102),
    open_interest=98_432.1,
    open_interest_day=0.021,
    long_short=1.318,
    liquidated_longs=12_345_678.0,
    liquidated_shorts=0.0,
)


def facts(**changes):
    live = replace(snapshot(Origin.LIVE), derivatives=TOLD, source="Binance")
    usual = {
        "symbol": SYMBOL,
        "snapshot": live,
        "quote": replace(quote(mark="64257.4", at=NOON), spread=Decimal("0.0000154")),
        "premium": None,
        "origin": Origin.LIVE,
        "now": NOON,
    }
    return MarketFacts(**usual | changes)


CARD = """\
PAPER · Binance
<b>BTC 64,251.9 · 24h +0.75%</b>
<pre>64,257.4 +0.01% mark
 0.0015%        spread
+0.0100%     4h funding
 +0.011%        basis
   98.4k  +2.1% open int.
    1.32        long/short
   12.3M      0 liq. l/s 1h</pre>
"""


def test_a_card_tells_price_surroundings_candles_and_quality():
    view = market_card(reader(), facts(), Timeframe.H1)
    said = view.text.splitlines()
    assert said[:9] == CARD.splitlines()
    assert said[9].startswith("1h: RSI ")
    assert said[-1] == "🟢 data good"
    assert view.picture is not None
    block = "\n".join(said[2:9]).removeprefix("<pre>").removesuffix("</pre>")
    assert max(map(numbers.cells, block.splitlines())) <= numbers.WIDTH


def test_the_premium_is_told_against_the_bank_or_against_tether():
    seoul = Premium(Decimal(93_000_000), Decimal("0.0312"), Decimal("0.0051"), "Upbit")
    said = market_card(reader(), facts(premium=seoul), Timeframe.H1).text
    assert "Kimchi premium +3.12% · Upbit ₩93,000,000" in said
    said = market_card(reader(), facts(premium=replace(seoul, share=None)), Timeframe.H1).text
    assert "Upbit ₩93,000,000 · +0.51% over USDT" in said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_its_words(language, fault):
    grade = Grade.STALE if fault is Fault.GAP else Grade.BROKEN
    bad = Quality((Finding(fault, grade, 48.0),), accuracy=0.9997)
    shown = replace(facts().snapshot, quality=bad)
    text = market_card(reader(language), facts(snapshot=shown), Timeframe.H1).text
    assert "99.97%" in text
    assert ("🟠" if fault is Fault.GAP else "🔴") in text


def test_the_worst_comes_first_and_ages_are_said_as_people_say_them():
    findings = (Finding(Fault.SILENT, Grade.THIN, 3), Finding(Fault.OLD_PRICE, Grade.STALE, 48.2))
    shown = replace(facts().snapshot, quality=Quality(findings))
    text = market_card(reader(), facts(snapshot=shown), Timeframe.H1).text
    assert text.splitlines()[-1] == (
        "🟠 data stale, no entries: price 48 s old, 3 candles in a row without a trade"
    )


def test_a_price_that_was_never_told_has_no_age():
    bad = Quality((Finding(Fault.OLD_PRICE, Grade.STALE, timedelta.max.total_seconds()),))
    shown = replace(facts().snapshot, quality=bad)
    assert "no price heard yet" in market_card(reader(), facts(snapshot=shown), Timeframe.H1).text


@pytest.mark.parametrize("candles", [1, 5, 20])
def test_of_a_coin_with_a_short_past_nothing_is_said_that_is_no_number(candles):
    live = facts().snapshot
    young = replace(live, frame=live.frame.rows(0, candles))
    view = market_card(reader(), facts(snapshot=young), Timeframe.H1)
    assert "1h: RSI - · ADX - · ATR -" in view.text.splitlines()
    assert " nan" not in view.text
    assert view.picture is not None


def test_without_candles_that_is_all_there_is_to_say():
    view = market_card(reader(), facts(snapshot=None, quote=None), Timeframe.H1)
    assert view.text.splitlines()[-1] == "<b>BTC: nothing has been heard yet.</b>"
    assert view.picture is None


def test_the_list_is_aligned_and_names_only_what_is_not_in_order():
    quiet = replace(facts().snapshot, quality=Quality((Finding(Fault.SILENT, Grade.THIN, 3),)))
    view = market_list(reader(), [facts(), facts(symbol=ETH, snapshot=quiet)])
    assert view.text.splitlines()[2:] == [
        "<pre>64,251.9 +0.75% BTC",
        "64,251.9 +0.75% ETH</pre>",
        "ETH 🟡 data usable: 3 candles in a row without a trade",
    ]


def test_what_nobody_looked_at_says_why():
    bad = replace(
        facts().snapshot, quality=Quality((Finding(Fault.LATE_CANDLE, Grade.STALE, 48),))
    )
    text = unlooked(reader(), [facts(snapshot=bad)]).text
    assert "No look taken; entries rest." in text
    assert "BTC 🟠 data stale, no entries: last candle 48 s late" in text


@pytest.mark.parametrize(
    ("value", "said"),
    [(512, "512"), (98_432, "98.4k"), (987_654, "988k"), (12_345_678, "12.3M"), (5 * 10**9, "5B")],
)
def test_large_counts_are_said_in_few_figures(value, said):
    assert numbers.short(Decimal(value)) == said


async def test_the_chat_shows_all_markets_and_one_of_them(phone):
    await phone.says("/market")
    assert phone.lines[0] == "Markets"
    assert rows(phone.messages[-1]) == [["BTC", "ETH", "SOL"], ["🔄 Refresh"]]
    await phone.taps("ETH")
    assert phone.lines[0].startswith("ETH ")
    await phone.says("/market eth")
    assert phone.hears("data good")
    await phone.says("/market FOO BAR")
    assert phone.hears("Type /market or /market BTC.")


async def test_in_a_hole_of_the_data_a_look_says_what_is_wrong(founded):
    from tests.handlers.markets import START, calm_market
    from tests.handlers.town import Plan

    whole = calm_market()
    cut = {
        symbol: {Timeframe.H1: frames[Timeframe.H1].rows(0, 990)}
        for symbol, frames in whole.candles.items()
    }
    plan = Plan(recording=replace(whole, candles=cut), start=START)
    async with founded(plan) as town:
        phone = town.phone()
        await phone.says("/analyze BTC")
        assert phone.hears("No look taken; entries rest.")
        assert phone.hears("BTC 🟠 data stale, no entries: last candle")
