"""What the pages for owners say of the market is what the code does."""

import re
from pathlib import Path

import pytest

from bot.exchanges.abilities import Ability, abilities
from bot.exchanges.opening import client_of
from bot.exchanges.venues import VENUES
from bot.live import switching
from bot.live.keeping import SLOW
from bot.live.market import FRESH
from bot.words import load_words
from core import quality
from core.domain.people import Language
from core.domain.quality import Fault, Grade
from core.indicators import LONGEST
from core.risk.review import OLDEST_PRICE

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {
    Language.EN: (DOCS / "market.md").read_text(encoding="utf-8"),
    Language.KO: (DOCS / "market.ko.md").read_text(encoding="utf-8"),
}
YES = {Language.EN: "yes", Language.KO: "○"}
WORDS = load_words()
LOCALE = DOCS.parent / "locales" / "en" / "LC_MESSAGES" / "desk.po"
SAID = re.findall(r'^msgid "fault\.(\w+)"$', LOCALE.read_text(encoding="utf-8"), re.MULTILINE)


def seconds(language, length):
    return f"{length.seconds}초" if language is Language.KO else f"{length.seconds} s"


def minutes(language, length):
    count = length.seconds // 60
    return f"{count}분" if language is Language.KO else f"{count} min"


def percent(language, share):
    return f"{share * 100:g}%" if language is Language.KO else f"{share * 100:g} %"


def whole(_language, number):
    return f"{number}"


def days(language, length):
    return f"{length.days}일" if language is Language.KO else f"{length.days} days"


LIMITS = {
    Fault.SHORT: ((whole, LONGEST),),
    Fault.OLD_PRICE: ((seconds, quality.OLD_PRICE),),
    Fault.SILENT: ((whole, quality.SILENT), (whole, quality.RECENT)),
    Fault.SKEW: ((seconds, quality.SKEWED), (seconds, quality.FAR_SKEWED)),
    Fault.DIVERGENCE: ((percent, quality.DIVERGED), (percent, quality.TORN)),
    Fault.OUTLIER: ((percent, quality.ACCURATE), (percent, quality.TOLERANCE)),
    Fault.LATE_FUNDING: ((minutes, quality.LATE_FUNDING),),
    Fault.ENDING: ((days, quality.NEAR_END),),
}


def explained(language, key):
    """The row of the page that opens with what the chat says."""
    said = WORDS[language](f"fault.{key}", value="…")
    rows = [line for line in PAGES[language].splitlines() if line.startswith(f"| {said} |")]
    assert len(rows) == 1, said
    return rows[0]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("key", SAID)
def test_whatever_the_chat_finds_fault_with_is_explained_with_its_limits(language, key):
    row = explained(language, key)
    for form, limit in LIMITS.get(key, ()):
        assert form(language, limit) in row


def test_every_fault_has_words_to_explain():
    assert {fault for fault in Fault if not any(key.startswith(fault) for key in SAID)} == set()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("grade", Grade)
def test_every_grade_is_explained(language, grade):
    said = WORDS[language](f"grade.{grade}")
    (row,) = (line for line in PAGES[language].splitlines() if line.startswith(f"| {grade} |"))
    assert said in row


def tells(venue):
    can = abilities(client_of(venue), venue)
    return (
        True,
        Ability.STREAM_CANDLES in can,
        bool(venue.final),
        Ability.MARK_CANDLES in can,
        Ability.FUNDING in can,
        bool(can & {Ability.OPEN_INTEREST, Ability.OPEN_INTEREST_HISTORY}),
        Ability.LONG_SHORT in can,
        Ability.STREAM_LIQUIDATIONS in can,
        Ability.TIME in can,
    )


@pytest.mark.parametrize("name", VENUES)
def test_the_table_of_venues_says_what_each_can_tell(name):
    venue = VENUES[name]
    told = tells(venue)
    for language, page in PAGES.items():
        cells = " | ".join(YES[language] if one else "–" for one in told)
        assert f"| {venue.title} | {cells} |" in page


@pytest.mark.parametrize("language", Language)
def test_the_policy_of_the_second_venue_is_written_as_it_is(language):
    for length in (switching.SILENT, FRESH, OLDEST_PRICE):
        assert seconds(language, length) in PAGES[language]
    for length in (switching.STEADY, SLOW):
        assert minutes(language, length) in PAGES[language]
