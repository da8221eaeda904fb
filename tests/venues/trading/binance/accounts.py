"""Balances and settings as Binance writes them."""

from tests.venues.trading import margins
from tests.venues.trading.binance.told import Told, money, risk
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO
from tests.venues.trading.positions import Position

SHOWN = (
    "symbol",
    "positionSide",
    "positionAmt",
    "isolatedMargin",
    "notional",
    "isolatedWallet",
    "initialMargin",
    "maintMargin",
    "updateTime",
)


def alive(ledger: Ledger) -> list[Position]:
    """What version 3 shows: contracts with a position or an open order."""
    names = {p.symbol for p in ledger.held()} | {o.symbol for o in ledger.open_orders()}
    return [ledger.position(name) for name in sorted(names)]


def account(ledger: Ledger) -> Told:
    whole = sums(ledger)
    return {
        **{f"total{key[0].upper()}{key[1:]}": whole[key] for key in TOTALS},
        "availableBalance": whole["availableBalance"],
        "maxWithdrawAmount": whole["maxWithdrawAmount"],
        "assets": [{"asset": "USDT", **whole, "updateTime": updated(ledger)}],
        "positions": [position(ledger, one) for one in alive(ledger)],
    }


TOTALS = (
    "initialMargin",
    "maintMargin",
    "walletBalance",
    "unrealizedProfit",
    "marginBalance",
    "positionInitialMargin",
    "openOrderInitialMargin",
    "crossWalletBalance",
    "crossUnPnl",
)


def sums(ledger: Ledger) -> dict[str, str]:
    held, wallet = ledger.held(), ledger.state.wallet
    gain = sum((margins.unrealized(ledger, p) for p in held), ZERO)
    bound = sum((margins.initial(ledger, p) for p in held), ZERO)
    ordered, free = margins.ordered(ledger), max(margins.free(ledger), ZERO)
    numbers = {
        "walletBalance": wallet,
        "unrealizedProfit": gain,
        "marginBalance": wallet + gain,
        "maintMargin": sum((margins.maintenance(ledger, p) for p in held), ZERO),
        "initialMargin": bound + ordered,
        "positionInitialMargin": bound,
        "openOrderInitialMargin": ordered,
        "crossWalletBalance": ledger.cross,
        "crossUnPnl": margins.cross_unrealized(ledger),
        "availableBalance": free,
        "maxWithdrawAmount": min(free, max(ledger.cross, ZERO)),
    }
    return {key: money(number) for key, number in numbers.items()}


def position(ledger: Ledger, one: Position) -> Told:
    whole = risk(ledger, one)
    return {key: whole[key] for key in SHOWN} | {"unrealizedProfit": whole["unRealizedProfit"]}


def balances(ledger: Ledger) -> list[Told]:
    whole = sums(ledger)
    shown = ("crossWalletBalance", "crossUnPnl", "availableBalance", "maxWithdrawAmount")
    line = {"accountAlias": "SgsR", "asset": "USDT", "balance": whole["walletBalance"]}
    rest = {key: whole[key] for key in shown}
    return [line | rest | {"marginAvailable": True, "updateTime": updated(ledger)}]


def updated(ledger: Ledger) -> int:
    return ledger.state.incomes[-1].time if ledger.state.incomes else 0


def older_risk(ledger: Ledger, one: Position) -> Told:
    """GET /fapi/v2/positionRisk: it knows the leverage, and shows every contract."""
    setting = ledger.setting(one.symbol)
    return risk(ledger, one) | {
        "marginType": "isolated" if setting.isolated else "cross",
        "isAutoAddMargin": "false",
        "leverage": str(setting.leverage),
        "maxNotionalValue": str(ledger.rule(one.symbol).cap(setting.leverage)),
    }


def symbol_config(ledger: Ledger, symbol: str) -> Told:
    setting = ledger.setting(symbol)
    return {
        "symbol": symbol,
        "marginType": "ISOLATED" if setting.isolated else "CROSSED",
        "isAutoAddMargin": False,
        "leverage": setting.leverage,
        "maxNotionalValue": str(ledger.rule(symbol).cap(setting.leverage)),
    }


def config(ledger: Ledger, *, trades: bool) -> Told:
    return {
        "feeTier": 0,
        "canTrade": trades,
        "canDeposit": True,
        "canWithdraw": True,
        "dualSidePosition": ledger.state.hedged,
        "updateTime": 0,
        "multiAssetsMargin": False,
        "tradeGroupId": -1,
    }
