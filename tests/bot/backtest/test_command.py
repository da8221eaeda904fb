"""The command itself: what it prints, writes and answers, and how little it needs to start."""

import csv
import json
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from bot.backtest.command import main
from bot.backtest.files import CSV, HTML, JSON
from bot.errors import NoSuchMarket, Stop, WrongQuestion
from bot.storage.codec import decode
from core.backtest.record import Record

ROOT = Path(__file__).parents[3]
SHORT = ("--symbols", "BTC", "--days", "30", "--language", "en")
HEAVY = ("aiogram", "sqlalchemy", "matplotlib", "jinja2", "pydantic", "aiohttp", "optuna")


def says(capsys, *words):
    assert main([*SHORT, *words]) == 0
    return capsys.readouterr().out


def process(*words, **options):
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, **options
    )


def test_people_read_figures(capsys):
    lines = says(capsys).splitlines()
    assert "max drawdown" in lines[0]
    assert lines[1].startswith("Backtest · BTC · 1h · 2026-01-05 – 2026-02-03 · synthetic data")
    assert lines[2].startswith("CLEAN: ")


def test_programs_read_the_record_as_one_line(capsys):
    (line,) = says(capsys, "--json", "--set", "horizon=24").splitlines()
    record = decode(Record, line)
    assert record.question.tuning.horizon == 24
    assert record.figures.trades == sum(cut.trades for cut in record.figures.exits.values())


def test_the_same_seed_says_the_same(capsys):
    one, other = (json.loads(says(capsys, "--json", "--seed", "3")) for _ in range(2))
    for run in (one, other):
        del run["id"], run["at"], run["seconds"]
    assert one == other
    assert json.loads(says(capsys, "--json", "--seed", "4"))["figures"] != one["figures"]


def test_whoever_waits_hears_of_each_stage(capsys, tmp_path):
    *steps, record = says(capsys, "--progress", "--json", "--report", str(tmp_path)).splitlines()
    heard = [tuple(json.loads(step).values()) for step in steps]
    stages = ("read", "replay", "judge", "report")
    assert heard == [(stage, done, 1) for stage in stages for done in (0, 1)]
    assert list(json.loads(steps[0])) == ["stage", "done", "total"]
    assert decode(Record, record).figures.trades > 0


def test_a_report_is_three_files_that_say_the_same(capsys, tmp_path):
    folder = tmp_path / "a" / "b"
    text = says(capsys, "--report", str(folder))
    assert [line for line in text.splitlines() if line.startswith(str(folder))] == [
        str(folder / name) for name in (HTML, JSON, CSV)
    ]
    record = decode(Record, (folder / JSON).read_text("utf-8").strip())
    with (folder / CSV).open(encoding="utf-8", newline="") as file:
        nets = [Decimal(line["net"]) for line in csv.DictReader(file)]
    assert len(nets) == record.figures.trades
    assert record.figures.opening + sum(nets) == record.figures.closing
    assert f"{record.figures.closing:,.2f} USDT" in (folder / HTML).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        (("--candles", "/nowhere"), Stop, "there is no such file or folder"),
        (("--symbols", "NONE"), NoSuchMarket, "the synthetic market has no NONE"),
        (("--models", "replay"), WrongQuestion, "--models replay and --answers FILE go together"),
        (("--models", "record"), WrongQuestion, "--models record and --answers FILE go together"),
        (
            ("--answers", "a.jsonl"),
            WrongQuestion,
            "--models replay and --answers FILE go together",
        ),
        (
            ("--models", "record", "--answers", "ledger"),
            WrongQuestion,
            "--models record writes into a FILE",
        ),
        (
            ("--models", "replay", "--answers", "nowhere.jsonl"),
            WrongQuestion,
            "nowhere.jsonl: the answers cannot be read",
        ),
        (
            ("--models", "replay", "--answers", "/dev/null/x"),
            WrongQuestion,
            "the answers cannot be read: Not a directory",
        ),
        (("--set", "quorum=0"), WrongQuestion, "--set: prior, quorum or fixed stop"),
        (("--report", "/dev/null/x"), Stop, "cannot make the folder /dev/null/x"),
    ],
)
def test_a_wrong_question_is_one_sentence(words, error, sentence):
    with pytest.raises(error, match=sentence):
        main([*SHORT, *words])


@pytest.mark.parametrize("words", [("--set", "wings=2"), ("--wings",), ("--symbols", "NONE")])
def test_a_wrong_question_ends_the_process_with_two(words):
    done = process("backtest", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_backtest_starts_without_the_libraries_of_the_chat():
    script = (
        "import sys; sys.argv = ['bot', 'backtest', '--symbols', 'BTC', '--days', '9'];"
        "from bot.__main__ import main; code = main();"
        f"print(sorted(set({HEAVY}) & set(sys.modules)), code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[] 0"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_stopped_on_the_way_it_ends_with_130(ending):
    words = ("backtest", "--timeframe", "1m", "--days", "700", "--progress")
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        assert json.loads(running.stdout.readline())["stage"] == "read"
        running.send_signal(ending)
        assert running.wait(timeout=60) == 130


def test_it_stands_in_the_list_of_commands_and_comes_first():
    shown = process("--help").stdout
    assert "would this desk have earned anything?" in shown
    late = process("--timeframe", "1h", "backtest")
    assert late.returncode == 2
    assert "backtest comes first: python -m bot backtest" in late.stderr
