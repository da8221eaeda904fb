"""Asking for a backtest by words and by taps, watching it run, and stopping it."""

import asyncio
from dataclasses import replace

import pytest

from core.backtest.filed import Failed, Finished, Stopped
from core.backtest.record import Kind
from core.domain.people import Language, Role
from core.owner import newcomer
from handlers.screens import CAPTION_LIMIT, visible_length
from tests.handlers.markets import SYMBOLS
from tests.handlers.records import finished, found, plain
from tests.phone import labels, rows


async def until(phone, words):
    """The message follows by itself."""
    async with asyncio.timeout(5):
        while words not in phone.text:
            await asyncio.sleep(0.01)
            await phone.look()


@pytest.fixture
def runner(town):
    return town.desk.runner


async def test_words_start_it_at_once_and_the_message_turns_into_the_card(town, phone, runner):
    await phone.says("/backtest BTC 30d 4h")
    message = phone.messages[-1]["id"]
    assert phone.lines == ["Backtest · BTC 30d 4h", "Starting"]
    assert labels(phone.messages[-1]) == ["⏹ Stop"]
    runner.comes("replay")
    await until(phone, "Replaying the desk")
    await runner.ends(finished())
    await until(phone, "max drawdown")
    assert phone.messages[-1]["id"] == message
    assert phone.messages[-1]["photo"]
    assert visible_length(phone.messages[-1]["text"]) <= CAPTION_LIMIT


async def test_the_account_is_asked_about_as_it_stands(town, phone, runner):
    await phone.says("/settings")
    await phone.taps("bold")
    await phone.says("/backtest")
    await phone.taps("▶ Run")
    work = runner.work
    assert work.settings == await town.settings()
    assert (work.equity, work.now) == (10_000, town.clock.now())
    assert (work.request.symbols, work.request.days) == (SYMBOLS, 90)


async def test_a_search_says_at_once_that_the_best_of_many_looks_too_good(phone, runner):
    await phone.says("/optimize 250")
    assert "250 sets are tried. The best of 250 looks better than it is" in phone.text
    runner.comes("search", 50, 250, best=1.234)
    await until(phone, "20%")
    assert phone.lines[1] == "████░░░░░░░░░░░░░░░░  20%"
    assert "Trying sets · 50/250" in phone.lines
    assert "Best Sharpe so far 1.23" in phone.lines


async def test_a_walk_says_which_leg_it_is_on(phone, runner):
    await phone.says("/walkforward 1y 20")
    runner.comes("3/12", 10, 20)
    await until(phone, "Search 3 of 12 · 10/20")
    assert phone.lines[1].endswith("20%")  # two and a half of twelve
    assert runner.work.request.kind is Kind.WALKFORWARD


async def test_the_next_one_waits_and_says_how_many_come_before(phone, runner):
    await phone.says("/backtest BTC")
    await phone.says("/backtest ETH")
    assert phone.lines[0] == "Waiting, 1 before it"
    await runner.ends(finished())
    await until(phone, "Starting")


async def test_what_waits_can_be_stopped(phone, runner):
    await phone.says("/backtest BTC")
    await phone.says("/backtest ETH")
    assert await phone.taps("⏹ Stop") == "Stopping. This may take some seconds."
    assert phone.lines[0] == "Stopped, before there was a result."
    assert len(runner.jobs) == 1


async def test_a_search_that_was_stopped_shows_what_it_had(phone, runner):
    await phone.says("/optimize 100")
    await runner.ends(Stopped(found()))
    await until(phone, "Stopped early")
    assert "See parameters" in labels(phone.messages[-1])


async def test_what_is_wrong_with_the_question_is_one_sentence(phone, runner):
    await phone.says("/backtest 32d")
    await runner.ends(Failed("the files are <coarser> & older"))
    await until(phone, "Not run")
    assert phone.lines[0] == "Not run: the files are <coarser> & older"
    await phone.taps("Run again")
    assert runner.work.request.length == 32


async def test_days_that_nobody_recorded_are_said_with_those_that_were(phone, runner):
    await phone.says("/backtest 2001-01-01 2001-02-01")
    assert phone.text == (
        "Nothing is recorded of those days. This market runs from 2025-11-26 to 2026-01-07."
    )
    assert not runner.jobs


