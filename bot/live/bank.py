"""What the banks give for a dollar in won: the European Central Bank's rate of the day, by a free API."""

import json
import math
from dataclasses import dataclass
from decimal import Decimal

from bot.errors import VenueUnavailable
from bot.live.seoul import Seoul
from bot.news.errors import Unheard
from bot.news.fetching import Fetch

ADDRESS = "https://api.frankfurter.dev/v1/latest?base=USD&symbols=KRW"
LOWEST, HIGHEST = 500, 5_000


@dataclass(frozen=True, slots=True)
class AskBank:
    """Tells Seoul; an answer that cannot be a rate is none. Raises VenueUnavailable."""

    seoul: Seoul
    fetch: Fetch

    async def __call__(self) -> None:
        try:
            page = await self.fetch(ADDRESS)
        except Unheard as error:
            raise VenueUnavailable(f"the banks' rate cannot be read: {error}") from error
        self.seoul.bank = rate_in(page.body) or self.seoul.bank


def rate_in(body: bytes) -> Decimal | None:
    try:
        told = json.loads(body, parse_float=Decimal, parse_int=Decimal)["rates"]["KRW"]
    except (ValueError, LookupError, TypeError):
        return None
    if not isinstance(told, Decimal) or not math.isfinite(told):
        return None
    return told if LOWEST < told < HIGHEST else None
