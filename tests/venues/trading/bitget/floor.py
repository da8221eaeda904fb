"""The trading floor of the fake Bitget: signed requests in, one account behind them."""

import json
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from tests.venues.answers import Answer
from tests.venues.bitget.words import enveloped
from tests.venues.trading import floor
from tests.venues.trading.bitget import plans, signing
from tests.venues.trading.bitget.asked import Query, check_product
from tests.venues.trading.bitget.routes import SIGNED
from tests.venues.trading.bitget.signing import Keys
from tests.venues.trading.bitget.words import UNKNOWN, refuse
from tests.venues.trading.events import AlgoChanged, Event, OrderChanged
from tests.venues.trading.floor import Asked
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal

RIGHTS = "/api/v2/spot/account/info"
UNIFIED = "/api/v3/account/settings"
PATHS = {path for _, path in SIGNED} | {RIGHTS, UNIFIED}
LISTS = ("orderList", "orderIdList")
CLASSIC = Refusal(
    "40084", "You are in Classic Account mode, and the Unified Account API is not supported"
)


@dataclass(eq=False)
class Floor(floor.Floor):
    """An account at Bitget and its key. Nobody is told anything: the account is asked."""

    keys: Keys = field(default_factory=Keys)

    usual: ClassVar[Refusal] = Refusal("40762", "The order amount exceeds the balance")

    def __post_init__(self) -> None:
        self.ledger.ears += [self.rename, self.news.append]

    def takes(self, path: str) -> bool:
        return path in PATHS

    def act(self, asked: Asked, ledger: Ledger) -> object:
        signing.check(self.keys, asked, self.venue.told)
        return enveloped(self.venue, self.signed(asked, ledger))

    def refused(self, refusal: Refusal, asked: Asked) -> Answer:
        return refuse(refusal)

    def unknown(self, asked: Asked, *, done: bool) -> Answer:
        return UNKNOWN

    def signed(self, asked: Asked, ledger: Ledger) -> object:
        if asked.path == UNIFIED:
            raise CLASSIC
        if asked.path == RIGHTS:
            return rights(self.keys)
        act, query = SIGNED.get((asked.method, asked.path)), query_of(asked)
        if act is None:
            raise Refusal("405", "The HTTP Method is not supported")
        if asked.method != "GET" and not self.keys.trades:
            words = "Incorrect permissions, need contract order write permissions"
            raise Refusal("40014", words)
        check_product(query)
        return act(ledger, query)

    def happen(self) -> None:
        super().happen()
        plans.leave_orphans(self.ledger)

    def settle(self) -> None:
        super().settle()
        plans.leave_orphans(self.ledger)

    def rename(self, event: Event) -> None:
        """What an order brings along and what a plan becomes bear names that nobody gave them."""
        if isinstance(event, OrderChanged) and event.execution == "NEW" and event.order.algo:
            order = self.ledger.state.orders[event.order.id]
            order.client_id = str(self.ledger.serial())
        if isinstance(event, AlgoChanged) and event.algo.asked.client_id.startswith("algo_"):
            algo = self.ledger.state.algos[event.algo.id]
            algo.asked = replace(algo.asked, client_id=str(self.ledger.serial()))


def query_of(asked: Asked) -> Query:
    if asked.method == "GET":
        return dict(parse_qsl(asked.search, keep_blank_values=True))
    try:
        return understood(json.loads(asked.body or "{}"))
    except (ValueError, AttributeError, TypeError):
        raise Refusal("40017", "Parameter verification failed") from None


def understood(told: Any) -> Query:
    """Texts and numbers, and lists of orders, which are such things again."""
    return {
        key: [understood(one) for one in value] if key in LISTS and value else scalar(value)
        for key, value in told.items()
    }


def scalar(value: Any) -> str | None:
    if isinstance(value, list | dict) and value:
        raise ValueError("neither a text nor a number")
    return None if value in (None, [], {}) else str(value)


def rights(keys: Keys) -> object:
    """What a key may, in Bitget's four letters: c is contracts, w money; the last reads or writes."""
    may = ["coor", "cpor"]
    may += ["coow", "cpow"] if keys.trades else []
    may += ["wtow"] if keys.transfers else []
    may += ["wwow"] if keys.withdraws else []
    return {
        "userId": "8162473950",
        "inviterId": "0",
        "ips": "203.0.113.7" if keys.bound else "",
        "authorities": may,
        "parentId": 8162473950,
        "traderType": "not_trader",
        "channelCode": "",
        "channel": "",
        "regisTime": "1656482341000",
    }
