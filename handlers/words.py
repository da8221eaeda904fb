"""Words in the reader's language, and times and sums the way this reader writes them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.domain.account import ON_PAPER, DeskAccount
from core.domain.people import Colours, Language, Person

Lookup = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Translator:
    """Turns a key and its numbers into text; an unknown key is a bug, and raises LookupError."""

    language: Language
    lookup: Lookup

    def __call__(self, key: str, **numbers: object) -> str:
        pattern = self.lookup(key)
        if pattern == key:
            raise LookupError(f"no words for {key} in {self.language}")
        return pattern.format(**numbers) if numbers else pattern

    def of(self, family: str, member: StrEnum) -> str:
        """The word for one member of an enumeration."""
        return self(f"{family}.{member.value}")


Words = Mapping[Language, Translator]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads a screen, which is about one account. `krw` is won per quote unit, None
    where no rate is known.
    """

    person: Person
    t: Translator
    krw: Decimal | None = None
    account: DeskAccount = ON_PAPER.main

    @property
    def red_up(self) -> bool:
        return self.person.colours is Colours.RED_UP

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.person.timezone))

    def clock(self, moment: datetime) -> str:
        return self.local(moment).strftime("%H:%M")

    def seconds(self, moment: datetime) -> str:
        return self.local(moment).strftime("%H:%M:%S")

    def day_and_clock(self, moment: datetime) -> str:
        return self.local(moment).strftime("%m-%d %H:%M")

    def lasting(self, length: timedelta) -> str:
        """4h 8m, without seconds; days once there are any."""
        minutes = max(int(length.total_seconds()) // 60, 0)
        days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
        parts = ((days, "unit.days"), (hours, "unit.hours"), (minutes, "unit.minutes"))
        said = [self.t(unit, n=n) for n, unit in parts if n]
        return " ".join(said[:2]) or self.t("unit.minutes", n=0)

    def won(self, amount: Decimal) -> str:
        """The same sum in won, rounded as people say it; empty where no rate is known."""
        if self.krw is None:
            return ""
        won = abs(amount * self.krw)
        for name, size in self.person.language.won_units:
            if won >= size:
                return self.t(f"won.{name}", n=_figures(won / size))
        return self.t("won.small", n=f"{won:,.0f}")


def _figures(value: Decimal) -> str:
    """Three figures, as sums are said: 3.6, 33.1, 1,440."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}".removesuffix(".0")
