"""What goes wrong in one life of orders; drawn from its seed, counted when it was seen to happen."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Fault(StrEnum):
    UNSENT = "an order is not sent: the connection is refused"
    REFUSED = "an order is refused with a code"
    BROKE = "an entry is refused for its margin"
    LOST = "an order never arrives, and nobody says so"
    MUTE = "an order is done, and no answer comes"
    UNSURE = "an order is done, and told as unknown"
    SWALLOWED = "an order is not done, and told as unknown"
    LATE = "an order arrives up to 15 s after its line broke"
    TWICE = "an order arrives twice"
    KEPT = "a cancellation never arrives, and nobody says so"
    TAKEN = "a cancellation is done, and no answer comes"
    SILENT = "a question is not answered"
    SLOW = "an answer takes its time"
    LAG = "a question is answered as things were some time ago"
    STALE = "a list of open orders lacks one"
    OUTAGE = "the venue is gone for everybody"
    BUSY = "the venue asks everybody to wait"
    THIN = "the market takes a part of an order only"
    GAP = "the price jumps"
    FUNDING = "funding is paid"
    LIQUIDATION = "a position is liquidated"
    ADL = "a position is deleveraged"
    HAND_CLOSE = "somebody closes a position at the venue"
    HAND_REDUCE = "somebody closes a part of it at the venue"
    HAND_CANCEL = "somebody cancels a stop at the venue"
    HAND_FLIP = "somebody turns a position over at the venue"
    HAND_LEVERAGE = "somebody changes the leverage at the venue"
    FOREIGN = "somebody opens a position of their own"
    CRASH = "the process dies"
    RELAPSE = "the process dies again while it recovers"
    TAPS = "a button is tapped more than once"
    PANIC = "somebody panics"


UNDONE = (Fault.UNSENT, Fault.REFUSED, Fault.BROKE, Fault.LOST, Fault.SWALLOWED)
OF_ORDERS = (*UNDONE, Fault.MUTE, Fault.UNSURE, Fault.LATE, Fault.TWICE, Fault.THIN)
OF_ENTRIES = frozenset({Fault.BROKE})
OF_CANCELS = (Fault.KEPT, Fault.TAKEN)
OF_QUESTIONS = (Fault.SILENT, Fault.SLOW, Fault.LAG, Fault.STALE)
OF_HANDS = (
    Fault.HAND_CLOSE,
    Fault.HAND_REDUCE,
    Fault.HAND_CANCEL,
    Fault.HAND_FLIP,
    Fault.HAND_LEVERAGE,
    Fault.ADL,
    Fault.FOREIGN,
)
SPELLS = (Fault.OUTAGE, Fault.BUSY)
RATES = (0.0, 0.03, 0.1, 0.25)
IN_A_ROW = 2


@dataclass
class Weather:
    """Some of the faults, at a rate; nothing after `calm`.

    Two orders in a row that can only reduce may go wrong, never three, and so with questions: a
    venue of which nothing can be had is an outage, and during one nobody is blamed for waiting.
    """

    seed: int
    calm: float
    struck: Counter[Fault] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.seed}|weather")
        self.kinds = frozenset(f for f in Fault if self.dice.random() < 0.5)
        self.rate = self.dice.choice(RATES)
        self.spells = tuple(self._spell(kind) for kind in SPELLS if kind in self.kinds)
        self.unlucky: Counter[str] = Counter()

    def _spell(self, kind: Fault) -> tuple[Fault, float, float]:
        start = self.dice.uniform(1, self.calm - 5)
        longest = 40.0 if kind is Fault.OUTAGE else 10.0
        return kind, start, min(start + self.dice.uniform(0.5, longest), self.calm)

    def spell(self, moment: float) -> Fault | None:
        return next((kind for kind, start, end in self.spells if start <= moment < end), None)

    def of_order(self, moment: float, *, reduces: bool) -> Fault | None:
        drawn = self._draw(OF_ORDERS, moment, "reducing" if reduces else "")
        return None if reduces and drawn in OF_ENTRIES else drawn

    def of_cancel(self, moment: float) -> Fault | None:
        return self._draw(OF_CANCELS, moment, "cancel")

    def of_question(self, moment: float) -> Fault | None:
        return self._draw(OF_QUESTIONS, moment, "question")

    def _draw(self, among: tuple[Fault, ...], moment: float, row: str) -> Fault | None:
        there = [fault for fault in among if fault in self.kinds]
        strikes = self.dice.random() < self.rate and moment < self.calm and bool(there)
        if not strikes or (row and self.unlucky[row] >= IN_A_ROW):
            self.unlucky[row] = 0
            return None
        self.unlucky[row] += 1
        return self.dice.choice(there)

    def saw(self, fault: Fault) -> None:
        self.struck[fault] += 1
