"""What somebody in the chat wants to know: which kind of test, of which coins, over which days."""

from dataclasses import dataclass
from datetime import date

from core.backtest.record import Kind
from core.domain.market import Timeframe


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`days` count back from now; with neither them nor dates it is all that is recorded.

    Both dates are included. `trials` is how many sets a search tries (a walk: before each test),
    0 for a plain backtest.
    """

    kind: Kind
    symbols: tuple[str, ...]
    timeframe: Timeframe
    days: int | None = None
    first: date | None = None
    last: date | None = None
    trials: int = 0

    def __post_init__(self) -> None:
        if not self.symbols:
            raise ValueError("a backtest needs a symbol")
        if (self.first is None) is not (self.last is None):
            raise ValueError("one date alone says nothing")
        if self.first and self.last and (self.days is not None or self.last < self.first):
            raise ValueError(f"{self.first}, {self.last} and {self.days} days do not fit together")
        if (self.trials > 0) is not (self.kind is not Kind.BACKTEST):
            raise ValueError(f"{self.trials} trials do not fit {self.kind}")

    @property
    def length(self) -> int | None:
        """Days, None for all that is recorded."""
        if self.first and self.last:
            return (self.last - self.first).days + 1
        return self.days
