"""What a search can be asked, and what is said to what cannot be asked."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import WrongQuestion
from bot.search.command_line import cores, read_optimize, read_walk
from bot.search.lengths import length, said
from bot.search.terms import Place, Pruner, Sampler
from core.backtest.space import DEFAULT
from core.backtest.spoken import constraint, dimension

GRID = ("--sampler", "grid", "--space", "quorum=1,2", "--space", "horizon=12..48:12")


def test_nothing_typed_searches_the_usual_space_for_the_sharpe_ratio():
    asked = read_optimize([])
    search = asked.wanted.search
    assert (search.space, search.aim.objectives, search.aim.constraints) == (
        DEFAULT,
        ("sharpe",),
        (constraint("trades>=10"),),
    )
    assert (search.trials, search.sampler, search.pruner) == (200, Sampler.TPE, Pruner.NONE)
    assert (asked.wanted.jobs, asked.wanted.place, asked.folds) == (cores(), None, None)


def test_the_whole_line_is_read():
    asked = read_optimize(
        [
            "--candles",
            "a",
            "--symbols",
            "BTC",
            "--set",
            "horizon=24",
            "--seed",
            "3",
            "--space",
            "quorum=1,2",
            "--space",
            "stop_in_atr=1..3:0.5",
            "--objective",
            "return,drawdown",
            "--constraint",
            "drawdown<=5%",
            "--constraint",
            "trades>=30",
            "--trials",
            "50",
            "--sampler",
            "random",
            "--jobs",
            "1",
            "--study",
            "s",
            "--storage",
            "sqlite:///s.db",
            "--heartbeat",
            "5",
            "--around",
            "quorum,stop_in_atr",
            "--kfold",
            "4",
            "--gap",
            "2d",
            "--report",
            "out",
            "--json",
        ]
    )
    search = asked.wanted.search
    assert search.space.dimensions == (dimension("quorum=1,2"), dimension("stop_in_atr=1..3:0.5"))
    assert search.aim.objectives == ("return", "drawdown")
    assert search.aim.constraints == (constraint("drawdown<=0.05"), constraint("trades>=30"))
    assert (search.trials, search.sampler, search.seed, search.base.horizon) == (
        50,
        "random",
        3,
        24,
    )
    assert asked.wanted.place == Place("s", "sqlite:///s.db", 5)
    assert (asked.wanted.jobs, asked.folds, asked.gap) == (1, 4, timedelta(days=2))
    assert asked.around == ("quorum", "stop_in_atr")
    assert (asked.wanted.backtest.report, asked.wanted.backtest.json) == (Path("out"), True)


def test_a_grid_is_tried_as_a_whole_unless_fewer_are_wanted():
    assert read_optimize([*GRID]).wanted.search.trials == 8
    assert read_optimize([*GRID, "--trials", "5"]).wanted.search.trials == 5
    assert read_optimize([*GRID, "--trials", "50"]).wanted.search.trials == 8


def test_several_objectives_choose_a_sampler_that_knows_fronts():
    assert read_optimize(["--objective", "return,drawdown"]).wanted.search.sampler is Sampler.NSGA


def test_a_walk_has_its_own_lengths():
    asked = read_walk(["--train", "26w", "--test", "12h", "--gap", "2d", "--anchored"])
    assert (asked.train, asked.test) == (timedelta(weeks=26), timedelta(hours=12))
    assert (asked.gap, asked.step, asked.anchored) == (timedelta(days=2), None, True)
    assert asked.wanted.search.trials == 60


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--space wings=1..2", "there is no 'wings' to search"),
        ("--space quorum=1 --space quorum=2", "quorum is given twice"),
        ("--objective luck", "there is no figure 'luck'"),
        ("--constraint drawdown", "is not a bound such as drawdown<=0.05"),
        ("--study s", "--study and --storage belong together"),
        ("--storage sqlite:///s.db", "--study and --storage belong together"),
        ("--sampler magic", "'magic' is none of tpe, random, cmaes, nsga, grid"),
        ("--sampler grid --space stop_in_atr=1..2", "a grid needs a step in every range"),
        ("--sampler cmaes --objective return,drawdown", "cmaes knows one objective"),
        ("--pruner median --objective return,drawdown", "several objectives cannot be pruned"),
        ("--around horizon", "is not two different names"),
        ("--around horizon,prior", "horizon and prior must both be searched"),
        ("--gap soon", "'soon' is no length of time such as 12h, 30d or 26w"),
        ("--trials 0", "no number from 1 up"),
        ("--wings", "unrecognized arguments: --wings"),
    ],
)
def test_a_wrong_question_is_one_sentence(words, says):
    with pytest.raises(WrongQuestion, match=says) as refusal:
        read_optimize(words.split())
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "d", "0d", "-3d", "1.5d", "3m", "³d"])
def test_a_length_is_a_whole_number_and_a_unit(text):
    with pytest.raises(ValueError, match="no length of time"):
        length(text)


def test_a_length_is_said_in_days():
    assert [said(length(text)) for text in ("12h", "30d", "2w")] == ["0.5d", "30d", "14d"]


@pytest.mark.parametrize("read", [read_optimize, read_walk])
def test_help_names_every_number_and_every_figure(capsys, read):
    with pytest.raises(SystemExit) as left:
        read(["--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    for name in ("--space", "--constraint", "--storage", "--candles", "stop_in_atr", "month_loss"):
        assert name in shown
