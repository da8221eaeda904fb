"""What goes wrong on command: with requests, with streams, with candles and with the clock."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Self


class Http(StrEnum):
    """What may befall a request (or a stream's handshake)."""

    STALL = "accepted, never answered"
    DISCONNECT = "the connection breaks"
    TOO_MANY = "429 with Retry-After"
    BANNED = "418 with Retry-After"
    BROKEN = "the venue's own 5xx"
    GATEWAY = "502 from a proxy, as HTML"
    HTML = "200 with a page"
    EMPTY = "200 with nothing"
    MAINTENANCE = "the venue's own maintenance answer"


class Reach(StrEnum):
    """What may befall a connection before a request is sent."""

    NAMELESS = "the name does not resolve"
    REFUSED = "nobody listens there"
    UNTRUSTED = "the certificate is a stranger's"


class Stream(StrEnum):
    """What may befall the messages of a stream."""

    SILENT = "nothing comes, pings are answered"
    DEAD = "nothing comes, not even pongs"
    TWICE = "every message comes twice"
    SWAPPED = "every second message overtakes the one before it"
    LOST = "messages vanish, others flow"


@dataclass(eq=False)
class Fault:
    """One thing that goes wrong until it ends, or a number of times; also a context."""

    kind: Http | Stream | Reach
    on: str = ""  # a part of the path with its query, or of the stream's name
    times: int | None = None
    retry_after: int = 30
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    struck: list[str] = field(default_factory=list)  # the paths and streams that it hit

    def strikes(self, what: str) -> bool:
        """Whether it hits this path or stream; counts."""
        hit = self._hits(what)
        if hit:
            self.struck.append(what)
        return hit

    def _hits(self, what: str) -> bool:
        if self.ended.is_set() or self.on not in what:
            return False
        if self.times is not None:
            self.times -= 1
            if self.times <= 0 and self.kind is not Http.STALL:
                self.end()
            return self.times >= 0
        return True

    def end(self) -> None:
        self.ended.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()


@dataclass(frozen=True, slots=True)
class Gap:
    """Candles that opened in [start, end) are missing."""

    base: str
    start: int
    end: int
    rest: bool = True
    streams: bool = True

    def swallows(self, base: str, opened: int) -> bool:
        return base == self.base and self.start <= opened < self.end


@dataclass
class Faults:
    """Everything that is wrong with one venue right now."""

    running: list[Fault] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    skew: int = 0  # milliseconds by which the times that the venue tells are ahead
    funding_late: int = 0  # milliseconds between the due time and the stamp

    def begin(
        self,
        kind: Http | Stream | Reach,
        on: str = "",
        times: int | None = None,
        retry_after: int = 30,
    ) -> Fault:
        fault = Fault(kind, on, times, retry_after)
        self.running.append(fault)
        return fault

    def gap(
        self, base: str, start: int, end: int, *, rest: bool = True, streams: bool = True
    ) -> Gap:
        gap = Gap(base, start, end, rest, streams)
        self.gaps.append(gap)
        return gap

    def clear(self) -> None:
        """All is well again; what stalled goes on."""
        for fault in self.running:
            fault.end()
        self.running.clear()
        self.gaps.clear()
        self.skew = self.funding_late = 0

    def http(self, path: str) -> Fault | None:
        return self._first(path, Http)

    def stream(self, channel: str) -> Fault | None:
        return self._first(channel, Stream)

    def reach(self, host: str) -> Fault | None:
        """Only connections that are opened from now on ask for it."""
        return self._first(host, Reach)

    def deaf(self, channels: Sequence[str]) -> bool:
        """Whether a connection with these streams answers no pings."""
        dead = [f for f in self.running if f.kind is Stream.DEAD and not f.ended.is_set()]
        return any(f.on in channel for f in dead for channel in (*channels, ""))

    def _first(self, what: str, family: type[Http] | type[Stream] | type[Reach]) -> Fault | None:
        if not self.running:
            return None
        return next(
            (f for f in self.running if isinstance(f.kind, family) and f.strikes(what)), None
        )
