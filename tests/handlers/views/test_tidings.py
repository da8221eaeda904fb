"""What a model has found fits on the screen, whatever it has found."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.committee.brake import Grip
from core.domain.market import Origin
from core.domain.news import LONGEST_TITLE, NewsFact, Tier
from core.domain.people import Language
from core.domain.tiding import LONGEST_FACT, Direction, TidingKind
from core.domain.trading import Side
from core.news.reading import MOST_FOUND, Found, NewsPage
from handlers.screens import TEXT_LIMIT, visible_length
from handlers.views.news import ON_A_PAGE, news_view
from handlers.views.phrases import heading
from handlers.views.tidings import held_back, mark
from tests.builders import NOON
from tests.core.committee.test_brake import tiding
from tests.handlers.views.facts import reader

COINS = tuple(f"COIN{n}" for n in range(50))
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("direction", Direction)
def test_the_longest_page_is_one_message(language, direction):
    longest = tiding(
        3,
        direction,
        coins=COINS,
        event=TidingKind.PARTNERSHIP,
        domains=("x" * 250 + ".com",) * 9,
        fact="가" * LONGEST_FACT,
    )
    found = (Found(longest, Grip(Decimal(0), tuple(Side), NOON + HOUR)),) * MOST_FOUND
    said = NewsFact(
        "n", NOON, NOON, "The Daily Coin", Tier.NEWSROOM, language, "가" * LONGEST_TITLE,
        COINS[:6], "https://a.b/" + "c" * 200,
    )  # fmt: skip
    page = NewsPage(NOON + HOUR, (said,) * ON_A_PAGE, (), "", 0, True, None, found)
    seen = reader(language)
    text = heading(seen, Origin.LIVE) + news_view(seen, page, ("BTC",)).text
    assert visible_length(text) <= TEXT_LIMIT


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "Stops every new trade in COIN0, COIN1, COIN2, COIN3, +46 until 12:00"),
        (Language.KO, "21:00까지 COIN0, COIN1, COIN2, COIN3, +46 신규 거래 전부 막음"),
    ],
)
def test_of_many_coins_some_are_named(language, said):
    held = Grip(Decimal(0), tuple(Side), NOON)
    assert held_back(reader(language), tiding(3, coins=COINS), held, NOON) == said


def test_what_holds_into_another_day_names_the_day():
    held = Grip(Decimal(0), tuple(Side), NOON + 23 * HOUR)
    said = held_back(reader(Language.EN), tiding(3, coins=("BTC",)), held, NOON)
    assert said.endswith(f"until {NOON + 23 * HOUR:%m-%d} 11:00")


def test_the_mark_shows_the_way_and_how_much_of_three():
    assert mark(tiding(0, Direction.UP)) == "△△△"
    assert mark(tiding(2, Direction.DOWN)) == "▼▼▽"
    assert mark(tiding(3, Direction.UNCLEAR)) == "◆◆◆"
