"""What a Binance account has lived through: trades by symbol, and every line of its income.

Fees paid in another coin (BNB) are told in the quote currency at that coin's price in the minute of
the trade; the wallet of the quote currency did not pay them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

from bot.broker.names import Names
from bot.broker.ports import Entry, Span, Stream, Transfer
from bot.broker.quotes import USDT
from bot.broker.spans import whole
from bot.broker.told import Told, flag, moment, number, row, rows, text
from bot.broker.wire import Wire
from core.domain.market import exact, to_millis
from core.domain.trading import Cause, Fill, FundingPayment, Liquidity, Side

WEEK, MOST = timedelta(days=7), 1_000
INCOME = Stream("income", every=timedelta(seconds=20))
FUNDING, TAKEN = "FUNDING_FEE", "INSURANCE_CLEAR"
TRADED = frozenset({"REALIZED_PNL", "COMMISSION", TAKEN})
BY_HAND = frozenset(
    {
        "TRANSFER",
        "INTERNAL_TRANSFER",
        "CROSS_COLLATERAL_TRANSFER",
        "STRATEGY_UMFUTURES_TRANSFER",
        "COIN_SWAP_DEPOSIT",
        "COIN_SWAP_WITHDRAW",
    }
)
FORCED = ("autoclose-", "adl_autoclose")
CONDITIONAL = ("STOP", "TAKE_PROFIT", "TRAILING")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Past:
    """`owners` are the names of orders by the venue's ids. `others` are symbols that nobody asked
    for, in which the income shows that something was traded lately; a symbol that comes back is
    asked from where it was left.
    """

    wire: Wire
    names: Names
    owners: dict[str, str] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)

    def streams(self, symbols: Collection[str]) -> Sequence[Stream]:
        wanted = sorted({*symbols, *self.others})
        return [INCOME, *(Stream(f"fills {symbol}", symbol) for symbol in wanted)]

    async def lived(self, stream: Stream, span: Span) -> Sequence[Entry]:
        if stream.name == INCOME.name:
            return await self._incomes(span)
        name = self.names.id(stream.symbol)

        async def ask(piece: Span) -> list[Told]:
            asked = _bounds(piece) | {"symbol": name, "limit": MOST}
            return rows(await self.wire.ask("fapiPrivateGetUserTrades", **asked))

        told = await whole(ask, span, reach=WEEK, most=MOST)
        return [await self._fill(one, stream.symbol) for one in told]

    async def _fill(self, told: Told, symbol: str) -> Entry:
        owner = await self._owner(text(told, "symbol"), text(told, "orderId"))
        fill = Fill(
            seq=0,
            client_order_id=owner,
            symbol=symbol,
            side=Side(text(told, "side").lower()),
            price=number(told, "price"),
            amount=number(told, "qty"),
            fee=await self._fee(told, symbol),
            realized_pnl=number(told, "realizedPnl"),
            liquidity=Liquidity.MAKER if flag(told, "maker") else Liquidity.TAKER,
            time=moment(told, "time"),
            cause=Cause.LIQUIDATION if owner.startswith(FORCED) else Cause.ORDER,
        )
        return Entry(f"fill {text(told, 'symbol')} {text(told, 'id')}", fill)

    async def _fee(self, told: Told, symbol: str) -> Decimal:
        paid, coin = number(told, "commission"), text(told, "commissionAsset")
        quote = symbol.partition("/")[2].partition(":")[0]
        if not paid or coin == quote:
            return paid
        start = to_millis(moment(told, "time"))
        candles = await self.wire.ask(
            "fapiPublicGetKlines",
            symbol=f"{coin}{quote}",
            interval="1m",
            startTime=start - start % 60_000,
            limit=1,
        )
        return paid * Decimal(str(candles[0][4]))

    async def _owner(self, name: str, own: str) -> str:
        """What the order was called; an algo order's child answers to its parent's name."""
        if own not in self.owners:
            told = row(await self.wire.ask("fapiPrivateGetOrder", symbol=name, orderId=own))
            if text(told, "orderId") != own:
                raise ValueError("another order was told than was asked for")
            self.owners[own] = text(told, "clientOrderId")
            if str(told.get("origType", "")).startswith(CONDITIONAL):
                self.owners[own] = await self._parent(name, told) or self.owners[own]
        return self.owners[own]

    async def _parent(self, name: str, child: Told) -> str:
        time = moment(child, "time")
        asked = _bounds(Span(time - WEEK + MINUTE, time + MINUTE)) | {"symbol": name}
        algos = rows(await self.wire.ask("fapiPrivateGetAllAlgoOrders", **asked, limit=MOST))
        own = text(child, "orderId")
        mine = (a for a in algos if str(a.get("actualOrderId", "")) == own)
        return next((text(algo, "clientAlgoId") for algo in mine), "")

    async def transfers(self, span: Span) -> Sequence[Transfer]:
        """All income is one question, whatever its kind, and no dearer than a single kind."""
        told = await self._income(span)
        return [_transfer(one) for one in told if one["incomeType"] in BY_HAND and _is_ours(one)]

    async def _income(self, span: Span) -> list[Told]:
        async def ask(piece: Span) -> list[Told]:
            return rows(await self.wire.ask("fapiPrivateGetIncome", **_bounds(piece), limit=MOST))

        return await whole(ask, span, reach=WEEK, most=MOST)

    async def _incomes(self, span: Span) -> Sequence[Entry]:
        told = await self._income(span)
        self.others.clear()
        self.others.update(
            self.names.symbols[one["symbol"]]
            for one in told
            if one["incomeType"] in TRADED and one["symbol"] in self.names.symbols
        )
        return [await self._payment(one) for one in told if one["incomeType"] in {FUNDING, TAKEN}]

    async def _payment(self, told: Told) -> Entry:
        """What a liquidation costs beside its price is a payment too, with a rate of 0."""
        kind, name = text(told, "incomeType"), text(told, "symbol")
        payment = FundingPayment(
            seq=0,
            symbol=self.names.symbol(name),
            rate=Decimal(0),
            amount=number(told, "income"),
            time=moment(told, "time"),
        )
        if kind == FUNDING:
            payment = replace(payment, rate=await self._rate(name, payment))
        return Entry(f"{kind} {name} {text(told, 'tranId')}", payment)

    async def _rate(self, name: str, payment: FundingPayment) -> Decimal:
        around = _bounds(Span(payment.time - MINUTE, payment.time + MINUTE))
        told = rows(await self.wire.ask("fapiPublicGetFundingRate", symbol=name, **around))
        return exact(float(number(told[0], "fundingRate"))) if told else Decimal(0)


def _is_ours(told: Told) -> bool:
    return text(told, "asset") == USDT


def _transfer(told: Told) -> Transfer:
    """An id is unique among lines of its kind."""
    key = f"{text(told, 'incomeType')} {text(told, 'tranId')}"
    return Transfer(key, moment(told, "time"), number(told, "income"))


def _bounds(span: Span) -> dict[str, int]:
    return {"startTime": to_millis(span.start), "endTime": to_millis(span.end)}
