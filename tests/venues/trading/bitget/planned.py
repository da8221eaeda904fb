"""Plan orders as Bitget names and writes them."""

from tests.venues.text import bare
from tests.venues.trading import conditional
from tests.venues.trading.algos import Algo, Condition, Stage
from tests.venues.trading.bitget.told import Told, left_by, mode, of, priced, side
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Attached, Side

KINDS = (
    "normal_plan",
    "track_plan",
    "profit_plan",
    "loss_plan",
    "moving_plan",
    "pos_profit",
    "pos_loss",
)
STATES = {
    Stage.NEW: "live",
    Stage.TRIGGERING: "executing",
    Stage.TRIGGERED: "executed",
    Stage.FINISHED: "executed",
    Stage.CANCELED: "cancelled",
    Stage.EXPIRED: "cancelled",
    Stage.REJECTED: "fail_execute",
}


def kind(asked: Condition) -> str:
    """What it lives for says what it is called."""
    if not asked.attached:
        return "track_plan" if asked.trails else "normal_plan"
    if asked.trails:
        return "moving_plan"
    profit = asked.type.startswith("TAKE_PROFIT")
    if asked.closes:
        return "pos_profit" if profit else "pos_loss"
    return "profit_plan" if profit else "loss_plan"


def type_of(name: str, *, limit: bool) -> str:
    if name == "moving_plan":
        return "TRAILING_STOP_MARKET"
    stem = "TAKE_PROFIT" if "profit" in name else "STOP"
    return stem if limit else f"{stem}_MARKET"


def waiting_type(ledger: Ledger, asked: Condition) -> str:
    """A trigger waits for the price to come to it, from whichever side."""
    rising = asked.trigger > conditional.price_for(ledger, asked)
    stem = "STOP" if rising is (asked.side is Side.BUY) else "TAKE_PROFIT"
    return stem if asked.price is not None else f"{stem}_MARKET"


def named(one: Algo) -> Told:
    return {"orderId": str(one.id), "clientOid": one.asked.client_id}


def plan(ledger: Ledger, one: Algo) -> Told:
    """A stop of the whole position has no size of its own."""
    asked, market = one.asked, one.asked.symbol
    limit = priced(ledger, market, asked.price)
    became = {"executeOrderId": str(one.order or ""), "baseVolume": bare(one.done)}
    return {
        "planType": kind(asked),
        "symbol": market,
        "size": bare(asked.quantity) if asked.quantity else "",
        **named(one),
        **({} if one.open else became),
        "price": limit,
        "executePrice": limit,
        "callbackRatio": bare(asked.callback) if asked.trails else "",
        "triggerPrice": priced(ledger, market, asked.trigger),
        "triggerType": "mark_price" if asked.by_mark else "fill_price",
        "planStatus": STATES[one.stage],
        "side": side(asked.side),
        "posSide": "net",
        "marginCoin": "USDT",
        "marginMode": mode(ledger, market),
        "enterPointSource": "API",
        "tradeSide": f"{side(asked.side)}_single",
        "posMode": "one_way_mode",
        "orderType": "limit" if asked.price is not None else "market",
        "orderSource": "normal",
        **exits(ledger, market, asked.brings),
        "cTime": str(one.created),
        "uTime": str(one.updated),
    }


def exits(ledger: Ledger, market: str, brings: tuple[Attached, ...]) -> Told:
    profit = left_by(ledger, market, "stopSurplusTrigger", of(brings, profit=True))
    return profit | left_by(ledger, market, "stopLossTrigger", of(brings, profit=False))
