"""Asks a second model what speaks against the trades that the desk is about to propose."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.domain.market import Quote
from core.domain.model import Said, Unsaid
from core.domain.objection import Ground, Objection, Objector
from core.domain.opinion import Decision
from core.domain.people import Language
from core.domain.proposal import Candidate
from core.domain.trade import Trade
from core.errors import NoMarketData
from core.ports import Clock, Ledger, MarketData, Opposition, Quotes
from core.prompt import Faults, sheet
from core.prompt.features import BP
from core.prompt.risk import Holding, case_of, read_objections, risk
from core.spending.allowance import TakeBudget
from core.spending.ladder import Rung
from core.voices.consult import About, Consults

HOUR = timedelta(hours=1)
UNANSWERED = Decimal("0.5")
Wish = tuple[Candidate, Decision]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verify:
    """`core.ports.Opposition` by a model. One that was due and does not answer halves the trade;
    where there is no money for it, the rules trade without it.
    """

    name: str
    consult: Consults
    budget: TakeBudget
    clock: Clock
    market: MarketData
    quotes: Quotes
    ledger: Ledger
    language: Language
    aliased: bool = True

    async def __call__(
        self, account: str, wishes: Sequence[Wish]
    ) -> tuple[tuple[Objection, ...], ...]:
        if not wishes or (await self.budget()).rung is Rung.RULES:
            return ((),) * len(wishes)
        said = await self._asked(account, wishes)
        silent = Objection(
            by=Objector.VERIFIER,
            scale=UNANSWERED,
            grounds=(Ground.NO_ANSWER,),
            model=self.name,
        )
        return tuple((said.get(wish.symbol, silent),) for wish, _ in wishes)

    async def _asked(self, account: str, wishes: Sequence[Wish]) -> Mapping[str, Objection]:
        """By symbol; whoever was not judged is left out."""
        settings = await self.ledger.settings(account)
        symbols = [wish.symbol for wish, _ in wishes]
        seen = {s.symbol: s for s in await self.market.snapshots(symbols, settings.timeframe)}
        known = [(wish, made) for wish, made in wishes if wish.symbol in seen]
        if not known:
            return {}
        snapshots = [seen[wish.symbol] for wish, _ in known]
        questions = [made.question for _, made in known]
        shown = sheet(snapshots, questions, self.language, aliased=self.aliased)
        cases = [case_of(wish, made, shown) for wish, made in known]
        holdings = await self._holdings(account)
        if holdings is None:
            return {}
        prompt = risk(cases, holdings, shown)
        about = About(questions[0].as_of, tuple(wish.symbol for wish, _ in known))

        def read(said: Said) -> dict[str, Objection] | Faults:
            return read_objections(said.text, cases, self.name)

        found = await self.consult(prompt, about, read)
        return {} if isinstance(found, Unsaid) else found

    async def _holdings(self, account: str) -> list[Holding] | None:
        """None where a price is missing: half a picture would mislead."""
        live = [t for t in await self.ledger.live_trades(account) if t.entry_price]
        try:
            quotes = await asyncio.gather(*(self.quotes.quote(trade.symbol) for trade in live))
        except NoMarketData:
            return None
        return [self._holding(trade, quote) for trade, quote in zip(live, quotes, strict=True)]

    def _holding(self, trade: Trade, quote: Quote) -> Holding:
        def away(price: Decimal) -> float:
            return float(price / quote.mark - 1) * BP

        return Holding(
            symbol=trade.symbol,
            side=trade.side,
            entry_bps=away(trade.entry_price),
            age=(self.clock.now() - (trade.opened_at or trade.created_at)) / HOUR,
            stop_bps=away(trade.stop),
            target_bps=away(trade.targets[0].price) if trade.targets else None,
        )


@dataclass(frozen=True, slots=True)
class InTurn:
    """Several who may object, each asked only about what those before have left of the trades."""

    objectors: tuple[Opposition, ...]

    async def __call__(
        self, account: str, wishes: Sequence[Wish]
    ) -> tuple[tuple[Objection, ...], ...]:
        left = list(wishes)
        for objects in self.objectors:
            open_ = [n for n, (wish, _) in enumerate(left) if wish.scale]
            said = await objects(account, [left[n] for n in open_])
            for n, objections in zip(open_, said, strict=True):
                wish, made = left[n]
                left[n] = wish.opposed(objections), made
        pairs = zip(left, wishes, strict=True)
        return tuple(now.objections[len(was.objections) :] for (now, _), (was, _) in pairs)
