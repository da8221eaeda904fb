"""What has been tested: the list, a card again, its papers, and two of them side by side."""

import asyncio

import pytest

from core.backtest.filed import Failed, Finished
from core.domain.market import Origin
from handlers.views.backtest.listing import ON_A_PAGE
from tests.handlers.records import finished, found, plain
from tests.phone import labels, rows


@pytest.fixture
def runner(town):
    return town.desk.runner


async def runs(phone, runner, words, outcome=None):
    """Asked for and done; the list knows it."""
    await phone.says(words)
    await ends(phone, runner, outcome or finished())


async def ends(phone, runner, outcome):
    """The message has become the card."""
    await runner.ends(outcome)
    async with asyncio.timeout(5):
        while "⏹ Stop" in labels(phone.messages[-1]):
            await asyncio.sleep(0.01)
            await phone.look()


async def test_before_the_first_one_the_list_says_how_to_begin(phone):
    await phone.says("/backtests")
    assert phone.lines == ["No backtest yet.", "/backtest asks for one."]


async def test_the_list_has_the_newest_first_and_a_tap_opens_the_card(phone, runner):
    await runs(phone, runner, "/backtest BTC 30d")
    await runs(phone, runner, "/optimize ETH 40", Finished(found()))
    await runs(phone, runner, "/backtest SOL", Failed("no market"))
    await phone.says("/backtests")
    assert phone.lines[0] == "Backtests 1–3 of 3"
    assert phone.lines[1].startswith("1. failed · SOL 90d 1h · ")
    assert phone.lines[2].startswith("2. +1.78% (hold +6.34%) · Optimize ETH 90d 1h 40 · ")
    assert phone.lines[3].startswith("3. +1.78% (hold +6.34%) · BTC 30d 1h · ")
    assert rows(phone.messages[-1]) == [["1", "2", "3"], ["☐ 2", "☐ 3"]]
    await phone.taps("2")
    assert phone.messages[-1]["photo"]
    assert "Optimize · BTC ETH · 1h" in phone.text


async def test_what_runs_is_in_the_list_and_its_card_follows_it(phone, runner):
    await phone.says("/optimize 100")
    runner.comes("search", 30, 100)
    await phone.says("/backtests")
    assert phone.lines[1].startswith("1. running 30% · Optimize BTC ETH SOL 90d 1h 100")
    await phone.taps("1")
    assert labels(phone.messages[-1]) == ["⏹ Stop"]


async def test_pages_turn_in_place(phone, runner):
    for _ in range(ON_A_PAGE + 1):
        await runs(phone, runner, "/backtest BTC", Failed("no"))
    await phone.says("/backtests")
    message = phone.messages[-1]["id"]
    await phone.taps("Older ›")
    assert phone.lines[0] == "Backtests 6–6 of 6"
    await phone.taps("‹ Newer")
    assert phone.lines[0] == "Backtests 1–5 of 6"
    assert phone.messages[-1]["id"] == message


async def test_the_card_says_first_what_matters_then_months_figures_goals_and_luck(phone, runner):
    await runs(phone, runner, "/backtest BTC ETH")
    assert phone.lines[0].startswith("+1.78% · max drawdown -2.47% · trades 40, won 52.5%")
    assert phone.lines[0].endswith("buy and hold +6.34%")
    assert phone.lines[1:3] == ["Backtest · BTC ETH · 1h", "2026-01-05 – 2026-04-04"]
    assert phone.lines[3].startswith("CLEAN: ")
    assert "-1.43% 13 2026-01" in phone.lines
    assert "+0.18R  Expectancy a trade" in phone.lines
    assert "0 of 2 · Months of +5% or more" in phone.lines
    assert phone.lines[-1].startswith("Better than 100.0% of random entries.")
    assert phone.lines[-1].endswith("As measured, without a promise.")
    assert rows(phone.messages[-1]) == [
        ["Months", "Settings used"],
        ["Trades CSV", "Report HTML"],
        ["Compare", "Run again"],
    ]


