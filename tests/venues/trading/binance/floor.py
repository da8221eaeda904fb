"""The trading floor of the fake Binance: signed requests in, the account's news out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import parse_qsl

from tests.venues.answers import Answer
from tests.venues.binance.instruments import leverage_brackets
from tests.venues.binance.words import error
from tests.venues.hub import Connection
from tests.venues.trading import floor
from tests.venues.trading.binance import accounts, pushed, signing
from tests.venues.trading.binance.listening import ListenKeys
from tests.venues.trading.binance.routes import SIGNED
from tests.venues.trading.binance.signing import Keys
from tests.venues.trading.floor import Asked
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal

LISTEN = "/fapi/v1/listenKey"
RIGHTS = "/sapi/v1/account/apiRestrictions"
OTHERS = {LISTEN, RIGHTS, "/fapi/v1/leverageBracket", "/fapi/v1/accountConfig"}
PATHS = {path for _, path in SIGNED} | OTHERS
UNKNOWN = error(
    -1007,
    "Timeout waiting for response from backend server. Send status unknown;"
    " execution status unknown.",
    503,
)


def parameters(asked: Asked) -> Mapping[str, str]:
    """From the query and from the body, which Binance reads as one."""
    return dict(parse_qsl(asked.raw, keep_blank_values=True))


@dataclass(eq=False)
class Floor(floor.Floor):
    """An account at Binance, its keys, and who listens."""

    keys: Keys = field(default_factory=Keys)
    listening: ListenKeys = field(default_factory=ListenKeys)

    usual: ClassVar[Refusal] = Refusal(-2010, "NEW_ORDER_REJECTED")

    def takes(self, path: str) -> bool:
        return path in PATHS

    def act(self, asked: Asked, ledger: Ledger) -> object:
        signing.check_key(self.keys, asked.headers)
        if asked.path == LISTEN:
            return self.listening.answer(asked.method, self.venue.now)
        return self.signed(asked, ledger)

    def refused(self, refusal: Refusal, asked: Asked) -> Answer:
        return error(refusal.code, refusal.words, 401 if refusal.code in {-2014, -2015} else 400)

    def unknown(self, asked: Asked, *, done: bool) -> Answer:
        return UNKNOWN

    def signed(self, asked: Asked, ledger: Ledger) -> object:
        query = parameters(asked)
        signing.check_signature(self.keys, asked.raw)
        signing.check_time(query, self.venue.told)
        if asked.path == RIGHTS:
            return rights(self.keys)
        if asked.path == "/fapi/v1/leverageBracket":
            return leverage_brackets(self.venue, dict(query))
        if asked.path == "/fapi/v1/accountConfig":
            return accounts.config(ledger, trades=self.keys.trades)
        act = SIGNED.get((asked.method, asked.path))
        if act is None:
            raise Refusal(-5000, f"Path {asked.path}, Method {asked.method} is invalid")
        if asked.method != "GET" and not self.keys.trades:
            raise Refusal(-2015, "Invalid API-key, IP, or permissions for action.")
        return act(ledger, query)

    # -- streams

    def meet(self, connection: Connection) -> None:
        if connection.path.startswith("/private"):
            self.listening.meet(self.venue, connection)

    async def flush(self) -> None:
        await self.listening.expire(self.venue)
        news = self.news.copy()
        self.news.clear()
        for event in news:
            for kind, text in pushed.messages(self.ledger, event):
                await self.listening.push(self.venue, kind, text)


def rights(keys: Keys) -> object:
    return {
        "ipRestrict": keys.bound,
        "createTime": 1_698_645_219_000,
        "enableReading": True,
        "enableWithdrawals": keys.withdraws,
        "enableInternalTransfer": keys.transfers,
        "permitsUniversalTransfer": keys.transfers,
        "enableFutures": keys.trades,
        "enableMargin": False,
        "enableSpotAndMarginTrading": False,
        "enableVanillaOptions": False,
        "enablePortfolioMarginTrading": False,
        "enableFixApiTrade": False,
        "enableFixReadOnly": False,
    }
