"""What a Bitget account has lived through: fills, and the bills of funding and liquidation.

Fees paid in another coin (BGB) are told in the quote currency at that coin's last price; the wallet
of the quote currency did not pay them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from bot.broker.bitget.books import ENDED, ROWS
from bot.broker.bitget.orders import NONE, OF_POSITION, PRODUCT, data_of
from bot.broker.bitget.pages import Pages
from bot.broker.names import Names
from bot.broker.ports import Entry, Span, Stream, Transfer
from bot.broker.quotes import USDT
from bot.broker.spans import pieces
from bot.broker.told import Told, moment, name_or_id, number, number_or, row, rows, text
from bot.broker.wire import Wire
from core.domain.market import to_millis
from core.domain.trading import Cause, Fill, FundingPayment, Liquidity, Side

WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
FILLS, BILLS = Stream("fills"), Stream("bills", every=timedelta(seconds=20))
BILLED = ("privateMixGetV2MixAccountBill", "bills")
FUNDING, TAKEN = "contract_settle_fee", "risk_captital_user_transfer"
BY_HAND = ("trans_from_", "trans_to_", "transfer_from_", "transfer_to_")
FORCED = ("burst", "adl")
OF_A_PLAN = ("loss", "profit", "tracking", "moving")


@dataclass(frozen=True, slots=True)
class Past:
    """`owners` are the names of orders by the venue's ids."""

    wire: Wire
    names: Names
    owners: dict[str, str] = field(default_factory=dict)

    def streams(self, symbols: Collection[str]) -> Sequence[Stream]:
        """One for the fills of all symbols."""
        return [FILLS, BILLS]

    async def lived(self, stream: Stream, span: Span) -> Sequence[Entry]:
        if stream.name == BILLS.name:
            told = await self._listed(*BILLED, span)
            wanted = [one for one in told if one["businessType"] in {FUNDING, TAKEN}]
            return [await self._payment(one) for one in wanted]
        told = await self._listed("privateMixGetV2MixOrderFillHistory", "fillList", span)
        return [await self._fill(one) for one in told]

    async def transfers(self, span: Span) -> Sequence[Transfer]:
        """From and to spot, other contracts, margin and whatever else the venue keeps apart."""
        told = await self._listed(*BILLED, span)
        return [_transfer(one) for one in told if _is_transfer(one)]

    async def _listed(self, call: str, key: str, span: Span) -> list[Told]:
        found: list[Told] = []
        for piece in pieces(span, WEEK):
            times = {"startTime": to_millis(piece.start), "endTime": to_millis(piece.end)}
            found += await Pages(self.wire).whole(call, key, **times)
        return found

    async def _fill(self, told: Told) -> Entry:
        forced = any(word in text(told, "tradeSide") for word in FORCED)
        fill = Fill(
            seq=0,
            client_order_id=await self._owner(text(told, "symbol"), text(told, "orderId")),
            symbol=self.names.symbol(text(told, "symbol")),
            side=Side(text(told, "side")),
            price=number(told, "price"),
            amount=number(told, "baseVolume"),
            fee=await self._fee(rows(told["feeDetail"])),
            realized_pnl=number_or(told, "profit", NONE),
            liquidity=(
                Liquidity.MAKER if text(told, "tradeScope") == "maker" else Liquidity.TAKER
            ),
            time=moment(told, "cTime"),
            cause=Cause.LIQUIDATION if forced else Cause.ORDER,
        )
        return Entry(f"fill {text(told, 'symbol')} {text(told, 'tradeId')}", fill)

    async def _fee(self, details: Sequence[Told]) -> Decimal:
        paid = NONE
        for one in details:
            worth = await self._worth(text(one, "feeCoin")) if number(one, "totalFee") else NONE
            paid -= number(one, "totalFee") * worth
        return paid

    async def _worth(self, coin: str) -> Decimal:
        if coin == USDT:
            return Decimal(1)
        asked = PRODUCT | {"symbol": f"{coin}{USDT}"}
        told = rows(row(await self.wire.ask("publicMixGetV2MixMarketTicker", **asked))["data"])
        return number(told[0], "lastPr")

    async def _owner(self, name: str, own: str) -> str:
        """What the order was called; what a plan became answers to the plan's name."""
        if own not in self.owners:
            asked = PRODUCT | {"symbol": name, "orderId": own}
            told = data_of(await self.wire.ask("privateMixGetV2MixOrderDetail", **asked))
            if text(told, "orderId") != own:
                raise ValueError("another order was told than was asked for")
            of_a_plan = str(told.get("orderSource", "")).startswith(OF_A_PLAN)
            plan = await self._plan(name, own) if of_a_plan else None
            self.owners[own] = name_or_id(plan or told, "clientOid", "orderId")
        return self.owners[own]

    async def _plan(self, name: str, own: str) -> Told | None:
        told = await Pages(self.wire).whole(ENDED, ROWS, symbol=name, planType=OF_POSITION)
        return next((one for one in told if one.get("executeOrderId") == own), None)

    async def _payment(self, told: Told) -> Entry:
        """What a liquidation costs beside its price is a payment too, with a rate of 0."""
        time, name = moment(told, "cTime"), text(told, "symbol")
        payment = FundingPayment(
            seq=0,
            symbol=self.names.symbol(name),
            rate=await self._rate(told) if told["businessType"] == FUNDING else NONE,
            amount=number(told, "amount") + number_or(told, "fee", NONE),
            time=time,
        )
        return Entry(f"bill {text(told, 'billId')}", payment)

    async def _rate(self, told: Told) -> Decimal:
        asked = PRODUCT | {"symbol": text(told, "symbol"), "pageSize": "100"}
        answer = row(await self.wire.ask("publicMixGetV2MixMarketHistoryFundRate", **asked))
        time = moment(told, "cTime")
        near = (r for r in rows(answer["data"]) if abs(moment(r, "fundingTime") - time) <= MINUTE)
        return next((number(one, "fundingRate") for one in near), NONE)


def _is_transfer(told: Told) -> bool:
    return text(told, "businessType").startswith(BY_HAND) and text(told, "coin") == USDT


def _transfer(told: Told) -> Transfer:
    amount = number(told, "amount") + number_or(told, "fee", NONE)
    return Transfer(text(told, "billId"), moment(told, "cTime"), amount)
