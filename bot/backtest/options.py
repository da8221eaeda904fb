"""What a backtest can be asked at the console; a search is asked the same, and more."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot import typed
from bot.backtest.desk import DeskNow, read_desk
from bot.backtest.tunings import tuned
from bot.errors import WrongQuestion
from bot.typed import Parser
from core.backtest.record import ModelUse
from core.domain.market import Timeframe
from core.domain.people import Approval, Language, Profile
from core.domain.tuning import STANDARD, Tuning
from core.paper.costs import Costs

EQUITY = Decimal(10_000)
SEED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class BacktestAsked:
    """Which market (no `symbols`: all that are recorded), whose account, and what is written.

    `days` counts back from the last day, or on from `first`. `seed` makes the synthetic market
    and the dice of what chance explains. With a `desk` market and account are that desk's.
    """

    candles: tuple[Path, ...] = ()
    symbols: tuple[str, ...] = ()
    timeframe: Timeframe = Timeframe.H1
    first: date | None = None
    last: date | None = None
    days: int | None = None
    seed: int = SEED
    profile: Profile = Profile.BALANCED
    equity: Decimal = EQUITY
    slippage: Decimal = Costs().slippage
    spread: Decimal = Costs().spread
    approval: Approval = Approval.ASK
    tuning: Tuning = STANDARD
    two_targets: bool = True
    models: ModelUse = ModelUse.RULES
    answers: Path | None = None
    budget: Decimal | None = None
    late: int = 0
    desk: DeskNow | None = None
    report: Path | None = None
    json: bool = False
    progress: bool = False
    language: Language = Language.KO


def backtest_options() -> argparse.ArgumentParser:
    """All options of BacktestAsked, to be a parent of a command's own parser."""
    options = argparse.ArgumentParser(add_help=False)
    _market(options)
    _account(options)
    _voices(options)
    _models(options)
    _answer(options)
    return options


def asked(said: argparse.Namespace) -> BacktestAsked:
    """What a parser with `backtest_options` has read. Raises WrongQuestion."""
    values = {field.name: getattr(said, field.name) for field in fields(BacktestAsked)}
    values["candles"] = tuple(said.candles)
    desk = read_desk(said.desk) if said.desk else None
    values |= _as_the_desk(desk) if desk else {}
    values["tuning"] = tuned(said.tuning, desk.settings.tuning if desk else STANDARD)
    if None not in {said.first, said.last, said.days}:
        raise WrongQuestion("--from, --to and --days: two of them say when")
    if said.first and said.last and said.first > said.last:
        raise WrongQuestion(f"--from {said.first} comes after --to {said.last}")
    return BacktestAsked(**values)


def _as_the_desk(desk: DeskNow) -> dict[str, object]:
    settings = desk.settings
    return {
        "desk": desk,
        "candles": tuple(map(Path, desk.candles)),
        "symbols": settings.symbols,
        "timeframe": settings.timeframe,
        "seed": desk.seed,
        "profile": settings.profile,
        "equity": desk.equity,
        "slippage": desk.slippage,
        "approval": settings.approval,
        "two_targets": settings.two_targets,
    }


def read_backtest(words: Sequence[str]) -> BacktestAsked:
    """What follows `backtest` on the command line. Raises WrongQuestion."""
    parser = Parser(
        prog="python -m bot backtest",
        description="Would this desk have earned anything? The desk's own rules over past candles.",
        parents=[backtest_options()],
    )
    return asked(parser.parse_args(words))


def _market(options: argparse.ArgumentParser) -> None:
    add = options.add_argument_group("market").add_argument
    add(
        "--candles",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="PATH",
        help="candle, mark and funding files or folders, or `store` for what `candles fetch` has"
        " kept; without them the market is synthetic",
    )
    add("--symbols", type=typed.symbols, default=(), metavar="BTC,ETH,…", help="what to trade")
    add("--timeframe", type=typed.timeframe, default=Timeframe.H1, help="1m, 5m, 15m, 1h, 4h, 1d")
    add("--from", dest="first", type=typed.day, metavar="DATE", help="first day, included")
    add("--to", dest="last", type=typed.day, metavar="DATE", help="last day, included")
    add("--days", type=typed.days, metavar="N", help="that many days, up to the last one")
    add("--seed", type=typed.seed, default=SEED, metavar="N", help="of everything that is random")


def _account(options: argparse.ArgumentParser) -> None:
    add = options.add_argument_group("account").add_argument
    add(
        "--profile",
        type=typed.one_of(Profile),
        default=Profile.BALANCED,
        help="cautious, balanced (default) or bold",
    )
    add("--equity", type=typed.sum_of_money, default=EQUITY, metavar="USDT", help="to begin with")
    add(
        "--slippage",
        type=typed.fraction,
        default=Costs().slippage,
        help="of the price, against us at each taker fill: 0.0002 or 0.02%%",
    )
    add("--spread", type=typed.fraction, default=Costs().spread, help="between bid and ask")
    add(
        "--approval",
        type=typed.one_of(Approval, Approval.SMALL),
        default=Approval.ASK,
        help="ask (default): every card gets a yes; autopilot: what it would have said yes to",
    )
    add("--one-target", dest="two_targets", action="store_false", help="take all profit at once")
    add("--desk", type=Path, metavar="FILE", help="a running desk's own market and account")


def _voices(options: argparse.ArgumentParser) -> None:
    add = options.add_argument_group("voices").add_argument
    add(
        "--set",
        dest="tuning",
        type=typed.named,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a number behind the rules, as in --set horizon=24; may be repeated",
    )
    add("--late", type=typed.count, default=0, metavar="N", help="also enter up to N candles late")


def _models(options: argparse.ArgumentParser) -> None:
    add = options.add_argument_group("models").add_argument
    add(
        "--models",
        type=typed.one_of(ModelUse),
        default=ModelUse.RULES,
        help="rules (default), replay (recorded answers) or record (ask, within --budget)",
    )
    add(
        "--answers",
        type=Path,
        metavar="FILE",
        help="the answers to replay, or where those recorded are added, JSON lines; `ledger` is"
        " what the desk's own minutes hold",
    )
    add(
        "--budget", type=typed.sum_of_money, metavar="USD", help="the most that recording may cost"
    )


def _answer(options: argparse.ArgumentParser) -> None:
    add = options.add_argument_group("answer").add_argument
    add("--report", type=Path, metavar="DIR", help="write report.html, report.json, trades.csv")
    add("--json", action="store_true", help="print the record as one line of JSON")
    add("--progress", action="store_true", help="print a line of JSON after each step")
    add("--language", type=typed.language, default=Language.KO, help="ko (default) or en")
