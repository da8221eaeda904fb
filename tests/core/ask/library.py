"""A ledger to be asked about, with everything that an answer is looked up in."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from core.ask.asking import Answer, AskDesk, Question
from core.ask.round import TakeTurn
from core.ask.suggesting import Suggestions
from core.ask.tools import Sources, lookups
from core.domain.news import NewsFact, Tier
from core.domain.objection import Fate, Resolution
from core.domain.opinion import Decision
from core.domain.people import Language
from core.domain.trading import Account
from core.ports.chat import Chatter
from core.reports import MakeReport
from core.standing import TakeStanding
from core.voices.breaker import Health
from core.voices.consult import Desk
from core.voices.ports import Endless
from tests.builders import ACCOUNT, NOON, SETTINGS, SYMBOL
from tests.core.domain.memory_ledger import MemoryLedger
from tests.fakes import FakeBroker, FakeClock, FakeMarket, frame
from tests.model_fakes import MODEL, FakeTell, MemoryMinutes, MemoryPurse

COMMANDS = ("chart", "positions", "panic", "close")
ETH = "ETH/USDT:USDT"


@dataclass
class MemoryPast:
    """Decisions and what became of them, out of the pages of a ledger in memory."""

    ledger: MemoryLedger
    answers: dict[str, Resolution] = field(default_factory=dict)

    async def latest(self, symbol: str, count: int) -> tuple[Decision, ...]:
        found = [one for one in self.ledger.pages.decisions.values() if one.symbol == symbol]
        return tuple(sorted(found, key=lambda one: one.as_of, reverse=True)[:count])

    async def fate(self, account: str, decision_id: str) -> Fate | None:
        return self.ledger.pages.fates.get((account, decision_id))

    async def resolution(self, decision_id: str) -> Resolution | None:
        return self.answers.get(decision_id)


@dataclass
class FakeHeadlines:
    """What strangers have written in this test."""

    written: tuple[NewsFact, ...] = ()

    async def facts(self, symbol, since, limit, until=None):
        about = [one for one in self.written if symbol is None or symbol in one.coins]
        return tuple(about[:limit])


def headline(title: str, coins: tuple[str, ...] = ("BTC",)) -> NewsFact:
    return NewsFact(
        id="n1",
        time=NOON,
        seen_at=NOON,
        source="a stranger",
        tier=Tier.CROWD,
        language=Language.EN,
        title=title,
        coins=coins,
        url="",
    )


@dataclass
class Library:
    """Everything around one AskDesk."""

    chatter: Chatter
    ledger: MemoryLedger = field(default_factory=lambda: MemoryLedger(SETTINGS))
    clock: FakeClock = field(default_factory=FakeClock)
    purse: MemoryPurse = field(default_factory=MemoryPurse)
    news: FakeHeadlines = field(default_factory=FakeHeadlines)
    account: Account = field(default_factory=lambda: Account(*(Decimal(10_000),) * 3))
    patience: float = 5.0
    heard: list[str] = field(default_factory=list)
    health: Health = field(default_factory=Health)
    tell: FakeTell = field(default_factory=FakeTell)
    minutes: MemoryMinutes = field(default_factory=MemoryMinutes)

    def __post_init__(self) -> None:
        self.past = MemoryPast(self.ledger)
        prices = frame([64_000.0] * 60)
        self.market = FakeMarket(self.clock, {SYMBOL: prices, ETH: prices})
        self.broker = FakeBroker(self.account)
        numbers = count(1)
        shared = Desk(
            purse=self.purse,
            minutes=self.minutes,
            health=self.health,
            tell=self.tell,
            clock=self.clock,
            patience=Endless(),
            new_id=lambda: f"q{next(numbers)}",
        )
        self.desk = AskDesk(
            clock=self.clock,
            take_turn=TakeTurn(shared, self.chatter, MODEL),
            shelf=lookups(self.sources),
            suggestions=Suggestions(COMMANDS),
            patience=self.patience,
        )

    @property
    def sources(self) -> Sources:
        clock, ledger, market = self.clock, self.ledger, self.market
        return Sources(
            account=ACCOUNT,
            clock=clock,
            pages=ledger,
            past=self.past,
            endings=self.past,
            quotes=market,
            stand=TakeStanding(ACCOUNT, clock, self.broker, ledger, market, market),
            report=MakeReport(ACCOUNT, clock, self.broker, ledger),
            bills=self.purse,
            news=self.news,
            nonce=lambda: "k4f9",
        )

    async def ask(self, text: str, *, chat: int = 42, language: Language = Language.EN) -> Answer:
        asked = Question(chat=chat, text=text, language=language)
        return await self.desk(asked, self.heard.append)
