"""`placebo --models`: who reads turns around with the market, who recites does not."""

import re

import pytest

from bot.backtest.options import BacktestAsked
from bot.backtest.placebo import main
from bot.backtest.probing import sampled, versions
from bot.backtest.question import scenario
from bot.backtest.stretch import stretch
from bot.backtest.witnesses import moments
from bot.errors import WrongQuestion
from core.domain.model import Failure, Unsaid
from tests.bot.backtest.voices import Reader, sides

SHORT = ("--symbols", "BTC,ETH", "--days", "10", "--closes", "6", "--language", "en")
ASKED = BacktestAsked(symbols=("BTC/USDT:USDT", "ETH/USDT:USDT"), days=10)
CALLS = 6 * 6


def reads(name, features):
    """Goes with the last day."""
    return sides(name, 0.7 if features["ret_24"] > 0 else 0.3)


def recites(name, features):
    return sides(name, 0.7)


@pytest.fixture(autouse=True)
def readers(monkeypatch, tmp_path):
    """One that reads and one that recites, in place of whoever would have been called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-anthropic")
    monkeypatch.delenv("MODEL_PROFILE", raising=False)
    found = {"gpt-6.1-terra": Reader(reads), "claude-haiku-5-5": Reader(recites)}
    monkeypatch.setattr("bot.backtest.room.open_oracle", lambda model, _: found[model.name])
    return found


def asks(*words):
    return main([*SHORT, "--answers", "placebo.jsonl", "--models", *words])


def shares(told):
    """In how many of the flipped markets each model changed sides."""
    return [float(share) for share in re.findall(r"upside down +changed sides in (\d+)%", told)]


def test_models_are_asked_again_by_name_upside_down_and_shuffled(capsys, readers):
    assert asks("record", "--budget", "20") == 0

    told = capsys.readouterr().out
    assert re.search(r"Asking takes 72 calls and about \$", told)
    assert "in 72 calls, 0 of them without an answer" in told
    assert all(len(reader.asked) == CALLS for reader in readers.values())
    reader, reciter = shares(told)
    assert reader > 80
    assert reciter == 0
    assert "miss 100% together by 0.400" in told
    assert "by its own name   changed sides in 0% of 12" in told


def test_the_answers_are_replayed_without_asking(capsys, readers, monkeypatch):
    asks("record", "--budget", "20")
    first = shares(capsys.readouterr().out)
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    monkeypatch.setattr("bot.backtest.room.open_oracle", None)

    assert asks("replay") == 0
    assert shares(capsys.readouterr().out) == first


def test_without_a_budget_there_is_only_an_estimate(capsys, readers):
    with pytest.raises(WrongQuestion, match="say with --budget USD"):
        asks("record")
    assert "Asking takes 72 calls" in capsys.readouterr().out
    assert not any(reader.asked for reader in readers.values())


def test_without_minutes_there_is_nothing_to_replay():
    with pytest.raises(WrongQuestion, match="there are no minutes to replay"):
        asks("replay")


def test_without_a_file_there_is_nowhere_to_keep_them():
    with pytest.raises(WrongQuestion, match="--models record and --answers FILE go together"):
        main([*SHORT, "--models", "record", "--budget", "5"])


def test_when_a_provider_refuses_it_says_so_in_both_languages(capsys, readers):
    for reader in readers.values():
        reader.instead = Unsaid(failure=Failure.UNPAID)
    assert asks("record", "--budget", "5") == 0
    assert "Stopped at the close of" in capsys.readouterr().out
    assert asks("record", "--budget", "5", "--language", "ko") == 0
    assert "마감에서 멈춤" in capsys.readouterr().out


def test_the_sample_is_the_same_for_the_same_seed():
    market = stretch(ASKED)
    closes = list(moments(market.histories, scenario(ASKED, market)))

    def rows(seed):
        return [close[0][1] for close in sampled(closes, 6, seed)]

    assert rows(1) == rows(1) == sorted(rows(1))
    assert rows(1) != rows(2)
    assert len(sampled(closes, 10_000, 1)) == len(closes)


def test_each_repetition_is_a_question_of_its_own():
    assert len(set(versions(3))) == 6
