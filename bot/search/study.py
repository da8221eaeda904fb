"""An Optuna study as a search uses it: ask for a point, tell what came of it, count what is done."""

import logging
from collections.abc import Mapping, Sequence
from copy import deepcopy

import optuna
from optuna import Trial
from optuna.exceptions import UpdateFinishedTrialError
from optuna.storages import RDBStorage
from optuna.trial import FrozenTrial, TrialState

from bot.search.lifeline import Line
from bot.search.samplers import distributions, pruner, sampler
from bot.search.storage import StudyError, close_storage, open_storage, quiet, retry
from bot.search.terms import Place, Sampler, Search
from core.backtest.objectives import Aim, Metrics, Score
from core.backtest.space import Point
from core.backtest.tried import Tried

logger = logging.getLogger(__name__)

WORST = 1e6  # what is told of an objective without a value
ASKED, METRICS, SURPLUS = "asked", "metrics", "surplus"
FINISHED = (TrialState.COMPLETE, TrialState.PRUNED)
TAKEN = (*FINISHED, TrialState.RUNNING)


class Study:
    """A study in memory, or one that other machines work on too.

    What it says of trials is as of the last `look`; `ask` looks by itself.
    """

    def __init__(self, search: Search, study: optuna.Study, storage: RDBStorage | None) -> None:
        self.search = search
        self._study = study
        self._distributions = distributions(search.space)
        self._line = Line(storage, study.study_name) if storage else None
        self._known: list[FrozenTrial] = []
        self.look()

    def look(self) -> None:
        self._known = self._study.get_trials(deepcopy=False)
        if self._line:
            self._line.sweep(self._study, self._among(TrialState.RUNNING))

    @property
    def finished(self) -> int:
        return len(self._among(*FINISHED))

    @property
    def open_slots(self) -> int:
        """How many trials are wanted that nobody works on."""
        return self.search.trials - len(self._among(*TAKEN))

    def tried(self) -> tuple[Tried, ...]:
        """Everything that is finished, oldest first."""
        return tuple(
            Tried(trial.number, self._point(trial), trial.user_attrs.get(METRICS))
            for trial in self._among(*FINISHED)
        )

    def ask(self) -> Trial | None:
        """A trial to run, or None where another machine was faster to take the last one."""
        with quiet():
            trial = self._study.ask(self._distributions)
        if self._line:
            self._line.starts(trial.number)
        self.look()
        taken = self._among(*TAKEN, TrialState.WAITING)
        if sum(other.number < trial.number for other in taken) < self.search.trials:
            return trial
        trial.set_user_attr(SURPLUS, True)
        self._tell(trial, state=TrialState.FAIL)
        return None

    def known(self, trial: Trial) -> Metrics | None:
        """What the trial's point has brought before."""
        point = self.search.space.rounded(trial.params)
        before = (
            other for other in self._among(TrialState.COMPLETE) if METRICS in other.user_attrs
        )
        same = (other for other in before if self._point(other) == point)
        return next((other.user_attrs[METRICS] for other in same), None)

    def complete(self, trial: Trial, metrics: Metrics) -> None:
        aim = self.search.aim
        score = aim.score(metrics)
        try:
            trial.set_user_attr(METRICS, dict(metrics))
            if self.search.sampler is not Sampler.CMAES:
                _constrain(trial, score, aim)
        except UpdateFinishedTrialError:
            logger.warning("trial %d was given up elsewhere while it ran", trial.number)
        self._tell(trial, values=self._values(score))

    def is_hopeless(self, trial: Trial, metrics: Metrics, part: int) -> bool:
        """Does the pruner give up, knowing what the first parts have brought?"""
        value = metrics.get(self.search.aim.objectives[0])
        if value is None:
            return False
        trial.report(value, part)
        return trial.should_prune()

    def prune(self, trial: Trial) -> None:
        self._tell(trial, state=TrialState.PRUNED)

    def give_back(self, trial: Trial) -> None:
        """It failed or was interrupted: its parameters go back into the queue."""
        self._tell(trial, state=TrialState.FAIL)
        failed = self._study.get_trials(deepcopy=False)[trial.number]
        retry()(self._study, deepcopy(failed))

    def _point(self, trial: FrozenTrial) -> Point:
        """Without the dust of binary fractions."""
        return self.search.space.rounded(trial.params)

    def close(self) -> None:
        if self._line:
            self._line.close()

    def _among(self, *states: TrialState) -> list[FrozenTrial]:
        return [trial for trial in self._known if trial.state in states]

    def _tell(
        self,
        trial: Trial,
        values: Sequence[float] | None = None,
        state: TrialState | None = None,
    ) -> None:
        if self._line:
            self._line.stops(trial.number)
        self._study.tell(trial, values, state, skip_if_finished=True)

    def _values(self, score: Score) -> list[float]:
        """CMA-ES knows no constraints, so what breaks them is told as worse than anything."""
        aim = self.search.aim
        if self.search.sampler is Sampler.CMAES and not score.feasible:
            excess = sum(max(violation, 0.0) for violation in score.violations)
            return [-sign * (WORST + excess) for sign in aim.signs]
        pairs = zip(score.values, aim.signs, strict=True)
        return [-sign * WORST if value is None else value for value, sign in pairs]


def open_study(search: Search, place: Place | None, asked: Mapping[str, str]) -> Study:
    """A new study, or the one of that name. `asked` tells two questions apart.

    Raises StudyError where the storage cannot be opened, and for another question.
    """
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    storage = open_storage(place) if place else None
    try:
        study = _create(search, place, storage)
        _must_ask_the_same(study, asked)
    except StudyError:
        if storage:
            close_storage(storage)
        raise
    return Study(search, study, storage)


def _create(search: Search, place: Place | None, storage: RDBStorage | None) -> optuna.Study:
    return optuna.create_study(
        study_name=place.study if place else None,
        storage=storage,
        sampler=sampler(search, None if place else search.seed),
        pruner=pruner(search),
        directions=["maximize" if sign > 0 else "minimize" for sign in search.aim.signs],
        load_if_exists=True,
    )


def _must_ask_the_same(study: optuna.Study, asked: Mapping[str, str]) -> None:
    known = study.user_attrs.get(ASKED)
    if known is None:
        study.set_user_attr(ASKED, dict(asked))
        return
    for name, value in asked.items():
        if known.get(name) != value:
            there = f"{name} is {known.get(name)} there and {value} here"
            raise StudyError(f"the study {study.study_name!r} asks something else: {there}")


def _constrain(trial: Trial, score: Score, aim: Aim) -> None:
    trial.set_constraint("trades", 1.0 if not score.trades else 0.0)
    for constraint, violation in zip(aim.constraints, score.violations, strict=True):
        trial.set_constraint(str(constraint), violation)
