"""Balances, positions, settings and rights of a key as OKX writes them."""

from decimal import Decimal
from zlib import crc32

from tests.venues.trading import margins
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx.books import instrument_of, mode_of
from tests.venues.trading.okx.signing import Keys
from tests.venues.trading.okx.told import Told, bare, contracts, instrument, priced
from tests.venues.trading.orders import ZERO
from tests.venues.trading.positions import Position

GRAIN = Decimal("0.00000001")
# of what this account does not do: borrow, hold coins, copy others
IDLE = (
    "borrowFroz",
    "clSpotInUseAmt",
    "crossLiab",
    "interest",
    "isoLiab",
    "liab",
    "maxLoan",
    "maxSpotInUseAmt",
    "spotInUseAmt",
    "uplLiab",
)
NOUGHT = ("fixedBal", "rewardBal", "spotIsoBal", "stgyEq", "twap")
EMPTY = (
    "baseBorrowed",
    "baseInterest",
    "bizRefId",
    "bizRefType",
    "clSpotInUseAmt",
    "deltaBS",
    "deltaPA",
    "gammaBS",
    "gammaPA",
    "interest",
    "liab",
    "liabCcy",
    "maxSpotInUseAmt",
    "optVal",
    "pendingCloseOrdLiabVal",
    "posCcy",
    "quoteBorrowed",
    "quoteInterest",
    "spotInUseAmt",
    "spotInUseCcy",
    "thetaBS",
    "thetaPA",
    "usdPx",
    "vegaBS",
    "vegaPA",
)


def fine(amount: Decimal) -> str:
    return bare(amount.quantize(GRAIN))


def balance(ledger: Ledger) -> Told:
    held, owned = ledger.held(), ledger.state.wallet
    gain = sum((margins.unrealized(ledger, p) for p in held), ZERO)
    bound = sum((margins.initial(ledger, p) for p in margins.crossed(ledger)), ZERO)
    kept = sum((margins.maintenance(ledger, p) for p in held), ZERO)
    ordered, equity = margins.ordered(ledger), owned + gain
    whole = {
        "adjEq": fine(equity),
        "imr": fine(bound + ordered),
        "isoEq": fine(isolated(ledger)),
        "mgnRatio": fine(equity / kept) if kept else "",
        "mmr": fine(kept),
        "ordFroz": fine(ordered),
        "totalEq": fine(equity),
        "upl": fine(gain),
        "uTime": str(ledger.clock()),
    }
    notional = sum((abs(p.notional(ledger.quote(p.symbol).mark)) for p in held), ZERO)
    details = [coin(ledger, gain)]
    return {**whole, "borrowFroz": "", "notionalUsd": fine(notional), "details": details}


def isolated(ledger: Ledger) -> Decimal:
    """What the positions with money of their own are worth."""
    own = (p for p in ledger.held() if ledger.setting(p.symbol).isolated)
    return sum((p.margin + margins.unrealized(ledger, p) for p in own), ZERO)


def coin(ledger: Ledger, gain: Decimal) -> Told:
    equity, free = ledger.state.wallet + gain, max(margins.free(ledger), ZERO)
    idle: Told = dict.fromkeys(IDLE, "")
    return (
        idle
        | dict.fromkeys(NOUGHT, "0")
        | {
            "availBal": fine(free),
            "availEq": fine(free),
            "cashBal": fine(ledger.state.wallet),
            "ccy": "USDT",
            "disEq": fine(equity),
            "eq": fine(equity),
            "eqUsd": fine(equity),
            "frozenBal": fine(equity - free),
            "imr": "",
            "isoEq": fine(isolated(ledger)),
            "isoUpl": "0",
            "mgnRatio": "",
            "mmr": "",
            "notionalLever": "",
            "ordFrozen": fine(margins.ordered(ledger)),
            "uTime": str(ledger.clock()),
            "upl": fine(gain),
        }
    )


