"""Out of a trade at market: take-profits come out first, the stop stays until nothing is left.

A close on its way is joined by a second one only where that can do no harm; one that was in vain
is tried again under another id, quickly at first, then slowly and for ever, and people are told.
One trade's closes take turns.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.intent import Intent, Role
from core.domain.ledger import Change
from core.domain.notice import Notice, NoticeKind, Number
from core.domain.trade import Exit, Trade
from core.domain.trading import Outcome, Refused
from core.errors import BrokerUnavailable, LedgerUnavailable
from core.execution.clearing import ClearWay
from core.execution.closes import ATTEMPTS, Closes, ReadCloses
from core.execution.codes import REDUCE_ONLY
from core.execution.editing import EditTrades
from core.execution.flattening import Flatten
from core.execution.hurrying import Hurried
from core.execution.names import order_id
from core.execution.orders import close_order, intent_for
from core.execution.sending import SendIntent
from core.ports import Broker, Clock, Ledger

WHOLE = frozenset({Exit.PANIC, Exit.NAKED, Exit.STOP, Exit.TIME})


@dataclass(frozen=True, slots=True)
class CloseOut:
    clock: Clock
    broker: Broker
    ledger: Ledger
    send: SendIntent
    edit: EditTrades

    async def __call__(
        self, trade: Trade, why: Exit, amount: Decimal | None = None, also: tuple[Change, ...] = ()
    ) -> None:
        """All of it, or an amount; `also` is written in any case. Raises what `also` raises."""
        turn = self.send.closing(trade.id)
        waits = turn.locked()
        async with turn:
            trade = await self.ledger.trade(trade.id) if waits else trade
            await self._out(trade, why, amount, also)

    async def _out(
        self, trade: Trade, why: Exit, amount: Decimal | None, also: tuple[Change, ...]
    ) -> None:
        closes = await self._closes_at_best(trade)
        left = closes.left(trade)
        whole = amount is None or amount >= left
        if closes.forbids(whole=whole) or not left:
            await self.edit(trade.id, lambda t: replace(t, ending=why) if whole else t, *also)
            return
        rest = replace(trade, remaining=left)
        await self._sell(rest, why, left if amount is None else min(amount, left), also)

    async def whatever_happens(self, trade: Trade, why: Exit) -> None:
        """Also when the ledger takes nothing. Raises BrokerUnavailable."""
        try:
            await self(trade, why)
        except LedgerUnavailable:
            self.send.unwritten.endings[trade.id] = why
            await Flatten(self.clock, self.broker, self.send)(trade)

    async def again(self, trade: Trade, *, pressing: bool = False) -> None:
        """Sell what earlier closes of a trade that must end have left; not while somebody is at it.
        `pressing`: nothing else protects it, so that nobody grows tired of trying.

        Raises BrokerUnavailable.
        """
        turn = self.send.closing(trade.id)
        if not turn.locked():
            async with turn:
                await self._rest(trade, pressing=pressing)

    async def _rest(self, trade: Trade, *, pressing: bool) -> None:
        closes, why = await self._closes(trade), trade.ending
        whole = why in WHOLE or not closes.intents or closes.is_whole(trade)
        owed = closes.left(trade) if whole else min(closes.owed, closes.left(trade))
        forbidden = closes.forbids(whole=whole) or not closes.is_due(
            self.clock.now(), pressing=pressing
        )
        if why is None or forbidden or not owed:
            return
        if closes.code == REDUCE_ONLY and not await self._at_hand(trade):
            return
        rest = replace(trade, remaining=closes.left(trade))
        await self._sell(rest, why, owed, self._stuck(trade, closes))

    async def _closes_at_best(self, trade: Trade) -> Closes:
        """What a venue has accepted is over soon: where it does not say, nobody waits for it."""
        try:
            return await self._closes(trade)
        except BrokerUnavailable:
            return Closes()

    async def _closes(self, trade: Trade) -> Closes:
        return await ReadCloses(self.clock, Hurried(self.broker), self.ledger)(trade)

    async def _sell(
        self, trade: Trade, why: Exit, wanted: Decimal, also: tuple[Change, ...]
    ) -> None:
        intent = await self._intent(trade, min(wanted, await self._at_hand(trade) or wanted))
        self.send.flying.add(intent.id)  # settling must not send it before the way is clear
        try:
            await self.edit(trade.id, lambda current: replace(current, ending=why), *also, intent)
            if wanted >= trade.remaining:
                await self._clear(trade)
        finally:
            self.send.flying.discard(intent.id)
        outcome = await self.send(intent)
        if _is_claimed(outcome) and await self._at_hand(trade):
            await self._clear(trade)
            again = await self._intent(trade, intent.order.amount)
            await self.ledger.commit(again)
            await self.send(again)

    async def _intent(self, trade: Trade, amount: Decimal) -> Intent:
        name = order_id(trade.id, Role.CLOSE, await self.ledger.trade_intents(trade.id))
        return intent_for(trade, Role.CLOSE, close_order(trade, name, amount), self.clock.now())

    async def _at_hand(self, trade: Trade) -> Decimal:
        """What the venue shows of the trade's side; 0 when nothing, or when it does not say. A
        close goes out all the same then: what only reduces is refused where there is nothing.
        """
        try:
            position = (await Hurried(self.broker).account()).position(trade.symbol)
        except BrokerUnavailable:
            return Decimal(0)
        return abs(position.amount) if position and position.side is trade.side else Decimal(0)

    async def _clear(self, trade: Trade) -> None:
        await ClearWay(Hurried(self.broker), self.ledger, self.send)(trade)

    def _stuck(self, trade: Trade, closes: Closes) -> tuple[Notice, ...]:
        """Said once, when the quick attempts are used up."""
        if closes.failures != ATTEMPTS:
            return ()
        numbers: dict[str, Number] = {"symbol": trade.symbol, "attempts": ATTEMPTS}
        numbers["code"] = closes.code
        now = self.clock.now()
        return (Notice(trade.account, NoticeKind.CLOSE_STUCK, now, trade.id, numbers),)


def _is_claimed(outcome: Outcome) -> bool:
    """Do other orders use what was to be sold?"""
    return isinstance(outcome, Refused) and outcome.code == REDUCE_ONLY
