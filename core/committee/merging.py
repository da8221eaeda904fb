"""Merges what voices say, as columns: one row a question. The desk decides one, a backtest all.

Average, shrink by disagreement, and let costs have their say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from core.committee.calibration import Calibration
from core.domain.market import Floats
from core.domain.opinion import Trust, Verdict
from core.domain.trading import Side
from core.domain.tuning import Tuning

SPLIT_MARGIN = 0.03
DISAGREEMENT_ENDS = 0.10
PLAIN = Trust()
SIDES = tuple(Side)
VERDICTS = (Verdict.NO_QUORUM, Verdict.SPLIT, Verdict.COSTS, Verdict.EDGE)


@dataclass(frozen=True, slots=True)
class Burden:
    """What a round trip costs, as fractions of notional; funding by the side that pays it."""

    fees: float
    slippage: float
    funding: Mapping[Side, Floats | float]

    def of(self, side: Side) -> Floats | float:
        return self.fees + self.slippage + self.funding[side]


@dataclass(frozen=True, slots=True)
class Rules:
    """How views are merged. A voice without a trust counts 1, as stated; where the `main` one
    speaks there is a quorum.
    """

    quorum: int = 2
    hurdle: float = 0.0
    trusts: Mapping[str, Trust] = field(default_factory=dict)
    main: str = ""

    def trust(self, voice: str) -> Trust:
        return self.trusts.get(voice, PLAIN)

    def tuned(self, tuning: Tuning) -> Self:
        return replace(self, quorum=tuning.quorum, hurdle=tuning.hurdle)


@dataclass(frozen=True, slots=True)
class Stakes:
    """Stop and target distances of each row, as fractions of its price."""

    stop: Floats
    target: Floats

    @property
    def fair(self) -> Floats:
        """P(target first) of a price without drift: stop / (stop + target)."""
        return self.stop / (self.stop + self.target)


@dataclass(frozen=True, slots=True)
class Panel:
    """What each voice says about each row: arrays of shape (voices, rows), NaN where it is silent."""

    names: tuple[str, ...]
    p_up: Floats
    p_target_first: Mapping[Side, Floats]


@dataclass(frozen=True, slots=True)
class Merged:
    """The committee's answers as columns. `verdict` indexes VERDICTS, `side` indexes SIDES;
    `p_target_first`, `break_even`, `expected` and `disagreement` are the better side's.
    """

    verdict: NDArray[np.int8]
    side: NDArray[np.int8]
    p_up: Floats
    p_target_first: Floats
    break_even: Floats
    expected: Floats
    disagreement: Floats
    confidence: Floats


@dataclass(frozen=True, slots=True)
class Voices:
    """The panel after calibration; `weight` is 0 where a voice is silent or counts for nothing."""

    weight: Floats
    total: Floats
    p_up: Floats
    p_target_first: Mapping[Side, Floats]

    def mean(self, values: Floats, otherwise: Floats | float) -> Floats:
        """Weighted, and never outside of what was said."""
        heard = self.weight > 0
        summed = _total(self.weight * np.where(heard, values, 0.0))
        low = np.min(np.where(heard, values, np.inf), axis=0, initial=np.inf)
        high = np.max(np.where(heard, values, -np.inf), axis=0, initial=-np.inf)
        spoken = self.total > 0
        mean = np.clip(summed / np.where(spoken, self.total, 1.0), low, high)
        return np.where(spoken, mean, otherwise)


def merge(panel: Panel, stakes: Mapping[Side, Stakes], burden: Burden, rules: Rules) -> Merged:
    """Merge the voiced opinions of every row; abstentions count neither for nor against."""
    voices = _calibrated(panel, stakes, rules)
    forecasts = [_forecast(side, voices, stakes[side], burden) for side in SIDES]
    best = np.argmax([one.expected for one in forecasts], axis=0).astype(np.int8)
    p, break_even, expected, spread = (
        np.choose(best, [getattr(one, name) for one in forecasts])
        for name in ("p", "break_even", "expected", "spread")
    )
    return Merged(
        verdict=_verdict(voices, expected, rules, _led(panel, rules)),
        side=best,
        p_up=voices.mean(voices.p_up, 0.5),
        p_target_first=p,
        break_even=break_even,
        expected=expected,
        disagreement=spread,
        confidence=np.maximum(0.0, 1 - spread / DISAGREEMENT_ENDS),
    )


@dataclass(frozen=True, slots=True)
class SideColumns:
    """One side of every row."""

    p: Floats
    break_even: Floats
    expected: Floats
    spread: Floats


def _forecast(side: Side, voices: Voices, stakes: Stakes, burden: Burden) -> SideColumns:
    """E = p * target - (1 - p) * stop - costs, per unit of notional."""
    stated, cost = voices.p_target_first[side], burden.of(side)
    p = voices.mean(stated, stakes.fair)
    mean = voices.mean(stated, 0.0)
    return SideColumns(
        p=p,
        break_even=np.minimum(1.0, (stakes.stop + cost) / (stakes.stop + stakes.target)),
        expected=p * stakes.target - (1 - p) * stakes.stop - cost,
        spread=np.sqrt(voices.mean((stated - mean) ** 2, 0.0)),
    )


def _calibrated(panel: Panel, stakes: Mapping[Side, Stakes], rules: Rules) -> Voices:
    trusts = [rules.trust(name) for name in panel.names]
    weights = np.array([trust.weight for trust in trusts])
    weight = weights.reshape(-1, 1) * ~np.isnan(panel.p_up)
    targets = [Calibration(*trust.target) for trust in trusts]
    return Voices(
        weight=weight,
        total=_total(weight),
        p_up=_believed([Calibration(*trust.up) for trust in trusts], panel.p_up, 0.5),
        p_target_first={
            side: _believed(targets, stated, stakes[side].fair)
            for side, stated in panel.p_target_first.items()
        },
    )


def _total(rows: Floats) -> Floats:
    """One voice after the other: numpy would add many of them in another order for one question
    than for several, and silent ones could change the last digit.
    """
    total = np.zeros(rows.shape[1])
    for row in rows:
        total += row
    return total


def _believed(how: Sequence[Calibration], stated: Floats, chance: Floats | float) -> Floats:
    rows = [believe(row, chance) for believe, row in zip(how, stated, strict=True)]
    return np.array(rows).reshape(stated.shape)


def _led(panel: Panel, rules: Rules) -> NDArray[np.bool_]:
    """Does the main voice speak?"""
    main = np.array([name == rules.main for name in panel.names], dtype=np.bool_)
    led: NDArray[np.bool_] = np.any(main.reshape(-1, 1) & ~np.isnan(panel.p_up), axis=0)
    return led


def _verdict(
    voices: Voices, expected: Floats, rules: Rules, led: NDArray[np.bool_]
) -> NDArray[np.int8]:
    heard = voices.weight > 0
    leaning = np.where(heard, voices.p_up - 0.5, 0.0)
    lowest = np.min(leaning, axis=0, initial=0.0)
    highest = np.max(leaning, axis=0, initial=0.0)
    split = (lowest < -SPLIT_MARGIN) & (highest > SPLIT_MARGIN)
    verdict = np.where(split, 1, np.where(expected > rules.hurdle, 3, 2))
    silent = (np.sum(heard, axis=0) < rules.quorum) & ~led
    return np.where(silent, 0, verdict).astype(np.int8)
