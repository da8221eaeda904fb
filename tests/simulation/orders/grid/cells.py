"""The axes of the grid: what is done, when it goes wrong, what goes wrong, and where."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Operation(StrEnum):
    SETTING = "setting"
    ENTRY = "entry"
    STOP = "stop"
    TARGET = "target"
    MOVE = "move"
    CANCEL = "cancel"
    CLOSE = "close"
    LIST = "list"
    KEYS = "keys"


class Phase(StrEnum):
    P0 = "before the intent is written"
    P1 = "written, and not yet sent"
    P2 = "sent, and the venue has not acted"
    P3 = "the venue has acted, and not yet answered"
    P4 = "answered, and the answer is not written"
    P5 = "the answer is written, and nobody was told"


class Fault(StrEnum):
    KILL = "kill"
    TERM = "term"
    REFUSED = "refused"
    DNS = "dns"
    TLS = "tls"
    RESET = "reset"
    TIMEOUT = "timeout"
    LATE = "late"
    TWICE = "twice"
    TRUNCATED = "truncated"
    PAGE = "page"
    EMPTY = "empty"
    GATEWAY = "gateway"
    UNKNOWN = "unknown"
    BUSY = "busy"
    CLOCK = "clock"
    PARTIAL = "partial"
    INSTANT = "instant"
    REJECT = "reject"
    LAG = "lag"
    STALE = "stale"
    STREAM = "stream"
    HAND = "hand"
    FATE = "fate"
    DATABASE = "database"
    SECOND = "second"


PROFILES = ("binance", "bybit", "okx", "bitget", "upbit", "hostile")
WRITTEN = frozenset(
    {Operation.ENTRY, Operation.STOP, Operation.TARGET, Operation.MOVE, Operation.CLOSE}
)
ORDERS = WRITTEN
AROUND = frozenset({Phase.P0, Phase.P5})


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    profile: str
    operation: Operation
    phase: Phase
    fault: Fault

    @property
    def name(self) -> str:
        return f"{self.fault}/{self.profile}/{self.operation}/{self.phase.name}"


def cells() -> list[Cell]:
    every = product(PROFILES, Operation, Phase, Fault)
    return [Cell(*one) for one in every]
