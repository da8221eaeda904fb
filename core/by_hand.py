"""A person wants a trade of their own: the same card, the same risk, the same protection.

What was said becomes a card that asks once, like every other; nothing is entered from here.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.intent import IntentStatus, Role
from core.domain.opinion import Decision
from core.domain.proposal import Author, Candidate, Proposal, Refusal
from core.domain.trade import Trade
from core.domain.trade_wish import Level, TradeWish
from core.engine import FormDecisions
from core.errors import NoCandles, NotFound
from core.execution.sending import SendIntent
from core.execution.settling import SettleIntents
from core.ports import Ledger
from core.proposing import ProposeTrades
from core.risk.candidates import candidate_for


@dataclass(frozen=True, slots=True)
class OpenByHand:
    """`form` asks the rules alone: a person who knows what they want does not wait for models."""

    form: FormDecisions
    propose: ProposeTrades
    ledger: Ledger

    async def __call__(self, wish: TradeWish) -> Proposal | Refusal:
        """Raises NoCandles, UnknownSymbol, NoMarketData."""
        settings = await self.ledger.settings(self.propose.account)
        formed = await self.form((wish.symbol,), settings.timeframe, settings.tuning)
        if not formed:
            raise NoCandles(symbol=wish.symbol, timeframe=settings.timeframe.value)
        async with self.propose.lane:
            terms = await self.propose.terms(wish.symbol)
            candidate = wished(wish, formed[0], terms.quote.last)
            return await self.propose.put(candidate, settings)


def wished(wish: TradeWish, decision: Decision, price: Decimal) -> Candidate:
    """What was not said is as the desk would have it."""
    usual = candidate_for(decision, wish.side, Decimal(1))
    entry, sign = wish.limit or price, wish.side.sign
    stop, target = _price(wish.stop, entry, -sign), _price(wish.target, entry, sign)
    return replace(
        usual,
        author=Author.PERSON,
        stop_distance=_away(stop, entry) or usual.stop_distance,
        target_distance=_away(target, entry) or usual.target_distance,
        notional=wish.notional,
        leverage=wish.leverage,
        stop_at=stop,
        target_at=target,
        limit=wish.limit,
    )


def _price(level: Level | None, entry: Decimal, sign: int) -> Decimal | None:
    return level.at(entry, sign) if level else None


def _away(price: Decimal | None, entry: Decimal) -> Decimal | None:
    return abs(price - entry) / entry if price is not None else None


@dataclass(frozen=True, slots=True)
class FindTrade:
    """Which of an account's live trades is meant: by its id, or by its symbol."""

    account: str
    ledger: Ledger

    async def __call__(self, name: str) -> Trade:
        """Raises NotFound."""
        live = await self.ledger.live_trades(self.account)
        meant = [trade for trade in live if name in {trade.id, trade.symbol}]
        if not meant:
            raise NotFound(trade=name)
        return meant[0]


@dataclass(frozen=True, slots=True)
class CancelEntry:
    """Take an entry that waits in the book out of it. What it has bought already stays."""

    ledger: Ledger
    send: SendIntent
    settle: SettleIntents
    find: FindTrade

    async def __call__(self, name: str) -> Trade:
        """The trade afterwards. Raises NotFound where no entry of this one waits."""
        trade = await self.find(name)
        waiting = [
            intent.order
            for intent in await self.ledger.trade_intents(trade.id)
            if intent.role is Role.ENTRY and intent.status is IntentStatus.ACCEPTED
        ]
        if not trade.plan.rests or not waiting:
            raise NotFound(trade=name)
        for order in waiting:
            await self.send.cancel(order)
        await self.settle()
        return await self.ledger.trade(trade.id)
