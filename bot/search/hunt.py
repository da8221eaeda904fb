"""The search itself: as many attempts at once as there is room for, until enough are finished."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from optuna import Trial
from optuna.exceptions import StorageInternalError
from sqlalchemy.exc import SQLAlchemyError

from bot.search.attempt import Job, Stage, borders
from bot.search.farm import Farm, Lost
from bot.search.storage import StudyError, cause
from bot.search.study import Study
from bot.search.terms import Pruner
from core.backtest.tried import Tried, leader

LOSSES = 5  # workers that die one after the other
POLL = 0.5

Watch = Callable[[int, int, float | None], None]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything tried, by whatever machine; `complete` unless somebody interrupted the search."""

    tried: tuple[Tried, ...]
    complete: bool


class Hunt:
    """One stretch of time searched with one study."""

    def __init__(self, study: Study, farm: Farm, stretch: tuple[datetime, datetime]) -> None:
        self._study, self._farm = study, farm
        search = study.search
        parts = 1 if search.pruner is Pruner.NONE else search.segments
        self._borders = borders(*stretch, parts)
        self._running: dict[int, tuple[Trial, int]] = {}
        self._losses = 0

    def __call__(self, watch: Watch) -> Found:
        """Ends early, with what is finished, at an interrupt (Ctrl-C).

        Raises StudyError where worker after worker dies, and where the storage is lost.
        """
        try:
            while self._study.finished < self._study.search.trials:
                self._step(watch)
        except KeyboardInterrupt:
            self._give_up()
            return Found(self._study.tried(), complete=False)
        except (SQLAlchemyError, StorageInternalError) as error:
            raise StudyError(f"the study cannot be reached any more: {cause(error)}") from error
        self._give_up()
        return Found(self._study.tried(), complete=True)

    def _step(self, watch: Watch) -> None:
        self._fill()
        if not self._running and self._study.finished < self._study.search.trials:
            time.sleep(POLL)  # others have taken what is left
        for key, event in self._farm.events() if self._running else ():
            self._hear(key, event)
        self._study.look()
        self._tell(watch)

    def _fill(self) -> None:
        while self._farm.room and self._study.open_slots > 0:
            trial = self._study.ask()
            if trial is None:
                return
            self._begin(trial)

    def _begin(self, trial: Trial) -> None:
        """A sampler may come back to a point: what it brings is known then."""
        search = self._study.search
        known = self._study.known(trial)
        if known:
            self._study.complete(trial, known)
            self._study.look()
            return
        self._running[trial.number] = trial, 0
        job = Job(search.space.tuning(trial.params, search.base), self._borders)
        self._farm.begin(trial.number, job)

    def _hear(self, key: int, event: Stage | Lost) -> None:
        trial, part = self._running[key]
        if isinstance(event, Lost):
            self._lose(trial)
        elif event.last:
            self._study.complete(self._running.pop(key)[0], event.metrics)
            self._losses = 0
        elif self._study.is_hopeless(trial, event.metrics, part):
            self._farm.drop(key)
            self._study.prune(self._running.pop(key)[0])
        else:
            self._running[key] = trial, part + 1
            self._farm.go_on(key)

    def _lose(self, trial: Trial) -> None:
        del self._running[trial.number]
        self._study.give_back(trial)
        self._losses += 1
        if self._losses >= LOSSES:
            raise StudyError(f"{LOSSES} workers died one after the other: is there enough memory?")

    def _give_up(self) -> None:
        self._farm.forget()
        for key in tuple(self._running):
            self._study.give_back(self._running.pop(key)[0])

    def _tell(self, watch: Watch) -> None:
        search, tried = self._study.search, self._study.tried()
        best = leader(tried, search.aim)
        watch(len(tried), search.trials, best.score(search.aim).values[0] if best else None)
