"""What Bitget calls the reasons for which an account is refused something."""

from collections.abc import Mapping

from tests.venues.answers import Answer
from tests.venues.bitget.words import error
from tests.venues.trading.orders import Refusal

OWN: Mapping[int, tuple[str, str]] = {
    # the ledger's reason: Bitget's
    -1106: ("40017", "Parameter verification failed"),
    -1111: ("40808", "Parameter verification exception size checkBDScale error"),
    -1121: ("40034", "Parameter does not exist"),
    -2007: ("40017", "Parameter verification failed"),
    -2011: ("40768", "Order does not exist"),
    -2013: ("40109", "The data of the order cannot be found, please confirm the order number"),
    -2018: ("40762", "The order amount exceeds the balance"),
    -2019: ("40762", "The order amount exceeds the balance"),
    -2022: ("22002", "No position to close"),
    -2025: ("45118", "Reached the upper limit of the order of transactions"),
    -2027: ("40763", "Exceeds position tier limit"),
    -2028: ("40893", "Unable to update the leverage factor of this position"),
    -4001: ("43011", "The parameter does not meet the specification price <= 0"),
    -4003: ("45111", "less than the minimum order quantity"),
    -4005: ("45112", "more than the maximum order quantity"),
    -4006: ("43011", "The parameter does not meet the specification triggerPrice <= 0"),
    -4014: ("45115", "The price you enter should be a multiple of the tick"),
    -4016: ("22047", "The order price exceeds the maximum price limit"),
    -4023: ("40808", "Parameter verification exception size checkBDScale error"),
    -4024: ("22046", "The order price exceeds the minimum price limit"),
    -4028: ("45045", "Exceeds the maximum possible leverage"),
    -4045: ("40889", "The plan order of this contract has reached the upper limit"),
    -4049: ("40875", "Whole position mode does not support margin adjustment"),
    -4050: ("40800", "Insufficient amount of margin"),
    -4051: ("40801", "Cannot exceed the maximum transferable deposit amount"),
    -4061: (
        "40774",
        "The order type for unilateral position must also be the unilateral position type.",
    ),
    -4108: ("40309", "The contract has been removed"),
    -4161: ("40893", "Unable to update the leverage factor of this position"),
    -4164: ("45110", "less than the minimum amount 5 USDT"),
    -5027: ("40923", "Order size and price have not changed"),
}


def refusal(code: str, words: str) -> Refusal:
    return Refusal(code, words)


DUPLICATE = refusal("40786", "Duplicate clientOid")
HOLDING = refusal(
    "45117", "Currently holding positions or orders, the margin mode cannot be adjusted"
)
NO_CANCEL = refusal("22001", "No order to cancel")
NO_PLAN = refusal("43025", "Plan order does not exist")
UNKNOWN = error("40010", "Request timed out")
NO_POSITION = refusal("22002", "No position to close")


def own(refused: Refusal) -> Refusal:
    """The same reason, as Bitget gives it."""
    if isinstance(refused.code, str):
        return refused
    return refusal(*OWN[refused.code])


def refuse(refused: Refusal) -> Answer:
    told = own(refused)
    status = 403 if told.code in {"40014", "40018"} else 400
    return error(str(told.code), told.words, status)
