"""The two commands from the first word to the last, over a short made-up market."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import Stop, WrongQuestion
from bot.search import optimize, walkforward
from bot.search.files import MAP, SEARCH
from bot.search.storage import StudyError
from bot.storage.codec import decode
from core.backtest.findings import Findings
from core.backtest.record import Kind, Record

ROOT = Path(__file__).parents[3]
SHORT = ("--symbols", "BTC", "--days", "60", "--jobs", "1", "--language", "en")
TWO = ("--space", "quorum=1,2", "--space", "stop_in_atr=1.5..2.5:0.5")
LEGS = ("--train", "20d", "--test", "10d", "--trials", "3")


def says(capsys, command, *words, code=0):
    assert command([*SHORT, *TWO, *words]) == code
    return capsys.readouterr().out


def record(capsys, command, *words):
    return decode(Record, says(capsys, command, *words, "--json").splitlines()[-1])


def test_people_read_the_best_beside_today_and_how_much_is_luck(capsys):
    text = says(capsys, optimize.main, "--trials", "8")
    assert text.index("max drawdown") < text.index("Searched for sharpe: 8 tried")
    for words in (
        "The best ",
        "  now",
        "Around the best: sharpe",
        "Plateau: ",
        "looks better than it is",
    ):
        assert words in text
    assert "Proposed for paper: " in text or "The best set is today's" in text


def test_programs_read_the_record_of_the_best(capsys):
    found = record(capsys, optimize.main, "--sampler", "grid")
    assert found.question.kind is Kind.OPTIMIZE
    assert found.luck.tries == 6
    assert found.proposed in {None, found.question.tuning}
    assert found.figures.trades > 0


def test_the_same_seed_with_one_pair_of_hands_finds_the_same(capsys):
    one, other = (record(capsys, optimize.main, "--trials", "6", "--seed", "3") for _ in range(2))
    assert (one.question, one.figures, one.luck) == (other.question, other.figures, other.luck)


def test_the_figures_are_those_that_the_search_saw(capsys, tmp_path):
    found = record(capsys, optimize.main, "--sampler", "grid", "--report", str(tmp_path))
    told = decode(Findings, (tmp_path / SEARCH).read_text("utf-8"))
    assert told.top[0].metrics["return"] == found.figures.total
    assert told.top[0].metrics["trades"] == found.figures.trades


def test_a_report_has_the_map_and_the_search_on_its_page(capsys, tmp_path):
    text = says(capsys, optimize.main, "--sampler", "grid", "--report", str(tmp_path))
    assert (tmp_path / MAP).read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "report.html").read_text("utf-8")
    assert page.count("data:image/png") > 4
    assert "looks better than it is" in page
    assert str(tmp_path / SEARCH) in text


def test_where_nothing_is_feasible_nothing_is_proposed(capsys):
    words = ("--trials", "4", "--constraint", "trades>=100000")
    assert "nothing is proposed" in says(capsys, optimize.main, *words)
    assert record(capsys, optimize.main, *words).proposed is None


def test_a_grid_is_graded_on_folds(capsys):
    text = says(capsys, optimize.main, "--kfold", "3", "--gap", "1d")
    assert "Purged k-fold: 6 sets on 3 folds, graded by sharpe." in text
    assert record(capsys, optimize.main, "--kfold", "3", "--gap", "1d").luck.tries == 6


def test_a_walk_forward_is_judged_on_its_tests_alone(capsys, tmp_path):
    text = says(capsys, walkforward.main, *LEGS, "--report", str(tmp_path))
    assert "Walk-forward: 4 legs" in text
    assert "12 tried in all" in text
    found = decode(Record, (tmp_path / "report.json").read_text("utf-8").strip())
    assert found.question.kind is Kind.WALKFORWARD
    assert (found.figures.end - found.figures.start).days == 40


def test_programs_hear_of_every_trial(capsys):
    lines = says(
        capsys, optimize.main, "--trials", "3", "--no-map", "--progress", "--json"
    ).splitlines()
    steps = [json.loads(line) for line in lines[:-1]]
    heard = [step["done"] for step in steps if step["stage"] == "search"]
    assert heard == sorted(set(heard))
    assert heard[-1] == 3
    assert {step["stage"] for step in steps} == {"read", "search", "today", "judge"}


@pytest.mark.parametrize(
    ("command", "words", "says"),
    [
        (optimize.main, ("--models", "replay"), "it hears rules alone"),
        (optimize.main, ("--kfold", "3", "--space", "hurdle=0..0.1"), "has no end"),
        (
            optimize.main,
            ("--kfold", "3", "--space", "horizon", "--space", "prior", "--space", "fresh"),
            "are the most",
        ),
        (optimize.main, ("--kfold", "1"), "two folds at least"),
        (optimize.main, ("--report", "/dev/null/x"), "cannot make the folder"),
        (walkforward.main, ("--train", "90d"), "too short for one --train and one --test"),
        (walkforward.main, ("--step", "1d"), "tests would overlap"),
    ],
)
def test_a_wrong_question_is_one_sentence(command, words, says):
    with pytest.raises((WrongQuestion, Stop), match=says):
        command([*SHORT, *TWO, *words])


def begin(*words):
    """A process that searches, and its first line."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words, "--progress", "--json"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_stopped_on_the_way_it_keeps_what_is_finished_and_ends_with_130(ending, jobs):
    words = ("optimize", "--symbols", "BTC", "--days", "60", "--trials", "100000", "--jobs", jobs)
    with begin(*words) as running:
        while json.loads(running.stdout.readline()).get("done") != 3:
            pass
        running.send_signal(ending)
        rest = running.stdout.read()
        assert running.wait(timeout=60) == 130
    assert decode(Record, rest.splitlines()[-1]).luck.tries >= 3


def test_a_walk_that_is_stopped_in_its_first_leg_has_nothing_to_say():
    words = (
        "walkforward",
        "--symbols",
        "BTC",
        "--days",
        "400",
        "--trials",
        "100000",
        "--jobs",
        "1",
    )
    with begin(*words) as running:
        while json.loads(running.stdout.readline())["stage"] == "read":
            pass
        running.send_signal(signal.SIGINT)
        steps = running.stdout.read().splitlines()
        assert running.wait(timeout=60) == 130
    assert all("stage" in json.loads(line) for line in steps)


@pytest.mark.parametrize("command", ["optimize", "walkforward"])
def test_it_stands_in_the_list_of_commands_and_a_wrong_word_ends_it_with_two(command):
    run = subprocess.run(
        [sys.executable, "-m", "bot", command, "--wings"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.strip().splitlines()) == 1


def test_another_market_or_account_is_another_question(tmp_path):
    url = f"sqlite:///{tmp_path / 'studies.db'}"
    study = ("--trials", "2", "--no-map", "--study", "s", "--storage", url)
    assert optimize.main([*SHORT, *TWO, *study]) == 0
    for words, says in (
        (("--equity", "500"), "account is balanced 10000 ask there and balanced 500 ask here"),
        (("--slippage", "0.001"), "slippage is 0.0002 there and 0.001 here"),
        (("--seed", "9"), "candles is .* there and .* here"),
        (("--objective", "return"), "objectives is sharpe there and return here"),
    ):
        with pytest.raises(StudyError, match=says):
            optimize.main([*SHORT, *TWO, *study, *words])
