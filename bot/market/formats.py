"""Which columns of a table matter, told by its first line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.market.report import CandleFileError
from core.domain.history import Kind

TIMES = ("open_time", "ts", "timestamp", "time", "funding_time", "calc_time")
PRICES = ("open", "high", "low", "close")
RATES = ("funding_rate", "last_funding_rate")
KLINE_COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """Where time comes first in `columns`, then prices and volume, or the funding rate."""

    kind: Kind
    columns: tuple[int, ...]
    width: int
    has_header: bool

    @property
    def is_kline_dump(self) -> bool:
        """Binance dumps mark prices with the very columns of traded ones."""
        return self.kind is Kind.CANDLES and self.width == KLINE_COLUMNS


def recognise(text: str, name: str) -> Layout:
    first = text.partition("\n")[0]
    if not text.strip():
        raise CandleFileError(f"{name}: the file is empty.")
    cells = [cell.strip().strip('"').lower() for cell in first.split(",")]
    layout = _without_header(cells) or by_header(cells)
    if layout is None:
        raise CandleFileError(f"{name}: line 1 is no known format: {first[:80]!r}.")
    return layout


def _without_header(cells: list[str]) -> Layout | None:
    if len(cells) == KLINE_COLUMNS and cells[0].isdigit():
        return Layout(Kind.CANDLES, tuple(range(6)), KLINE_COLUMNS, has_header=False)
    return None


def by_header(cells: Sequence[str]) -> Layout | None:
    places = {cell: place for place, cell in enumerate(cells)}
    time = _first(TIMES, places)
    rate = _first(RATES, places)
    prices = tuple(places[name] for name in PRICES if name in places)
    if time is None:
        return None
    if rate is not None:
        return Layout(Kind.FUNDING, (time, rate), len(cells), has_header=True)
    if len(prices) < len(PRICES):
        return None
    if "volume" not in places:
        return Layout(Kind.MARKS, (time, *prices), len(cells), has_header=True)
    columns = (time, *prices, places["volume"])
    return Layout(Kind.CANDLES, columns, len(cells), has_header=True)


def _first(names: tuple[str, ...], places: Mapping[str, int]) -> int | None:
    return next((places[name] for name in names if name in places), None)
