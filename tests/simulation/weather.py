"""What goes wrong in one run, when, and for how long: drawn once from its seed."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Trouble(StrEnum):
    """Of a stream, of the archive, or of the venue as a whole."""

    STALL = "the stream is silent, its connection stands"
    CUT = "the connection breaks"
    TWICE = "messages come twice"
    LATE = "messages overtake each other"
    LOST = "messages vanish"
    UNSAID = "nobody says that a candle has closed"
    DOWN = "the archive does not answer"
    BUSY = "the archive asks to wait"
    SLOW = "the archive is slow"
    BEHIND = "the archive does not have the newest candles yet"
    DARK = "the venue is silent altogether"


@dataclass(frozen=True, slots=True)
class Spell:
    """From `start` to `end`, in seconds of the run."""

    trouble: Trouble
    start: float
    end: float

    def covers(self, moment: float) -> bool:
        return self.start <= moment < self.end


@dataclass
class Weather:
    """All the spells of a run; what struck is remembered, so that each is known to have happened."""

    spells: tuple[Spell, ...]
    struck: set[Trouble]

    def strikes(self, trouble: Trouble, moment: float) -> bool:
        hit = any(s.trouble is trouble and s.covers(moment) for s in self.spells)
        if hit:
            self.struck.add(trouble)
        return hit

    def quiet_from(self, *troubles: Trouble) -> float:
        return max((s.end for s in self.spells if s.trouble in troubles), default=0.0)


def weather(dice: Random, seconds: float, calm_after: float) -> Weather:
    """Six to fourteen spells; the last part of the run is calm."""
    spells = []
    for _ in range(dice.randint(6, 14)):
        start = dice.uniform(60, calm_after - 10)
        length = dice.choice((dice.uniform(2, 20), dice.uniform(30, 400)))
        end = min(start + length, calm_after)
        spells.append(Spell(dice.choice(list(Trouble)), start, end))
    return Weather(tuple(spells), set())
