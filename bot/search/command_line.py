"""What a search can be asked at the console, beside all that a backtest can be asked."""

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot import typed
from bot.backtest.options import BacktestAsked, asked, backtest_options
from bot.errors import WrongQuestion
from bot.search.lengths import length
from bot.search.terms import HEARTBEAT, Place, Pruner, Sampler, Search
from bot.typed import Parser
from core.backtest import spoken
from core.backtest.objectives import METRICS, Aim, Constraint
from core.backtest.space import DEFAULT, NAMES, Space

Read = TypeVar("Read")

TRIALS, LEG_TRIALS = 200, 60
LEAST_TRADES = 10
GAP = timedelta(days=5)  # no trade of the usual horizons lives longer


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAsked:
    """A market, what is looked for in it, by how many hands, and in which study."""

    backtest: BacktestAsked
    search: Search
    jobs: int
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimizeAsked:
    """With `folds` a small grid is graded by purged k-fold instead of a search. `around` are the
    numbers that the sensitivity map turns, None for the two that matter most.
    """

    wanted: SearchAsked
    folds: int | None
    gap: timedelta
    around: tuple[str, str] | None
    mapped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkAsked:
    """`step` is a test's length unless said."""

    wanted: SearchAsked
    train: timedelta
    test: timedelta
    step: timedelta | None
    gap: timedelta
    anchored: bool


def read_optimize(words: Sequence[str]) -> OptimizeAsked:
    """What follows `optimize` on the command line. Raises WrongQuestion."""
    parser = _parser("optimize", "Which numbers would have done better, and how much is luck?")
    add = parser.add_argument_group("optimize").add_argument
    add("--kfold", type=typed.count, metavar="K", help="grade the grid of --space on K folds")
    add("--gap", type=_told(length), default=GAP, metavar="5d", help="between folds")
    add("--around", type=_told(_pair), metavar="A,B", help="the two numbers of the map")
    add("--no-map", dest="mapped", action="store_false", help="leave the sensitivity map out")
    said = parser.parse_args(words)
    wanted = _wanted(said, TRIALS)
    if said.around and not set(said.around) <= set(wanted.search.space.names):
        raise WrongQuestion(f"--around: {' and '.join(said.around)} must both be searched")
    return OptimizeAsked(
        wanted=wanted, folds=said.kfold, gap=said.gap, around=said.around, mapped=said.mapped
    )


def read_walk(words: Sequence[str]) -> WalkAsked:
    """What follows `walkforward` on the command line. Raises WrongQuestion."""
    parser = _parser("walkforward", "Search on the past, be judged on what came next, and again.")
    add = parser.add_argument_group("walk").add_argument
    days = _told(length)
    add("--train", type=days, default=timedelta(days=180), metavar="180d", help="to learn from")
    add("--test", type=days, default=timedelta(days=30), metavar="30d", help="to be judged on")
    add("--step", type=days, metavar="30d", help="from test to test; else a test's length")
    add("--gap", type=days, default=timedelta(0), metavar="5d", help="between train and test")
    add("--anchored", action="store_true", help="every train begins with the stretch")
    said = parser.parse_args(words)
    return WalkAsked(
        wanted=_wanted(said, LEG_TRIALS),
        train=said.train,
        test=said.test,
        step=said.step,
        gap=said.gap,
        anchored=said.anchored,
    )


def _parser(command: str, description: str) -> Parser:
    parser = Parser(
        prog=f"python -m bot {command}",
        description=description,
        parents=[backtest_options()],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"numbers to search: {', '.join(NAMES)}\nfigures: {', '.join(METRICS)}",
    )
    add = parser.add_argument_group("search").add_argument
    _aim_options(add)
    _manner_options(add)
    _study_options(parser.add_argument_group("hands").add_argument)
    return parser


def _aim_options(add: Callable[..., argparse.Action]) -> None:
    several = {"action": "append", "default": []}
    add(
        "--space",
        type=_told(spoken.dimension),
        metavar="NAME=LOW..HIGH:STEP",
        help="what to turn, or NAME=A,B,C, or NAME alone; may be repeated",
        **several,
    )
    add(
        "--objective",
        type=_told(spoken.objectives),
        default=("sharpe",),
        metavar="NAME,…",
        help="sharpe (default), return, calmar, drawdown …; several make a Pareto front",
    )
    add(
        "--constraint",
        type=_told(spoken.constraint),
        metavar="NAME<=X",
        help="as in 'drawdown<=5%%' or 'trades>=30'; may be repeated",
        **several,
    )


def _manner_options(add: Callable[..., argparse.Action]) -> None:
    add("--trials", type=typed.count, metavar="N", help="finished trials, of all hands together")
    add("--sampler", type=typed.one_of(Sampler), help="tpe (default), random, cmaes, nsga, grid")
    add("--pruner", type=typed.one_of(Pruner), help="none (default), median or hyperband")
    add("--segments", type=typed.count, default=4, metavar="N", help="parts the pruner looks at")


def _study_options(add: Callable[..., argparse.Action]) -> None:
    add("--jobs", type=typed.count, metavar="N", help="processes here; as many as cores")
    add("--study", metavar="NAME", help="join this study; the same command on any machine does")
    add("--storage", metavar="URL", help="its database: postgresql://… or sqlite:///FILE")
    add(
        "--heartbeat",
        type=typed.count,
        default=HEARTBEAT,
        metavar="SECONDS",
        help="how often a trial shows life; after three it is given up",
    )


def _wanted(said: argparse.Namespace, trials: int) -> SearchAsked:
    if bool(said.study) != bool(said.storage):
        raise WrongQuestion("--study and --storage belong together")
    backtest = asked(said)
    try:
        search = _search(said, backtest, trials)
    except ValueError as reason:
        raise WrongQuestion(str(reason)) from None
    place = Place(said.study, said.storage, said.heartbeat) if said.study else None
    return SearchAsked(backtest=backtest, search=search, jobs=said.jobs or cores(), place=place)


def _search(said: argparse.Namespace, backtest: BacktestAsked, trials: int) -> Search:
    space = Space(tuple(said.space)) if said.space else DEFAULT
    several = len(said.objective) > 1
    sampler = said.sampler or (Sampler.NSGA if several else Sampler.TPE)
    whole = space.count if sampler is Sampler.GRID and space.count else trials
    return Search(
        space=space,
        aim=Aim(said.objective, _enough(said.constraint)),
        trials=min(said.trials or whole, whole)
        if sampler is Sampler.GRID
        else said.trials or trials,
        sampler=sampler,
        pruner=said.pruner or Pruner.NONE,
        segments=said.segments,
        seed=backtest.seed,
        base=backtest.tuning,
    )


def cores() -> int:
    """Those that this process may use."""
    return (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 2
    )


def _pair(text: str) -> tuple[str, str]:
    names = tuple(name.strip() for name in text.split(","))
    if len(names) != 2 or not set(names) <= set(NAMES) or names[0] == names[1]:
        raise ValueError(f"{text!r} is not two different names such as horizon,stop_in_atr")
    return names[0], names[1]


def _told(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """What a reader complains of, said as argparse says it."""

    def reads(text: str) -> Read:
        try:
            return read(text)
        except ValueError as reason:
            raise argparse.ArgumentTypeError(str(reason)) from None

    return reads


def _enough(said: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """Of fewer than ten trades nobody can tell what was luck; whoever names a bound decides."""
    if any(constraint.name == "trades" for constraint in said):
        return tuple(said)
    return (*said, Constraint("trades", LEAST_TRADES, at_most=False))
