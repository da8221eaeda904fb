"""What a venue lets the holder of a key do, as far as the venue can be made to say it."""

from dataclasses import dataclass
from enum import StrEnum


class Proof(StrEnum):
    """TRADES_ONLY is proven by the venue; FORBIDDEN means that money could leave with this key;
    UNPROVEN that the venue does not tell.
    """

    TRADES_ONLY = "trades_only"
    FORBIDDEN = "forbidden"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """`too_much` are the rights that a desk must not have, in the venue's words. `bound` says
    whether the key works from some addresses only, `trades` whether it can trade at all; None where
    the venue does not tell.
    """

    proof: Proof
    trades: bool | None = None
    too_much: tuple[str, ...] = ()
    bound: bool | None = None
