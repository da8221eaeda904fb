"""Look now, how the desk is, and a pause."""

import asyncio

from core.domain.people import Language
from core.engine import FormDecisions
from tests.handlers.town import Plan
from tests.phone import labels, rows


async def test_no_entry_says_why_and_when_the_next_look_is(phone):
    await phone.says("/analyze BTC")
    title, because, *_ = phone.lines
    assert title == "BTC: no entry"
    assert because.endswith(".")
    assert phone.hears("Next look 13:00.")
    assert phone.hears("Last 7 days: 1 looks, 0 proposals. Normal.")
    assert rows(phone.messages[-1]) == [["Long anyway", "Short anyway", "Why"]]


async def test_asked_twice_at_once_the_analysts_are_asked_once(phone, monkeypatch):
    form, go_on, looked = FormDecisions.__call__, asyncio.Event(), []

    async def slowly(self, symbols, *rest, **named):
        looked.append(tuple(symbols))
        await go_on.wait()
        return await form(self, symbols, *rest, **named)

    monkeypatch.setattr(FormDecisions, "__call__", slowly)
    monkeypatch.setattr("handlers.patience.SOON", 0.05)
    for typed in ("BTC", "btc/usdt", "ETH"):
        await phone.says(f"/analyze {typed}")
        assert phone.hears("Asking the analysts; the answer comes by itself.")
    assert [symbol[:3] for (symbol,) in looked] == ["BTC", "ETH"]
    go_on.set()
    for _ in range(100):
        await phone.look()
        if phone.sees("BTC: no entry") and phone.sees("ETH: no entry"):
            break
        await asyncio.sleep(0.02)
    await phone.says("/analyze BTC")
    assert phone.hears("BTC: no entry")
    assert len(looked) == 3


async def test_a_symbol_may_be_typed_as_people_type_it(phone):
    for typed in ("btc", "BTC", "BTCUSDT", "btc/usdt", "BTC/USDT:USDT", "btc-usdt", "  btc  "):
        await phone.says(f"/analyze {typed}")
        assert phone.hears("BTC: no entry")


async def test_without_a_symbol_all_are_looked_at_and_each_opens_its_own(phone):
    await phone.says("/analyze")
    assert [line.split(":")[0] for line in phone.lines[1:4]] == ["BTC", "ETH", "SOL"]
    await phone.taps("🔎 ETH")
    assert phone.hears("ETH: no entry")


async def test_more_than_one_word_behind_analyze_is_answered_with_what_to_type(phone):
    for typed in ("BTC ETH", "BTC 5", "what is this"):
        await phone.says(f"/analyze {typed}")
        assert phone.lines == [
            f"I cannot read “{typed}”.",
            "Type /analyze BTC, or /analyze for all symbols.",
        ]


async def test_an_unknown_symbol_is_answered_with_the_known_ones(phone):
    for typed in ("DOGE", "BTCUSD", "<b>", "🚀", "ＢＴＣ", "BTC;DROP"):
        await phone.says(f"/analyze {typed}")
        assert phone.text == f"I do not trade {typed} here. There is: BTC, ETH, SOL"


async def test_a_long_argument_is_not_repeated_whole(phone):
    await phone.says("/analyze " + "x" * 3_000)
    assert len(phone.text) < 120


async def test_why_shows_every_voice_with_its_evidence(phone):
    await phone.says("/analyze BTC")
    await phone.taps("Why")
    assert phone.hears("Why · BTC · 01-07 12:00")
    for voice in ("trend", "reversion", "breakout"):
        assert any(line.startswith(voice) for line in phone.lines)
    assert "Verdict:" in phone.text


async def test_why_alone_or_with_a_coin_tells_of_the_last_decision(phone):
    await phone.says("/analyze")
    for typed, coin in (("/why ETH", "ETH"), ("/why sol/usdt", "SOL"), ("/why", "")):
        await phone.says(typed)
        assert phone.hears(f"Why · {coin}")


async def test_why_of_what_nobody_knows_says_so(phone):
    await phone.says("/why DOGE")
    assert phone.hears("I never knew it")
    await phone.says("/why <b>")
    assert phone.hears("Type /why")


async def test_the_status_leads_to_everything(phone):
    await phone.says("/status")
    assert labels(phone.messages[-1])[:6] == [
        *("🔎 BTC", "🔎 ETH", "🔎 SOL"),
        *("Positions", "Report", "Settings"),
    ]
    await phone.taps("Positions")
    assert phone.hears("No open position.")
    await phone.taps("Report")
    assert phone.hears("Equity 10,000.00 USDT")
    await phone.taps("Settings")
    assert phone.sees("Profile: balanced")


async def test_a_pause_stops_entries_until_resume(town, phone):
    await phone.says("/pause")
    assert phone.hears("Paused: no new entries.")
    await phone.says("/analyze BTC")
    await phone.taps("Long anyway")
    assert phone.text == "No entry: the desk is paused. /resume starts again. (PAUSED)"
    await phone.says("/resume")
    assert phone.text == "Entries are on again."
    assert not (await town.settings()).paused


async def test_a_paused_desk_says_so_and_offers_to_resume(town, phone):
    await phone.says("/pause")
    await phone.says("/status")
    assert phone.hears("⏸ Entries are paused.")
    assert await phone.taps("Resume") == "Entries are on again."
    assert not (await town.settings()).paused


async def test_times_are_the_readers_own(founded):
    async with founded(Plan(language=Language.KO)) as town:
        phone = town.phone()
        await phone.says("/status")
        assert phone.hears("다음 분석 22:00")


async def test_an_old_offer_to_trade_anyway_is_refused(town, phone):
    await phone.says("/analyze BTC")
    await town.lives(5)
    await phone.taps("Long anyway")
    assert phone.popup == "There is no fresh price for this right now; no entry without one."
    assert phone.alerted


async def test_a_symbol_that_this_market_lost_is_named(town, phone):
    """A button in the chat outlives the market that it was made for."""
    await phone.says("/analyze")
    town.market._instruments.pop("ETH/USDT:USDT")
    await phone.taps("🔎 ETH")
    assert phone.popup or phone.new
