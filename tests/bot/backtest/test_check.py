"""The two checks as commands: what they say, and the code they end with."""

import pytest

from bot.backtest.check import main
from bot.errors import WrongQuestion

SHORT = ("--symbols", "BTC,ETH", "--days", "20", "--samples", "6")


def test_a_clean_desk_says_so_for_each_symbol_and_ends_with_zero(capsys):
    assert main([*SHORT, "--language", "en"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("BTC/USDT:USDT: no look-ahead. ")
    assert lines[1].startswith("BTC/USDT:USDT: 3,000 candles are enough. ")


def test_too_short_a_past_is_told_with_what_it_changes_and_ends_with_one(capsys):
    assert main(["recursion", *SHORT, "--length", "300", "--language", "ko"]) == 1

    first, second, *_ = capsys.readouterr().out.splitlines()
    assert "캔들 300개는 부족합니다" in first
    assert "→" in second


def test_a_past_that_nobody_has_is_no_failure(capsys):
    assert main(["recursion", *SHORT, "--length", "90000", "--language", "en"]) == 0

    assert "nothing to compare" in capsys.readouterr().out


def test_verdicts_and_sides_are_told_in_words(capsys):
    main(["recursion", *SHORT, "--length", "200", "--samples", "60", "--language", "en"])

    said = capsys.readouterr().out
    assert "verdict: edge → " in said
    assert "verdict: 3" not in said


def test_only_two_things_can_be_checked():
    with pytest.raises(WrongQuestion, match="'everything' is none of lookahead, recursion"):
        main(["everything"])
