"""`python -m bot walkforward`: would searching again and again have paid?"""

from collections.abc import Sequence

from bot.backtest.command import make_folder
from bot.errors import WrongQuestion
from bot.search.answer import Outcome, answer
from bot.search.command_line import WalkAsked, read_walk
from bot.search.forward import walk
from bot.search.hunt import Hunt
from bot.search.session import Session, session
from bot.search.study import open_study
from bot.search.terms import Place
from core.backtest.findings import Journey
from core.backtest.folds import Fold, Span, walk_forward
from core.backtest.legs import Leg, chained, efficiency, steadiness
from core.backtest.record import Kind
from core.backtest.run import Run
from core.backtest.tried import Tried, leader


def main(words: Sequence[str]) -> int:
    """The exit code: 130 after an interrupt, with the legs finished by then. Raises Stop."""
    asked = read_walk(words)
    make_folder(asked.wanted.backtest.report)
    with session(asked.wanted) as work:
        march = March(work, folds(work, asked))
        march()
        if march.legs:
            answer(work, outcome(work, march))
    return 0 if march.complete else 130


def folds(work: Session, asked: WalkAsked) -> tuple[Fold, ...]:
    """Raises WrongQuestion where not even one fits into the stretch."""
    try:
        found = walk_forward(
            *work.stretch,
            asked.train,
            asked.test,
            asked.step,
            anchored=asked.anchored,
            gap=asked.gap,
        )
    except ValueError as reason:
        raise WrongQuestion(f"walkforward: {reason}") from None
    if not found:
        raise WrongQuestion("walkforward: the stretch is too short for one --train and one --test")
    return found


class March:
    """The legs of a walk, one after the other; each has a study of its own."""

    def __init__(self, work: Session, steps: Sequence[Fold]) -> None:
        self._work, self._steps = work, steps
        self.legs: list[Leg] = []
        self.runs: list[Run] = []
        self.seconds, self.tried, self.complete = 0.0, 0, True

    def __call__(self) -> None:
        """Whenever it is interrupted, the legs that are finished stay."""
        search, replays = self._work.asked.search, self._work.replays
        legs = walk(replays, self._steps, search.space, search.base, self._seek)
        try:
            for leg, run, seconds in legs:
                self.legs.append(leg)
                self.runs.append(run)
                self.seconds += seconds
        except KeyboardInterrupt:
            self.complete = False

    def _seek(self, number: int, span: Span) -> tuple[Tried | None, bool]:
        work, asked = self._work, self._work.asked
        told = {**work.fingerprint(), "train": f"{span.start:%Y-%m-%d} {span.end:%Y-%m-%d}"}
        study = open_study(asked.search, _numbered(asked.place, number), told)
        stage = f"{number + 1}/{len(self._steps)}"
        try:
            found = Hunt(study, work.farm, (span.start, span.end))(work.watching.on(stage))
        finally:
            study.close()
        self.tried += len(found.tried)
        self.complete = found.complete
        return leader(found.tried, asked.search.aim), found.complete


def outcome(work: Session, march: March) -> Outcome:
    """The tests were looked at once each, so that their figures owe nothing to the best of many."""
    search = work.asked.search
    told = Journey(
        aim=search.aim,
        names=search.space.names,
        tried=march.tried,
        complete=march.complete,
        legs=tuple(march.legs),
        efficiency=efficiency(march.legs),
        steadiness=steadiness(march.legs, search.space),
    )
    last, run = march.legs[-1].tuning, chained(march.runs)
    earned = run.closing > run.scenario.equity
    return Outcome(
        kind=Kind.WALKFORWARD,
        tuning=search.base,
        run=run,
        seconds=march.seconds,
        tries=1,
        sharpes=(),
        proposed=last if last != search.base and earned else None,
        told=told,
    )


def _numbered(place: Place | None, number: int) -> Place | None:
    """Every leg is a study of its own: NAME-1, NAME-2 and so on."""
    return place and Place(f"{place.study}-{number + 1}", place.url, place.heartbeat)
