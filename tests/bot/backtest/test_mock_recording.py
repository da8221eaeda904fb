"""A backtest whose models are a server that strangers wrote: asked, paid for, and replayed."""

import json
import re

import pytest

from bot.backtest.answers import read_answers
from bot.backtest.command import main
from bot.storage.codec import decode
from core.backtest.record import Banner, Record
from tests.bot.analysts.mock_server import journal, mock_server
from tests.core.prompt.answers import answer, entry

SHORT = ("--symbols", "BTC,ETH", "--days", "1", "--language", "en")
CLOSES = 24
SURE = {"p_up": 0.8, "p_long_target_first": 0.8, "p_short_target_first": 0.15}
FIXTURES = [
    {
        "match": {"model": name},
        "response": {
            "content": answer(*(entry(alias, **SURE) for alias in ("SYM_A", "SYM_B"))),
            "usage": {"prompt_tokens": 7_000, "completion_tokens": 900},
        },
    }
    for name in ("gpt-6.1-terra", "claude-haiku-5-5")
]


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with mock_server(tmp_path, FIXTURES) as address:
        told = {
            "OPENAI_API_KEY": "sk-openai",
            "OPENAI_BASE_URL": f"{address}/v1",
            "ANTHROPIC_API_KEY": "sk-anthropic",
            "ANTHROPIC_BASE_URL": address,
            "MODEL_PROFILE": "balanced",
        }
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        yield address


def test_what_a_server_says_is_recorded_costed_and_replayed(server, tmp_path, capsys):
    path = tmp_path / "answers.jsonl"
    words = [*SHORT, "--answers", str(path), "--models"]

    assert main([*words, "record", "--budget", "5"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"Asking takes 48 calls and about \$0\.\d+", told)
    assert re.search(r"Spent \$0\.\d+ in 48 calls, 0 of them without an answer", told)
    assert "CONTAMINATED" in told
    assert len(read_answers(path)) == 2 * 2 * CLOSES
    assert len(journal(server)) == 2 * CLOSES

    assert main([*words, "replay", "--json"]) == 0
    record = decode(Record, capsys.readouterr().out.strip())
    assert record.banner is Banner.CONTAMINATED
    assert [arm.name for arm in record.arms][:3] == ["arm.hold", "arm.rules", "arm.net"]
    assert len(journal(server)) == 2 * CLOSES
    assert {json.loads(line)["cutoff"] for line in path.read_text().splitlines()} == {
        "2026-06-01",
        "2026-06-30",
    }
