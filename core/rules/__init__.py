"""Analysts that need no model: each knows one setup, and what followed it in the past."""

from core.domain.tuning import Tuning
from core.rules.analyst import RuleAnalyst, Studies, by_conviction
from core.rules.setups import breakout, crossing, mean_reversion, trend

__all__ = ["RULES", "RuleAnalyst", "Studies", "rule_analysts", "voices"]

RULES = {
    "trend": trend,
    "mean_reversion": mean_reversion,
    "breakout": breakout,
    "crossing": crossing,
}
BY_CONVICTION = frozenset({"crossing"})


def rule_analysts() -> tuple[RuleAnalyst, ...]:
    """Every rule there is, sharing what they have computed; a tuning says which of them speak."""
    studies = Studies()
    return tuple(
        RuleAnalyst(name, setup, studies, by_conviction)
        if name in BY_CONVICTION
        else RuleAnalyst(name, setup, studies)
        for name, setup in RULES.items()
    )


def voices(tuning: Tuning) -> tuple[RuleAnalyst, ...]:
    """The rules that speak under this tuning, in its order. Raises KeyError for an unknown one."""
    known = {analyst.name: analyst for analyst in rule_analysts()}
    return tuple(known[name] for name in tuning.voices)
