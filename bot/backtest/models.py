"""Which models have a voice in a backtest: none, or those whose answers fit, recorded before or now."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.backtest.options import BacktestAsked
from bot.backtest.progress import Progress
from bot.backtest.stretch import Stretch
from bot.errors import WrongQuestion
from bot.words import load_words
from core.backtest.record import ModelUse

TOGETHER = "--models {models} and --answers FILE go together"
LEDGER = Path("ledger")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The market with its voices, what each model could know, and what they have cost. `silent` is
    the same market with the rules alone, None where nobody else speaks.
    """

    market: Stretch
    cutoffs: Iterable[date | None] = ()
    silent: Stretch | None = None
    cost: Decimal = Decimal(0)


def must_be_possible(asked: BacktestAsked) -> None:
    """Before anything is read. Raises WrongQuestion."""
    if (asked.models is ModelUse.RULES) != (asked.answers is None):
        models = ModelUse.REPLAY if asked.answers else asked.models
        raise WrongQuestion(TOGETHER.format(models=models))
    if asked.models is ModelUse.RECORD and asked.answers == LEDGER:
        raise WrongQuestion("--models record writes into a FILE; the ledger is the desk's own")


def recorded(asked: BacktestAsked, market: Stretch, progress: Progress) -> None:
    """Ask first where that was wanted. Raises WrongQuestion, WrongSetting."""
    if asked.models is not ModelUse.RECORD or asked.answers is None:
        return
    from bot.backtest.asking import record_answers  # noqa: PLC0415 - pydantic and sqlalchemy
    from bot.backtest.telling import Teller  # noqa: PLC0415 - likewise

    out = sys.stderr if asked.json or asked.progress else sys.stdout
    tell = Teller(load_words()[asked.language], out)
    record_answers(asked, asked.answers, market, progress, tell)


def spoken(asked: BacktestAsked, market: Stretch) -> Spoken:
    """Raises WrongQuestion for answers that cannot be read, or that answer other questions."""
    if asked.answers is None:
        return Spoken(market)
    from bot.backtest.answers import panel, read_answers  # noqa: PLC0415 - pydantic
    from bot.backtest.ledger import ledger_answers  # noqa: PLC0415 - likewise
    from bot.backtest.room import main_of  # noqa: PLC0415 - likewise

    if asked.answers == LEDGER:
        answers = ledger_answers(market, asked.tuning)
    else:
        answers = read_answers(asked.answers)
    main = main_of({answer.voice for answer in answers})
    heard = panel(market.histories, answers, asked.tuning, main)
    voiced = replace(market, histories=heard.histories)
    return Spoken(voiced, tuple(heard.cutoffs.values()), market, heard.cost)
