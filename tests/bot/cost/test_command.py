"""`python -m bot cost`: a sum for programs, a table for people, a sentence for what is wrong."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.cost.command import main
from bot.errors import Stop
from bot.running import opened
from bot.settings import DATABASE_FILE
from bot.storage.calls import SqlPurse
from core.domain.model import CallStatus
from core.spending.caps import Caps
from tests.model_fakes import FakeAllowance, call

ROOT = Path(__file__).parents[3]
TEN = ("--symbols", "10", "--every", "1h", "--profile", "balanced")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    """No .env of whoever runs the tests, and no ledger."""
    monkeypatch.chdir(tmp_path)


def told(capsys, *words):
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_usual_desk_stays_below_forty_dollars_a_month(capsys):
    for language in ("ko", "en"):
        found = told(capsys, *TEN, "--language", language)
        assert 10 < found["usd_per_month"] <= 40


def test_the_json_says_what_it_is_made_of(capsys):
    found = told(capsys, *TEN)
    assert found["usd_per_month"] == pytest.approx(sum(found["by_model"].values()), abs=0.05)
    assert found["usd_per_month"] == pytest.approx(sum(found["by_purpose"].values()), abs=0.05)
    market = found["calls"][0]
    assert (market["purpose"], market["source"]) == ("market", "assumed")
    assert market["tokens_out"] > market["reasoning_tokens"] > 0
    assumed = found["assumptions"]
    assert assumed["reasoning_tokens_by_effort"]["low"] == 1_500
    assert (assumed["share_of_closes_verified"], assumed["cache"]) == (0.25, "none")


def test_cheaper_profiles_and_fewer_closes_cost_less(capsys):
    month = {
        (profile, every): told(capsys, "--symbols", "10", "--profile", profile, "--every", every)[
            "usd_per_month"
        ]
        for profile in ("rules", "economy", "balanced", "quality")
        for every in ("1h", "4h")
    }
    for every in ("1h", "4h"):
        costs = [month[name, every] for name in ("rules", "economy", "balanced", "quality")]
        assert costs[0] == 0
        assert costs == sorted(costs)
    assert month["quality", "4h"] < month["quality", "1h"] / 3


@pytest.mark.parametrize(("language", "word"), [("en", "Assumed:"), ("ko", "가정:")])
def test_people_read_a_table_and_the_assumptions(capsys, language, word):
    assert main([*TEN, "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "balanced" in lines[0]
    assert any(line.startswith("gpt-6.1-terra · ") for line in lines)
    assert any(line.startswith(word) for line in lines)
    assert "low 1,500" in "\n".join(lines)


def test_where_nobody_is_asked_it_says_so(capsys):
    assert main(["--profile", "rules", "--language", "en"]) == 0
    assert "no model is asked" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--profile", "nope"], "nope is not known here; there is rules, economy, balanced"),
        (["--every", "2h"], "'2h' is none of 1m, 5m"),
        (["--symbols", "0"], "'0' is no number from 1 up"),
        (["--symbols", "51"], "51 are more than one question can hold"),
        (["--verified", "2"], "'2' is no share such as 0.25 or 25%"),
        (["--models", "nowhere.toml"], "cannot be read"),
    ],
)
def test_what_is_wrong_is_one_sentence(words, sentence):
    with pytest.raises(Stop, match=sentence):
        main(words)


def test_it_makes_no_ledger_where_there_is_none(tmp_path, capsys):
    told(capsys, *TEN, "--data", str(tmp_path / "desk"))
    assert list(tmp_path.iterdir()) == []


async def spend(folder, count):
    """So many questions about ten coins, a cent each, within the last hours."""
    now = datetime.now(UTC)
    async with opened(f"sqlite:///{folder / DATABASE_FILE}") as database:
        purse = SqlPurse(database, FakeAllowance(Caps(month=Decimal(99), day=Decimal(99))))
        for n in range(count):
            at = now - timedelta(minutes=n + 1)
            asked = call(id=f"{n}", at=at, as_of=at, symbols=tuple("abcdefghij"))
            await purse.reserve(asked)
            await purse.settle(replace(asked, status=CallStatus.ANSWERED, cost=Decimal("0.01")))


def test_what_was_recorded_takes_the_place_of_assumptions(tmp_path, capsys):
    asyncio.run(spend(tmp_path, 24))
    found = told(capsys, *TEN, "--data", str(tmp_path))
    market = found["calls"][0]
    assert (market["source"], market["recorded_calls"]) == ("recorded", 24)
    assert market["usd_per_month"] == pytest.approx(7.30)
    assert found["calls"][1]["source"] == "assumed"
    assert main([*TEN, "--data", str(tmp_path), "--language", "en"]) == 0
    assert "From 24 recorded calls" in capsys.readouterr().out


def test_it_starts_without_what_only_a_desk_needs():
    heavy = ("aiogram", "ccxt", "openai", "anthropic", "matplotlib")
    script = (
        "import sys; from bot.cost.command import main; main(['--json']);"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    child = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert child.stderr.strip() == "[]"
