"""Every command and every button, in each language: answered, without an error in the log."""

import logging
import re

import pytest

from core.backtest.filed import Finished
from core.domain.restraint import Reason
from handlers.start import COMMANDS
from handlers.views.view import Verb
from tests.core.ask.chatters import FOREVER, says, wants
from tests.handlers.asked import answers, until
from tests.handlers.records import found
from tests.handlers.seats import sits, suggestion

ELSEWHERE = {
    Verb.REPRICE,  # wants a price that ran away: test_proposals.py
    *(Verb.FLATTEN, Verb.KEEP_STOPS),  # a panic that came late: test_panic.py
    *(Verb.ADD_KEY, Verb.KEEP_KEY, Verb.LEAVE_KEY),  # a real account: test_keys.py
    *(Verb.ADOPT, Verb.STRANGER, Verb.ASK_SELL, Verb.SELL, Verb.MINE),  # test_strangers.py
}
HANGUL = re.compile(r"[가-힣]")


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.WARNING)
    return caplog


async def test_every_command_is_answered(anywhere, log):
    town, phone = anywhere
    for command in COMMANDS:
        await phone.says(f"/{command}")
        assert phone.new, command
        assert speaks(town, phone), phone.text
    assert "failed" not in log.text


async def test_every_button_is_answered(anywhere, log):
    """Presses one button of each kind, wherever it is met."""
    town, phone = anywhere
    pressed = set()
    await chooses_an_account(phone, pressed)
    await journey(town, phone, pressed)
    said = [message["text"] for message in phone.messages if message["text"]]
    strange = [text for text in said if not speaks(town, phone, text)]
    assert strange == []
    await phone.says("/settings")
    await presses(phone, Verb.SETTINGS, pressed, nth=3)
    await presses(phone, Verb.LANGUAGE, pressed)
    assert pressed == set(Verb) - ELSEWHERE
    assert "failed" not in log.text


async def journey(town, phone, pressed):
    """A day with the desk: enough of it to meet every kind of button."""
    await answers_cards(town, phone, pressed)
    await minds_a_position(phone, pressed)
    await phone.says("/analyze ETH")
    await presses(phone, Verb.SHORT, pressed)
    await phone.says("/pause")
    await phone.says("/status")
    for verb in (Verb.ANALYZE, Verb.POSITIONS, Verb.REPORT, Verb.TRADES, Verb.CSV, Verb.RESUME):
        await presses(phone, verb, pressed)
    await town.halts(Reason.DISK)
    await phone.says("/resume")
    await presses(phone, Verb.LIFT, pressed)
    await phone.says("/market BTC")
    for verb in (Verb.MARKET, Verb.MARKETS):
        await presses(phone, verb, pressed)
    await phone.says("/chart")
    await presses(phone, Verb.CHART, pressed)
    await phone.says("/analysts")
    await presses(phone, Verb.CALIBRATION, pressed)
    await phone.says("/news")
    for verb in (Verb.NEWS, Verb.NEWS_NOTE):
        await presses(phone, verb, pressed)
    sits(town, suggestion("", BTC=30))
    await phone.says("/portfolio")
    await presses(phone, Verb.ASK_BALANCE, pressed)
    await asks_for_backtests(town.desk.runner, phone, pressed)
    await changes_settings(phone, pressed)
    await minds_the_calendar(phone, pressed)
    await asks_in_plain_words(town, phone, pressed)


async def answers_cards(town, phone, pressed):
    await town.offers(phone)
    for verb in (Verb.WHY, Verb.ADJUST, Verb.SIZE, Verb.STOP, Verb.TARGET, Verb.CARD, Verb.HALF):
        await presses(phone, verb, pressed)
    await town.offers(phone, "ETH")
    await phone.says("/status")
    await presses(phone, Verb.WAITING, pressed)
    await presses(phone, Verb.REJECT, pressed)
    await town.offers(phone, "SOL")
    pressed |= {Verb.LONG}
    await presses(phone, Verb.APPROVE, pressed)


