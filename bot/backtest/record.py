"""A run becomes a record: figures, what it is compared with, how much of it may be luck."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from bot.charts.thinning import kept_rows
from core.backtest.banner import banner
from core.backtest.figures import Figures
from core.backtest.history import SymbolHistory
from core.backtest.late_entries import late_entries
from core.backtest.luck import luck
from core.backtest.record import Arm, Luck, Question, Record
from core.backtest.run import Run
from core.backtest.summary import hold_curve, summarise
from core.domain.market import Floats
from core.domain.tuning import Tuning
from core.performance import drawdowns

POINTS = 600
LATE_ROUNDS = 20
ID_LETTERS = 8
Histories = Mapping[str, SymbolHistory]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a record says beside the run itself.

    `seconds` is engine time. `cutoffs` are the knowledge cut-offs of the models that spoke, None
    where nobody knows it. A search tells how many `tries` it made and the Sharpe ratios they had,
    and what it proposes. `rules` is the same run by the rules alone, where models spoke. With
    `late` the stretch is replayed with entries up to so many candles late. `paid` is what the
    models' answers had cost.
    """

    at: datetime
    seconds: float = 0.0
    seed: int = 0
    cutoffs: Iterable[date | None] = ()
    tries: int = 1
    sharpes: Sequence[float] = ()
    proposed: Tuning | None = None
    rules: Run | None = None
    arms: tuple[Arm, ...] = ()
    late: int = 0
    paid: Decimal = Decimal(0)


def finish(
    run: Run, histories: Histories, question: Question, circumstances: Circumstances
) -> Record:
    """Sum the run up. Its curve is thinned to POINTS at most, peaks and troughs kept."""
    said, figures = circumstances, summarise(run, histories)
    chance, drawn = _chance(run, histories, said), _thinned(run, histories)
    return Record(
        id=_id(question, figures, said.at),
        at=said.at,
        question=question,
        banner=banner(said.cutoffs, question.start, question.end),
        figures=figures,
        times=drawn.times,
        curve=drawn.curve,
        hold=drawn.hold,
        arms=(*_arms(figures, chance, said), *said.arms),
        luck=chance,
        proposed=said.proposed,
        candles=run.candles,
        seconds=said.seconds,
        looks=run.looks,
        edges=run.edges,
        refusals=dict(run.refusals),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is kept of the curves, at the same times."""

    times: tuple[int, ...]
    curve: tuple[float, ...]
    hold: tuple[float, ...]


def _thinned(run: Run, histories: Histories) -> _Drawn:
    worth = run.curve.equity
    rows = kept_rows((worth, drawdowns(worth)), (POINTS - 2) // 4)
    holding = hold_curve(run, histories)
    times = tuple(run.curve.time[rows].tolist())
    return _Drawn(times, _floats(worth[rows]), _floats(holding[rows]))


def _chance(run: Run, histories: Histories, said: Circumstances) -> Luck:
    chance = luck(run, histories, said.tries, said.sharpes, said.seed)
    if not said.late:
        return chance
    totals = late_entries(
        histories, run.scenario, candles=said.late, rounds=LATE_ROUNDS, seed=said.seed
    )
    middle, worst = (float(q) for q in np.quantile(totals, (0.5, 0.05)))
    return replace(chance, late=said.late, late_median=middle, late_worst=worst)


def _arms(figures: Figures, chance: Luck, said: Circumstances) -> tuple[Arm, ...]:
    """Holding, the rules where models spoke, the desk less what those cost, and entries by dice."""
    holding = Arm(name="arm.hold", total=figures.hold)
    return holding, *_rules_alone(said.rules), *_net(figures, said.paid), *_random(chance)


def _net(figures: Figures, paid: Decimal) -> tuple[Arm, ...]:
    """US dollars are taken for the quote currency's."""
    if not paid:
        return ()
    return (Arm(name="arm.net", total=figures.total - float(paid / figures.opening)),)


def _rules_alone(rules: Run | None) -> tuple[Arm, ...]:
    return () if rules is None else (Arm(name="arm.rules", total=_total(rules)),)


def _random(chance: Luck) -> tuple[Arm, ...]:
    """Too few trades are not worth rolling dice for."""
    if chance.random_median is None:
        return ()
    return (Arm(name="arm.random", total=chance.random_median),)


def _total(run: Run) -> float:
    return float(run.closing / run.scenario.equity - 1)


def _floats(column: Floats) -> tuple[float, ...]:
    """A hundredth of a cent: more digits say nothing and fill the database."""
    return tuple(np.round(column, 4).tolist())


def _id(question: Question, figures: Figures, at: datetime) -> str:
    """Short, and another one for another question, outcome or time."""
    digest = hashlib.sha256(f"{question}|{figures.closing}|{at.isoformat()}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:ID_LETTERS]
