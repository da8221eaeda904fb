"""From what a search came to, to a record, a report on disk and words on the console."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.backtest import console as backtest
from bot.backtest.command import reader, timed
from bot.backtest.question import question
from bot.backtest.record import Circumstances, finish
from bot.market.clock import SystemClock
from bot.search import console
from bot.search.console import Told
from bot.search.session import Session
from core.backtest.objectives import Metrics
from core.backtest.record import Kind, Record
from core.backtest.run import Run
from core.domain.tuning import Tuning


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`run` is what `tuning` brought, the best of `tries` whose yearly Sharpe ratios were
    `sharpes`. `proposed` is what somebody may adopt.
    """

    kind: Kind
    tuning: Tuning
    run: Run
    seconds: float
    tries: int
    sharpes: tuple[float, ...]
    proposed: Tuning | None
    told: Told


def again(work: Session, tuning: Tuning) -> tuple[Run, float]:
    """The whole stretch with these numbers, and the seconds that it took."""
    return timed(replace(work.asked.backtest, tuning=tuning), work.market)


def sharpes(metrics: Iterable[Metrics | None]) -> tuple[float, ...]:
    """Those that are known."""
    known = ((each or {}).get("sharpe") for each in metrics)
    return tuple(sharpe for sharpe in known if sharpe is not None)


def answer(work: Session, outcome: Outcome) -> None:
    """Writes the report where one is wanted, and prints. Raises Stop."""
    asked = work.asked.backtest
    work.watching("judge", 0, 1)
    record = _record(work, outcome)
    work.watching("judge", 1, 1)
    written = _written(work, record, outcome) if asked.report else ()
    work.watching.close()
    if asked.json:
        from bot.storage.codec import encode  # noqa: PLC0415 - pydantic, only where it is asked

        sys.stdout.write(f"{encode(record)}\n")
        return
    person = reader(asked.language)
    sys.stdout.write(f"{backtest.report(person, record)}\n\n")
    sys.stdout.write(f"{console.told(person, record, outcome.told)}\n")
    sys.stdout.writelines(f"{path}\n" for path in written)


def _record(work: Session, outcome: Outcome) -> Record:
    asked = replace(work.asked.backtest, tuning=outcome.tuning)
    said = Circumstances(
        at=SystemClock().now(),
        seconds=outcome.seconds,
        seed=asked.seed,
        tries=outcome.tries,
        sharpes=outcome.sharpes,
        proposed=outcome.proposed,
    )
    asking = question(asked, work.market, outcome.kind)
    return finish(outcome.run, work.market.histories, asking, said)


def _written(work: Session, record: Record, outcome: Outcome) -> tuple[Path, ...]:
    from bot.search.files import write  # noqa: PLC0415 - a second of matplotlib

    work.watching("report", 0, 1)
    paths = write(work.asked.backtest, record, outcome.run, outcome.told)
    work.watching("report", 1, 1)
    return paths