async def minds_a_position(phone, pressed):
    await phone.says("/positions")
    for verb in (
        *(Verb.POSITION, Verb.EDIT, Verb.MOVE_STOP, Verb.MOVE_TARGET, Verb.POSITION),
        *(Verb.TRAIL, Verb.BREAK_EVEN, Verb.ASK_HALF, Verb.POSITION, Verb.ASK_CLOSE, Verb.CLOSE),
    ):
        await presses(phone, verb, pressed)


async def asks_for_backtests(runner, phone, pressed):
    """One that is stopped, then one that finds a set."""
    await phone.says("/backtest")
    for verb in (Verb.FORM, Verb.TEST, Verb.STOP_TEST):
        await presses(phone, verb, pressed)
    await phone.says("/optimize 100")
    mine = runner.work.id
    runner.papers = dict.fromkeys([(mine, "trades.csv"), (mine, "report.html")], b"paper")
    await runner.ends(Finished(found()))
    await phone.says("/backtests")
    for verb in (
        *(Verb.RESULT, Verb.MONTHS, Verb.ASKED, Verb.PAPER, Verb.TESTS, Verb.TICK),
        *(Verb.PARAMETERS, Verb.ASK_TUNE, Verb.TUNE, Verb.UNTUNE),
    ):
        await presses(phone, verb, pressed)


async def changes_settings(phone, pressed):
    await phone.says("/settings")
    for verb in (Verb.PROFILE, Verb.TARGETS, Verb.SETTINGS, Verb.LIMIT):
        await presses(phone, verb, pressed)
    pages = (
        (1, (Verb.APPROVAL, Verb.SMALL, Verb.ABSENCE)),
        (2, (Verb.SYMBOL, Verb.TIMEFRAME)),
    )
    for page, verbs in pages:
        await phone.says("/settings")
        await presses(phone, Verb.SETTINGS, pressed, nth=page)
        for verb in verbs:
            await presses(phone, verb, pressed)


async def chooses_an_account(phone, pressed):
    await phone.says("/account")
    await presses(phone, Verb.ACCOUNT, pressed)


async def minds_the_calendar(phone, pressed):
    await phone.says("/events add 2026-01-09 09:00 CPI")
    await phone.says("/events")
    await presses(phone, Verb.MUTE, pressed)
    await presses(phone, Verb.DROP_EVENT, pressed)
    for verb in (Verb.LEAVE, Verb.SET_ALERT):
        await phone.says("/alert BTC > 1")
        await presses(phone, verb, pressed)
    await phone.says("/alerts")
    await presses(phone, Verb.DROP_ALERT, pressed)


async def asks_in_plain_words(town, phone, pressed):
    """One question whose answer suggests a look, and one that is stopped."""
    done = "Done." if town.speaks_english else "끝났습니다."
    answers(town, wants("suggest", '{"command":"market","words":""}'), says(done), (FOREVER,))
    town.weather.brews("sendMessageDraft", 404, "Not Found: method not found")
    await phone.says("1?")
    await until(phone, "$0.0028")
    await presses(phone, Verb.SUGGESTED, pressed)
    await phone.says("2?")
    await until(phone, "Looking it up…" if town.speaks_english else "찾아보고 있습니다…")
    await presses(phone, Verb.STOP_ANSWER, pressed)
    await until(phone, "Stopped." if town.speaks_english else "중지했습니다.")


async def presses(phone, verb, pressed, nth=0):
    """The nth newest button of this kind, by its data as a thumb would send it."""
    data = [
        (message, button["callback_data"])
        for message in reversed(phone.messages)
        for row in message["buttons"]
        for button in row
        if button["callback_data"].startswith(f"{verb}:")
    ]
    assert data, f"no {verb.name} button anywhere; the last message is\n{phone.text}"
    message, chosen = data[nth]
    await phone.forges(chosen, message)
    assert phone.answer.get("answered"), verb
    pressed.add(verb)


def speaks(town, phone, text=None):
    """Korean screens have Hangul, English ones have none but the name of the language."""
    seen = phone.text if text is None else text
    return bool(HANGUL.search(seen)) is not town.speaks_english