def position(ledger: Ledger, one: Position) -> Told:
    symbol, setting, quote = one.symbol, ledger.setting(one.symbol), ledger.quote(one.symbol)
    gain = margins.unrealized(ledger, one)
    bound = margins.initial(ledger, one)
    own = setting.isolated
    return (
        dict.fromkeys(EMPTY, "")
        | instrument(symbol)
        | earned(ledger, symbol)
        | {
            "adl": "1",
            "availPos": contracts(ledger, symbol, abs(one.amount)),
            "avgPx": fine(one.entry) if one.amount else "",
            "bePx": fine(one.entry * (1 + 2 * one.sign * ledger.taker)) if one.amount else "",
            "cTime": str(one.updated),
            "ccy": "USDT",
            "closeOrderAlgo": [guard(ledger, number) for number in guards(ledger, symbol)],
            "idxPx": bare(quote.mark),
            "imr": "" if own else fine(bound),
            "last": priced(ledger, symbol, quote.last),
            "lever": str(setting.leverage),
            "liqPx": stopped(ledger, one),
            "margin": fine(one.margin) if own else "",
            "markPx": bare(quote.mark),
            "mgnMode": mode_of(symbol),
            "mgnRatio": "",
            "mmr": fine(margins.maintenance(ledger, one)),
            "notionalUsd": fine(abs(one.notional(quote.mark))),
            "pTime": str(ledger.clock()),
            "pos": contracts(ledger, symbol, one.amount),
            "posId": str(crc32(symbol.encode())),
            "posSide": "net",
            "tradeId": str(ledger.state.fills[-1].id) if ledger.state.fills else "",
            "uTime": str(one.updated),
            "upl": fine(gain),
            "uplLastPx": fine(one.unrealized(quote.last)),
            "uplRatio": fine(gain / bound) if bound else "0",
            "uplRatioLastPx": fine(one.unrealized(quote.last) / bound) if bound else "0",
        }
    )


def guards(ledger: Ledger, symbol: str) -> list[int]:
    return [a.id for a in ledger.open_algos(symbol) if a.asked.closes]


def guard(ledger: Ledger, number: int) -> Told:
    asked = ledger.state.algos[number].asked
    profit, price = asked.type.startswith("TAKE"), priced(ledger, asked.symbol, asked.trigger)
    source = "mark" if asked.by_mark else "last"
    return {
        "algoId": str(number),
        "slTriggerPx": "" if profit else price,
        "slTriggerPxType": "" if profit else source,
        "tpTriggerPx": price if profit else "",
        "tpTriggerPxType": source if profit else "",
        "closeFraction": "1",
    }


def stopped(ledger: Ledger, one: Position) -> str:
    price = margins.liquidation_price(ledger, one) if one.amount else ZERO
    return fine(price) if price else ""


def earned(ledger: Ledger, symbol: str) -> Told:
    sums = {
        kind: sum(
            (i.amount for i in ledger.state.incomes if (i.kind, i.symbol) == (kind, symbol)), ZERO
        )
        for kind in ("REALIZED_PNL", "COMMISSION", "FUNDING_FEE", "INSURANCE_CLEAR")
    }
    return {
        "realizedPnl": bare(sum(sums.values(), ZERO)),
        "pnl": bare(sums["REALIZED_PNL"]),
        "fee": bare(sums["COMMISSION"]),
        "fundingFee": bare(sums["FUNDING_FEE"]),
        "liqPenalty": bare(sums["INSURANCE_CLEAR"]),
    }


def leverage(ledger: Ledger, symbol: str) -> Told:
    return {
        "ccy": "",
        "instId": instrument_of(symbol),
        "mgnMode": mode_of(symbol),
        "posSide": "net",
        "lever": str(ledger.setting(symbol).leverage),
    }


def config(ledger: Ledger, keys: Keys) -> Told:
    rights = ["read_only"] + ["withdraw"] * keys.withdraws + ["trade"] * keys.trades
    return {
        "acctLv": "2",
        "acctStpMode": "cancel_maker",
        "autoLoan": False,
        "ctIsoMode": "automatic",
        "greeksType": "PA",
        "level": "Lv1",
        "levelTmp": "",
        "mgnIsoMode": "automatic",
        "posMode": "long_short_mode" if ledger.state.hedged else "net_mode",
        "spotOffsetType": "",
        "uid": "44705892343619584",
        "label": "the desk",
        "roleType": "0",
        "traderInsts": [],
        "spotRoleType": "0",
        "spotTraderInsts": [],
        "opAuth": "0",
        "kycLv": "3",
        "ip": "203.0.113.7" if keys.bound else "",
        "perm": ",".join(rights),
        "mainUid": "44705892343619584",
    }
