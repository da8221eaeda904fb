"""How much may be lost: sizes a candidate or refuses it. No model's word reaches past here."""

from core.risk.review import OLDEST_PRICE, admit, review, shrunk
from core.risk.standing import OpenRisk, Period, Standing
from core.risk.terms import Terms

__all__ = [
    "OLDEST_PRICE",
    "OpenRisk",
    "Period",
    "Standing",
    "Terms",
    "admit",
    "review",
    "shrunk",
]
