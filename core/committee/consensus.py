"""Many views, one decision: average, shrink by disagreement, and let costs have their say."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.committee.calibration import AS_STATED, Calibration
from core.domain.opinion import Decision, Forecast, Opinion, Question, Verdict, View
from core.domain.trading import Side

SPLIT_MARGIN = 0.03
DISAGREEMENT_ENDS = 0.20


@dataclass(frozen=True, slots=True)
class Burden:
    """What a round trip costs, as fractions of notional; funding by the side that pays it."""

    fees: float
    slippage: float
    funding: Mapping[Side, float]

    def of(self, side: Side) -> float:
        return self.fees + self.slippage + self.funding[side]


@dataclass(frozen=True, slots=True)
class Rules:
    """How views are merged. A voice without a weight counts 1, without a calibration as stated."""

    quorum: int = 2
    weights: Mapping[str, float] = field(default_factory=dict)
    calibrations: Mapping[str, Calibration] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Voice:
    """An opinion after calibration, with its weight."""

    weight: float
    p_up: float
    p_target_first: Mapping[Side, float]


def decide(
    decision_id: str,
    question: Question,
    views: Sequence[View],
    burden: Burden,
    snapshot: str,
    rules: Rules,
) -> Decision:
    """Merge the voiced opinions; abstentions count neither for nor against."""
    heard = [_calibrated(view, question, rules) for view in views if isinstance(view, Opinion)]
    voices = [voice for voice in heard if voice.weight > 0]
    forecasts = [_forecast(side, question, voices, burden) for side in Side]
    best = max(forecasts, key=lambda forecast: forecast.expected)
    disagreement = _spread(voices, best.side)
    return Decision(
        id=decision_id,
        symbol=question.symbol,
        as_of=question.as_of,
        question=question,
        views=tuple(views),
        verdict=_verdict(voices, best, rules),
        p_up=_mean(voices, [voice.p_up for voice in voices], 0.5),
        best=best,
        disagreement=disagreement,
        confidence=max(0.0, 1 - disagreement / DISAGREEMENT_ENDS),
        snapshot=snapshot,
    )


def _calibrated(opinion: Opinion, question: Question, rules: Rules) -> Voice:
    trust = rules.calibrations.get(opinion.analyst, AS_STATED)
    return Voice(
        weight=rules.weights.get(opinion.analyst, 1.0),
        p_up=trust(opinion.p_up, 0.5),
        p_target_first={
            side: trust(stated, question.distances[side].fair)
            for side, stated in opinion.p_target_first.items()
        },
    )


def _forecast(side: Side, question: Question, voices: Sequence[Voice], burden: Burden) -> Forecast:
    """E = p * target - (1 - p) * stop - costs, per unit of notional."""
    distances = question.distances[side]
    cost = burden.of(side)
    p = _mean(voices, [voice.p_target_first[side] for voice in voices], distances.fair)
    return Forecast(
        side=side,
        p_target_first=p,
        break_even=min(1.0, (distances.stop + cost) / (distances.stop + distances.target)),
        expected=p * distances.target - (1 - p) * distances.stop - cost,
    )


def _verdict(voices: Sequence[Voice], best: Forecast, rules: Rules) -> Verdict:
    if len(voices) < rules.quorum:
        return Verdict.NO_QUORUM
    leanings = [voice.p_up - 0.5 for voice in voices]
    if min(leanings) < -SPLIT_MARGIN and max(leanings) > SPLIT_MARGIN:
        return Verdict.SPLIT
    return Verdict.EDGE if best.expected > 0 else Verdict.COSTS


def _mean(voices: Sequence[Voice], values: Sequence[float], otherwise: float) -> float:
    total = sum(voice.weight for voice in voices)
    if total <= 0:
        return otherwise
    weighted = sum(v.weight * value for v, value in zip(voices, values, strict=True))
    return min(max(weighted / total, min(values)), max(values))


def _spread(voices: Sequence[Voice], side: Side) -> float:
    """Weighted standard deviation of the voices' forecasts for one side."""
    values = [voice.p_target_first[side] for voice in voices]
    if not values:
        return 0.0
    mean = _mean(voices, values, 0.0)
    return math.sqrt(_mean(voices, [(value - mean) ** 2 for value in values], 0.0))
