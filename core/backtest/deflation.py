"""How likely is it that a Sharpe ratio is more than luck, given how often somebody looked?

Sharpe ratios are per observation here: a yearly one of daily returns is divided by sqrt(365).
Skew and kurtosis are the returns' third and fourth standardised moments; a normal has 0 and 3.
"""

import math
from statistics import NormalDist

import numpy as np

from core.domain.market import Floats

NORMAL = NormalDist()
LEAST_VARIANCE = 1e-12


def probabilistic_sharpe(
    sharpe: float, benchmark: float, observations: int, skew: float, kurtosis: float
) -> float:
    """The probability that the true ratio is above the benchmark.

    Bailey and Lopez de Prado (2012), "The Sharpe Ratio Efficient Frontier":
    Phi((SR - SR*) sqrt(T - 1) / sqrt(1 - skew SR + (kurtosis - 1)/4 SR^2)).
    Raises ValueError for fewer than two observations.
    """
    if observations < 2:
        raise ValueError(f"a Sharpe ratio needs two observations, not {observations}")
    variance = 1 - skew * sharpe + (kurtosis - 1) / 4 * sharpe**2
    spread = math.sqrt(max(variance, LEAST_VARIANCE))
    return NORMAL.cdf((sharpe - benchmark) * math.sqrt(observations - 1) / spread)


def expected_best(variance: float, tries: int) -> float:
    """The best ratio that so many tries without any skill are expected to bring; 0 for one.

    Bailey and Lopez de Prado (2014), "The Deflated Sharpe Ratio", with g Euler and Mascheroni's:
    sqrt(V) ((1 - g) Phi^-1(1 - 1/N) + g Phi^-1(1 - 1/(N e))).
    """
    if tries < 2:
        return 0.0
    best = NORMAL.inv_cdf(1 - 1 / tries)
    beyond = NORMAL.inv_cdf(1 - 1 / (tries * math.e))
    return math.sqrt(variance) * ((1 - np.euler_gamma) * best + np.euler_gamma * beyond)


def deflated_sharpe(
    sharpe: float,
    trials_sharpes_variance: float,
    tries: int,
    observations: int,
    skew: float,
    kurtosis: float,
) -> float:
    """The probability that the best of so many tries is above what they bring by luck alone.

    `trials_sharpes_variance` is that of the tries' own ratios. Bailey and Lopez de Prado (2014),
    "The Deflated Sharpe Ratio", Journal of Portfolio Management 40 (5).
    """
    benchmark = expected_best(trials_sharpes_variance, tries)
    return probabilistic_sharpe(sharpe, benchmark, observations, skew, kurtosis)


def skew_and_kurtosis(returns: Floats) -> tuple[float, float]:
    """Population moments; those of a normal where nothing moves."""
    away = returns - returns.mean()
    spread = float(np.sqrt(np.mean(away**2)))
    if not spread:
        return 0.0, 3.0
    return float(np.mean((away / spread) ** 3)), float(np.mean((away / spread) ** 4))
