"""What can be typed behind `python -m bot`."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import typed
from core.domain.market import Timeframe
from core.domain.people import Language


@dataclass(frozen=True, slots=True)
class Tool:
    """A command that answers and ends: its module has `main(words) -> exit code`."""

    module: str
    help: str


TOOLS = {
    "backtest": Tool("bot.backtest.command", "would this desk have earned anything?"),
    "candles": Tool("bot.candles.command", "fetch, import, check or export the past of markets"),
    "check": Tool("bot.backtest.check", "does it peek at its future, see enough of its past?"),
    "cost": Tool("bot.cost.command", "what would asking models cost in a month?"),
    "doctor": Tool(
        "bot.doctor.command", "does a venue do with your keys what the desk relies on?"
    ),
    "keys": Tool("bot.vault.command", "keys of models and venues, encrypted in the ledger"),
    "optimize": Tool("bot.search.optimize", "which numbers would have done better?"),
    "panic": Tool("bot.rescue.panic", "everything off, from here, with the desk dead or alive"),
    "placebo": Tool("bot.backtest.placebo", "what does it earn in markets that never were?"),
    "status": Tool("bot.rescue.status", "how every account is, with the desk dead or alive"),
    "walkforward": Tool("bot.search.walkforward", "would searching again and again have paid?"),
}
EXAMPLES = """\
examples:
  uv run -m bot                       Telegram when TELEGRAM_TOKEN is set, else the demo
  uv run -m bot demo                  a desk, a market and a chat page on this machine
  uv run -m bot demo --candles FOLDER --from 2024-01-01 --to 2024-12-31 --speed 0 --autopilot
  uv run -m bot backtest --candles FOLDER --symbols BTC --days 365 --report FOLDER
  uv run -m bot optimize --candles FOLDER --days 365 --trials 500 --constraint 'drawdown<=5%'
  uv run -m bot walkforward --candles FOLDER --train 180d --test 30d
  uv run -m bot cost --symbols 10 --every 1h --profile balanced
  uv run -m bot keys init
  uv run -m bot keys add openai
  uv run -m bot doctor --venue binance --demo
  uv run -m bot status --venue
  uv run -m bot panic
  uv run -m bot candles fetch --symbols BTC,ETH --timeframes 1h --days 730
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The command and its options; None where the settings decide."""

    command: str
    candles: tuple[Path, ...]
    symbols: tuple[str, ...] | None
    timeframe: Timeframe | None
    first: date | None
    last: date | None
    speed: float | None
    autopilot: bool
    language: Language | None
    data: Path | None
    host: str
    port: int
    opens: bool


def read_command(words: Sequence[str]) -> Asked:
    """Exits with usage, as command lines do, for what it cannot read."""
    parser = _parser()
    said = vars(parser.parse_args(words))
    if said.get("command") in TOOLS:
        parser.error(f"{said['command']} comes first: python -m bot {said['command']} …")
    return Asked(
        command=said.get("command") or "",
        candles=tuple(said.get("candles", ())),
        symbols=said.get("symbols"),
        timeframe=said.get("timeframe"),
        first=said.get("first"),
        last=said.get("last"),
        speed=said.get("speed"),
        autopilot=said.get("autopilot", False),
        language=said.get("language"),
        data=said.get("data"),
        host=said.get("host", "127.0.0.1"),
        port=said.get("port", 8080),
        opens=said.get("opens", True),
    )


def _parser() -> argparse.ArgumentParser:
    market = _market_options()
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="An AI trading desk for crypto futures that lives in a Telegram chat.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[market, _page_options()],
    )
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="the desk in Telegram", parents=[market])
    commands.add_parser(
        "demo", help="the desk in a local chat page", parents=[market, _page_options()]
    )
    for name, tool in TOOLS.items():
        commands.add_parser(name, help=tool.help, add_help=False)
    return parser


def _market_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = options.add_argument_group("market")
    add = group.add_argument
    add(
        "--candles",
        type=Path,
        nargs="+",
        action="extend",
        metavar="PATH",
        help="candle, mark and funding files or folders, or `store` for what `candles fetch` has"
        " kept; without them the market is synthetic",
    )
    add("--symbols", type=typed.symbols, metavar="BTC/USDT:USDT,…", help="what to trade")
    add("--timeframe", type=typed.timeframe, help="1m, 5m, 15m, 1h, 4h or 1d")
    add("--from", dest="first", type=typed.day, metavar="DATE", help="first day, included")
    add("--to", dest="last", type=typed.day, metavar="DATE", help="last day, included")
    _pace_options(add)
    return options


def _pace_options(add: Callable[..., argparse.Action]) -> None:
    add(
        "--speed",
        type=typed.speed,
        metavar="N",
        help="market seconds a second; 0 is as fast as possible, waiting while a card waits",
    )
    add("--autopilot", action="store_true", help="let the autopilot say yes")
    add("--language", type=typed.language, help="ko or en")
    add("--data", type=Path, metavar="DIR", help="where the ledger lives")


def _page_options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = options.add_argument_group("chat page")
    group.add_argument("--host", help="127.0.0.1 unless said otherwise")
    group.add_argument(
        "--port", type=typed.port, help="8080 unless said otherwise; 0 finds a free one"
    )
    group.add_argument(
        "--no-open", dest="opens", action="store_false", help="do not open a browser"
    )
    return options
