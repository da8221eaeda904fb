"""How much models may cost in a month and in a day, and what it was that set the bound."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

CEILING = Decimal(100)
CEILING_WON = Decimal(150_000)
OF_EQUITY = Decimal("0.0025")
DAYS = 15
CENT = Decimal("0.01")


class Bound(StrEnum):
    """What set a cap; each is a key of the locales."""

    OWNER = "owner"
    CEILING = "ceiling"
    WON = "won"
    EQUITY = "equity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """US dollars a month and a day; `by` set the month's."""

    month: Decimal
    day: Decimal
    by: Bound = Bound.OWNER

    def __post_init__(self) -> None:
        if not (self.month >= 0 and self.day >= 0):
            raise ValueError(f"caps must not be negative, were {self.month} and {self.day}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the owner wants instead of the usual; None leaves it to the desk."""

    month: Decimal | None = None
    day: Decimal | None = None


def usual_caps(equity: Decimal | None, krw: Decimal | None) -> Caps:
    """The least of the ceiling, its won and a share of the equity; what is unknown does not bind."""
    bounds = {Bound.CEILING: CEILING}
    if krw:
        bounds[Bound.WON] = CEILING_WON / krw
    if equity is not None:
        bounds[Bound.EQUITY] = max(equity, Decimal(0)) * OF_EQUITY
    by = min(bounds, key=lambda bound: bounds[bound])
    month = _down(bounds[by])
    return Caps(month=month, day=_down(month / DAYS), by=by)


def caps_for(wish: Wish, usual: Caps) -> Caps:
    """The owner's word goes first; a month without a day of its own is spread like the usual."""
    if wish.month is None:
        return Caps(month=usual.month, day=_day(wish, usual.month), by=usual.by)
    return Caps(month=wish.month, day=_day(wish, wish.month))


def _day(wish: Wish, month: Decimal) -> Decimal:
    return _down(month / DAYS) if wish.day is None else min(wish.day, month)


def _down(amount: Decimal) -> Decimal:
    """Towards zero, so that a rounded cap never allows more."""
    return amount.quantize(CENT, ROUND_DOWN)
