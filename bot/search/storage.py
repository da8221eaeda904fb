"""Where a study is kept that several machines work on."""

import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from optuna.exceptions import ExperimentalWarning
from optuna.storages import RDBStorage, RetryHeartbeatStaleTrialCallback
from sqlalchemy import URL, create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.errors import Stop
from bot.search.terms import Place

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
THE_DESKS_OWN = "proposals"
SILENCES = 3  # heartbeats that may fail to come
RETRIES = 3
RACES = 5  # two machines that make the same tables at once


class StudyError(Stop):
    """The study cannot be opened or written, or was asked something else."""


def parse(url: str) -> URL:
    """The address with the driver that Optuna can use."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StudyError("--storage is not an address of a database") from error
    driver = DRIVERS.get(address.get_backend_name())
    if driver is None:
        raise StudyError("--storage must begin with sqlite:/// or postgresql://")
    if driver == "sqlite" and address.database in {None, "", ":memory:"}:
        raise StudyError("nobody could join a study in memory: --storage needs the path of a file")
    return address.set(drivername=driver)


def open_storage(place: Place) -> RDBStorage:
    """Raises StudyError for a database that cannot be reached, and for the desk's own."""
    address = parse(place.url)
    try:
        _must_not_be_the_desks(address)
        return _raced(address, place.heartbeat)
    except ImportError as error:
        raise StudyError("PostgreSQL needs psycopg: install the extra 'distributed'") from error
    except SQLAlchemyError as error:
        raise StudyError(f"cannot open {address!r}: {cause(error)}") from error


def cause(error: Exception) -> str:
    """What the driver said, in one line."""
    while isinstance(error.__cause__, Exception):
        error = error.__cause__
    return str(error).strip().partition("\n")[0]


def close_storage(storage: RDBStorage) -> None:
    storage.remove_session()
    storage.engine.dispose()


def retry() -> RetryHeartbeatStaleTrialCallback:
    """Puts a lost trial's parameters in the queue again, unless they were lost too often."""
    with quiet():
        return RetryHeartbeatStaleTrialCallback(max_retry=RETRIES)


@contextmanager
def quiet() -> Iterator[None]:
    """Without Optuna's remarks on heartbeats, which it calls experimental and meant for its loop."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ExperimentalWarning)
        warnings.filterwarnings("ignore", message="Heartbeat of storage is supposed")
        yield


def _raced(address: URL, heartbeat: int) -> RDBStorage:
    """Whoever comes second while the first is making the tables only has to look again."""
    for _ in range(RACES - 1):
        try:
            return _storage(address, heartbeat)
        except SQLAlchemyError:
            time.sleep(0.3)
    return _storage(address, heartbeat)


def _storage(address: URL, heartbeat: int) -> RDBStorage:
    url = address.render_as_string(hide_password=False)
    lite = address.get_backend_name() == "sqlite"
    with quiet():
        return RDBStorage(
            url.replace("{", "{{").replace("}", "}}"),
            engine_kwargs={"connect_args": {"timeout": 60}} if lite else {"pool_pre_ping": True},
            heartbeat_interval=heartbeat,
            grace_period=SILENCES * heartbeat,
            heartbeat_stale_trial_callback=retry(),
        )


def _must_not_be_the_desks(address: URL) -> None:
    """Both keep a table alembic_version, and neither could read the other's."""
    engine = create_engine(address)
    try:
        if inspect(engine).has_table(THE_DESKS_OWN):
            raise StudyError(
                f"{address!r} holds the desk's ledger: a study needs a database of its own"
            )
    finally:
        engine.dispose()
