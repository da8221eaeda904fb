"""How machines that share a study tell the living from the dead."""

import logging
import time
from collections.abc import Iterable
from threading import Event, Lock, Thread

from optuna import Study
from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage, fail_stale_trials
from optuna.trial import FrozenTrial
from sqlalchemy.exc import SQLAlchemyError

from bot.search.storage import close_storage, quiet

logger = logging.getLogger(__name__)

SWEEP = 1.0  # seconds between two looks at who is alive


class Line:
    """Beats for every trial that runs here, in a thread, and gives up those that fell silent."""

    def __init__(self, storage: RDBStorage, study: str) -> None:
        self._storage = storage
        self._study_id = storage.get_study_id_from_name(study)
        self._ids: dict[int, int] = {}
        self._alive: set[int] = set()
        self._swept = 0.0
        self._lock, self._over = Lock(), Event()
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)
        self._thread.start()

    def starts(self, number: int) -> None:
        trial_id = self._id(number)
        self._storage.record_heartbeat(trial_id)
        with self._lock:
            self._alive.add(trial_id)

    def stops(self, number: int) -> None:
        with self._lock:
            self._alive.discard(self._id(number))

    def sweep(self, study: Study, running: Iterable[FrozenTrial]) -> None:
        """Looks now and then only.

        A machine may die before its trial's first heartbeat: ours makes the silence count.
        """
        if time.monotonic() - self._swept < SWEEP:
            return
        self._swept = time.monotonic()
        for trial in running:
            if trial.number not in self._ids:
                self._storage.record_heartbeat(self._id(trial.number))
        with quiet():
            fail_stale_trials(study)

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        close_storage(self._storage)

    def _id(self, number: int) -> int:
        if number not in self._ids:
            find = self._storage.get_trial_id_from_study_id_trial_number
            self._ids[number] = find(self._study_id, number)
        return self._ids[number]

    def _beat(self) -> None:
        while not self._over.wait(self._storage.heartbeat_interval):
            with self._lock:
                alive = tuple(self._alive)
            try:
                for trial_id in alive:
                    self._storage.record_heartbeat(trial_id)
            except (SQLAlchemyError, StorageInternalError) as error:
                logger.warning("no heartbeat could be written: %s", error)
        self._storage.remove_session()
