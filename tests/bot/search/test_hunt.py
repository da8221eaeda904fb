"""A search finds the top of a hill, whoever dies on the way, and stops when it has tried enough."""

import signal
from dataclasses import dataclass, replace
from os import getpid, kill

import pytest

from bot.search.farm import Inline, WorkerFailed, Workers
from bot.search.hunt import Hunt
from bot.search.storage import StudyError
from bot.search.study import open_study
from bot.search.terms import Pruner, Sampler, Search
from core.backtest.objectives import Aim
from core.backtest.space import Space
from core.backtest.spoken import constraint, dimension
from core.backtest.tried import best_first, distinct, leader
from tests.bot.search.hills import YEAR, Broken, Deadly, Hill

SPACE = Space((dimension("horizon=12..96:12"), dimension("stop_in_atr=1..4:0.5")))
SEARCH = Search(space=SPACE, trials=40)


def hunt(search=SEARCH, farm=None, place=None, watch=lambda *_: None):
    farm = farm or Inline(Hill())
    study = open_study(search, place, {})
    try:
        return Hunt(study, farm, YEAR)(watch)
    finally:
        study.close()
        farm.close()


@pytest.mark.parametrize("sampler", Sampler)
def test_every_sampler_tries_as_often_as_it_was_asked_to(sampler):
    found = hunt(replace(SEARCH, sampler=sampler))
    assert len(found.tried) == 40
    assert found.complete
    assert leader(found.tried, SEARCH.aim).metrics["sharpe"] > 1.5


def test_the_same_seed_tries_the_same_points():
    first, again, other = (hunt(replace(SEARCH, seed=seed)).tried for seed in (1, 1, 2))
    assert first == again != other


def test_a_grid_tries_every_point_once():
    found = hunt(replace(SEARCH, sampler=Sampler.GRID, trials=SPACE.count))
    points = {tuple(tried.point.values()) for tried in found.tried}
    assert len(points) == len(found.tried) == SPACE.count == 56


def test_workers_find_the_same_top():
    found = hunt(replace(SEARCH, sampler=Sampler.GRID, trials=56), Workers(Hill(), 2))
    assert leader(found.tried, SEARCH.aim).point == {"horizon": 48, "stop_in_atr": 2.0}


def test_without_trades_a_point_is_not_feasible_and_no_error():
    search = replace(SEARCH, space=Space((dimension("stop_in_atr=4,3.99"),)), trials=3)
    found = hunt(search)
    assert best_first(found.tried, search.aim) == ()
    assert leader(found.tried, search.aim) is None


@pytest.mark.parametrize("sampler", [Sampler.TPE, Sampler.CMAES])
def test_what_breaks_a_constraint_is_never_the_best(sampler):
    aim = Aim(("sharpe",), (constraint("drawdown<=0.03"),))
    found = hunt(replace(SEARCH, aim=aim, sampler=sampler, trials=60))
    assert leader(found.tried, aim).metrics["drawdown"] <= 0.03


def test_several_objectives_rank_by_fronts():
    aim = Aim(("sharpe", "drawdown"))
    found = hunt(replace(SEARCH, aim=aim, sampler=Sampler.NSGA, trials=60))
    best = best_first(found.tried, aim)
    assert best[0].metrics["sharpe"] == max(tried.metrics["sharpe"] for tried in best)


@pytest.mark.parametrize("pruner", [Pruner.MEDIAN, Pruner.HYPERBAND])
def test_a_pruner_ends_hopeless_attempts_before_their_time(pruner):
    found = hunt(replace(SEARCH, pruner=pruner, sampler=Sampler.RANDOM))
    assert len(found.tried) == 40
    assert 0 < sum(tried.metrics is None for tried in found.tried) < 40


def test_a_worker_that_is_killed_costs_one_attempt_and_its_point_is_tried_again(tmp_path):
    search = replace(SEARCH, sampler=Sampler.GRID, trials=56)
    found = hunt(search, Workers(Deadly(tmp_path / "stone"), 1))
    points = [tuple(tried.point.values()) for tried in found.tried]
    assert len(points) == len(set(points)) == 56
    assert found.tried[-1].number == 56


def test_workers_that_keep_dying_end_the_search(tmp_path):
    with pytest.raises(StudyError, match="died one after the other"):
        hunt(SEARCH, Workers(Deadly(tmp_path / "stone", often=True), 2))


def test_an_attempt_that_fails_by_itself_ends_the_search():
    with pytest.raises(WorkerFailed):
        hunt(SEARCH, Workers(Broken(), 2))


@pytest.mark.parametrize("workers", [False, True])
def test_an_interrupt_keeps_what_is_finished(workers):
    farm = Workers(Hill(0.01), 2) if workers else Inline(Hill(0.01))

    def watch(done, total, best):
        if done == 5:
            kill(getpid(), signal.SIGINT)

    found = hunt(replace(SEARCH, trials=1000), farm, watch=watch)
    assert not found.complete
    assert 5 <= len(found.tried) <= 7


def test_the_watch_hears_of_each_trial_and_of_the_best_so_far():
    heard = []
    hunt(replace(SEARCH, trials=5), watch=lambda *said: heard.append(said))
    assert [done for done, _, _ in heard] == [1, 2, 3, 4, 5]
    best = [best for _, _, best in heard if best is not None]
    assert best == sorted(best)


def test_a_point_that_comes_again_is_not_tried_again():
    @dataclass
    class Counted:
        jobs: list

        def __call__(self, job):
            self.jobs.append(job.tuning)
            yield from Hill()(job)

    attempt = Counted([])
    search = replace(SEARCH, space=Space((dimension("horizon=12,48"),)), trials=20)
    found = hunt(search, Inline(attempt))
    assert len(found.tried) == 20
    assert len(attempt.jobs) == len(distinct(found.tried)) == 2
    assert [best.point for best in best_first(found.tried, SEARCH.aim)] == [
        {"horizon": 48},
        {"horizon": 12},
    ]
