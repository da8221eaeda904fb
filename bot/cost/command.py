"""`python -m bot cost`: what would the models of a profile cost in a month?"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot import typed
from bot.analysts.models_file import load_catalogue
from bot.cost.assuming import USUAL, Assumptions
from bot.cost.past import read_past
from bot.cost.reckoning import Cost, Reckoning
from bot.cost.sizing import sizes
from bot.cost.telling import as_json, as_text
from bot.errors import WrongQuestion
from bot.market.clock import SystemClock
from bot.settings import Settings, load_settings
from bot.typed import Parser
from bot.words import load_words

MOST = 50


def main(words: Sequence[str]) -> int:
    """The exit code. Raises Stop for a profile or an interval that nobody knows."""
    said = _parser().parse_args(words)
    settings = load_settings()
    found = asyncio.run(_cost(said, settings))
    if said.json:
        sys.stdout.write(f"{as_json(found)}\n")
    else:
        language = said.language or settings.language
        sys.stdout.write(f"{as_text(load_words()[language], found)}\n")
    return 0


async def _cost(said: argparse.Namespace, settings: Settings) -> Cost:
    profile = said.profile or settings.model_profile
    count = said.symbols or len(settings.symbol_list)
    every = said.every or settings.timeframe
    if count > MOST:
        raise WrongQuestion(f"--symbols: {count} are more than one question can hold ({MOST})")
    catalogue = load_catalogue(said.models or settings.models_file)
    catalogue.profile(profile)
    assumed = _assumed(said)
    past = await read_past(settings, said.data, count, SystemClock().now())
    rendered = sizes(count, every, said.language or settings.language, assumed)
    return Reckoning(catalogue, rendered, assumed, past).cost(profile, count, every)


def _assumed(said: argparse.Namespace) -> Assumptions:
    asked, verified = said.asked, said.verified
    return replace(
        USUAL,
        asked=USUAL.asked if asked is None else asked,
        verified=USUAL.verified if verified is None else verified,
    )


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m bot cost",
        description="What a month of asking models costs, from the real prompts and the price"
        " table; what the ledger has recorded takes the place of assumptions.",
    )
    add = parser.add_argument
    add("--symbols", type=typed.count, metavar="N", help="how many coins; as the settings say")
    add("--every", type=typed.timeframe, metavar="TIMEFRAME", help="1m, 5m, 15m, 1h, 4h or 1d")
    add("--profile", metavar="NAME", help="who is asked: economy, balanced, quality or your own")
    add("--models", type=Path, metavar="FILE", help="a models' file of your own")
    add("--asked", type=typed.share, metavar="SHARE", help="closes at which anything stirred")
    add("--verified", type=typed.share, metavar="SHARE", help="closes that bring a candidate")
    add("--data", type=Path, metavar="DIR", help="where the ledger lives")
    add("--language", type=typed.language, help="ko or en")
    add("--json", action="store_true", help="for programs: usd_per_month and what it is made of")
    return parser
