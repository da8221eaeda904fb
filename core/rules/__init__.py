"""Analysts that need no model: each knows one setup, and what followed it in the past."""

from core.rules.analyst import RuleAnalyst, Studies
from core.rules.setups import breakout, mean_reversion, trend

__all__ = ["RuleAnalyst", "Studies", "rule_analysts"]


def rule_analysts() -> tuple[RuleAnalyst, ...]:
    """Trend, mean reversion and volatility breakout, sharing what they have computed."""
    studies = Studies()
    return tuple(
        RuleAnalyst(name, setup, studies)
        for name, setup in (
            ("trend", trend),
            ("mean_reversion", mean_reversion),
            ("breakout", breakout),
        )
    )
