"""A piece of work as the command that anybody could type, and the desk that it is about as a file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.backtest.desk import DeskNow
from bot.market.playback import WARM_UP, Present
from bot.runs.place import Place
from core.backtest.ports import Work
from core.backtest.record import Kind
from core.backtest.request import Request
from core.domain.people import Approval

DESK = "desk.json"
TRAINS_IN_A_STRETCH, TESTS_IN_A_TRAIN = 3, 6
SHORTEST_TEST = 7


def desk_now(work: Work, place: Place) -> DeskNow:
    """With the symbols and the timeframe that were asked for.

    Where the autopilot takes small trades and a person is asked for others, every card gets a yes.
    """
    request, approval = work.request, work.settings.approval
    settings = replace(
        work.settings,
        symbols=request.symbols,
        timeframe=request.timeframe,
        approval=Approval.ASK if approval is Approval.SMALL else approval,
    )
    return DeskNow(
        candles=place.candles,
        seed=place.seed,
        present=Present(now=work.now, opened=place.opened, tape=place.tape),
        settings=settings,
        equity=work.equity,
        slippage=place.slippage,
    )


def words(work: Work, place: Place, folder: Path) -> list[str]:
    """Behind `python -m bot`; files go into this folder."""
    return [
        work.request.kind.value,
        *("--desk", str(folder / DESK), "--report", str(folder)),
        *("--json", "--progress", "--language", work.language.value),
        *_stretch(work.request),
        *_search(work, place),
    ]


def _stretch(request: Request) -> Iterator[str]:
    if request.first and request.last:
        yield from ("--from", request.first.isoformat(), "--to", request.last.isoformat())
    elif request.days:
        yield from ("--days", str(request.days))


def _search(work: Work, place: Place) -> Iterator[str]:
    request = work.request
    if request.trials:
        yield from ("--trials", str(request.trials))
    if request.kind is Kind.WALKFORWARD:
        train = max(_days(work, place) // TRAINS_IN_A_STRETCH, 1)
        test = min(max(train // TESTS_IN_A_TRAIN, SHORTEST_TEST), train)
        yield from ("--train", f"{train}d", "--test", f"{test}d")


def _days(work: Work, place: Place) -> int:
    """How many there are of those that were asked for; of all, half at least are for the rules."""
    request, recorded = work.request, work.now - place.first
    if request.length is None:
        past = min(request.timeframe.duration * WARM_UP, recorded / 2)
        return (recorded - past).days
    return min(request.length, recorded.days)
