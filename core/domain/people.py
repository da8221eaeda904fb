"""Who may speak to the desk, and how an account is allowed to trade."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from core.domain.market import Timeframe
from core.domain.restraint import Cause, TradingState, state_of
from core.domain.tuning import STANDARD, Tuning


class Role(StrEnum):
    OWNER = "owner"
    TRADER = "trader"
    VIEWER = "viewer"


class Language(StrEnum):
    KO = "ko"
    EN = "en"

    @property
    def won_units(self) -> tuple[tuple[str, int], ...]:
        """Large sums are counted in 억 and 만, or in millions and thousands; largest first."""
        if self is Language.KO:
            return (("huge", 10**8), ("large", 10**4))
        return (("huge", 10**6), ("large", 10**3))


class Colours(StrEnum):
    """Red-up is Korean habit, green-up the rest of the world's."""

    RED_UP = "red_up"
    GREEN_UP = "green_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A Telegram user and how this one wants to be spoken to; `account` is the one that is meant,
    empty until somebody has chosen.
    """

    id: int
    chat: int
    name: str
    role: Role
    language: Language
    timezone: str
    colours: Colours
    account: str = ""


class Profile(StrEnum):
    CAUTIOUS = "cautious"
    BALANCED = "balanced"
    BOLD = "bold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """An account's hard limits. Fractions are of equity: 0.0025 is a quarter of a percent."""

    risk_per_trade: Decimal
    leverage: int
    max_positions: int
    day_loss: Decimal
    week_loss: Decimal
    month_loss: Decimal
    reward_ratio: Decimal
    cool_down: timedelta
    cool_down_two_stops: timedelta
    same_direction_risk: Decimal
    exposure: Decimal
    autopilot_risk: Decimal
    autopilot_entries: int
    proposals_per_day: int = 6


class Approval(StrEnum):
    """Who says yes: always a person, the autopilot for small trades, or the autopilot."""

    ASK = "ask"
    SMALL = "small"
    AUTOPILOT = "autopilot"


class Absence(StrEnum):
    """What becomes of a proposal that nobody answers."""

    WAIT = "wait"
    SHADOW = "shadow"
    SMALL_AUTOPILOT = "small_autopilot"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSettings:
    """How one account trades; changed in the chat, kept in the ledger.

    `paused` is what a person does. `causes` are what the guards hold against trading, the oldest
    first; what happened before `released_at` is held against nobody again.
    """

    account: str
    profile: Profile
    limits: Limits
    approval: Approval
    absence: Absence
    small_below: Decimal
    symbols: tuple[str, ...]
    timeframe: Timeframe
    two_targets: bool = True
    tuning: Tuning = STANDARD
    paused: bool = False
    paused_at: datetime | None = None
    causes: tuple[Cause, ...] = ()
    released_at: datetime | None = None

    @property
    def trading(self) -> TradingState:
        return state_of(self.causes)

    @property
    def halts(self) -> tuple[Cause, ...]:
        """What only a person may lift."""
        return tuple(cause for cause in self.causes if cause.halts)
