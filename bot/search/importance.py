"""Which numbers of a space matter most for the objective, as far as its trials tell."""

from collections.abc import Sequence

import optuna
from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances
from optuna.trial import create_trial

from bot.search.samplers import distributions
from bot.search.terms import Search
from core.backtest.tried import Tried

ENOUGH = 20


def important(search: Search, tried: Sequence[Tried]) -> tuple[str, ...]:
    """The dimensions with more than one value, what matters most first.

    PED-ANOVA, Watanabe, Bansal and Hutter (2023): how much the best tenth of the trials crowd
    together along each. In the order of the space where fewer than twenty trials are feasible.
    """
    turned = [each.name for each in search.space.dimensions if each.count != 1]
    known = [each for each in tried if each.score(search.aim).feasible]
    if len(known) < ENOUGH or len(turned) < 2:
        return tuple(turned)
    study = optuna.create_study()
    study.add_trials([_trial(search, each) for each in known])
    evaluator = PedAnovaImportanceEvaluator()
    shares = get_param_importances(study, evaluator=evaluator, params=turned)
    return tuple(sorted(turned, key=lambda name: -shares[name]))


def _trial(search: Search, tried: Tried) -> optuna.trial.FrozenTrial:
    """Optuna's evaluator takes less for better."""
    value = tried.score(search.aim).values[0] or 0.0
    return create_trial(
        params=dict(tried.point),
        distributions=distributions(search.space),
        value=-search.aim.signs[0] * value,
    )
