"""What a venue may have to tell, and how it is asked."""

from dataclasses import dataclass
from typing import Any

from tests.venues.series import Rows
from tests.venues.world import Liquidation, Trade

Query = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """A candle on its way to a stream, with the venue's flag for *closed*."""

    row: Rows
    width: int
    closed: bool


News = Bar | Trade | Liquidation | None
