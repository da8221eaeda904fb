"""The trading floor of the fake Upbit: tokens and requests in, one spot account behind them."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from tests.venues.answers import Answer, as_json
from tests.venues.trading import floor
from tests.venues.trading.floor import Asked
from tests.venues.trading.orders import Refusal
from tests.venues.trading.upbit import dealing, orders, told
from tests.venues.trading.upbit.account import Account
from tests.venues.trading.upbit.asked import Query
from tests.venues.trading.upbit.signing import FORBIDDEN, Gate, Keys
from tests.venues.trading.upbit.words import UNKNOWN, invalid, refuse

KEYS = "/v1/api_keys"
SIGNED: Mapping[tuple[str, str], Callable[[Account, Query], object]] = {
    ("POST", "/v1/orders"): orders.create,
    ("POST", "/v1/orders/test"): orders.rehearse,
    ("POST", "/v1/orders/cancel_and_new"): orders.cancel_and_new,
    ("GET", "/v1/order"): orders.show,
    ("DELETE", "/v1/order"): orders.cancel,
    ("GET", "/v1/orders/open"): orders.list_open,
    ("DELETE", "/v1/orders/open"): orders.cancel_open,
    ("GET", "/v1/orders/closed"): orders.list_closed,
    ("GET", "/v1/orders/uuids"): orders.list_named,
    ("GET", "/v1/orders/chance"): orders.chance,
    ("GET", "/v1/accounts"): orders.accounts,
}
PATHS = {path for _, path in SIGNED} | {KEYS}


@dataclass(eq=False)
class Floor(floor.Floor):
    """An account at Upbit and its key. Nobody is told anything: the account is asked."""

    ledger: Account
    keys: Keys = field(default_factory=Keys)
    gate: Gate = field(default_factory=Gate)

    usual: ClassVar[Refusal] = Refusal(
        "insufficient_funds_bid", "주문가능한 금액(KRW)이 부족합니다."
    )

    def __post_init__(self) -> None:
        self.ledger.ears.append(self.news.append)

    def takes(self, path: str) -> bool:
        return path in PATHS

    def act(self, asked: Asked, ledger: Account) -> object:
        self.gate.check(self.keys, asked, self.venue.told)
        if asked.path == KEYS:
            return [{"access_key": self.keys.key, "expire_at": told.seoul(self.keys.ends)}]
        handler = SIGNED.get((asked.method, asked.path))
        if handler is None:
            raise Refusal("not_found", "Not Found")
        writes = asked.method != "GET"
        if not (self.keys.trades if writes else self.keys.reads):
            raise FORBIDDEN
        said = handler(ledger, query_of(asked))
        return as_json(said, 201 if asked.method == "POST" else 200)

    def refused(self, refusal: Refusal, asked: Asked) -> Answer:
        return refuse(refusal)

    def unknown(self, asked: Asked, *, done: bool) -> Answer:
        return UNKNOWN

    def succeeded(self, answer: Answer) -> bool:
        return answer.status in {200, 201}

    def happen(self) -> None:
        dealing.turn(self.ledger)

    def settle(self) -> None:
        """An order changes nothing but itself."""


def query_of(asked: Asked) -> Query:
    """Names that end with brackets hold several values."""
    if asked.method == "POST":
        return understood(json.loads(asked.body or "{}"))
    values: dict[str, list[str]] = defaultdict(list)
    for key, value in parse_qsl(asked.search, keep_blank_values=True):
        values[key].append(value)
    return {k: v if k.endswith("[]") else v[-1] for k, v in values.items()}


def understood(told: Any) -> Query:
    """A flat list of texts and numbers."""
    if not isinstance(told, dict) or any(isinstance(v, list | dict) for v in told.values()):
        raise invalid("잘못된 API 요청입니다.")
    return {key: str(value) for key, value in told.items() if value is not None}
