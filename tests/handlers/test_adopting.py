"""A set that a search found: shown old beside new, used on paper after a second tap, and taken back."""

import asyncio
from dataclasses import replace

import pytest

from core.backtest.filed import Finished
from core.backtest.record import Kind
from core.domain.market import Timeframe
from core.domain.people import Language, Role
from core.domain.tuning import STANDARD, Tuning
from core.owner import newcomer
from tests.handlers.records import FOUND, found
from tests.handlers.test_results import runs
from tests.phone import labels


@pytest.fixture
def runner(town):
    return town.desk.runner


@pytest.fixture
async def proposal(town, phone, runner):
    await runs(phone, runner, "/optimize 100", Finished(found()))
    await phone.taps("See parameters")
    return phone


async def test_old_and_new_stand_side_by_side_with_the_honest_sentence(proposal):
    assert proposal.lines[:4] == [
        "On paper, 2 numbers would change",
        "Optimize · BTC ETH · 1h",
        "48 → 36   horizon, candles",
        " 2 → 1.75 stop in ATR",
    ]
    assert "The best of many looks better than it is. Expect less." in proposal.lines
    assert proposal.lines[-1] == "Nothing has changed yet, and only the paper account would."
    assert labels(proposal.messages[-1]) == ["Use on paper", "Result"]


async def test_a_walk_says_that_its_last_set_is_still_to_be_judged(phone, runner):
    await runs(phone, runner, "/walkforward 1y", Finished(found(Kind.WALKFORWARD)))
    assert "Only what came after each search counts." in phone.text
    await phone.taps("See parameters")
    assert phone.hears("their own test is still to come")


async def test_the_button_asks_back_and_only_the_second_tap_changes_anything(town, proposal):
    await proposal.taps("Use on paper")
    assert labels(proposal.messages[-1]) == ["Really use them on paper", "‹ Back"]
    assert (await town.settings()).tuning == STANDARD
    assert await proposal.taps("Really use them on paper") == "Saved."
    assert (await town.settings()).tuning == FOUND
    assert proposal.lines[0] == "The paper account uses these numbers now"
    assert labels(proposal.messages[-1]) == ["Back to the old ones"]


async def test_one_tap_leads_back(town, proposal):
    await proposal.taps("Use on paper")
    await proposal.taps("Really use them on paper")
    assert await proposal.taps("Back to the old ones") == "Saved."
    assert (await town.settings()).tuning == STANDARD
    assert labels(proposal.messages[-1]) == ["Use on paper", "Result"]


async def test_the_question_goes_away_by_itself(town, proposal, monkeypatch):
    monkeypatch.setattr("handlers.adopting.CONFIRM_SECONDS", 0.05)
    await proposal.taps("Use on paper")
    async with asyncio.timeout(5):
        while "Use on paper" not in labels(proposal.messages[-1]):
            await asyncio.sleep(0.01)
            await proposal.look()
    assert (await town.settings()).tuning == STANDARD


async def test_a_tap_on_back_takes_the_question_away(proposal):
    await proposal.taps("Use on paper")
    await proposal.taps("‹ Back")
    assert labels(proposal.messages[-1]) == ["Use on paper", "Result"]


async def test_numbers_that_somebody_changed_meanwhile_are_not_overwritten(town, proposal):
    await proposal.taps("Use on paper")
    theirs = replace(await town.settings(), tuning=Tuning(quorum=1))
    await town.ledger.commit(theirs)
    said = await proposal.taps("Really use them on paper")
    assert said.startswith("The rules' numbers were changed after this card was made.")
    assert (await town.settings()).tuning == Tuning(quorum=1)


async def test_what_is_used_already_is_said(town, proposal):
    await town.ledger.commit(replace(await town.settings(), tuning=FOUND))
    await proposal.taps("See parameters")
    assert proposal.text == "The account uses these numbers already."


async def test_settings_say_that_the_numbers_are_not_as_shipped(town, proposal):
    await town.ledger.commit(replace(await town.settings(), tuning=FOUND))
    await proposal.says("/settings")
    assert proposal.lines[-1] == "Rule numbers: horizon, candles 48 → 36, stop in ATR 2 → 1.75"


async def test_whoever_may_only_look_uses_nothing(town, phone, runner):
    await runs(phone, runner, "/optimize 100", Finished(found()))
    await town.ledger.commit(replace(newcomer(8002, 8002, "Guest", Language.EN), role=Role.VIEWER))
    guest = town.phone(8002)
    await guest.says("/backtests")
    await guest.taps("1")
    await guest.taps("See parameters")
    await guest.taps("Use on paper")
    assert guest.popup == "You may look here, but start and change nothing."
    assert (await town.settings()).tuning == STANDARD


async def test_a_set_found_on_other_candles_is_shown_and_cannot_be_used(phone, runner):
    made = found()
    elsewhere = replace(made, question=replace(made.question, timeframe=Timeframe.H4))
    await runs(phone, runner, "/optimize 100", Finished(elsewhere))
    await phone.taps("See parameters")

    assert "they cannot be used as they are" in phone.text
    assert labels(phone.messages[-1]) == []


async def test_a_tap_that_comes_after_the_account_turned_to_other_candles_changes_nothing(
    town, proposal
):
    await proposal.taps("Use on paper")
    now = await town.settings()
    await town.desk.stores.ledger.commit(replace(now, timeframe=Timeframe.H4))
    await proposal.taps("Really use them on paper")

    assert (await town.settings()).tuning == STANDARD
