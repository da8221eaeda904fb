"""A search's samplers, pruners and dimensions as Optuna knows them."""

from collections.abc import Sequence

from optuna import Study
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.pruners import BasePruner, HyperbandPruner, MedianPruner, NopPruner
from optuna.samplers import (
    BaseSampler,
    CmaEsSampler,
    GridSampler,
    NSGAIISampler,
    RandomSampler,
    TPESampler,
)
from optuna.trial import FrozenTrial, TrialState

from bot.search.terms import Pruner, Sampler, Search
from core.backtest.space import WHOLE, Dimension, Range, Space


class Grid(GridSampler):
    """Every point once, in the order of the seed; the search itself knows when it has enough."""

    def after_trial(
        self,
        study: Study,
        trial: FrozenTrial,
        state: TrialState,
        values: Sequence[float] | None,
    ) -> None:
        """Optuna's would stop a loop of its own here."""


def sampler(search: Search, seed: int | None) -> BaseSampler:
    """Without a seed the dice of several machines differ; a grid is shuffled alike on all."""
    match search.sampler:
        case Sampler.TPE:
            return TPESampler(seed=seed)
        case Sampler.RANDOM:
            return RandomSampler(seed=seed)
        case Sampler.CMAES:
            return CmaEsSampler(seed=seed, warn_independent_sampling=False)
        case Sampler.NSGA:
            return NSGAIISampler(seed=seed)
        case Sampler.GRID:
            values = {each.name: each.values for each in search.space.dimensions}
            return Grid(values, seed=search.seed)


def pruner(search: Search) -> BasePruner:
    match search.pruner:
        case Pruner.NONE:
            return NopPruner()
        case Pruner.MEDIAN:
            return MedianPruner(n_startup_trials=10)
        case Pruner.HYPERBAND:
            return HyperbandPruner(
                min_resource=1, max_resource=search.segments, reduction_factor=2
            )


def distributions(space: Space) -> dict[str, BaseDistribution]:
    return {dimension.name: _distribution(dimension) for dimension in space.dimensions}


def _distribution(dimension: Dimension) -> BaseDistribution:
    if not isinstance(dimension, Range):
        return CategoricalDistribution(dimension.values)
    if dimension.stride is None:
        return FloatDistribution(dimension.low, dimension.high)
    low, high = (float(dimension.values[end]) for end in (0, -1))
    if dimension.name in WHOLE:
        return IntDistribution(round(low), round(high), step=round(dimension.stride))
    return FloatDistribution(low, high, step=dimension.stride)
