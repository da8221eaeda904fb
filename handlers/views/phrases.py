"""Small phrases that many screens share."""

from core.domain.market import Origin, Timeframe
from core.domain.trading import Side
from handlers.words import Reader

QUOTE = "USDT"


def heading(reader: Reader, origin: Origin, identity: str = "") -> str:
    """PAPER · synthetic data · #K7Q2MX: what this is about, before anything else."""
    said = [reader.t("mode.paper")]
    if origin is not Origin.LIVE:
        said.append(reader.t.of("origin", origin))
    if identity:
        said.append(f"#{identity.upper()}")
    return " · ".join(said)


def coin(symbol: str) -> str:
    return symbol.partition("/")[0]


def direction(reader: Reader, side: Side) -> str:
    return reader.t.of("side", side)


def timeframe(reader: Reader, frame: Timeframe) -> str:
    return reader.t.of("timeframe", frame)
