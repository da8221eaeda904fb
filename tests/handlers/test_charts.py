"""/chart: a market to look at, changed in place, and remembered the way the person left it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from bot.market.recording import Recording
from bot.market.synthetic import synthetic
from core.domain.market import Timeframe
from core.domain.people import Language
from handlers.screens import visible_length
from handlers.views.numbers import WIDTH, cells
from handlers.views.view import Verb
from tests.handlers.markets import HOUR, START, SYMBOLS
from tests.handlers.town import Plan
from tests.phone import labels, rows


def painted(town):
    return town.desk.notifier.screens.painter.painted[-1]


def shown(town):
    return [line.label for line in painted(town).overlays]


async def test_a_chart_without_a_word_is_the_first_coin_as_the_account_trades(town, phone):
    await phone.says("/chart")
    assert phone.messages[-1]["photo"]
    assert phone.lines[0].startswith("BTC · 1h · ")
    assert rows(phone.messages[-1]) == [
        ["✓ 1h", "4h", "1d"],
        ["✓ EMA", "Bands", "VWAP", "✓ Volume"],
        ["✓ RSI", "MACD", "Stoch", "OBV", "ADX"],
        ["↻ Refresh", "🔎 Analyze"],
    ]
    picture = painted(town)
    assert (picture.title, picture.panel.lines[0].label) == ("BTC · 1h", "RSI 14")
    assert shown(town) == ["EMA 20", "EMA 50", "EMA 200"]
    assert "synthetic" in picture.watermark


async def test_the_words_below_tell_the_price_its_day_and_the_numbers_behind_the_lines(
    town, phone
):
    await phone.says("/chart eth")
    quote = await town.market.quote("ETH/USDT:USDT")
    frame = town.market.frame("ETH/USDT:USDT", Timeframe.H1)
    before = frame.close[frame.closed_by(START - timedelta(days=1)) - 1]
    change = float(quote.last) / before - 1
    assert phone.lines[0] == f"ETH · 1h · {quote.last:,.2f} · 24h {change:+.2%}"
    assert phone.lines[1].startswith("01-07 12:00 · ")
    named = [line.split()[-2:] for line in phone.lines[2:] if "EMA" in line]
    assert named == [["EMA", "20"], ["EMA", "50"], ["EMA", "200"]]
    assert phone.hears("RSI 14")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("btc 4h", "BTC · 4h"),
        ("4h BTC", "BTC · 4h"),
        ("SOLUSDT 1D", "SOL · 1d"),
        ("4H", "BTC · 4h"),
        ("eth/usdt", "ETH · 1h"),
    ],
)
async def test_a_coin_and_a_timeframe_come_in_any_order_and_spelling(phone, typed, said):
    await phone.says(f"/chart {typed}")
    assert phone.lines[0].startswith(f"{said} · ")


async def test_another_timeframe_is_drawn_in_the_same_message(town, phone):
    await phone.says("/chart")
    message = phone.messages[-1]["id"]
    await phone.taps("4h")
    assert phone.lines[0].startswith("BTC · 4h · ")
    assert labels(phone.messages[-1])[:3] == ["1h", "✓ 4h", "1d"]
    assert painted(town).frame.timeframe is Timeframe.H4
    assert phone.messages[-1]["id"] == message


async def test_lines_go_on_and_off_and_none_changes_its_colour(town, phone):
    await phone.says("/chart")
    await phone.taps("VWAP")
    colours = {line.label: line.shade for line in painted(town).overlays}
    assert len(set(colours.values())) == len(colours) == 4
    await phone.taps("EMA")
    assert [(line.label, line.shade) for line in painted(town).overlays] == [
        ("VWAP 24", colours["VWAP 24"])
    ]
    assert painted(town).band is None
    await phone.taps("Bands")
    assert painted(town).band.label == "BB 20"
    assert phone.sees("BB 20 top")
    await phone.taps("Volume")
    assert not painted(town).volume


@pytest.mark.parametrize(
    ("label", "lines", "row"),
    [
        ("MACD", ["MACD 12/26/9", "signal"], "MACD"),
        ("Stoch", ["Stochastic 14/3/3 %K", "%D"], "Stochastic"),
        ("OBV", ["OBV 24"], "OBV 24"),
        ("ADX", ["ADX 14"], "ADX 14"),
    ],
)
async def test_one_study_at_a_time_lies_below_and_its_numbers_in_the_words(
    town, phone, label, lines, row
):
    await phone.says("/chart")
    await phone.taps(label)
    assert [line.label for line in painted(town).panel.lines] == lines
    assert sum(line.endswith(row) for line in phone.lines) == 1
    assert (painted(town).panel.bars is not None) is (label == "MACD")
    await phone.taps(f"✓ {label}")
    assert painted(town).panel is None


async def test_the_same_again_now_follows_the_market(town, phone):
    await phone.says("/chart")
    message, before = phone.messages[-1]["id"], phone.lines[1]
    await phone.taps("Refresh")
    assert phone.lines[1] == before
    town.clock.advance_to(START + 3 * HOUR)
    await phone.taps("Refresh")
    assert phone.lines[1].startswith("01-07 15:00")
    assert phone.messages[-1]["id"] == message


@pytest.mark.parametrize(("rate", "said"), [(1_400, "₩{:,.0f}"), ("0.0001", "₩{:,.2f}")])
async def test_a_price_in_won_keeps_every_figure_that_matters(founded, rate, said):
    async with founded(Plan(krw=Decimal(rate))) as town:
        phone = town.phone()
        await phone.says("/chart BTC")
        quote = await town.market.quote("BTC/USDT:USDT")
        assert phone.lines[1].split(" · ")[1] == said.format(quote.last * Decimal(rate))


async def test_the_next_chart_looks_the_way_the_last_one_was_left(founded, tmp_path):
    async with founded(folder=tmp_path) as town:
        phone = town.phone()
        await phone.says("/chart")
        for label in ("MACD", "VWAP", "Volume"):
            await phone.taps(label)
        left = labels(phone.messages[-1])
    async with founded(folder=tmp_path) as town:
        phone = town.phone()
        await phone.says("/chart")
        assert labels(phone.with_button("MACD")) == left


async def test_an_old_button_brings_its_own_state_along(phone):
    await phone.says("/chart")
    old = phone.messages[-1]["buttons"][1][1]["callback_data"]
    await phone.taps("MACD")
    await phone.forges(old, phone.messages[-1])
    assert "✓ Bands" in labels(phone.messages[-1])
    assert "✓ RSI" in labels(phone.messages[-1])


async def test_callbacks_carry_no_payload(phone):
    await phone.says("/chart")
    for row in phone.messages[-1]["buttons"]:
        for button in row:
            verb, _, identity = button["callback_data"].partition(":")
            assert verb in {Verb.CHART, Verb.ANALYZE}
            assert len(identity) == 10


async def test_a_look_now_is_a_tap_away(phone):
    await phone.says("/chart SOL")
    await phone.taps("Analyze")
    assert phone.hears("SOL")


async def test_a_timeframe_that_the_market_lacks_is_answered_with_those_it_has(phone):
    for typed in ("2h", "BTC 5m", "BTC 1M", "30s", "btc 0h", "9999d"):
        await phone.says(f"/chart {typed}")
        word = typed.split()[-1]
        assert phone.text == f"There are no {word} candles here. There are: 1h 4h 1d"


async def test_an_unknown_coin_is_answered_with_the_known_ones(phone):
    for typed in ("DOGE", "<b> 4h", "🚀"):
        await phone.says(f"/chart {typed}")
        word = typed.split()[0]
        assert phone.text == f"I do not trade {word} here. There is: BTC, ETH, SOL"


async def test_two_coins_or_two_timeframes_are_answered_with_what_to_type(phone):
    for typed in ("BTC ETH", "1h 4h", "BTC 1h 4h", "what is this"):
        await phone.says(f"/chart {typed}")
        assert phone.lines == [
            f"I cannot read “{typed}”.",
            "Type /chart, /chart BTC or /chart BTC 4h.",
        ]


def young_market():
    """Five hours and no more."""
    return synthetic(3, SYMBOLS, Timeframe.H1, START - 5 * HOUR, 30)


async def test_a_young_market_has_a_chart_and_no_made_up_numbers(founded):
    async with founded(Plan(recording=young_market())) as town:
        phone = town.phone()
        await phone.says("/chart BTC")
        assert phone.lines[0].count("·") == 2  # no change over a day that was not
        unknown = [line.split() for line in phone.lines if line.strip().startswith("-")]
        assert ["-", "EMA", "200"] in unknown
        assert phone.lines[-1] == "- needs more candles than there are."
        assert painted(town).overlays == ()


async def test_candles_that_have_not_closed_yet_are_said_to_be_missing(founded):
    async with founded(Plan(recording=young_market())) as town:
        phone = town.phone()
        await phone.says("/chart BTC 1d")
        assert phone.text.startswith("No 1d candle of BTC is here yet.")
        await phone.says("/chart BTC")
        assert "No 1d candle of BTC is here yet." in await phone.taps("1d")
        assert phone.lines[0].startswith("BTC · 1h · ")


def still_market() -> Recording:
    """Nothing moved and nothing was traded."""
    calm = synthetic(3, SYMBOLS, Timeframe.H1, START - 2_000 * HOUR, 2_010)

    def stopped(frame):
        count = len(frame)
        prices = {name: np.full(count, 100.0) for name in ("open", "high", "low", "close")}
        return replace(frame, **prices, volume=np.zeros(count))

    frames = {s: {Timeframe.H1: stopped(f[Timeframe.H1])} for s, f in calm.candles.items()}
    return replace(calm, candles=frames)


async def test_a_market_that_stands_still_is_drawn_without_made_up_numbers(founded):
    async with founded(Plan(recording=still_market())) as town:
        phone = town.phone()
        await phone.says("/chart BTC")
        for label in ("Bands", "VWAP", "Stoch"):
            await phone.taps(label)
        unknown = {line.split()[-1] for line in phone.lines if line.strip().startswith("-")}
        assert {"z", "Stochastic"} <= unknown
        assert "trend" in phone.lines[1]


@pytest.mark.parametrize("language", Language)
async def test_with_everything_on_the_words_fit_a_phone(founded, language):
    async with founded(Plan(language=language)) as town:
        phone = town.phone()
        await phone.says("/chart BTC")
        for button in (1, 2):  # bands and VWAP
            data = phone.messages[-1]["buttons"][1][button]["callback_data"]
            await phone.forges(data, phone.messages[-1])
        for study in ("MACD", "Stoch", "OBV", "ADX"):
            await phone.taps(study)
            table = phone.lines[2:-1]  # the last line says what a dash means
            assert max(cells(line) for line in table) <= WIDTH
            assert len(table) == len(
                [line for line in table if line.split()[0][-1] in "0123456789%-KMB"]
            )
            assert visible_length(phone.messages[-1]["text"]) < 600
