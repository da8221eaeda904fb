"""Markets that never were, as a command."""

import re

from bot.backtest.placebo import main

SHORT = ("--symbols", "BTC", "--days", "60", "--rounds", "3", "--language", "en")


def test_a_renamed_market_earns_the_same_and_one_upside_down_trades_the_other_way(capsys):
    assert main(SHORT) == 0

    real, alias, flipped, torn = capsys.readouterr().out.splitlines()
    numbers = re.compile(r"([-+][\d.]+%)\s+(\d+) trades \((\d+) long, (\d+) short\)")
    assert numbers.search(real)[0] == numbers.search(alias)[0]
    assert int(numbers.search(real)[2]) > 3
    assert numbers.search(flipped)[0] != numbers.search(real)[0]
    assert "in the middle of 3 markets" in torn


def test_shuffling_can_be_left_out(capsys):
    assert main([*SHORT, "--rounds", "1", "--language", "ko"]) == 0

    assert "이름만 바꿈" in capsys.readouterr().out
