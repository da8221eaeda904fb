"""The model that reads the news is asked when there is something to read, and money to do it."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.domain.model import Failure, Said, Source, Unsaid
from core.domain.news import NewsFact, Tier
from core.domain.people import Language
from core.spending.allowance import TakeBudget
from core.voices.hearing import AskNews
from tests.builders import ACCOUNT, NOON, SYMBOL, settings
from tests.fakes import FakeClock, MemoryLedger
from tests.model_fakes import USAGE, FakeAllowance, FakeTell, MemoryPurse, call

ITEM = {
    "coins": ["BTC"],
    "event_type": "hack",
    "direction": "down",
    "materiality": "3",
    "published_at": "2024-01-01T11:00:00Z",
    "source_idx": [0, 1],
    "fact": "An exchange lost coins.",
}
SOURCES = (
    Source("https://www.reuters.com/a", published="2024-01-01T11:05:00Z"),
    Source("https://www.coindesk.com/b"),
)


class Paper:
    """The desk's reader of news, with headlines that a test writes."""

    def __init__(self, *, spent="0"):
        self.clock, self.headlines, self.kept, self.asked = FakeClock(), [], [], []
        self.unsaid = None
        purse = MemoryPurse()
        purse.made["c1"] = call(reserved=Decimal(spent))
        self.ask = AskNews(
            accounts=(ACCOUNT,),
            consult=self.consult,
            budget=TakeBudget(purse, FakeAllowance(), FakeTell(), self.clock),
            clock=self.clock,
            ledger=MemoryLedger(settings(symbols=(SYMBOL,))),
            news=self,
            tidings=self,
            language=Language.EN,
        )

    async def facts(self, symbol, since, limit, until=None):
        return tuple(self.headlines)

    async def keep(self, tidings):
        self.kept += tidings

    async def consult(self, prompt, about, read):
        self.asked.append(prompt)
        if self.unsaid:
            return Unsaid(failure=self.unsaid)
        text = json.dumps({"schema_version": "1", "items": [ITEM]})
        return read(Said(text=text, usage=USAGE, model="sonar", sources=SOURCES))

    def prints(self, title):
        now = self.clock.now()
        fact = NewsFact(
            title, now, now, "Wire", Tier.NEWSROOM, Language.EN, title, ("BTC",), "https://w.io"
        )
        self.headlines.append(fact)

    async def after(self, **delta):
        self.clock.advance(**delta)
        await self.ask()
        return len(self.asked)


async def test_what_it_finds_is_kept_typed_and_judged_by_its_sources():
    paper = Paper()
    await paper.ask()
    (found,) = paper.kept
    assert (found.coins, found.materiality, found.seen_at) == (("BTC",), 3, NOON)
    assert found.published == NOON - timedelta(hours=1)


async def test_it_is_asked_hourly_while_there_are_fresh_headlines_and_else_every_four_hours():
    paper = Paper()
    assert await paper.after() == 1
    assert await paper.after(minutes=61) == 1
    paper.prints("Bitcoin moves")
    assert await paper.after(minutes=1) == 2
    assert await paper.after(minutes=30) == 2
    paper.prints("Bitcoin moves again")
    assert await paper.after(minutes=29) == 2
    assert await paper.after(minutes=1) == 3
    assert await paper.after(hours=3, minutes=59) == 3
    assert await paper.after(minutes=1) == 4


async def test_without_money_for_news_it_is_not_asked():
    assert await Paper(spent="1.75").after() == 0


async def test_no_answer_keeps_nothing():
    paper = Paper()
    paper.unsaid = Failure.OVERLOADED
    await paper.ask()
    assert (len(paper.asked), paper.kept) == (1, [])


async def test_one_question_is_about_what_any_account_trades():
    paper, asked = Paper(), []

    async def consult(prompt, about, read):
        asked.append(about.symbols)
        return await paper.consult(prompt, about, read)

    await paper.ask.ledger.commit(settings(account="bybit-2", symbols=("ETH/USDT:USDT", SYMBOL)))
    await replace(paper.ask, accounts=(ACCOUNT, "bybit-2"), consult=consult)()
    assert asked == [(SYMBOL, "ETH/USDT:USDT")]
