"""Which models have a voice in a backtest: none, those whose recorded answers fit, or who is asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bot.backtest.options import BacktestAsked
from bot.backtest.stretch import Stretch
from bot.errors import WrongQuestion
from core.backtest.record import ModelUse

NOBODY = "no language model is set up to be asked; --models replay hears recorded answers"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The market with its voices, and what each model could know. `silent` is the same market
    with the rules alone, None where nobody else speaks.
    """

    market: Stretch
    cutoffs: Iterable[date | None] = ()
    silent: Stretch | None = None


def must_be_possible(asked: BacktestAsked) -> None:
    """Before anything is read. Raises WrongQuestion."""
    if asked.models is ModelUse.RECORD:
        raise WrongQuestion(NOBODY)
    if (asked.models is ModelUse.REPLAY) != (asked.answers is not None):
        raise WrongQuestion("--models replay and --answers FILE go together")


def spoken(asked: BacktestAsked, market: Stretch) -> Spoken:
    """Raises WrongQuestion for answers that cannot be read, or that answer other questions."""
    if asked.answers is None:
        return Spoken(market)
    from bot.backtest.answers import panel, read_answers  # noqa: PLC0415 - pydantic

    heard = panel(market.histories, read_answers(asked.answers), asked.tuning)
    voiced = replace(market, histories=heard.histories)
    return Spoken(voiced, tuple(heard.cutoffs.values()), market)
