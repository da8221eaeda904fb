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
        return min(self.settings.limits.leverage, most)

    @cached_property
    def entry_limit(self) -> Decimal:
        """The worst price at which the desk would enter: a tenth of the stop distance away."""
        return self._level(self.candidate.stop_distance * ENTRY_SLACK)

    @cached_property
    def stop(self) -> Decimal:
        return self._level(-self.candidate.stop_distance)

    @cached_property
    def targets(self) -> tuple[Decimal, ...]:
        """One target, or two around it."""
        spread = TARGET_SPREAD if self.settings.two_targets else Decimal(0)
        factors = (1 - spread, 1 + spread) if spread else (Decimal(1),)
        return tuple(self._level(self.candidate.target_distance * factor) for factor in factors)

    @cached_property
    def loss_per_unit(self) -> Decimal:
        return self.terms.loss_per_unit(self.entry_limit, self.stop)

    @cached_property
    def wished(self) -> Decimal:
        """Fixed fraction: the amount whose loss at the stop is the risk per trade, scaled."""
        scale = min(self.candidate.scale, Decimal(1))
        budget = self.settings.limits.risk_per_trade * self.standing.equity * scale
        return self.terms.instrument.round_amount(budget / self.loss_per_unit)

    def rooms(self) -> Iterator[Room]:
        side, instrument = self.candidate.side, self.terms.instrument
        return rooms(side, self.leverage, self.standing, self.settings, instrument)

    def allowed(self, room: Room) -> Decimal:
        """The largest amount that fits into a room."""
        per_unit = self.entry_limit if room.risk is None else self.loss_per_unit
        return self.terms.instrument.round_amount(room.left / per_unit)

    def _level(self, distance: Decimal) -> Decimal:
        """The price this fraction away, in the direction of profit; rounded against the trade."""
        instrument, sign = self.terms.instrument, self.candidate.side.sign
        against = instrument.price_down if sign > 0 else instrument.price_up
        return against(self.terms.quote.last * (1 + sign * distance))