async def test_the_picture_has_the_desk_buying_and_holding_and_the_drawdown(town, phone, runner):
    await runs(phone, runner, "/optimize BTC 100", Finished(found()))
    picture = town.desk.notifier.screens.painter.painted[-1]
    assert (picture.title, len(picture.benchmarks)) == ("Optimize · BTC ETH · 1h", 1)
    assert picture.drawdown.column.min() < 0
    assert Origin.SYNTHETIC.value in picture.watermark


async def test_months_and_settings_are_a_tap_away(phone, runner):
    await runs(phone, runner, "/backtest 90d")
    await phone.taps("Months")
    assert phone.lines[-1] == "+0.24%  1 2026-04"
    await phone.taps("Settings used", on=phone.with_button("Settings used"))
    assert "Risk a trade: 0.25%" in phone.lines


async def test_papers_come_as_files_and_one_that_is_gone_is_said(phone, runner):
    await phone.says("/backtest 90d")
    mine = runner.work.id
    runner.papers = {(mine, "trades.csv"): b"opened", (mine, "report.html"): b"<html>"}
    await ends(phone, runner, finished())
    card = phone.messages[-1]
    for label, name in (("Trades CSV", "trades.csv"), ("Report HTML", "report.html")):
        await phone.taps(label, on=card)
        assert phone.messages[-1]["document"]["name"] == name
    runner.papers = {}
    assert await phone.taps("Trades CSV", on=card) == "This file is gone. Run it again."
    assert phone.alerted


async def test_two_ticks_show_two_side_by_side(phone, runner):
    await runs(phone, runner, "/backtest BTC 30d")
    await runs(phone, runner, "/optimize ETH 40", Finished(found()))
    await phone.says("/backtests")
    await phone.taps("☐ 1")
    assert phone.lines[-1] == "Tick another one to compare."
    await phone.taps("☐ 2")
    assert phone.lines[0] == "A +1.78% · B +1.78%"
    assert "+1.78% +1.78% Return" in phone.lines
    assert "horizon, candles: 36 → 48" in phone.lines
    await phone.taps("Open B")
    assert phone.messages[-1]["photo"]


async def test_a_second_tap_takes_the_tick_away(phone, runner):
    await runs(phone, runner, "/backtest BTC 30d")
    await phone.says("/backtests")
    await phone.taps("☐ 1")
    await phone.taps("☑ 1")
    assert labels(phone.messages[-1]) == ["1", "☐ 1"]


async def test_compare_on_a_card_opens_the_list_with_it_ticked(phone, runner):
    await runs(phone, runner, "/backtest BTC 30d")
    await phone.taps("Compare")
    assert rows(phone.messages[-1]) == [["1"], ["☑ 1"]]


async def test_the_same_again_is_a_message_of_its_own(phone, runner):
    await runs(phone, runner, "/backtest BTC 30d 4h")
    card = phone.messages[-1]["id"]
    await phone.taps("Run again")
    assert phone.messages[-1]["id"] > card
    assert (runner.work.request.days, runner.work.request.timeframe) == (30, "4h")


async def test_after_a_restart_an_old_card_still_answers(founded, tmp_path):
    async with founded(folder=tmp_path) as town:
        phone = town.phone()
        await runs(phone, town.desk.runner, "/backtest BTC 30d")
        card = phone.messages[-1]
        months = card["buttons"][0][0]["callback_data"]
    async with founded(folder=tmp_path) as town:
        phone = town.phone()
        await phone.says("/backtests")
        await phone.taps("1")
        assert phone.lines[0].startswith("+1.78%")
        await phone.forges(months, phone.messages[-1])
        assert phone.hears("2026-04")


async def test_beyond_the_two_hundredth_the_oldest_is_forgotten(town, phone, runner, monkeypatch):
    monkeypatch.setattr("core.backtest.asking.KEPT", 2)
    for _ in range(3):
        await runs(phone, runner, "/backtest BTC 30d", Failed("no"))
    await phone.says("/backtests")
    assert phone.lines[0] == "Backtests 1–2 of 2"
    assert len(runner.forgotten) == 1


def test_the_records_of_these_tests_are_what_they_claim():
    assert plain().figures.trades == 40
    assert found().proposed is not None
