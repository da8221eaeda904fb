"""What nobody can know before a model has been asked; each can be read beside the result."""

from dataclasses import dataclass
from decimal import Decimal

from bot.analysts.catalogue import Kind

MONTH_HOURS = 730
TOKENIZERS = {Kind.ANTHROPIC: Decimal("1.3")}
"""How many tokens this kind of provider counts for one of the estimate; others: 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """`asked` is the share of closes at which models are asked at all, `verified` the share of
    those with a candidate for the verifier, `cases` how many candidates then. News are read once
    an hour at most. `repairs` of the answers need a second turn. No cache is used.
    """

    asked: Decimal = Decimal(1)
    verified: Decimal = Decimal("0.25")
    cases: int = 2
    holdings: int = 2
    headlines: int = 30
    items: int = 4
    search_tokens: int = 5_000
    repairs: Decimal = Decimal("0.02")


USUAL = Assumptions()
