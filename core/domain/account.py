"""Which accounts a desk trades: each a name, a venue, and whether the money is real."""

import re
from dataclasses import dataclass
from enum import StrEnum

NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
TITLES = {"okx": "OKX"}


class Mode(StrEnum):
    """PAPER is the desk's own invention, DEMO the venue's; LIVE is money."""

    PAPER = "paper"
    DEMO = "demo"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class DeskAccount:
    """`venue` is where its prices come from and, unless it is paper, where its orders go."""

    name: str
    venue: str
    mode: Mode

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"an account is named [a-z][a-z0-9-]*, was {self.name!r}")

    @property
    def is_paper(self) -> bool:
        return self.mode is Mode.PAPER

    @property
    def title(self) -> str:
        """Binance main, for `binance-main`; Bybit hedge, for `hedge` at Bybit; `paper-2` as it is."""
        if self.is_paper:
            return self.name
        rest = self.name.removeprefix(self.venue).strip("-")
        return f"{TITLES.get(self.venue, self.venue.capitalize())} {rest}".strip()


PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Roster:
    """All accounts of a desk. The first one stands for the desk itself: it pays for models."""

    accounts: tuple[DeskAccount, ...]

    @property
    def main(self) -> DeskAccount:
        return self.accounts[0]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(account.name for account in self.accounts)

    @property
    def practice(self) -> tuple[str, ...]:
        """Where nothing can be lost, and so where an autopilot shows what it can do."""
        return tuple(a.name for a in self.accounts if a.is_paper) or (PAPER,)

    def find(self, name: str) -> DeskAccount | None:
        return next((account for account in self.accounts if account.name == name), None)

    def of(self, name: str) -> DeskAccount:
        """Raises LookupError."""
        found = self.find(name)
        if found is None:
            raise LookupError(name)
        return found

    def by_urgency(self) -> tuple[DeskAccount, ...]:
        """Money first, then the venues' demos, then paper."""
        order = (Mode.LIVE, Mode.DEMO, Mode.PAPER)
        return tuple(sorted(self.accounts, key=lambda account: order.index(account.mode)))


ON_PAPER = Roster((DeskAccount(PAPER, PAPER, Mode.PAPER),))
