"""A trade that waits for a yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from math import prod
from typing import Self

from core.domain.objection import Objection
from core.domain.trading import Side
from core.errors import ProposalClosed, ProposalExpired


class Rule(StrEnum):
    """Which rule refused or shrank a trade; each is a key of the locales."""

    PAUSED = "paused"
    VETOED = "vetoed"
    NO_EDGE = "no_edge"
    HOLDING = "holding"
    WAITING = "waiting"
    STRANGER = "stranger"
    UNRECONCILED = "unreconciled"
    POSITIONS = "positions"
    PROPOSALS = "proposals"
    COOL_DOWN = "cool_down"
    TWO_STOPS = "two_stops"
    SHOCK = "shock"
    PRICE = "price"
    STALE = "stale"
    ELSEWHERE = "elsewhere"
    ENDING = "ending"
    EVENT = "event"
    DAY_LOSS = "day_loss"
    WEEK_LOSS = "week_loss"
    MONTH_LOSS = "month_loss"
    ROLLING_LOSS = "rolling_loss"
    DIRECTION = "direction"
    EXPOSURE = "exposure"
    LEVERAGE = "leverage"
    MARGIN = "margin"
    GAP = "gap"
    REWARD = "reward"
    TOO_SMALL = "too_small"
    LIQUIDATION = "liquidation"
    RISK = "risk"


Number = Decimal | datetime | timedelta | int | str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No trade, which rule says so, and its numbers."""

    rule: Rule
    numbers: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clamp:
    """A rule that made the size smaller, from one amount to another (base units)."""

    rule: Rule
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Target:
    """Where a share (0..1) of the position takes its profit."""

    price: Decimal
    share: Decimal


class Author(StrEnum):
    """Who wants the trade."""

    DESK = "desk"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What somebody would like to trade, before risk has sized it.

    Distances are fractions of the price. `scale` in 0..1 asks for less than risk would allow;
    what objections took off is in it already.
    """

    symbol: str
    side: Side
    stop_distance: Decimal
    target_distance: Decimal
    horizon: timedelta
    decision_id: str
    author: Author = Author.DESK
    scale: Decimal = Decimal(1)
    objections: tuple[Objection, ...] = ()

    def opposed(self, objections: Sequence[Objection]) -> Self:
        """The same trade, made smaller by each; never larger."""
        scale = prod((one.scale for one in objections), start=self.scale)
        return replace(self, scale=scale, objections=(*self.objections, *objections))

    @property
    def unopposed(self) -> Self:
        """As if nobody had objected; a veto leaves nothing that could be asked for."""
        taken = prod((one.scale for one in self.objections), start=Decimal(1))
        return replace(self, scale=self.scale / taken if taken else self.scale, objections=())


@dataclass(frozen=True, slots=True, kw_only=True)
class TradePlan:
    """A sized trade. Only `core.risk.review` makes one, so whoever holds it has passed risk.

    `risk` and `reward` are money lost at the stop and earned at the targets, counted from the
    entry limit, after fees and slippage. `trail` is a price distance, used once the first target
    is hit; None keeps the stop where it is. `month_left` and `equity` are as of the review.
    """

    symbol: str
    side: Side
    amount: Decimal
    leverage: int
    reference: Decimal
    entry_limit: Decimal
    stop_loss: Decimal
    targets: tuple[Target, ...]
    trail: Decimal | None
    time_stop: timedelta
    risk: Decimal
    reward: Decimal
    liquidation_price: Decimal
    gap_loss: Decimal
    month_left: Decimal
    equity: Decimal
    clamps: tuple[Clamp, ...] = ()

    @property
    def reward_ratio(self) -> Decimal:
        return self.reward / self.risk

    @property
    def notional(self) -> Decimal:
        return self.amount * self.entry_limit

    def accepts(self, price: Decimal) -> bool:
        """Is this price still within the entry limit and before the stop?"""
        sign = self.side.sign
        return sign * price <= sign * self.entry_limit and sign * price > sign * self.stop_loss


class ProposalStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REFUSED = "refused"


class Yes(StrEnum):
    """Who said yes."""

    PERSON = "person"
    AUTOPILOT = "autopilot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan put before a person. Every change gives a new value; none reopens a closed one."""

    id: str
    account: str
    candidate: Candidate
    plan: TradePlan
    created_at: datetime
    expires_at: datetime
    status: ProposalStatus = ProposalStatus.PENDING
    answered_at: datetime | None = None
    yes: Yes | None = None

    @property
    def is_pending(self) -> bool:
        return self.status is ProposalStatus.PENDING

    def approve(self, now: datetime, yes: Yes) -> Self:
        return replace(self._close(ProposalStatus.APPROVED, now), yes=yes)

    def reject(self, now: datetime) -> Self:
        return self._close(ProposalStatus.REJECTED, now)

    def refuse(self, now: datetime) -> Self:
        """Risk, asked again at the tap, said no."""
        return self._close(ProposalStatus.REFUSED, now)

    def supersede(self, now: datetime) -> Self:
        """Another card, with another price or size, takes this one's place."""
        return self._close(ProposalStatus.REPLACED, now)

    def expire(self, now: datetime) -> Self:
        self._must_be_pending()
        return replace(self, status=ProposalStatus.EXPIRED, answered_at=now)

    def _close(self, status: ProposalStatus, now: datetime) -> Self:
        self._must_be_pending()
        if now >= self.expires_at:
            raise ProposalExpired(proposal=self.id)
        return replace(self, status=status, answered_at=now)

    def _must_be_pending(self) -> None:
        if self.status is not ProposalStatus.PENDING:
            raise ProposalClosed(proposal=self.id, status=self.status)
