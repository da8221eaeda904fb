"""Small phrases that many screens share."""

from core.domain.account import PAPER, DeskAccount
from core.domain.market import Origin, Timeframe
from core.domain.trading import Side
from handlers.words import Reader

QUOTE = "USDT"


def heading(reader: Reader, origin: Origin, identity: str = "") -> str:
    """PAPER · synthetic data · #K7Q2MX, or LIVE · Binance main: what this is about, and whose money."""
    said = [whose(reader, reader.account)]
    if origin is not Origin.LIVE:
        said.append(reader.t.of("origin", origin))
    if identity:
        said.append(f"#{identity.upper()}")
    return " · ".join(said)


def headed(reader: Reader, origin: Origin, text: str) -> str:
    """The text under its heading, unless one of its lines is that already."""
    label = heading(reader, origin)
    is_there = any(line == label or line.startswith(f"{label} · ") for line in text.split("\n"))
    return text if is_there else f"{label}\n{text}"


def whose(reader: Reader, account: DeskAccount) -> str:
    """There is one paper without a name."""
    mode = reader.t.of("mode", account.mode)
    return mode if account.name == PAPER else f"{mode} · {account.title}"


def coin(symbol: str) -> str:
    return symbol.partition("/")[0]


def direction(reader: Reader, side: Side) -> str:
    return reader.t.of("side", side)


def timeframe(reader: Reader, frame: Timeframe) -> str:
    return reader.t.of("timeframe", frame)
