"""`optimize --kfold K`: a small grid graded on folds that it was not chosen on."""

from collections.abc import Sequence
from datetime import timedelta

from bot.errors import WrongQuestion
from bot.search.answer import Outcome, again, answer, sharpes
from bot.search.attempt import Job
from bot.search.kfold import kfold
from bot.search.session import Session
from bot.search.sweep import sweep
from core.backtest.findings import Graded
from core.backtest.folds import PurgedFold, purged_folds
from core.backtest.grades import Grades
from core.backtest.record import Kind
from core.backtest.space import Point

MOST = 1_000


def graded(work: Session, folds: int, gap: timedelta) -> int:
    """The exit code: 130 after an interrupt, for half a comparison is none. Raises WrongQuestion."""
    search = work.asked.search
    points = small_grid(work)
    grades = kfold(work.farm, search, points, _folds(work, folds, gap), work.watching.on("folds"))
    if grades is None:
        return 130
    told = Graded(aim=search.aim, names=search.space.names, grades=grades)
    answer(work, outcome(work, points, grades, told))
    return 0


def small_grid(work: Session) -> tuple[Point, ...]:
    """Raises WrongQuestion for a grid that has no end, or no small one."""
    space = work.asked.search.space
    if space.count is None or space.count > MOST:
        size = "no end" if space.count is None else f"{space.count:,} points"
        raise WrongQuestion(f"--kfold: the grid of --space has {size}; {MOST:,} are the most")
    return tuple(space.grid())


def outcome(work: Session, points: Sequence[Point], grades: Grades, told: Graded) -> Outcome:
    """The figures are those of the set with the best mean over the whole stretch."""
    search = work.asked.search
    first = grades.marks[0]
    tuning = search.space.tuning(first.point, search.base)
    jobs = [Job(search.space.tuning(point, search.base), work.stretch) for point in points]
    whole = sweep(work.farm, jobs, work.watching.on("whole"))
    run, seconds = again(work, tuning)
    known = first.mean is not None and tuning != search.base
    return Outcome(
        kind=Kind.OPTIMIZE,
        tuning=tuning,
        run=run,
        seconds=seconds,
        tries=len(points),
        sharpes=sharpes(whole),
        proposed=tuning if known else None,
        told=told,
    )


def _folds(work: Session, folds: int, gap: timedelta) -> tuple[PurgedFold, ...]:
    try:
        return purged_folds(*work.stretch, folds, gap)
    except ValueError as reason:
        raise WrongQuestion(f"--kfold: {reason}") from None
