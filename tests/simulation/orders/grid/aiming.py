"""Which request on the wire is about what: an accident strikes the one that it is meant for."""

import re
from collections.abc import Callable, Mapping

from tests.simulation.orders.grid.cells import Operation

ROLES = r"(?:[esc]|t[a-z])[0-9]+"
SETTINGS = ("everage", "margin", "position-mode", "positionSide", "switch-mode")
KEYS = ("apiRestrictions", "query-api", "account/config", "spot/account/info")
LISTS = (
    *("/v3/account?", "positionRisk", "openOrders", "openAlgoOrders"),
    *("wallet-balance", "position/list", "order/realtime"),
    *("account/balance", "account/positions", "orders-pending", "orders-algo-pending"),
    *("account/accounts", "all-position", "orders-plan-pending"),
    *("/v1/accounts", "/v1/orders/open"),
)
Fits = Callable[[str, str], bool]


def sent_in(what: str, trade: str) -> str:
    """The id under which a request sends an order of this trade; empty for any other request."""
    if not what.startswith("POST ") or cancels(what) or not trade:
        return ""
    found = re.search(trade + ROLES, what)
    return found[0] if found else ""


def cancels(what: str, _trade: str = "") -> bool:
    return what.startswith("DELETE ") or (what.startswith("POST ") and "/cancel" in what)


def _sends(letter: str) -> Fits:
    return lambda what, trade: sent_in(what, trade)[len(trade) :].startswith(letter)


def _asks(method: str, words: tuple[str, ...]) -> Fits:
    return lambda what, _trade: (
        what.startswith(method) and any(word in _path(what) for word in words)
    )


def _path(what: str) -> str:
    return what.partition("?")[0] + "?"


AIMS: Mapping[Operation, Fits] = {
    Operation.SETTING: _asks("POST ", SETTINGS),
    Operation.ENTRY: _sends("e"),
    Operation.STOP: _sends("s"),
    Operation.TARGET: _sends("t"),
    Operation.MOVE: _sends("s"),
    Operation.CANCEL: cancels,
    Operation.CLOSE: _sends("c"),
    Operation.LIST: _asks("GET ", LISTS),
    Operation.KEYS: _asks("GET ", KEYS),
}
