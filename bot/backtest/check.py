"""`python -m bot check`: does the desk peek at its future, and does it see enough of its past?"""

import argparse
import math
import sys
from collections.abc import Iterator, Sequence

from bot import typed
from bot.backtest.command import reader
from bot.backtest.options import asked, backtest_options
from bot.backtest.question import scenario
from bot.backtest.stretch import stretch
from bot.typed import Parser
from core.backtest.checks import Checked, look_ahead, recursion
from core.committee.merging import SIDES, VERDICTS
from handlers.words import Translator

SAMPLES = 20
LENGTH = 3_000  # what a living desk sees
SHOWN = 10
KINDS = ("lookahead", "recursion")


def main(words: Sequence[str]) -> int:
    """0 when all is clean, 1 when something was found. Raises Stop for a wrong question."""
    said = _parser().parse_args(words)
    question = asked(said)
    market, t = stretch(question), reader(question.language).t
    clean = True
    for history in market.histories.values():
        dice = {"samples": said.samples, "seed": question.seed}
        replayed = scenario(question, market)
        for kind in said.kinds or KINDS:
            if kind == "lookahead":
                checked = look_ahead(history, replayed, **dice)
            else:
                checked = recursion(history, replayed, length=said.length, **dice)
            clean = clean and checked.is_clean
            told = _lines(t, kind, history.symbol, checked, said.length)
            sys.stdout.writelines(f"{line}\n" for line in told)
    return 0 if clean else 1


def _lines(t: Translator, kind: str, symbol: str, checked: Checked, length: int) -> Iterator[str]:
    outcome = ("clean" if checked.is_clean else "found") if checked.compared else "none"
    numbers = {"symbol": symbol, "n": f"{checked.compared:,}", "length": f"{length:,}"}
    yield t(f"check.{kind}.{outcome}", **numbers)
    for one in checked.differences[:SHOWN]:
        at = f"{one.at:%Y-%m-%d %H:%M}"
        before, after = (_said(one.name, number) for number in (one.before, one.after))
        yield t("check.difference", at=at, name=one.name, before=before, after=after)


def _said(name: str, number: float) -> str:
    """What a decision said; a dash where there is none any more."""
    if math.isnan(number):
        return "-"
    named = {"verdict": VERDICTS, "side": SIDES}.get(name)
    return str(named[int(number)]) if named else f"{number:.6g}"


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m bot check",
        description="Decisions must not change with another future, nor with more of the past.",
        parents=[backtest_options()],
    )
    parser.add_argument("kinds", nargs="*", metavar="WHAT", type=_kind, help=", ".join(KINDS))
    add = parser.add_argument_group("check").add_argument
    add("--samples", type=typed.count, default=SAMPLES, metavar="N", help="moments to look at")
    add("--length", type=typed.count, default=LENGTH, metavar="N", help="candles of past")
    return parser


def _kind(text: str) -> str:
    if text not in KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(KINDS)}")
    return text
