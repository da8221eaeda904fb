"""`python -m bot placebo`: the same desk over markets that never were; an edge should not survive.

A renamed market must give the same trades. In one turned upside down longs become shorts. In
shuffled ones nothing of the past is left: whatever is earned there was luck. With `--models` it is
models that are asked, about a sample of closes: does what they say follow the market they are shown?
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bot import typed
from bot.backtest.command import reader
from bot.backtest.options import BacktestAsked, asked, backtest_options
from bot.backtest.progress import Progress
from bot.backtest.question import scenario
from bot.backtest.stretch import Stretch, stretch
from bot.typed import Parser
from core.backtest.history import SymbolHistory
from core.backtest.placebo import aliased, flipped, shuffled
from core.backtest.record import ModelUse
from core.backtest.replay import replay
from core.backtest.run import Run
from core.domain.trading import Side
from core.risk.rests import barometer
from handlers.words import Translator

ROUNDS = 20
BLOCK = 24
CLOSES, REPEATS = 20, 3
Histories = Mapping[str, SymbolHistory]


@dataclass(frozen=True, slots=True)
class Dose:
    """What one market brought: total return, trades, and how many of them were longs."""

    name: str
    total: float
    trades: int
    longs: int


def main(words: Sequence[str]) -> int:
    """Always 0: a placebo is read, not passed. Raises Stop for a wrong question."""
    said = _parser().parse_args(words)
    question = asked(said)
    market = stretch(question)
    t, progress = reader(question.language).t, Progress(question.progress)
    if question.models is not ModelUse.RULES:
        _probe(said, question, market, progress)
        return 0
    with progress.stage("replay"):
        doses = list(_doses(question, market, said.rounds, said.block))
    sys.stdout.writelines(f"{line}\n" for line in _lines(t, doses))
    return 0


def _probe(
    said: argparse.Namespace, question: BacktestAsked, market: Stretch, progress: Progress
) -> None:
    """Models are asked about a sample of closes, and no desk trades on what they say."""
    from bot.backtest.probe import Sample, probe  # noqa: PLC0415 - pydantic and sqlalchemy
    from bot.backtest.telling import Teller  # noqa: PLC0415 - likewise

    tell = Teller(reader(question.language).t, sys.stdout)
    probe(question, market, Sample(said.closes, said.repeats, said.block), progress, tell)


def _doses(question: BacktestAsked, market: Stretch, rounds: int, block: int) -> Iterator[Dose]:
    whole = _barometer_first(market.histories)
    yield _taken("real", question, market, whole)
    renamed = {
        other.symbol: other
        for n, history in enumerate(whole.values(), 1)
        for other in [aliased(history, n)]
    }
    yield _taken("alias", question, market, renamed)
    upside_down = {name: flipped(history) for name, history in whole.items()}
    yield _taken("flipped", question, market, upside_down)
    for seed in range(rounds):
        torn = {
            name: shuffled(history, question.seed + seed, block) for name, history in whole.items()
        }
        yield _taken("shuffled", question, market, torn)


def _barometer_first(histories: Histories) -> Histories:
    """Whose jumps send everybody to rest must be the same symbol under any name."""
    first = barometer(tuple(histories))
    return {first: histories[first], **histories}


def _taken(name: str, question: BacktestAsked, market: Stretch, histories: Histories) -> Dose:
    asked_for = scenario(question, replace(market, histories=histories))
    run: Run = replay(histories, asked_for)
    longs = sum(trade.side is Side.BUY for trade in run.trades)
    return Dose(name, float(run.closing / run.scenario.equity) - 1, len(run.trades), longs)


def _lines(t: Translator, doses: Sequence[Dose]) -> Iterator[str]:
    real, torn = doses[0], [dose for dose in doses if dose.name == "shuffled"]
    for dose in doses[:3]:
        yield t(f"placebo.{dose.name}", **_numbers(dose))
    if torn:
        worse = sum(dose.total < real.total for dose in torn)
        middle = median(dose.total for dose in torn)
        numbers = {"n": len(torn), "worse": worse, "total": f"{middle:+.2%}"}
        yield t("placebo.shuffled", **numbers)


def _numbers(dose: Dose) -> dict[str, object]:
    shorts = dose.trades - dose.longs
    return {"total": f"{dose.total:+.2%}", "n": dose.trades, "longs": dose.longs, "shorts": shorts}


def _parser() -> Parser:
    parser = Parser(
        prog="python -m bot placebo",
        description="The same desk over renamed, upside-down and shuffled candles.",
        parents=[backtest_options()],
    )
    add = parser.add_argument_group("placebo").add_argument
    add("--rounds", type=typed.count, default=ROUNDS, metavar="N", help="shuffled markets")
    add("--block", type=typed.count, default=BLOCK, metavar="N", help="candles that stay together")
    add(
        "--closes",
        type=typed.count,
        default=CLOSES,
        metavar="N",
        help="closes to ask models about",
    )
    add(
        "--repeats",
        type=typed.count,
        default=REPEATS,
        metavar="N",
        help="the same question, again",
    )
    return parser
