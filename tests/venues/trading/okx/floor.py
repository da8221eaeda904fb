"""The trading floor of the fake OKX: signed requests in, one fate an order out."""

from dataclasses import dataclass, field
from typing import ClassVar

from tests.venues.answers import Answer, as_json
from tests.venues.okx.words import error, listed
from tests.venues.trading import floor
from tests.venues.trading.floor import Asked
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.okx import accounts, signing
from tests.venues.trading.okx.asked import rows
from tests.venues.trading.okx.fates import failed, judged
from tests.venues.trading.okx.refusals import spoken
from tests.venues.trading.okx.routes import LISTS, ORDERS, V5
from tests.venues.trading.okx.signing import Keys
from tests.venues.trading.orders import Refusal

CONFIG = f"{V5}account/config"
PATHS = {*ORDERS, *(path for _, path in LISTS), CONFIG}
TIMEOUT = error(
    "50004",
    "API endpoint request timeout (does not indicate success or failure of order,"
    " please check order status)",
    400,
)
TIMED_OUT = Refusal(51149, "Order timed out. Please try again.")
OF_THE_KEYS = range(50100, 50121)


@dataclass(eq=False)
class Floor(floor.Floor):
    """An account at OKX and its keys."""

    keys: Keys = field(default_factory=Keys)

    usual: ClassVar[Refusal] = Refusal(51006, "Order price is not within the price limit.")

    def takes(self, path: str) -> bool:
        return path in PATHS

    def act(self, asked: Asked, ledger: Ledger) -> object:
        signing.check(self.keys, asked, self.venue.told)
        if asked.path == CONFIG:
            return listed([accounts.config(ledger, self.keys)])
        writes = asked.method != "GET"
        if writes and not self.keys.trades:
            raise Refusal(50120, "This API key doesn't have permission to use this function")
        if writes and asked.path in ORDERS:
            return ORDERS[asked.path](ledger, rows(asked))
        act = LISTS.get((asked.method, asked.path))
        if act is None:
            raise Refusal(50115, "Invalid request method.")
        return {"code": "0", "msg": "", "data": act(ledger, rows(asked))}

    def refused(self, refusal: Refusal, asked: Asked) -> Answer:
        """What an order is refused for stands beside it, everything else above."""
        words = spoken(refusal)
        if words.code in OF_THE_KEYS:
            return error(str(words.code), words.words, 401)
        if asked.method != "GET" and asked.path in ORDERS and words.code >= 51000:
            told = [failed(row, words) for row in rows(asked)]
            return as_json(judged(told, self.venue.told))
        return error(str(words.code), words.words)

    def unknown(self, asked: Asked, *, done: bool) -> Answer:
        return TIMEOUT if done else self.refused(TIMED_OUT, asked)

    def succeeded(self, answer: Answer) -> bool:
        return answer.status == 200 and '"code":"0"' in answer.body
