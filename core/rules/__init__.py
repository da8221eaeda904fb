"""Voices that need no model: each knows one setup, and what followed it in the past."""

from core.domain.tuning import Tuning
from core.rules.rule import Rule, by_conviction
from core.rules.setups import breakout, crossing, mean_reversion, trend

__all__ = ["RULES", "voices"]

RULES = {
    rule.name: rule
    for rule in (
        Rule("trend", trend),
        Rule("mean_reversion", mean_reversion),
        Rule("breakout", breakout),
        Rule("crossing", crossing, by_conviction),
    )
}


def voices(tuning: Tuning) -> tuple[Rule, ...]:
    """The rules that speak under this tuning, in its order. Raises KeyError for an unknown one."""
    return tuple(RULES[name] for name in tuning.voices)
