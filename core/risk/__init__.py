"""How much may be lost: sizes a candidate or refuses it. No model's word reaches past here."""

from core.risk.review import admit, review, shrunk
from core.risk.standing import OpenRisk, Period, Standing
from core.risk.terms import Terms

__all__ = ["OpenRisk", "Period", "Standing", "Terms", "admit", "review", "shrunk"]
