"""The trading floor of the fake Binance: signed requests in, the account's news out."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from aiohttp import web

from tests.venues.answers import BAD_GATEWAY, EMPTY, HTML, Answer, as_json
from tests.venues.binance.instruments import leverage_brackets
from tests.venues.binance.words import error
from tests.venues.hub import Connection
from tests.venues.trading import turns
from tests.venues.trading.accidents import BROKEN_LINE, READS, UNDONE, Accident, Accidents, Mishap
from tests.venues.trading.binance import accounts, pushed, signing
from tests.venues.trading.binance.asked import Query
from tests.venues.trading.binance.listening import ListenKeys
from tests.venues.trading.binance.routes import SIGNED
from tests.venues.trading.binance.signing import Keys
from tests.venues.trading.events import Event
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal
from tests.venues.venue import Venue

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
UNSURE = Answer(
    503,
    "Unknown error, please check your request or try again later.",
    content_type="text/plain",
)
BUSY = Answer(503, "Service Unavailable.", content_type="text/plain")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came over the wire."""

    method: str
    path: str
    raw: str
    headers: Mapping[str, str]

    @property
    def query(self) -> Query:
        return dict(parse_qsl(self.raw, keep_blank_values=True))

    @property
    def whole(self) -> str:
        return f"{self.method} {self.path}?{self.raw}"


@dataclass(eq=False)
class Floor:
    """One account at one venue. `accidents` are what goes wrong with its requests."""

    venue: Venue
    ledger: Ledger
    keys: Keys = field(default_factory=Keys)
    accidents: Accidents = field(default_factory=Accidents)
    listening: ListenKeys = field(default_factory=ListenKeys)
    late: list[tuple[int, Asked, Accident]] = field(default_factory=list)
    news: list[Event] = field(default_factory=list)

    def takes(self, path: str) -> bool:
        return path in PATHS

    def begin(
        self,
        kind: Mishap,
        on: str = "",
        times: int | None = None,
        *,
        lag: int = 0,
        refusal: Refusal | None = None,
    ) -> Accident:
        """Let something go wrong with the requests that hold this text: `METHOD path?query`."""
        copies = [(self.venue.now, self.ledger.frozen())] if kind in READS else []
        accident = Accident(kind, on, times, lag, refusal, copies)
        self.accidents.all.append(accident)
        return accident

    # -- requests

    async def serve(self, request: web.Request) -> web.StreamResponse:
        body = await request.text()
        raw = request.rel_url.raw_query_string + body
        asked = Asked(request.method, request.path, raw, request.headers)
        await self.turn()
        accident = self.accidents.strike(asked.whole)
        answer = self.meet_with(accident, asked)
        await self.flush()
        if accident is not None and accident.kind in BROKEN_LINE and request.transport:
            request.transport.abort()
        if accident is not None and accident.kind is Mishap.MUTE:
            await asyncio.Event().wait()
        if accident is not None and accident.kind is Mishap.TORN:
            return await torn(request, answer)
        return web.Response(
            status=answer.status, text=answer.body, content_type=answer.content_type
        )

    def meet_with(self, accident: Accident | None, asked: Asked) -> Answer:
        """What is told, which need not be what was done."""
        if accident is None:
            return self.perform(asked)
        if accident.kind is Mishap.LATE:
            self.late.append((self.venue.now + accident.lag, asked, accident))
            return BUSY
        if accident.kind in UNDONE:
            accident.hit(self.venue.now, asked.whole, "not done")
            return undone(accident)
        done = self.perform(asked, accident.past(self.venue.now))
        accident.hit(self.venue.now, asked.whole, outcome(done))
        if accident.kind is Mishap.TWICE:
            accident.hit(self.venue.now, asked.whole, outcome(self.perform(asked)))
        return garbled(accident.kind, done)

    def perform(self, asked: Asked, copy: Ledger | None = None) -> Answer:
        try:
            signing.check_key(self.keys, asked.headers)
            if asked.path == LISTEN:
                return as_json(self.listening.answer(asked.method, self.venue.now))
            told = self.signed(asked, copy or self.ledger)
        except Refusal as refused:
            unauthorized = 401 if refused.code in {-2014, -2015} else 400
            return error(refused.code, refused.words, unauthorized)
        if asked.method != "GET":
            turns.settle(self.ledger)
            self.accidents.remember(self.venue.now, self.ledger)
        return as_json(told)

    def signed(self, asked: Asked, ledger: Ledger) -> object:
        signing.check_signature(self.keys, asked.raw)
        signing.check_time(asked.query, self.venue.told)
        if asked.path == RIGHTS:
            return rights(self.keys)
        if asked.path == "/fapi/v1/leverageBracket":
            return leverage_brackets(self.venue, dict(asked.query))
        if asked.path == "/fapi/v1/accountConfig":
            return accounts.config(ledger, trades=self.keys.trades)
        act = SIGNED.get((asked.method, asked.path))
        if act is None:
            raise Refusal(-5000, f"Path {asked.path}, Method {asked.method} is invalid")
        if asked.method != "GET" and not self.keys.trades:
            raise Refusal(-2015, "Invalid API-key, IP, or permissions for action.")
        return act(ledger, asked.query)

    # -- time

    async def turn(self) -> None:
        """Let happen what is due, and tell it."""
        for entry in [e for e in self.late if e[0] <= self.venue.now]:
            self.late.remove(entry)
            time, asked, accident = entry
            accident.hit(time, asked.whole, outcome(self.perform(asked)))
        turns.turn(self.ledger)
        if self.news:
            self.accidents.remember(self.venue.now, self.ledger)
        await self.flush()

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


async def torn(request: web.Request, answer: Answer) -> web.StreamResponse:
    """The head promises the whole, the line breaks after a half."""
    whole = answer.body.encode()
    response = web.StreamResponse(headers={"Content-Type": answer.content_type})
    response.content_length = len(whole)
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


def undone(accident: Accident) -> Answer:
    if accident.kind is Mishap.REJECTED:
        refusal = accident.refusal or Refusal(-2010, "NEW_ORDER_REJECTED")
        return error(refusal.code, refusal.words)
    return UNKNOWN if accident.kind is Mishap.SWALLOWED else BUSY


def garbled(kind: Mishap, done: Answer) -> Answer:
    """The answer on its way back."""
    fixed = {
        Mishap.UNKNOWN: UNKNOWN,
        Mishap.GATEWAY: BAD_GATEWAY,
        Mishap.EMPTY: EMPTY,
        Mishap.HOLLOW: as_json({}),
        Mishap.NULL: as_json(None),
        Mishap.UNSURE: UNSURE,
        Mishap.CUT: as_json(done.body[: len(done.body) // 2]),
        Mishap.PAGE: HTML,
    }
    return fixed.get(kind, done)


def outcome(answer: Answer) -> str:
    return "200" if answer.status == 200 else answer.body


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
