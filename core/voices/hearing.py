"""Asks the model that can search the web for facts about what the desk trades, and keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.domain.model import Said, Unsaid
from core.domain.news import NewsFact
from core.domain.people import Language
from core.domain.tiding import Tiding
from core.ports import Clock, Ledger, News, Tidings
from core.prompt import Faults
from core.prompt.news import news, read_news
from core.spending.allowance import TakeBudget
from core.voices.consult import About, Consults

AT_MOST_EVERY = timedelta(hours=1)
AT_LEAST_EVERY = timedelta(hours=4)
LOOKS_BACK = timedelta(hours=24)
MOST_HEADLINES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNews:
    """Once an hour where there are fresh headlines, once in four otherwise; not when money is short.

    `last` lives as long as the process: after a start it is asked once.
    """

    accounts: tuple[str, ...]
    consult: Consults
    budget: TakeBudget
    clock: Clock
    ledger: Ledger
    news: News
    tidings: Tidings
    language: Language
    last: list[datetime] = field(default_factory=list)

    async def __call__(self) -> None:
        now = self.clock.now()
        every = [await self.ledger.settings(name) for name in self.accounts]
        symbols = tuple(dict.fromkeys(symbol for one in every for symbol in one.symbols))
        coins = tuple(dict.fromkeys(symbol.partition("/")[0] for symbol in symbols))
        headlines = await self._headlines(coins, now)
        if not self._is_due(now, headlines) or not (await self.budget()).rung.reads_news:
            return
        self.last[:] = [now]
        await self._ask(coins, headlines, now, symbols)

    async def _ask(
        self,
        coins: Sequence[str],
        headlines: Sequence[NewsFact],
        now: datetime,
        symbols: tuple[str, ...],
    ) -> None:
        def read(said: Said) -> tuple[Tiding, ...] | Faults:
            return read_news(said, coins, self.clock.now())

        prompt = news(coins, headlines, now, self.language)
        found = await self.consult(prompt, About(now, symbols), read)
        if not isinstance(found, Unsaid) and found:
            await self.tidings.keep(found)

    def _is_due(self, now: datetime, headlines: Sequence[NewsFact]) -> bool:
        if not self.last:
            return True
        waited = now - self.last[0]
        fresh = any(fact.seen_at > self.last[0] for fact in headlines)
        return waited >= (AT_MOST_EVERY if fresh else AT_LEAST_EVERY)

    async def _headlines(self, coins: Sequence[str], now: datetime) -> list[NewsFact]:
        """About any of these coins, each once."""
        found: dict[str, NewsFact] = {}
        for coin in coins:
            facts = await self.news.facts(coin, now - LOOKS_BACK, MOST_HEADLINES, now)
            found.update({fact.id: fact for fact in facts})
        return list(found.values())
