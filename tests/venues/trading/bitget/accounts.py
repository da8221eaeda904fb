"""Balances, positions and bills as Bitget writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.venues.text import bare
from tests.venues.trading import margins
from tests.venues.trading.bitget.planned import kind
from tests.venues.trading.bitget.told import FORCED, Told, mode, priced
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO, Income
from tests.venues.trading.positions import Position


def money(amount: Decimal) -> str:
    return f"{amount:.8f}"


def balance(ledger: Ledger) -> Told:
    held, wallet = ledger.held(), ledger.state.wallet
    gain = sum((margins.unrealized(ledger, p) for p in held), ZERO)
    crossed = margins.cross_unrealized(ledger)
    free = max(margins.free(ledger), ZERO)
    owed = sum((margins.maintenance(ledger, p) for p in margins.crossed(ledger)), ZERO)
    behind = ledger.cross + crossed
    equity = money(wallet + gain)
    return {
        "marginCoin": "USDT",
        "locked": money(margins.ordered(ledger)),
        "available": money(ledger.cross),
        "crossedMaxAvailable": money(free),
        "isolatedMaxAvailable": money(free),
        "maxTransferOut": money(min(free, max(ledger.cross, ZERO))),
        "accountEquity": equity,
        "usdtEquity": equity,
        "btcEquity": "0",
        "crossedRiskRate": money(owed / behind) if behind > 0 else "0",
        "unrealizedPL": money(gain),
        "coupon": "0",
        "crossedUnrealizedPL": money(crossed),
        "isolatedUnrealizedPL": money(gain - crossed),
        "assetMode": "single",
    }


def of_contract(ledger: Ledger, symbol: str) -> Told:
    """The same money, with what was chosen for one contract."""
    leverage = ledger.setting(symbol).leverage
    return balance(ledger) | {
        "crossedMarginLeverage": leverage,
        "isolatedLongLever": leverage,
        "isolatedShortLever": leverage,
        "marginMode": mode(ledger, symbol),
        "posMode": pos_mode(ledger),
    }


def pos_mode(ledger: Ledger) -> str:
    return "hedge_mode" if ledger.state.hedged else "one_way_mode"


def position(ledger: Ledger, one: Position) -> Told:
    symbol, size, setting = one.symbol, abs(one.amount), ledger.setting(one.symbol)
    reducing = [o for o in ledger.open_orders(symbol) if o.reduce_only]
    locked = min(sum((o.rest for o in reducing), ZERO), size)
    return {
        "marginCoin": "USDT",
        "symbol": symbol,
        "holdSide": "long" if one.sign > 0 else "short",
        "openDelegateSize": bare(opening(ledger, symbol)),
        "available": bare(size - locked),
        "locked": bare(locked),
        "total": bare(size),
        "leverage": str(setting.leverage),
        "achievedProfits": "0",
        "marginMode": mode(ledger, symbol),
        "posMode": "one_way_mode",
        **priced_by(ledger, one),
        **exits(ledger, symbol),
        "grant": "",
        "assetMode": "single",
        "autoMargin": "off",
        "cTime": str(one.updated),
        "uTime": str(one.updated),
    }


def priced_by(ledger: Ledger, one: Position) -> Told:
    """What a position is worth, what it cost and where it would be liquidated."""
    mark, rules = ledger.quote(one.symbol).mark, ledger.rule(one.symbol)
    behind = margins.backing(ledger, one) + margins.unrealized(ledger, one)
    isolated = ledger.setting(one.symbol).isolated
    return {
        "marginSize": money(one.margin if isolated else margins.initial(ledger, one)),
        "openPriceAvg": f"{one.entry:.8f}".rstrip("0").rstrip("."),
        "unrealizedPL": money(margins.unrealized(ledger, one)),
        "liquidationPrice": money(margins.liquidation_price(ledger, one)),
        "keepMarginRate": bare(rules.tier(abs(one.notional(mark))).maintenance),
        "markPrice": bare(mark),
        "marginRatio": money(margins.maintenance(ledger, one) / behind) if behind > 0 else "1",
        "breakEvenPrice": money(one.entry * (1 + one.sign * ledger.taker * 2)),
        "totalFee": "",
        "deductedFee": "0",
    }


def opening(ledger: Ledger, symbol: str) -> Decimal:
    return sum((o.rest for o in ledger.open_orders(symbol) if not o.reduce_only), ZERO)


def exits(ledger: Ledger, symbol: str) -> Told:
    """The one stop and the one target that belong to the whole position."""
    found = {kind(a.asked): a for a in ledger.open_algos(symbol)}
    shown: Told = {}
    for key, name in (("takeProfit", "pos_profit"), ("stopLoss", "pos_loss")):
        algo = found.get(name)
        shown[key] = priced(ledger, symbol, algo.asked.trigger if algo else None)
        shown[f"{key}Id"] = str(algo.id) if algo else ""
    return shown


@dataclass(frozen=True, slots=True)
class Bill:
    """One line of the account's history: a trade's profit and fee share one."""

    id: int
    time: int
    symbol: str
    business: str
    amount: Decimal
    fee: Decimal
    balance: Decimal


def bills(ledger: Ledger) -> list[Bill]:
    grouped: dict[int, list[Income]] = {}
    for line in ledger.state.incomes:
        grouped.setdefault(line.trade or line.id, []).append(line)
    return list(balanced(ledger, grouped))


def balanced(ledger: Ledger, grouped: dict[int, list[Income]]) -> Iterator[Bill]:
    left = ZERO
    for lines in grouped.values():
        fee = sum((i.amount for i in lines if i.kind == "COMMISSION"), ZERO)
        whole = sum((i.amount for i in lines), ZERO)
        left += whole
        first = lines[0]
        name = business(ledger, first)
        yield Bill(first.id, first.time, first.symbol, name, whole - fee, fee, left)


def business(ledger: Ledger, line: Income) -> str:
    if line.kind == "FUNDING_FEE":
        return "contract_settle_fee"
    if line.kind == "INSURANCE_CLEAR":
        return "risk_captital_user_transfer"
    if line.kind == "TRANSFER":
        return "trans_from_exchange" if line.amount > 0 else "trans_to_exchange"
    if line.kind not in {"REALIZED_PNL", "COMMISSION"}:
        return "unknown"
    fill = next(f for f in ledger.state.fills if f.id == line.trade)
    side = fill.side.value.lower()
    who = ledger.state.orders[fill.order].client_id.rpartition("-")[0]
    forced = {
        "autoclose": f"burst_{side}",
        "adl_autoclose": f"adl_{side}_in_single_side_mode",
        "settlement_autoclose": f"delivery_{'short' if side == 'buy' else 'long'}",
    }
    return forced.get(who, side) if who in FORCED else side


def bill(one: Bill) -> Told:
    return {
        "billId": str(one.id),
        "symbol": one.symbol,
        "amount": money(one.amount),
        "fee": money(one.fee),
        "feeByCoupon": "",
        "businessType": one.business,
        "coin": "USDT",
        "balance": money(one.balance),
        "cTime": str(one.time),
    }
