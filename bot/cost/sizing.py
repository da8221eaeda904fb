"""How long each of the desk's questions and its answer are, rendered for real and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot.cost import answers
from bot.cost.assuming import Assumptions
from bot.cost.market import NOW, markets, questions
from core.domain.market import Timeframe
from core.domain.model import Prompt, PromptKind
from core.domain.news import Item, NewsFact, Publisher, Tier
from core.domain.people import Language
from core.domain.proposal import Candidate
from core.domain.trading import Side
from core.news.coins import coin_of
from core.news.facts import fact_of
from core.prompt import (
    Case,
    Holding,
    Row,
    Sheet,
    indicators,
    market,
    news,
    risk,
    sheet,
    size_of,
    tokens,
)

TITLE = "Exchange lists a new perpetual and changes the funding interval of another one"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Size:
    """Tokens of a question, and of the visible part of its answer."""

    asked: int
    said: int


def sizes(
    count: int, timeframe: Timeframe, language: Language, assumed: Assumptions
) -> dict[PromptKind, Size]:
    """For so many symbols. What is asked in the chat depends on the person, and is not here."""
    seen = markets(count, timeframe)
    rows = sheet(seen, questions(seen), language)
    coins = [coin_of(one.symbol) for one in seen]
    spoken = answers.opinions(rows, language)
    leads = _headlines(coins, assumed.headlines)
    return {
        PromptKind.MARKET: _size(market(rows), spoken),
        PromptKind.INDICATORS: _size(indicators(rows), spoken),
        PromptKind.RISK: _size(
            risk(_cases(rows, assumed.cases), _holdings(rows, assumed.holdings), rows),
            answers.objections(rows, language, assumed.cases),
        ),
        PromptKind.NEWS: _size(
            news(coins, leads, NOW, language), answers.tidings(coins, language, assumed.items)
        ),
    }


def _size(prompt: Prompt, answer: str) -> Size:
    return Size(size_of(prompt), tokens(answer))


def _cases(rows: Sheet, count: int) -> tuple[Case, ...]:
    return tuple(_case(row) for row in rows.rows[:count])


def _case(row: Row) -> Case:
    candidate = Candidate(
        symbol=row.symbol,
        side=Side.BUY,
        stop_distance=Decimal("0.012"),
        target_distance=Decimal("0.021"),
        horizon=24 * HOUR,
        decision_id="",
    )
    return Case(
        candidate=candidate,
        row=row,
        p_up=0.534,
        p_target_first=0.441,
        break_even=0.382,
        expected=0.0021,
        disagreement=0.031,
    )


def _holdings(rows: Sheet, count: int) -> tuple[Holding, ...]:
    return tuple(
        Holding(
            symbol=row.symbol,
            side=Side.SELL,
            entry_bps=-112.0,
            age=7.5,
            stop_bps=146.0,
            target_bps=-230.0,
        )
        for row in rows.rows[-count:]
    )


def _headlines(coins: Sequence[str], count: int) -> tuple[NewsFact, ...]:
    publisher = Publisher("News", Tier.NEWSROOM)
    items = (
        Item(f"{coins[number % len(coins)]}: {TITLE} {number}", "", NOW - HOUR)
        for number in range(count)
    )
    facts = (fact_of(item, publisher, NOW) for item in items)
    return tuple(fact for fact in facts if fact)
