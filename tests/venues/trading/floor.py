"""A trading floor over HTTP: requests in, the account's news out, and what goes wrong between.

How a venue signs, asks and answers is its own floor's; what befalls a request is the same everywhere.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from aiohttp import web

from tests.venues.answers import BAD_GATEWAY, EMPTY, HTML, Answer, as_json
from tests.venues.hub import Connection
from tests.venues.trading import turns
from tests.venues.trading.accidents import BROKEN_LINE, READS, UNDONE, Accident, Accidents, Mishap
from tests.venues.trading.events import Event
from tests.venues.trading.ledger import Ledger
from tests.venues.trading.orders import Refusal
from tests.venues.venue import Venue

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
    search: str  # what follows the question mark, untouched
    body: str
    headers: Mapping[str, str]
    host: str = ""

    @property
    def raw(self) -> str:
        return self.search + self.body

    @property
    def whole(self) -> str:
        return f"{self.method} {self.path}?{self.raw}"


async def read(request: web.Request) -> Asked:
    search, body = request.rel_url.raw_query_string, await request.text()
    host = request.host.partition(":")[0]
    return Asked(request.method, request.path, search, body, request.headers, host)


@dataclass(eq=False)
class Floor(ABC):
    """One account at one venue. `accidents` are what goes wrong with its requests."""

    venue: Venue
    ledger: Ledger
    accidents: Accidents = field(default_factory=Accidents)
    late: list[tuple[int, Asked, Accident]] = field(default_factory=list)
    news: list[Event] = field(default_factory=list)

    usual: ClassVar[Refusal]  # of an accident that names none

    @abstractmethod
    def takes(self, path: str) -> bool:
        """Whether requests to this path come here."""

    @abstractmethod
    def act(self, asked: Asked, ledger: Ledger) -> object:
        """Do what is asked and say so, or raise a refusal."""

    @abstractmethod
    def refused(self, refusal: Refusal, asked: Asked) -> Answer:
        """A refusal in the venue's own words."""

    @abstractmethod
    def unknown(self, asked: Asked, *, done: bool) -> Answer:
        """The venue's word for *it may have been done*; there may be one for either case."""

    def succeeded(self, answer: Answer) -> bool:
        return answer.status == 200

    def meet(self, connection: Connection) -> None:
        return

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
        asked = await read(request)
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
            return self.undone(accident, asked)
        done = self.perform(asked, accident.past(self.venue.now))
        accident.hit(self.venue.now, asked.whole, self.outcome(done))
        if accident.kind is Mishap.TWICE:
            accident.hit(self.venue.now, asked.whole, self.outcome(self.perform(asked)))
        if accident.kind is Mishap.UNKNOWN:
            return self.unknown(asked, done=True)
        return garbled(accident.kind, done)

    def perform(self, asked: Asked, copy: Ledger | None = None) -> Answer:
        try:
            told = self.act(asked, copy or self.ledger)
        except Refusal as refused:
            return self.refused(refused, asked)
        if asked.method != "GET":
            self.settle()
            self.accidents.remember(self.venue.now, self.ledger)
        return told if isinstance(told, Answer) else as_json(told)

    def undone(self, accident: Accident, asked: Asked) -> Answer:
        if accident.kind is Mishap.REJECTED:
            return self.refused(accident.refusal or self.usual, asked)
        return self.unknown(asked, done=False) if accident.kind is Mishap.SWALLOWED else BUSY

    def outcome(self, answer: Answer) -> str:
        return "200" if self.succeeded(answer) else answer.body

    # -- time

    async def turn(self) -> None:
        """Let happen what is due, and tell it."""
        for entry in [e for e in self.late if e[0] <= self.venue.now]:
            self.late.remove(entry)
            time, asked, accident = entry
            accident.hit(time, asked.whole, self.outcome(self.perform(asked)))
        self.happen()
        if self.news:
            self.accidents.remember(self.venue.now, self.ledger)
        await self.flush()

    def happen(self) -> None:
        """What the account meets as prices and time go on."""
        turns.turn(self.ledger)

    def settle(self) -> None:
        """What follows from an order at once."""
        turns.settle(self.ledger)

    async def flush(self) -> None:
        """Tell the news to whoever listens."""
        self.news.clear()


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


def garbled(kind: Mishap, done: Answer) -> Answer:
    """The answer on its way back."""
    fixed = {
        Mishap.GATEWAY: BAD_GATEWAY,
        Mishap.EMPTY: EMPTY,
        Mishap.HOLLOW: as_json({}),
        Mishap.NULL: as_json(None),
        Mishap.UNSURE: UNSURE,
        Mishap.CUT: as_json(done.body[: len(done.body) // 2]),
        Mishap.PAGE: HTML,
    }
    return fixed.get(kind, done)
