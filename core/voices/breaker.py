"""A provider that fails three times in a row rests; one that lets nobody in is not asked again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.domain.model import Failure

MOST = 3
REST = timedelta(minutes=15)
ILL = {
    Failure.TIMEOUT,
    Failure.UNREACHABLE,
    Failure.OVERLOADED,
    Failure.REJECTED,
    Failure.MALFORMED,
}
OFF = {Failure.FORBIDDEN, Failure.UNPAID}


@dataclass(frozen=True, slots=True)
class Breaker:
    """How a provider has been doing; `off` is why it may not be asked at all."""

    failures: int = 0
    rests_until: datetime | None = None
    off: Failure | None = None

    def refusal(self, now: datetime) -> Failure | None:
        """Why it may not be asked now."""
        if self.off is not None:
            return self.off
        rests = self.rests_until is not None and now < self.rests_until
        return Failure.RESTING if rests else None

    def trying(self, now: datetime) -> "Breaker":
        """About to be asked. After a rest one question goes first; others wait for its answer."""
        return replace(self, rests_until=now + REST) if self.failures >= MOST else self

    def after(self, failure: Failure | None, now: datetime) -> "Breaker":
        """What an answer teaches; a model that refuses or rambles is a provider that answers."""
        if failure in OFF:
            return Breaker(off=failure)
        if self.off is not None:
            return self
        if failure not in ILL:
            return Breaker()
        failures = self.failures + 1
        rests = now + REST if failures >= MOST else None
        return Breaker(failures, rests)


WELL = Breaker()


class Health:
    """How every provider is doing, as long as the process lives."""

    def __init__(self) -> None:
        self._breakers: dict[str, Breaker] = {}

    def of(self, provider: str) -> Breaker:
        return self._breakers.get(provider, WELL)

    def admit(self, provider: str, now: datetime) -> Failure | None:
        """Why not, or None: then it is about to be asked."""
        breaker = self.of(provider)
        refusal = breaker.refusal(now)
        if refusal is None:
            self._breakers[provider] = breaker.trying(now)
        return refusal

    def learn(self, provider: str, failure: Failure | None, now: datetime) -> bool:
        """True when this has just switched the provider off."""
        before = self.of(provider)
        self._breakers[provider] = after = before.after(failure, now)
        return before.off is None and after.off is not None

    def reset(self, provider: str) -> None:
        """Somebody has changed a key or paid a bill."""
        self._breakers.pop(provider, None)
