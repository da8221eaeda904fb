"""A list of attempts is answered in its order, whoever does them and whoever dies."""

import signal
from os import getpid, kill

import pytest

from bot.search.attempt import Job, borders
from bot.search.farm import Inline, Workers
from bot.search.storage import StudyError
from bot.search.sweep import sweep
from core.domain.tuning import Tuning
from tests.bot.search.hills import YEAR, Deadly, Hill, height

TUNINGS = [Tuning(horizon=horizon) for horizon in (12, 24, 36, 48, 60)]
JOBS = [Job(tuning, YEAR) for tuning in TUNINGS]
HEIGHTS = tuple(height(tuning) for tuning in TUNINGS)


def nobody(done, total):
    pass


def with_hands(farm, jobs=JOBS, heard=nobody):
    try:
        return sweep(farm, jobs, heard)
    finally:
        farm.close()


def test_answers_come_in_the_order_of_the_list():
    heard = []
    assert with_hands(Inline(Hill()), heard=lambda *said: heard.append(said)) == HEIGHTS
    assert heard == [(n, 5) for n in range(1, 6)]
    assert with_hands(Workers(Hill(0.01), 2)) == HEIGHTS


def test_parts_on_the_way_are_gone_through():
    parts = [Job(tuning, borders(*YEAR, 4)) for tuning in TUNINGS]
    assert with_hands(Workers(Hill(), 2), parts) == HEIGHTS


def test_a_job_whose_worker_is_killed_is_done_again(tmp_path):
    assert with_hands(Workers(Deadly(tmp_path / "stone"), 2)) == HEIGHTS


def test_a_job_that_kills_every_worker_is_given_up(tmp_path):
    with pytest.raises(StudyError, match="workers died over one attempt"):
        with_hands(Workers(Deadly(tmp_path / "stone", often=True), 1), JOBS[:1])


@pytest.mark.parametrize("workers", [False, True])
def test_an_interrupt_leaves_the_rest_unanswered_and_the_hands_free(workers):
    farm = Workers(Hill(0.05), 2) if workers else Inline(Hill())
    before = sweep(
        farm, JOBS, lambda done, _: kill(getpid(), signal.SIGINT) if done == 2 else None
    )
    assert 1 <= before.count(None) <= 4
    assert with_hands(farm) == HEIGHTS


def test_a_stretch_is_cut_into_equal_parts():
    start, first, second, end = borders(*YEAR, 3)
    assert (start, end) == YEAR
    assert first - start == second - first
