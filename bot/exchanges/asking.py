"""Asks a venue something that may be asked twice, and turns ccxt's errors into the desk's."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import localcontext
from typing import Any

import ccxt

from bot.errors import VenueBusy, VenueUnavailable
from bot.exchanges.abilities import Ability, abilities
from bot.exchanges.venues import Venue
from core.errors import UnknownSymbol

BUSY = (ccxt.RateLimitExceeded, ccxt.DDoSProtection)
SHOWN = 160
BUSY_REST, BANNED_REST = 5.0, 60.0
LONGEST_REST = 86_400.0


@dataclass(slots=True)
class Asker:
    """One venue's client for public data. Only reads: what may not be sent twice is not for it.

    A venue that has asked to wait is left alone so long, or a while where it does not say how
    long: whoever asks on is banned for longer.
    """

    venue: Venue
    client: Any
    abilities: frozenset[Ability]
    rests_until: float = 0.0

    async def __call__(self, call: str, *arguments: Any, **options: Any) -> Any:
        """Raises VenueBusy, VenueUnavailable, UnknownSymbol."""
        self._wait()
        try:
            with localcontext():  # ccxt changes how its caller rounds, and leaves it so
                return await getattr(self.client, call)(*arguments, **options)
        except asyncio.CancelledError as error:
            if _is_ours_to_end():
                raise
            raise VenueUnavailable(f"{self.venue.title} was broken off by another") from error
        except ccxt.BadSymbol as error:
            raise UnknownSymbol(symbol=_symbol(arguments), known=self.venue.title) from error
        except BUSY as error:
            seconds = self._retry_after()
            self._rest(_usual_rest(error) if seconds is None else seconds)
            raise VenueBusy(self._said("asks to wait", error), seconds) from error
        except ccxt.OnMaintenance as error:
            raise VenueUnavailable(self._said("is under maintenance", error)) from error
        except ccxt.BaseError as error:
            raise VenueUnavailable(self._said("cannot be read", error)) from error
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            raise VenueUnavailable(self._said("answered nonsense", error)) from error

    async def markets(self, *, again: bool = False) -> Mapping[str, Any]:
        """Everything the venue lists, asked once, or `again`. A venue that lists nothing has not
        answered: what was known before stays.
        """
        known = self.client.markets
        found: Mapping[str, Any] = await self("load_markets", again)
        if found:
            return found
        self.client.markets_loading = None
        if known:
            self.client.set_markets(known)
        raise VenueUnavailable(f"{self.venue.title} answered no contracts but something else")

    def can(self, ability: Ability) -> bool:
        return ability in self.abilities

    def heard_json(self) -> bool:
        """Was the last answer one at all? ccxt makes an empty list of a page or of nothing."""
        said = (self.client.last_http_response or "").lstrip()
        return said.startswith(("[", "{"))

    def _wait(self) -> None:
        left = self.rests_until - self._now()
        if left > 0:
            raise VenueBusy(f"{self.venue.title} has asked to wait {left:.0f} s longer", left)

    def _rest(self, seconds: float) -> None:
        """Never less than what another answer has asked for."""
        until = self._now() + min(seconds, LONGEST_REST)
        self.rests_until = max(self.rests_until, until)

    def _now(self) -> float:
        """In seconds, by ccxt's own clock."""
        return float(self.client.milliseconds()) / 1000

    async def close(self) -> None:
        await self.client.close()

    def _said(self, what: str, error: Exception) -> str:
        """Without addresses: they may carry what is secret."""
        cause = " ".join(str(error).split())
        words = (word for word in cause.split(" ") if "://" not in word)
        return f"{self.venue.title} {what}: {' '.join(words)[:SHOWN] or type(error).__name__}"

    def _retry_after(self) -> float | None:
        headers = self.client.last_response_headers or {}
        said = next((v for k, v in headers.items() if k.lower() == "retry-after"), None)
        try:
            seconds = float(said) if said is not None else math.nan
        except ValueError:
            return None
        return seconds if 0 <= seconds < math.inf else None


def _usual_rest(error: Exception) -> float:
    return BANNED_REST if isinstance(error, ccxt.DDoSProtection) else BUSY_REST


def _is_ours_to_end() -> bool:
    """Many wait for one loading of ccxt's markets, and the first that gives up cancels it for all."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def asker(venue: Venue, client: Any) -> Asker:
    return Asker(venue, client, abilities(client, venue))


def _symbol(arguments: tuple[Any, ...]) -> str:
    return str(arguments[0]) if arguments else ""
