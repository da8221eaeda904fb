"""Profile and limits, who says yes, symbols, timeframe, language: one message, page by page."""

import pytest

from core.domain.market import Timeframe
from core.domain.people import Absence, Language, Profile
from core.owner import STEPS
from tests.handlers.markets import SYMBOLS
from tests.phone import labels, rows


@pytest.fixture
async def page(phone):
    await phone.says("/settings")
    return phone


async def test_the_first_page_says_how_the_desk_trades(page):
    assert page.lines == [
        "Settings",
        "Profile: balanced",
        "Risk 0.25% a trade · 3x · 3 positions · loss limits day 0.5%, week 1.0%, month 1.5%",
        "Who says yes: always ask me",
        "When nobody answers: cards just wait",
        "Symbols: BTC, ETH, SOL",
        "Timeframe: 1h",
        "Two targets: break-even after the first, then the stop trails",
    ]
    assert rows(page.messages[-1]) == [
        ["cautious", "✓ balanced", "bold"],
        ["Limits", "Approval"],
        ["Symbols", "Language"],
        ["One or two targets"],
    ]


async def test_every_page_is_the_same_message_and_leads_back(page):
    message = page.messages[-1]["id"]
    for name in ("Limits", "Approval", "Symbols", "Language"):
        await page.taps(name)
        assert page.lines[0] == name
        await page.taps("Back")
        assert page.text.startswith("Settings")
    assert page.messages[-1]["id"] == message


async def test_a_profile_brings_its_limits(town, page):
    for profile in Profile:
        if profile is not Profile.BALANCED:
            assert await page.taps(profile.value) == "Saved."
            assert (await town.settings()).profile is profile
            assert f"✓ {profile.value}" in labels(page.messages[-1])


async def test_the_chosen_one_again_changes_nothing_and_breaks_nothing(town, page):
    before = await town.settings()
    assert await page.taps("✓ balanced") == "Saved."
    assert await town.settings() == before


async def test_one_or_two_targets(town, page):
    await page.taps("One or two targets")
    assert not (await town.settings()).two_targets
    assert page.sees("One target, the stop stays")
    await page.taps("One or two targets")
    assert (await town.settings()).two_targets


async def test_each_limit_has_a_step_down_and_a_step_up(town, page):
    await page.taps("Limits")
    assert len(page.messages[-1]["buttons"]) == len(STEPS) + 1
    for place, name in list(enumerate(STEPS))[::4]:
        before = getattr((await town.settings()).limits, name)
        down, up = (key["callback_data"] for key in page.messages[-1]["buttons"][place])
        await page.forges(down, page.messages[-1])
        assert getattr((await town.settings()).limits, name) < before
        await page.forges(up, page.messages[-1])
        assert getattr((await town.settings()).limits, name) == before


async def test_a_limit_stops_at_its_end_without_an_error(town, page):
    await page.taps("Limits")
    for _ in range(4):
        assert await page.taps("− leverage") == "Saved."
    assert (await town.settings()).limits.leverage == 1


async def test_the_autopilot_has_to_be_earned(town, page):
    await page.taps("Approval")
    for wanted in ("autopilot for small trades", "autopilot"):
        popup = await page.taps(wanted)
        assert popup == "The autopilot needs 20 closed paper trades first; there are 0."
        assert page.alerted
    assert (await town.settings()).approval == "ask"


async def test_what_happens_in_absence_can_be_chosen(town, page):
    await page.taps("Approval")
    for absence, words in (
        (Absence.SHADOW, "no cards, only follow what they would make"),
        (Absence.SMALL_AUTOPILOT, "the autopilot enters small"),
        (Absence.WAIT, "cards just wait"),
    ):
        await page.taps(words)
        assert (await town.settings()).absence is absence
        assert f"✓ {words}" in labels(page.messages[-1])


async def test_symbols_go_and_come_back_but_the_last_one_stays(town, page):
    await page.taps("Symbols")
    await page.taps("✓ ETH")
    await page.taps("✓ SOL")
    assert (await town.settings()).symbols == SYMBOLS[:1]
    await page.taps("✓ BTC")
    assert page.alerted
    assert page.popup == "BTC stays: it has a position or a card, or is the last one."
    await page.taps("SOL")
    assert (await town.settings()).symbols == (SYMBOLS[0], SYMBOLS[2])


async def test_a_symbol_with_a_position_stays(town, phone):
    await town.holds(phone)
    await phone.says("/settings")
    await phone.taps("Symbols")
    await phone.taps("✓ BTC")
    assert phone.popup == "BTC stays: it has a position or a card, or is the last one."


async def test_the_timeframe_can_be_changed(town, page):
    await page.taps("Symbols")
    await page.taps("4h")
    assert (await town.settings()).timeframe is Timeframe.H4
    assert "✓ 4h" in labels(page.messages[-1])


async def test_the_language_changes_at_once_and_for_everything(town, page):
    await page.taps("Language")
    assert await page.taps("한국어") == "저장했습니다."
    assert page.lines[0] == "언어"
    await page.says("/status")
    assert page.hears("모의 · 합성 데이터")
    (person,) = await town.ledger.people()
    assert (person.language, person.timezone) == (Language.KO, "Asia/Seoul")
    await page.says("/settings")
    await page.taps("언어")
    assert await page.taps("English") == "Saved."


async def test_settings_outlive_the_process(founded, tmp_path):
    async with founded(folder=tmp_path) as town:
        phone = town.phone()
        await phone.says("/settings")
        await phone.taps("bold")
    async with founded(folder=tmp_path) as town:
        assert (await town.settings()).profile is Profile.BOLD
