"""What can be typed behind `python -m bot candles`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from bot import typed
from bot.typed import Parser
from core.domain.history import Kind
from core.domain.market import Timeframe
from core.domain.people import Language

KINDS = {"candles": Kind.CANDLES, "marks": Kind.MARKS, "funding": Kind.FUNDING}
Add = Callable[..., argparse.Action]
STORE = Path("store")
DAYS = 365


def parser() -> argparse.ArgumentParser:
    root = Parser(prog="python -m bot candles", description="The past of markets.")
    commands = root.add_subparsers(dest="command", metavar="command", required=True)
    for name, (told, add_options) in COMMANDS.items():
        add_options(commands.add_parser(name, help=told, description=told).add_argument)
    return root


def _fetch(add: Add) -> None:
    add("--venue", default="binance", metavar="NAME", help="binance unless said otherwise")
    _which(add)
    _when(add)
    _where(add)


def _import(add: Add) -> None:
    add("paths", nargs="+", type=Path, metavar="PATH", help="files and folders, as for --candles")
    add("--venue", default="binance", metavar="NAME", help="whose they are (default binance)")
    _where(add)


def _check(add: Add) -> None:
    add("paths", nargs="*", type=Path, metavar="PATH", help="files and folders; else the store")
    add("--venue", default="", metavar="NAME", help="only this venue of the store")
    add("--symbols", type=typed.symbols, default=(), metavar="BTC,ETH,…", help="else all")
    add(
        "--max-age",
        type=typed.length,
        metavar="LENGTH",
        help="older is stale, as in 90m, 6h or 3d; else 1d in a store, and nothing in files",
    )
    add("--json", action="store_true", help="print the report as one line of JSON")
    add("--language", type=typed.language, default=Language.KO, help="ko (default) or en")
    _where(add)


def _export(add: Add) -> None:
    add("target", type=Path, metavar="FILE|FOLDER", help=".parquet, .csv, .csv.gz, or a folder")
    add("--candles", nargs="+", type=Path, default=[STORE], metavar="PATH", help="else the store")
    _which(add, all_by_default=True)
    _when(add)
    add("--as", dest="suffix", type=_suffix, default=".parquet", help="in a folder: parquet, csv")
    _where(add)


def _which(add: Add, *, all_by_default: bool = False) -> None:
    add(
        "--symbols",
        type=typed.symbols,
        default=(),
        metavar="BTC,ETH,…",
        help="all unless said otherwise" if all_by_default else "else those of the settings",
    )
    add(
        "--timeframes",
        type=_several(typed.timeframe),
        default=tuple(Timeframe) if all_by_default else (Timeframe.H1,),
        metavar="1h,…",
        help="1m, 5m, 15m, 1h, 4h, 1d",
    )
    add(
        "--kinds",
        type=_several(_kind),
        default=tuple(Kind),
        metavar="candles,…",
        help=f"of {', '.join(KINDS)}; all unless said otherwise",
    )


def _when(add: Add) -> None:
    add("--from", dest="first", type=typed.day, metavar="DATE", help="first day, included")
    add("--to", dest="last", type=typed.day, metavar="DATE", help="last day, included")
    add("--days", type=typed.days, metavar="N", help="that many days, up to the last one")


def _where(add: Add) -> None:
    add("--data", type=Path, metavar="DIR", help="the desk's folder, else that of the settings")


def _several(read: Callable[[str], object]) -> Callable[[str], tuple[object, ...]]:
    def several(text: str) -> tuple[object, ...]:
        return tuple(dict.fromkeys(read(word.strip()) for word in text.split(",") if word.strip()))

    return several


def _kind(text: str) -> Kind:
    if text not in KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(KINDS)}")
    return KINDS[text]


def _suffix(text: str) -> str:
    suffix = f".{text.removeprefix('.')}"
    if suffix not in {".parquet", ".csv", ".csv.gz"}:
        raise argparse.ArgumentTypeError(f"{text!r} is none of parquet, csv, csv.gz")
    return suffix


COMMANDS: dict[str, tuple[str, Callable[[Add], None]]] = {
    "fetch": ("download from a venue what the store lacks", _fetch),
    "import": ("take files into the store", _import),
    "check": ("how whole, how fresh and how plausible is it?", _check),
    "export": ("write files: Parquet or CSV", _export),
}
