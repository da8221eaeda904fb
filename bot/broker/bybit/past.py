"""What a Bybit account has lived through: executions, funding among them, and what they changed.

An execution does not tell its profit: that stands in the transaction log, under the execution's id.
Until it stands there nothing is told.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial

from bot.broker.bybit.pages import Pages
from bot.broker.names import Names
from bot.broker.ports import Entry, Span, Stream, Transfer
from bot.broker.quotes import USDT
from bot.broker.spans import pieces
from bot.broker.told import Told, flag, moment, name_or_id, number, number_or, text
from bot.broker.wire import Wire
from core.domain.market import to_millis
from core.domain.trading import Cause, Fill, FundingPayment, Liquidity, Side

WEEK = timedelta(days=7)
EXECUTIONS = ("privateGetV5ExecutionList", 100)
LOG = ("privateGetV5AccountTransactionLog", 50)
LINEAR = {"category": "linear"}
FUNDING, FORCED = "Funding", frozenset({"BustTrade", "AdlTrade"})
BY_HAND = ("TRANSFER_IN", "TRANSFER_OUT")
TAKEN, NONE = "LIQUIDATION", Decimal(0)


@dataclass(frozen=True, slots=True)
class Past:
    wire: Wire
    names: Names

    def streams(self, symbols: Collection[str]) -> Sequence[Stream]:
        """One for all symbols."""
        return [Stream("executions")]

    async def lived(self, stream: Stream, span: Span) -> Sequence[Entry]:
        told = await self._listed(EXECUTIONS, span)
        log = await self._listed(LOG, span) if any(map(_changes_money, told)) else []
        profits = _profits(log)
        taken = [row for row in log if text(row, "type") == TAKEN and not row.get("tradeId")]
        return [
            *(self._entry(one, profits) for one in told),
            *(self._taken(one) for one in taken),
        ]

    async def transfers(self, span: Span) -> Sequence[Transfer]:
        """They belong to no category, for the account is one."""
        unified = {"accountType": "UNIFIED", "currency": USDT}
        told = [await self._listed(LOG, span, **unified, type=kind) for kind in BY_HAND]
        return [_transfer(one) for rows in told for one in rows]

    async def _listed(self, what: tuple[str, int], span: Span, **asked: str) -> list[Told]:
        call, limit = what
        found: list[Told] = []
        for piece in pieces(span, WEEK):
            times = {"startTime": to_millis(piece.start), "endTime": to_millis(piece.end)}
            ask = partial(Pages(self.wire).whole, call, limit, **(asked or LINEAR))
            found += await ask(**times)
        return found

    def _entry(self, told: Told, profits: dict[str, Decimal]) -> Entry:
        if text(told, "execType") == FUNDING:
            return self._paid(told)
        own = text(told, "execId")
        profit = profits[own] if _closes(told) else NONE
        forced = text(told, "execType") in FORCED
        fill = Fill(
            seq=0,
            client_order_id=name_or_id(told, "orderLinkId", "orderId"),
            symbol=self.names.symbol(text(told, "symbol")),
            side=Side(text(told, "side").lower()),
            price=number(told, "execPrice"),
            amount=number(told, "execQty"),
            fee=number(told, "execFee"),
            realized_pnl=profit,
            liquidity=Liquidity.MAKER if flag(told, "isMaker") else Liquidity.TAKER,
            time=moment(told, "execTime"),
            cause=Cause.LIQUIDATION if forced else Cause.ORDER,
        )
        return Entry(f"fill {own}", fill)

    def _paid(self, told: Told) -> Entry:
        """A fee that is negative was received."""
        payment = FundingPayment(
            seq=0,
            symbol=self.names.symbol(text(told, "symbol")),
            rate=number_or(told, "feeRate", NONE),
            amount=-number(told, "execFee"),
            time=moment(told, "execTime"),
        )
        return Entry(f"funding {text(told, 'execId')}", payment)

    def _taken(self, told: Told) -> Entry:
        """What a liquidation costs beside its price is a payment too, with a rate of 0."""
        payment = FundingPayment(
            seq=0,
            symbol=self.names.symbol(text(told, "symbol")),
            rate=NONE,
            amount=number(told, "change"),
            time=moment(told, "transactionTime"),
        )
        return Entry(f"taken {text(told, 'id')}", payment)


def _closes(told: Told) -> bool:
    return bool(number(told, "closedSize"))


def _changes_money(told: Told) -> bool:
    return text(told, "execType") != FUNDING and _closes(told)


def _profits(log: Sequence[Told]) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in log:
        if own := row.get("tradeId"):
            found[str(own)] += number_or(row, "cashFlow", NONE)
    return dict(found)


def _transfer(told: Told) -> Transfer:
    return Transfer(text(told, "id"), moment(told, "transactionTime"), number(told, "change"))
