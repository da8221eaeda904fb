"""What can be typed behind `python -m bot`, and what is said to what cannot."""

from datetime import date
from pathlib import Path

import pytest

from bot.command_line import read_command
from core.domain.market import Timeframe
from core.domain.people import Language


def test_nothing_typed_leaves_everything_to_the_settings():
    asked = read_command([])
    assert (asked.command, asked.candles, asked.symbols) == ("", (), None)
    assert (asked.timeframe, asked.speed, asked.language, asked.data) == (None, None, None, None)
    assert (asked.host, asked.port, asked.opens, asked.autopilot) == (
        "127.0.0.1",
        8080,
        True,
        False,
    )


def test_the_whole_line_of_the_readme_is_read():
    words = "demo --candles a b --from 2024-01-01 --to 2024-12-31 --speed 0 --autopilot --no-open"
    asked = read_command(words.split())
    assert asked.command == "demo"
    assert asked.candles == (Path("a"), Path("b"))
    assert (asked.first, asked.last) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (asked.speed, asked.autopilot, asked.opens) == (0.0, True, False)


def test_options_may_stand_before_the_command():
    asked = read_command(["--speed", "5", "demo"])
    assert (asked.command, asked.speed) == ("demo", 5.0)


def test_candles_may_be_named_more_than_once():
    asked = read_command(["demo", "--candles", "a", "--candles", "b"])
    assert asked.candles == (Path("a"), Path("b"))


@pytest.mark.parametrize("typed", ["btc", "BTC", "BTCUSDT", "BTC/USDT", "BTC/USDT:USDT", " btc "])
def test_a_symbol_may_be_typed_as_people_type_it(typed):
    assert read_command(["demo", "--symbols", typed]).symbols == ("BTC/USDT:USDT",)


def test_several_symbols_keep_their_order_and_empty_ones_do_not_count():
    assert read_command(["demo", "--symbols", "eth,,btc,"]).symbols == (
        "ETH/USDT:USDT",
        "BTC/USDT:USDT",
    )


def test_timeframe_and_language_are_values():
    asked = read_command(["run", "--timeframe", "15m", "--language", "ko"])
    assert (asked.timeframe, asked.language) == (Timeframe.M15, Language.KO)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("fly", "invalid choice: 'fly'"),
        ("demo --timeframe 2h", "'2h' is none of 1m, 5m, 15m, 1h, 4h, 1d"),
        ("demo --language de", "'de' is none of ko, en"),
        ("demo --from 2024-02-30", "'2024-02-30' is not a date such as 2024-01-31"),
        ("demo --to yesterday", "'yesterday' is not a date such as 2024-01-31"),
        ("demo --speed -1", "'-1' is no speed: a number from 0 up"),
        ("demo --speed fast", "'fast' is no speed: a number from 0 up"),
        ("demo --speed nan", "'nan' is no speed: a number from 0 up"),
        ("demo --speed inf", "'inf' is no speed: a number from 0 up"),
        ("demo --port web", "--port"),
        ("demo --port 99999", "--port"),
        ("demo --port -1", "--port"),
        ("demo --candles", "--candles"),
        ("demo --wings", "unrecognized arguments: --wings"),
        ("run --port 1", "unrecognized arguments: --port 1"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_a_sentence(capsys, words, says):
    with pytest.raises(SystemExit) as left:
        read_command(words.split())
    assert left.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("words", ["--help", "demo --help", "run --help"])
def test_help_names_every_option(capsys, words):
    with pytest.raises(SystemExit) as left:
        read_command(words.split())
    assert left.value.code == 0
    shown = capsys.readouterr().out
    for option in ("--candles", "--symbols", "--timeframe", "--from", "--to", "--speed", "--data"):
        assert option in shown
