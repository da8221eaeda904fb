"""`--models record` as a command: an estimate first, then answers within the budget, then the report."""

import asyncio
import re
from decimal import Decimal

import pytest

from bot.backtest.answers import read_answers
from bot.backtest.command import main
from bot.backtest.room import minutes_beside, minutes_path
from bot.errors import WrongQuestion
from bot.storage.codec import decode
from core.backtest.record import Banner, ModelUse, Record
from core.domain.model import Failure, PromptKind, Unsaid, exchange_key
from tests.bot.backtest.voices import Reader

SHORT = ("--symbols", "BTC,ETH", "--days", "2", "--language", "en")
CLOSES = 48


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No .env and no keys but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI", "ANTHROPIC", "PERPLEXITY"):
        monkeypatch.delenv(f"{name}_API_KEY", raising=False)
    monkeypatch.delenv("MODEL_PROFILE", raising=False)


@pytest.fixture
def readers(monkeypatch):
    """By model's name: whoever would have been on the other end of the line."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-anthropic")
    found = {}

    def opened(model, clients):
        return found.setdefault(model.name, Reader())

    monkeypatch.setattr("bot.backtest.room.open_oracle", opened)
    return found


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.jsonl"


def asks(path, *words):
    return main([*SHORT, "--models", "record", "--answers", str(path), *words])


def test_without_a_model_nobody_is_asked(path):
    with pytest.raises(WrongQuestion, match="no language model is set up to be asked"):
        asks(path, "--budget", "5")


def test_without_a_budget_only_the_estimate_is_shown(path, capsys, readers):
    with pytest.raises(WrongQuestion, match="say with --budget USD how much at most"):
        asks(path)

    title, terra, haiku = capsys.readouterr().out.splitlines()
    assert re.match(r"Asking takes 96 calls and about \$\d", title)
    assert "gpt-6.1-terra: 48 calls with 96 questions" in terra
    assert "may know of the time up to 2026-06-01" in terra
    assert "claude-haiku-5-5: 48 calls" in haiku
    assert readers == {}
    assert not minutes_path(path).exists()
    assert not path.exists()


def test_a_budget_below_a_cent_is_none(path, readers):
    with pytest.raises(WrongQuestion, match=r"0\.001 is less than 0\.01"):
        asks(path, "--budget", "0.001")


def test_nobody_is_paid_for_answers_that_cannot_be_kept(readers, tmp_path):
    for path in (tmp_path, tmp_path / "nowhere" / "answers.jsonl"):
        with pytest.raises(WrongQuestion, match="no answers can be kept there"):
            asks(path, "--budget", "5")
    assert readers == {}


def test_models_are_asked_and_the_report_says_what_they_made_and_cost(path, capsys, readers):
    assert asks(path, "--budget", "20") == 0

    told = capsys.readouterr().out
    assert {name: len(reader.asked) for name, reader in readers.items()} == {
        "gpt-6.1-terra": CLOSES,
        "claude-haiku-5-5": CLOSES,
    }
    assert "in 96 calls, 0 of them without an answer." in told
    assert "CONTAMINATED: a model may remember how this ended; it proves nothing." in told
    assert "less what its models cost" in told
    answers = read_answers(path)
    assert len(answers) == 2 * 2 * CLOSES
    spent = Decimal(re.search(r"Spent \$([\d.]+)", told)[1])
    assert sum(answer.cost for answer in answers) == pytest.approx(spent, abs=Decimal("0.0001"))


def test_the_page_of_a_report_bears_the_banner_too(path, tmp_path, capsys, readers):
    assert asks(path, "--budget", "20", "--report", str(tmp_path)) == 0

    page = (tmp_path / "report.html").read_text("utf-8")
    assert "CONTAMINATED: a model may remember how this ended" in page
    assert "less what its models cost" in page


def test_what_is_in_the_file_costs_nothing_the_second_time(path, capsys, readers):
    asks(path, "--budget", "20")
    readers.clear()
    capsys.readouterr()

    assert asks(path) == 0
    assert "Everything has been answered already" in capsys.readouterr().out
    assert readers == {}


def test_a_small_budget_ends_it_and_the_same_command_goes_on(path, capsys, readers):
    asks(path, "--budget", "0.2", "--json")
    before = len(read_answers(path))
    out, err = capsys.readouterr()
    assert "budget used up. The same command goes on from there." in err
    assert decode(Record, out.strip()).question.models is ModelUse.RECORD

    asks(path, "--budget", "20")
    first = sum(len(reader.asked) for reader in readers.values())
    assert 0 < before < len(read_answers(path)) == 2 * 2 * CLOSES
    assert first == 2 * CLOSES


def test_whoever_refuses_to_work_ends_it_with_a_reason(path, capsys, readers):
    for name in ("gpt-6.1-terra", "claude-haiku-5-5"):
        readers[name] = Reader(instead=Unsaid(failure=Failure.UNPAID))
    with pytest.raises(WrongQuestion, match="there are no answers"):
        asks(path, "--budget", "20")
    assert "Stopped at the close of 2026-01-05 01:00 UTC: " in capsys.readouterr().out


async def test_every_request_and_answer_is_kept_word_for_word(path, readers):

    await asyncio.to_thread(asks, path, "--budget", "20")
    async with minutes_beside(path) as minutes:
        for name, provider in (("gpt-6.1-terra", "openai"), ("claude-haiku-5-5", "anthropic")):
            prompt = readers[name].asked[7]

            kept = await minutes.find(exchange_key(provider, name, prompt))
            assert kept.prompt == prompt
            assert prompt.kind in {PromptKind.MARKET, PromptKind.INDICATORS}
            assert kept.reply.usage.output == 800


def test_recorded_answers_are_replayed_without_a_key_or_a_line(path, capsys, readers, monkeypatch):
    asks(path, "--budget", "20", "--json")
    recorded = decode(Record, capsys.readouterr().out.strip())
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setattr("socket.socket.connect", _no_line)
    assert main([*SHORT, "--models", "replay", "--answers", str(path), "--json"]) == 0

    replayed = decode(Record, capsys.readouterr().out.strip())
    assert replayed.figures == recorded.figures
    assert replayed.arms == recorded.arms
    assert replayed.banner is Banner.CONTAMINATED


def _no_line(*_):
    raise AssertionError("a replay called out")