async def test_a_crash_is_said_plainly(phone, runner):
    await phone.says("/backtest")
    await phone.taps("▶ Run")
    await runner.ends(Failed(""))
    await until(phone, "It broke; the log says why.")


async def test_the_form_changes_one_thing_at_a_tap(phone, runner):
    await phone.says("/backtest")
    message = phone.messages[-1]["id"]
    for label in ("1 year", "4h", "✓ ETH", "Optimize", "200 sets"):
        await phone.taps(label)
    assert phone.messages[-1]["id"] == message
    assert phone.lines[:2] == [
        "Which numbers would have done better?",
        "/optimize BTC SOL 365d 4h 200",
    ]
    await phone.taps("▶ Run")
    assert (runner.work.request.symbols, runner.work.request.trials) == (SYMBOLS[::2], 200)
    assert phone.messages[-1]["id"] == message


async def test_the_form_shows_what_is_chosen(phone):
    await phone.says("/walkforward")
    assert rows(phone.messages[-1]) == [
        ["Backtest", "Optimize", "✓ Walk-forward"],
        ["✓ BTC", "✓ ETH", "✓ SOL"],
        ["30d", "✓ 90d", "1 year", "All"],
        ["✓ 1h", "4h", "1d"],
        ["15 sets", "✓ 30 sets", "60 sets", "150 sets"],
        ["▶ Run"],
    ]


async def test_the_last_coin_of_a_form_stays(phone):
    await phone.says("/backtest")
    for label in ("✓ ETH", "✓ SOL", "✓ BTC"):
        await phone.taps(label)
    assert phone.lines[1] == "/backtest BTC 90d 1h"


async def test_two_thumbs_start_one(town, phone, runner):
    await phone.says("/backtest")
    button = phone.messages[-1]["buttons"][-1][0]["callback_data"]
    await phone.forges(button, phone.messages[-1])
    await phone.forges(button, phone.messages[-1])
    assert phone.alerted
    assert len(runner.jobs) == 1


async def test_what_cannot_be_read_is_answered_with_what_to_type(phone, runner):
    await phone.says("/backtest BTC yesterday's 30x")
    assert phone.hears("I do not trade yesterday's here.")
    await phone.says("/optimize 30x")
    assert phone.lines[0] == "I cannot read “30x”."
    assert phone.lines[1].startswith("Type /optimize BTC ETH 90d 1h 100")
    assert not runner.jobs


async def test_whoever_may_only_look_starts_and_stops_nothing(town, phone, runner):
    guest = replace(newcomer(8002, 8002, "Guest", Language.EN), role=Role.VIEWER)
    await town.ledger.commit(guest)
    viewer = town.phone(8002)
    await viewer.says("/backtest BTC")
    assert viewer.text == "You may look here, but start and change nothing."
    await viewer.says("/backtest")
    await viewer.taps("▶ Run")
    assert viewer.alerted
    assert not runner.jobs


async def test_while_telegram_is_away_the_message_waits(town, phone, runner):
    await phone.says("/backtest BTC")
    for _ in range(3):
        town.weather.brews("editMessageMedia", 502, "Bad Gateway")
    await runner.ends(finished())
    await until(phone, "max drawdown")


async def test_a_message_that_is_gone_is_replaced_by_the_result(town, phone, runner):
    await phone.says("/backtest BTC")
    first = phone.messages[-1]["id"]
    await town.desk.bot.delete_message(phone.person, first)
    await runner.ends(Finished(plain()))
    await until(phone, "max drawdown")
    assert phone.messages[-1]["id"] > first


async def test_after_a_restart_the_button_of_what_ran_says_so(founded, tmp_path):
    async with founded(folder=tmp_path) as town:
        phone = town.phone()
        await phone.says("/backtest BTC")
        message = phone.messages[-1]
        button = message["buttons"][0][0]["callback_data"]
    async with founded(folder=tmp_path) as town:
        phone = town.phone()
        await phone.says("/backtests")
        assert phone.hears("1 did not finish: the desk ended first.")
        await phone.forges(button, phone.messages[-1])
        assert phone.sees("The desk ended") or phone.sees("Stopped")
        await phone.says("/backtests")
        assert not phone.hears("did not finish")
