"""A running desk as it stands: the market that it lives in up to now, and its account.

It writes this into a file, so that a backtest of it is about the very same.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bot.errors import Stop, WrongQuestion
from bot.market.playback import Present
from core.domain.people import AccountSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNow:
    """`candles` are whole paths; without them the market is made up of `seed`."""

    candles: tuple[str, ...]
    seed: int
    present: Present
    settings: AccountSettings
    equity: Decimal
    slippage: Decimal


def read_desk(path: Path) -> DeskNow:
    """Raises WrongQuestion."""
    from bot.storage.codec import decode  # noqa: PLC0415 - pydantic, only where it is asked

    try:
        return decode(DeskNow, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongQuestion(f"--desk: cannot read {path}: {error.strerror}") from None
    except (Stop, UnicodeDecodeError):
        raise WrongQuestion(f"--desk: {path} was not written by a desk of this version") from None
