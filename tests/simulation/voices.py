"""Synthetic voices of known skill: is the committee worth more when its weights are earned?

Three voices forecast ten coins that move together (rho 0.7), every eight hours, for four months.
Their errors are alike (correlation 0.77), their skill is small, and they state much more than they
know. Scores are the ensemble's Brier score, less is better; a coin flip has 0.25. Calibration and
weights are the desk's own, each as of the bucket that it is used for.
"""

from dataclasses import dataclass, field

import numpy as np

from core.committee.calibration import Calibration
from core.domain.score import Record
from core.scoring.effective import RHO, effective
from core.scoring.fitting import fit
from core.scoring.hedging import hedge
from core.scoring.losses import losses

BUCKETS, COINS, VOICES = 360, 10, 3
ALIKE = 0.77
HORIZON = 8 * 3_600_000
REFITTED = 3
LOOKED_BACK = 20
TOLERATED = 5e-5
WAYS = (
    "equal",
    "Hedge raw",
    "20-bucket PnL",
    "best of last 20",
    "calibrated + equal",
    "calibrated + Hedge",
)


@dataclass(frozen=True)
class Scenario:
    """What each voice knows (correlation with what comes), and how loudly it says so."""

    name: str
    skill: tuple[float, ...] = (0.10, 0.10, 0.10)
    loudness: tuple[float, ...] = (0.90, 0.90, 0.90)
    broken: tuple[float, ...] = ()

    def skills(self) -> np.ndarray:
        """Of each bucket and voice; in the second half they may be other ones."""
        late = self.broken or self.skill
        half = BUCKETS // 2
        return np.vstack((np.tile(self.skill, (half, 1)), np.tile(late, (BUCKETS - half, 1))))


SCENARIOS = (
    Scenario("A equal skill"),
    Scenario("B one better", skill=(0.15, 0.05, 0.05)),
    Scenario("C one overconfident", loudness=(0.90, 0.90, 1.80)),
    Scenario("D one breaks half-way", skill=(0.15, 0.10, 0.10), broken=(-0.10, 0.10, 0.10)),
)


@dataclass(frozen=True)
class World:
    """What was said and what came, of shapes (buckets, voices, coins) and (buckets, coins)."""

    said: np.ndarray
    came: np.ndarray


@dataclass
class Scores:
    """Ensemble Brier scores by way, and how much weight moved at each step."""

    brier: dict[str, float] = field(default_factory=dict)
    turnover: float = 0.0


def world(scenario: Scenario, seed: int) -> World:
    random = np.random.default_rng(seed)

    def moves(*shape: int) -> np.ndarray:
        """Of coins that share most of what moves them."""
        common = random.normal(size=(*shape, 1))
        return np.sqrt(RHO) * common + np.sqrt(1 - RHO) * random.normal(size=(*shape, COINS))

    truth, shared = moves(BUCKETS), moves(BUCKETS)
    skill = scenario.skills()[:, :, None]
    error = np.sqrt(ALIKE) * shared[:, None] + np.sqrt(1 - ALIKE) * moves(BUCKETS, VOICES)
    seen = skill * truth[:, None] + np.sqrt(1 - skill**2) * error
    said = 1 / (1 + np.exp(-np.array(scenario.loudness)[:, None] * seen))
    return World(said, (truth > 0).astype(float))


def calibrated(told: World) -> np.ndarray:
    """What is believed of each forecast, from the outcomes known when it was made."""
    believed = np.empty_like(told.said)
    part = float(effective(COINS)) / COINS
    for voice in range(VOICES):
        pair = (0.0, 0.3)
        for bucket in range(BUCKETS):
            if bucket % REFITTED == 0:
                past = told.said[:bucket, voice].ravel()
                pair = fit(past, told.came[:bucket].ravel(), 0.5, np.full(len(past), part))
            believed[bucket, voice] = Calibration(*pair)(told.said[bucket, voice], 0.5)
    return believed


def earned(told: World, believed: np.ndarray) -> np.ndarray:
    """The desk's weights for each bucket; a bucket counts when all that it may hold is known."""
    voices = tuple(f"voice {number}" for number in range(VOICES))
    table = losses(_record(told, believed, voices), voices, BUCKETS * HORIZON * 2).table
    course = hedge(table, np.full(VOICES, 1 / VOICES))
    return course[np.maximum(np.arange(BUCKETS) - 1, 0)]


def _record(told: World, believed: np.ndarray, voices: tuple[str, ...]) -> Record:
    bucket, voice, coin = (axis.ravel() for axis in np.indices(told.said.shape))

    def three(values: np.ndarray) -> np.ndarray:
        return np.repeat(values.reshape(-1, 1), 3, axis=1)

    came = np.broadcast_to(told.came[:, None], told.said.shape)
    return Record(
        voices=voices,
        symbols=tuple(f"coin {number}" for number in range(COINS)),
        voice=voice,
        symbol=coin,
        decision=bucket * COINS + coin,
        as_of=bucket * HORIZON,
        horizon=np.full(len(bucket), HORIZON),
        stated=three(told.said),
        chance=three(np.full(told.said.shape, 0.5)),
        outcome=three(came),
        believed=three(believed),
        weight=np.ones(len(bucket)),
    )


def lived(scenario: Scenario, seed: int) -> Scores:
    """Every way of merging, over the same four months."""
    told = world(scenario, seed)
    believed = calibrated(told)
    same = np.full((BUCKETS, VOICES), 1 / VOICES)
    weights = earned(told, believed)
    ways = (
        (told.said, same),
        (told.said, earned(told, told.said)),
        (told.said, _by_profit(told)),
        (told.said, _the_best(told)),
        (believed, same),
        (believed, weights),
    )
    brier = {name: _brier(told, *way) for name, way in zip(WAYS, ways, strict=True)}
    return Scores(brier, float(np.abs(np.diff(weights, axis=0)).sum(axis=1).mean() / 2))


def _brier(told: World, p: np.ndarray, weights: np.ndarray) -> float:
    merged = np.einsum("bv,bvc->bc", weights, p)
    return float(np.mean((merged - told.came) ** 2))


def _profits(told: World) -> np.ndarray:
    """Of a bet as large as the voice is sure, before each bucket, over the last ones."""
    made = np.mean((told.said - 0.5) * (2 * told.came[:, None] - 1), axis=2)
    summed = np.vstack((np.zeros((1, VOICES)), np.cumsum(made, axis=0)))[:-1]
    return summed - summed[np.maximum(np.arange(BUCKETS) - LOOKED_BACK, 0)]


def _by_profit(told: World) -> np.ndarray:
    """What others do: weights by recent profit, none for who lost."""
    won = np.maximum(_profits(told), 0.0)
    total = won.sum(axis=1, keepdims=True)
    return np.where(total > 0, won / np.where(total > 0, total, 1), 1 / VOICES)


def _the_best(told: World) -> np.ndarray:
    return np.eye(VOICES)[np.argmax(_profits(told), axis=1)]


def averaged(scenario: Scenario, seeds: range) -> Scores:
    every = [lived(scenario, seed) for seed in seeds]
    means = {way: float(np.mean([one.brier[way] for one in every])) for way in WAYS}
    return Scores(means, float(np.mean([one.turnover for one in every])))


def gain(scores: Scores) -> float:
    """What earned weights save over equal ones."""
    return scores.brier["calibrated + equal"] - scores.brier["calibrated + Hedge"]
