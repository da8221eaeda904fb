"""What an OKX account has lived through: fills, and the bills of funding and liquidation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from bot.broker.names import Names
from bot.broker.okx.orders import NONE, data_of
from bot.broker.okx.pages import Pages
from bot.broker.ports import Entry, Span, Stream, Transfer
from bot.broker.quotes import USDT
from bot.broker.told import VENUES_OWN, Told, moment, number, number_or, text
from bot.broker.wire import Wire
from core.domain.market import to_millis
from core.domain.trading import Cause, Fill, FundingPayment, Liquidity, Side

FILLS, BILLS = Stream("fills"), Stream("bills", every=timedelta(seconds=20))
NEAR, MINUTE = timedelta(hours=60), timedelta(minutes=1)
BY_HAND, FUNDING, TAKEN = "1", "8", "5"
FORCED = frozenset({"full_liquidation", "partial_liquidation", "adl"})


@dataclass(frozen=True, slots=True)
class Past:
    """`owners` are the names of orders by the venue's ids, and why they were."""

    wire: Wire
    names: Names
    owners: dict[str, tuple[str, Cause]] = field(default_factory=dict)

    def streams(self, symbols: Collection[str]) -> Sequence[Stream]:
        """One for the fills of all symbols."""
        return [FILLS, BILLS]

    async def lived(self, stream: Stream, span: Span) -> Sequence[Entry]:
        return await (self._fills(span) if stream.name == FILLS.name else self._bills(span))

    async def _fills(self, span: Span) -> Sequence[Entry]:
        """What is near is asked where it may be asked often."""
        near = span.end - span.start < NEAR
        call = "privateGetTradeFills" if near else "privateGetTradeFillsHistory"
        told = await Pages(self.wire).whole(call, "billId", **_bounds(span), instType="SWAP")
        return [await self._fill(one) for one in told]

    async def _fill(self, told: Told) -> Entry:
        name = text(told, "instId")
        symbol = self.names.symbol(name)
        owner, cause = await self._owner(told)
        fill = Fill(
            seq=0,
            client_order_id=owner,
            symbol=symbol,
            side=Side(text(told, "side")),
            price=number(told, "fillPx"),
            amount=number(told, "fillSz") * self.names.size(symbol),
            fee=-number(told, "fee"),
            realized_pnl=number_or(told, "fillPnl", NONE),
            liquidity=Liquidity.MAKER if text(told, "execType") == "M" else Liquidity.TAKER,
            time=moment(told, "ts"),
            cause=cause,
        )
        return Entry(f"fill {name} {text(told, 'tradeId')}", fill)

    async def _owner(self, told: Told) -> tuple[str, Cause]:
        """Named by itself, or by the order that it is of, which may have been a stop's."""
        if name := str(told.get("clOrdId") or ""):
            return name, Cause.ORDER
        own = text(told, "ordId")
        if own not in self.owners:
            asked = {"instId": text(told, "instId"), "ordId": own}
            (order,) = data_of(await self.wire.ask("privateGetTradeOrder", **asked))
            if text(order, "ordId") != own:
                raise ValueError("another order was told than was asked for")
            called = str(order.get("algoClOrdId") or order.get("clOrdId") or "")
            forced = order.get("category") in FORCED
            cause = Cause.LIQUIDATION if forced else Cause.ORDER
            self.owners[own] = (called or f"{VENUES_OWN}{own}", cause)
        return self.owners[own]

    async def transfers(self, span: Span) -> Sequence[Transfer]:
        """They belong to no kind of contract, for the account is one."""
        told = await self._billed(span, type=BY_HAND, ccy=USDT)
        return [_transfer(one) for one in told]

    async def _billed(self, span: Span, **asked: str) -> list[Told]:
        """What is near is asked where it may be asked often."""
        near = span.end - span.start < NEAR
        call = "privateGetAccountBills" if near else "privateGetAccountBillsArchive"
        return await Pages(self.wire).whole(call, "billId", **_bounds(span), **asked)

    async def _bills(self, span: Span) -> Sequence[Entry]:
        """What a liquidation costs beside its price is a payment too, with a rate of 0."""
        told = await self._billed(span, instType="SWAP")
        paid = [await self._paid(one) for one in told if one["type"] == FUNDING]
        taken = [one for one in told if one["type"] == TAKEN and not one.get("tradeId")]
        return [*paid, *(self._payment(one, NONE) for one in taken)]

    async def _paid(self, told: Told) -> Entry:
        time = moment(told, "ts")
        around = {"before": to_millis(time - MINUTE), "after": to_millis(time + MINUTE)}
        asked = {"instId": text(told, "instId")} | around
        rates = data_of(await self.wire.ask("publicGetPublicFundingRateHistory", **asked))
        return self._payment(told, number(rates[0], "fundingRate") if rates else NONE)

    def _payment(self, told: Told, rate: Decimal) -> Entry:
        """Out of the account, or out of what an isolated position has of its own."""
        payment = FundingPayment(
            seq=0,
            symbol=self.names.symbol(text(told, "instId")),
            rate=rate,
            amount=number(told, "balChg") + number_or(told, "posBalChg", NONE),
            time=moment(told, "ts"),
        )
        return Entry(f"bill {text(told, 'billId')}", payment)


def _transfer(told: Told) -> Transfer:
    return Transfer(text(told, "billId"), moment(told, "ts"), number(told, "balChg"))


def _bounds(span: Span) -> dict[str, str]:
    return {"begin": str(to_millis(span.start)), "end": str(to_millis(span.end))}
