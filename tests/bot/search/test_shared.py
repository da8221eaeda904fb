"""Machines that work on one study: none does another's trial again, and the dead are replaced."""

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import optuna
import pytest
from optuna.trial import TrialState

from bot.search.farm import Inline
from bot.search.hunt import Hunt
from bot.search.storage import StudyError, close_storage, open_storage, parse, quiet
from bot.search.study import open_study
from bot.search.terms import Place, Search
from core.domain.tuning import Tuning
from tests.bot.search.hills import YEAR, Hill, height
from tests.bot.search.joiner import SPACE, STUDY, join
from tests.bot.storage.places import OnNewPostgres, OnNewSqlite, furnish

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def machine(url, trials=8, seconds=0.2, jobs=1):
    words = [url, str(trials), str(seconds), str(jobs)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bot.search.joiner", *words,
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def trials(url):
    """State of every trial, without those that came too late to be needed."""
    storage = open_storage(Place(STUDY, url))
    study = optuna.load_study(study_name=STUDY, storage=storage)
    kept = [trial for trial in study.trials if "surplus" not in trial.user_attrs]
    close_storage(storage)
    return [trial.state for trial in kept]


class StudyContract:
    async def test_two_machines_share_the_trials_of_one_study(self, url):
        async with machine(url) as one, machine(url) as other:
            assert (await one.wait(), await other.wait()) == (0, 0)
        assert trials(url) == [TrialState.COMPLETE] * 8

    async def test_a_machine_killed_in_the_middle_of_a_trial_loses_only_that_one(self, url):
        async with machine(url, seconds=0.3) as one, machine(url, seconds=0.3) as other:
            for process in (one, other, one):
                assert await process.stdout.readline() == b"begins\n"
            one.kill()
            assert await other.wait() == 0
        states = trials(url)
        assert states.count(TrialState.COMPLETE) == 8
        assert states.count(TrialState.FAIL) == len(states) - 8 == 1

    async def test_the_hands_of_a_machine_that_is_killed_leave_with_it(self, url):
        async with machine(url, seconds=0.3, jobs=2) as one:
            for _ in range(2):
                assert await one.stdout.readline() == b"begins\n"
            one.kill()
            async with asyncio.timeout(10):
                await one.stdout.read()

    async def test_a_trial_that_never_showed_life_is_given_up_too(self, url):
        place = Place(STUDY, url, 1)
        study = open_study(Search(space=SPACE, trials=2), place, {})
        with quiet():
            study._study.ask(study._distributions)
        study.close()
        assert len(join(url, 2, 0.0).tried) == 2
        assert sorted(trials(url)) == [TrialState.COMPLETE] * 2 + [TrialState.FAIL]

    async def test_who_comes_late_finds_nothing_left_to_do(self, url):
        assert len(join(url, 3, 0.0).tried) == 3
        assert len(join(url, 3, 0.0).tried) == 3
        assert len(join(url, 5, 0.0).tried) == 5

    async def test_a_study_of_that_name_must_ask_the_same(self, url):
        search, place = Search(space=SPACE), Place(STUDY, url)
        open_study(search, place, {"from": "2024-01-01"}).close()
        with pytest.raises(StudyError, match="from is 2024-01-01 there and 2024-02-01 here"):
            open_study(search, place, {"from": "2024-02-01"})


class TestStudyOnSqlite(OnNewSqlite, StudyContract):
    async def test_a_storage_that_is_lost_on_the_way_is_one_sentence(self, url):
        def spoil(*_):
            Path(url.removeprefix("sqlite:///")).write_bytes(b"no database" * 1000)

        study = open_study(Search(space=SPACE, trials=9), Place(STUDY, url), {})
        with pytest.raises(StudyError, match="cannot be reached any more: file is not a database"):
            Hunt(study, Inline(Hill()), YEAR)(spoil)
        study.close()

    async def test_a_trial_that_was_given_up_elsewhere_is_not_told_again(self, url):
        study = open_study(Search(space=SPACE, trials=9), Place(STUDY, url), {})
        trial = study.ask()
        trial.storage.set_trial_state_values(trial._trial_id, TrialState.FAIL)
        study.complete(trial, height(Tuning()))
        study.close()
        assert trials(url) == [TrialState.FAIL]

    async def test_the_desks_own_database_holds_no_study(self, url):
        await furnish(url)
        with pytest.raises(StudyError, match="holds the desk's ledger"):
            open_storage(Place(STUDY, url))


class TestStudyOnPostgres(OnNewPostgres, StudyContract):
    pass


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgresql://desk@db/studies", "postgresql+psycopg"),
        ("postgresql+asyncpg://desk@db/studies", "postgresql+psycopg"),
        ("sqlite:///studies.db", "sqlite"),
    ],
)
def test_an_address_gets_the_driver_that_optuna_can_use(url, driver):
    assert parse(url).drivername == driver


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://desk@db/studies", "must begin with"),
        ("studies", "is not an address"),
        ("sqlite://", "nobody could join"),
    ],
)
def test_an_address_that_does_not_do_is_refused(url, says):
    with pytest.raises(StudyError, match=says):
        parse(url)


def test_a_server_that_is_not_there_is_one_sentence_without_the_password():
    pytest.importorskip("psycopg", reason="the distributed extra is not installed")
    with pytest.raises(StudyError, match="cannot open") as refusal:
        open_storage(Place(STUDY, "postgresql://desk:secret@127.0.0.1:1/studies"))
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
