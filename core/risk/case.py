"""One candidate before the risk rules: the levels, the leverage and the room that it would have."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.domain.people import AccountSettings
from core.domain.proposal import Candidate
from core.risk.rooms import Room, rooms
from core.risk.standing import Standing
from core.risk.terms import Terms

ENTRY_SLACK = Decimal("0.1")
TARGET_SPREAD = Decimal("0.4")


@dataclass(frozen=True)
class Case:
    """A candidate on today's terms, in an account that stands where it stands."""

    candidate: Candidate
    terms: Terms
    standing: Standing
    settings: AccountSettings

    @cached_property
    def leverage(self) -> int:
        """As much as the profile allows, and the venue for a position of the size wished for."""
        most = self.terms.instrument.leverage_at(self.wished * self.entry_limit)
        allowed = min(self.settings.limits.leverage, most)
        return min(allowed, self.candidate.leverage or allowed)

    @cached_property
    def base(self) -> Decimal:
        """The price that distances are counted from."""
        return self.candidate.limit or self.terms.quote.last

    @cached_property
    def entry_limit(self) -> Decimal:
        """The worst price at which the desk would enter: a tenth of the stop distance away, or
        where a person wants to wait.
        """
        if self.candidate.limit is not None:
            return self._placed(self.candidate.limit)
        return self._level(self.candidate.stop_distance * ENTRY_SLACK)

    @cached_property
    def stop(self) -> Decimal:
        if self.candidate.stop_at is not None:
            return self._placed(self.candidate.stop_at)
        return self._level(-self.candidate.stop_distance)

    @cached_property
    def targets(self) -> tuple[Decimal, ...]:
        """One target, or two around it; one that a person has named stands alone."""
        if self.candidate.target_at is not None:
            return (self._placed(self.candidate.target_at),)
        spread = TARGET_SPREAD if self.settings.two_targets else Decimal(0)
        factors = (1 - spread, 1 + spread) if spread else (Decimal(1),)
        return tuple(self._level(self.candidate.target_distance * factor) for factor in factors)

    @cached_property
    def loss_per_unit(self) -> Decimal:
        return self.terms.loss_per_unit(self.entry_limit, self.stop)

    @cached_property
    def wished(self) -> Decimal:
        """Fixed fraction: the amount whose loss at the stop is the risk per trade, scaled; never
        more than a person asked for.
        """
        scale = min(self.candidate.scale, Decimal(1))
        budget = self.settings.limits.risk_per_trade * self.standing.equity * scale
        amount = budget / self.loss_per_unit
        if self.candidate.notional is not None:
            amount = min(amount, self.candidate.notional / self.entry_limit)
        return self.terms.instrument.round_amount(amount)

    @property
    def is_ordered(self) -> bool:
        """Does the stop lie before the entry, and every target behind it?"""
        sign = self.candidate.side.sign
        ahead = all((target - self.entry_limit) * sign > 0 for target in self.targets)
        return ahead and (self.entry_limit - self.stop) * sign > 0 and self.stop > 0

    def rooms(self) -> Iterator[Room]:
        side, instrument = self.candidate.side, self.terms.instrument
        return rooms(side, self.leverage, self.standing, self.settings, instrument)

    def allowed(self, room: Room) -> Decimal:
        """The largest amount that fits into a room."""
        per_unit = self.entry_limit if room.risk is None else self.loss_per_unit
        return self.terms.instrument.round_amount(room.left / per_unit)

    def _level(self, distance: Decimal) -> Decimal:
        """The price this fraction away, in the direction of profit."""
        return self._placed(self.base * (1 + self.candidate.side.sign * distance))

    def _placed(self, price: Decimal) -> Decimal:
        """On a step of the venue, rounded against the trade."""
        instrument = self.terms.instrument
        against = instrument.price_down if self.candidate.side.sign > 0 else instrument.price_up
        return against(price)
