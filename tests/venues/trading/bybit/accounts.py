"""Balances, positions, settings and rights of a key as Bybit writes them."""

from decimal import Decimal

from tests.venues.trading import guarding, margins
from tests.venues.trading.algos import Algo
from tests.venues.trading.bybit.signing import Keys
from tests.venues.trading.bybit.told import Told, bare, money, priced, sized
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import ZERO
from tests.venues.trading.positions import Position

# what an account with isolated margin does not tell of the whole
SHARED = (
    "accountIMRate",
    "totalMarginBalance",
    "totalInitialMargin",
    "totalAvailableBalance",
    "accountMMRate",
    "totalMaintenanceMargin",
)


def wallet(ledger: Ledger) -> Told:
    held, owned = ledger.held(), ledger.state.wallet
    gain = sum((margins.unrealized(ledger, p) for p in held), ZERO)
    bound = sum((margins.initial(ledger, p) for p in held), ZERO)
    kept = sum((margins.maintenance(ledger, p) for p in held), ZERO)
    ordered, equity = margins.ordered(ledger), owned + gain
    whole = {
        "totalEquity": money(equity),
        "accountIMRate": rate(bound + ordered, equity),
        "totalMarginBalance": money(equity),
        "totalInitialMargin": money(bound + ordered),
        "accountType": "UNIFIED",
        "totalAvailableBalance": money(max(margins.free(ledger), ZERO)),
        "accountMMRate": rate(kept, equity),
        "totalPerpUPL": money(gain),
        "totalWalletBalance": money(owned),
        "accountLTV": "0",
        "totalMaintenanceMargin": money(kept),
    }
    if ledger.state.usual.isolated:
        whole |= dict.fromkeys(SHARED, "")
    sums = {
        "totalOrderIM": money(ordered),
        "totalPositionIM": money(bound),
        "totalPositionMM": money(kept),
        "unrealisedPnl": money(gain),
        "equity": money(equity),
        "usdValue": money(equity),
        "walletBalance": money(owned),
    }
    return {**whole, "coin": [coin(ledger) | sums]}


def coin(ledger: Ledger) -> Told:
    """What may be withdrawn is no longer told."""
    realized = (i.amount for i in ledger.state.incomes if i.kind != "TRANSFER")
    return {
        "availableToBorrow": "",
        "bonus": "0",
        "accruedInterest": "0",
        "availableToWithdraw": "",
        "spotHedgingQty": "0",
        "collateralSwitch": True,
        "borrowAmount": "0",
        "spotBorrow": "0",
        "cumRealisedPnl": money(sum(realized, ZERO)),
        "locked": "0",
        "marginCollateral": True,
        "coin": "USDT",
    }


def rate(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole:.4f}" if whole else "0"


def position(ledger: Ledger, one: Position) -> Told:
    """Also of a contract that is not held: it tells the leverage."""
    symbol, setting, quote = one.symbol, ledger.setting(one.symbol), ledger.quote(one.symbol)
    stop = margins.liquidation_price(ledger, one) if one.amount else ZERO
    ruin = margins.bankruptcy_price(ledger, one) if one.amount else ZERO
    guards = {a.asked.type.startswith("TAKE"): a for a in guarding.guards(ledger, symbol)}
    realized = (i.amount for i in ledger.state.incomes if i.symbol == symbol)
    return {
        "positionIdx": 0,
        "riskId": 1,
        "riskLimitValue": str(ledger.rule(symbol).cap(setting.leverage)),
        "symbol": symbol,
        "side": {1: "Buy", 0: "", -1: "Sell"}[one.sign],
        "size": sized(ledger, symbol, abs(one.amount)) if one.amount else "0",
        "avgPrice": bare(one.entry.quantize(ledger.rule(symbol).tick / 10_000)),
        "positionValue": bare(abs(one.cost)),
        "tradeMode": 0,
        "positionStatus": "Normal",
        "autoAddMargin": 0,
        "adlRankIndicator": 2 if one.amount else 0,
        "leverage": str(setting.leverage),
        "positionBalance": money(one.margin) if setting.isolated else "",
        "markPrice": bare(quote.mark),
        "liqPrice": priced(ledger, symbol, stop),
        "bustPrice": priced(ledger, symbol, max(ruin, ZERO)),
        "positionMM": money(margins.maintenance(ledger, one)),
        "positionIM": money(margins.initial(ledger, one)),
        "tpslMode": "Full",
        "takeProfit": guarded(ledger, symbol, guards.get(True)),
        "stopLoss": guarded(ledger, symbol, guards.get(False)),
        "trailingStop": "0",
        "unrealisedPnl": money(margins.unrealized(ledger, one)) if one.amount else "",
        "curRealisedPnl": money(sum(realized, ZERO)),
        "cumRealisedPnl": money(sum(realized, ZERO)),
        "seq": ledger.state.serial,
        "isReduceOnly": False,
        "mmrSysUpdateTime": "",
        "mmrSysUpdatedTime": "",
        "leverageSysUpdatedTime": "",
        "sessionAvgPrice": "",
        "createdTime": str(one.updated),
        "updatedTime": str(one.updated),
    }


def guarded(ledger: Ledger, symbol: str, guard: Algo | None) -> str:
    return priced(ledger, symbol, guard.asked.trigger) if guard else ""


def info(ledger: Ledger) -> Told:
    isolated = ledger.state.usual.isolated
    return {
        "marginMode": "ISOLATED_MARGIN" if isolated else "REGULAR_MARGIN",
        "updatedTime": str(ledger.clock()),
        "unifiedMarginStatus": 6,
        "dcpStatus": "OFF",
        "timeWindow": 10,
        "smpGroup": 0,
        "isMasterTrader": False,
        "spotHedgingStatus": "OFF",
    }


def rights(keys: Keys) -> Told:
    """A key that is bound to no address has a star for one, and expires."""
    wallet = ["AccountTransfer"] * keys.transfers + ["Withdraw"] * keys.withdraws
    trades = keys.trades
    others = ("BlockTrade", "CopyTrading", "Derivatives", "Exchange", "NFT", "Affiliate")
    return {
        "id": "13770661",
        "note": "the desk",
        "apiKey": keys.key,
        "readOnly": 0 if trades or wallet else 1,
        "secret": "",
        "permissions": {
            "ContractTrade": ["Order", "Position"] if trades else [],
            "Spot": [],
            "Wallet": wallet,
            "Options": [],
            **{name: [] for name in others},
        },
        "ips": ["203.0.113.7"] if keys.bound else ["*"],
        "type": 1,
        "deadlineDay": -2 if keys.bound else 66,
        "expiredAt": "1970-01-01T00:00:00Z" if keys.bound else "2026-03-08T12:00:00Z",
        "createdAt": "2025-10-16T02:24:40Z",
        "unified": 0,
        "uta": 1,
        "userID": 24617703,
        "inviterID": 0,
        "vipLevel": "No VIP",
        "mktMakerLevel": "0",
        "affiliateID": 0,
        "rsaPublicKey": "",
        "isMaster": True,
        "parentUid": "0",
        "kycLevel": "LEVEL_1",
        "kycRegion": "KOR",
    }
