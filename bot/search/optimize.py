"""`python -m bot optimize`: try many sets, say which did best and how much of it is luck."""

from collections.abc import Sequence

from bot.backtest.command import make_folder
from bot.search.answer import Outcome, again, answer, sharpes
from bot.search.attempt import Job
from bot.search.command_line import OptimizeAsked, read_optimize
from bot.search.grading import graded
from bot.search.hunt import Found, Hunt
from bot.search.importance import important
from bot.search.session import Session, session
from bot.search.study import open_study
from bot.search.sweep import sweep
from core.backtest.findings import Findings
from core.backtest.record import Kind
from core.backtest.sensitivity import Sensitivity, neighbours
from core.backtest.space import Point
from core.backtest.tried import best_first, distinct

TOP = 10


def main(words: Sequence[str]) -> int:
    """The exit code: 130 after an interrupt, with what was finished by then. Raises Stop."""
    asked = read_optimize(words)
    make_folder(asked.wanted.backtest.report)
    with session(asked.wanted) as work:
        if asked.folds:
            return graded(work, asked.folds, asked.gap)
        found = seek(work)
        answer(work, outcome(work, found, findings(work, asked, found)))
    return 0 if found.complete else 130


def seek(work: Session) -> Found:
    """Search the whole stretch, with every machine that joined the study."""
    study = open_study(work.asked.search, work.asked.place, work.fingerprint())
    try:
        return Hunt(study, work.farm, work.stretch)(work.watching.on("search"))
    finally:
        study.close()


def findings(work: Session, asked: OptimizeAsked, found: Found) -> Findings:
    """Beside the best ones: what today's set brought, and the map around the best."""
    search = work.asked.search
    ranking = best_first(found.tried, search.aim)
    (today,) = sweep(work.farm, [Job(search.base, work.stretch)], work.watching.on("today"))
    return Findings(
        aim=search.aim,
        names=search.space.names,
        tried=len(found.tried),
        pruned=sum(tried.metrics is None for tried in found.tried),
        feasible=len(ranking),
        complete=found.complete,
        top=ranking[:TOP],
        now=search.space.point(search.base),
        today=today or {},
        sensitivity=around(work, asked, found, ranking[0].point) if ranking else None,
    )


def around(work: Session, asked: OptimizeAsked, found: Found, best: Point) -> Sensitivity | None:
    """None where nobody wants it, or where there is but one number to turn."""
    search = work.asked.search
    names = asked.around or important(search, found.tried)[:2]
    if not (asked.mapped and found.complete and len(names) == 2):
        return None
    near = neighbours(search.space, best, (names[0], names[1]))
    jobs = [Job(search.space.tuning(point, search.base), work.stretch) for point in near.points()]
    return near.mapped(search.aim, sweep(work.farm, jobs, work.watching.on("map")))


def outcome(work: Session, found: Found, told: Findings) -> Outcome:
    """The figures are those of the best set, or of today's where nothing feasible was found. A set
    that lost money is not proposed.
    """
    search = work.asked.search
    best = search.space.tuning(told.top[0].point, search.base) if told.top else None
    run, seconds = again(work, best or search.base)
    points = distinct(found.tried)
    return Outcome(
        kind=Kind.OPTIMIZE,
        tuning=best or search.base,
        run=run,
        seconds=seconds,
        tries=max(len(points), 1),
        sharpes=sharpes(tried.metrics for tried in points),
        proposed=best if best != search.base and run.closing > run.scenario.equity else None,
        told=told,
    )
