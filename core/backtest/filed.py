"""A backtest on file: who asked for it, what has become of it, and the figures of a list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.backtest.record import Kind, Record


class Status(StrEnum):
    """What waits its turn counts as running."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """`words` ask for the same again. `total`, `hold` and `drawdown` are fractions, None as long
    as there is no record; a search that was stopped may have one. `error` is a sentence.

    `lost` is one that the desk's own end stopped, and nobody has been told of it.
    """

    id: str
    account: str
    person: int
    created_at: datetime
    kind: Kind
    words: str
    status: Status = Status.RUNNING
    total: float | None = None
    hold: float | None = None
    drawdown: float | None = None
    trades: int | None = None
    error: str = ""
    lost: bool = False

    @property
    def has_record(self) -> bool:
        return self.total is not None


@dataclass(frozen=True, slots=True)
class Finished:
    """It came to its end."""

    record: Record


@dataclass(frozen=True, slots=True)
class Failed:
    """`reason` is one sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A search that was stopped still says what it had found by then."""

    record: Record | None = None


Outcome = Finished | Failed | Stopped


@dataclass(frozen=True, slots=True)
class Progress:
    """`ahead` others come first while it waits. `done` of `total` are this stage's; `best` is the
    best objective so far.
    """

    ahead: int = 0
    stage: str = ""
    done: int = 0
    total: int = 0
    best: float | None = None
