"""The trading floor of the fake Bybit: signed requests in, enveloped answers out."""

from dataclasses import dataclass, field
from typing import ClassVar

from tests.venues.answers import Answer, as_json
from tests.venues.bybit.words import enveloped, error
from tests.venues.trading import floor
from tests.venues.trading.bybit import accounts, signing
from tests.venues.trading.bybit.asked import parameters
from tests.venues.trading.bybit.refusals import spoken
from tests.venues.trading.bybit.routes import SIGNED
from tests.venues.trading.bybit.signing import Keys
from tests.venues.trading.bybit.told import Batch, Told
from tests.venues.trading.floor import Asked
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal

RIGHTS = "/v5/user/query-api"
PATHS = {path for _, path in SIGNED} | {RIGHTS}
NOT_IN_THE_DEMO = {RIGHTS, "/v5/asset/coin/query-info"}
TIMEOUT = error(10000, "Server Timeout")
BROKEN = error(10016, "Internal System Error.")


@dataclass(eq=False)
class Floor(floor.Floor):
    """An account at Bybit and its keys."""

    keys: Keys = field(default_factory=Keys)

    usual: ClassVar[Refusal] = Refusal(110003, "Order price exceeds the allowable range.")

    def takes(self, path: str) -> bool:
        return path in PATHS

    def act(self, asked: Asked, ledger: Ledger) -> object:
        signing.check(self.keys, asked, self.venue.told)
        if self.keys.demo and asked.path in NOT_IN_THE_DEMO:
            raise Refusal(10032, "Demo trading are not supported.")
        if asked.path == RIGHTS:
            return enveloped(self.venue, accounts.rights(self.keys))
        act = SIGNED.get((asked.method, asked.path))
        if act is None:
            raise Refusal(10017, "Route not found.")
        if asked.method != "GET" and not self.keys.trades:
            words = "Permission denied, please check your API key permissions."
            raise Refusal(10005, words)
        return self.wrapped(act(ledger, parameters(asked)))

    def wrapped(self, result: Told | Batch) -> object:
        if isinstance(result, Batch):
            whole = enveloped(self.venue, {"list": result.rows})
            return whole | {"retExtInfo": {"list": result.fates}}
        return enveloped(self.venue, result)

    def refused(self, refusal: Refusal, asked: Asked) -> Answer:
        words = spoken(refusal)
        return as_json(
            {
                "retCode": words.code,
                "retMsg": words.words,
                "result": {},
                "retExtInfo": {},
                "time": self.venue.told,
            }
        )

    def unknown(self, asked: Asked, *, done: bool) -> Answer:
        return TIMEOUT if done else BROKEN

    def succeeded(self, answer: Answer) -> bool:
        return answer.status == 200 and '"retCode":0,' in answer.body
