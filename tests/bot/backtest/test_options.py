"""What can be typed behind `backtest`, and what is said to what cannot."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.backtest.options import BacktestAsked, asked, backtest_options, read_backtest
from bot.errors import WrongQuestion
from bot.typed import Parser
from core.backtest.record import ModelUse
from core.domain.market import Timeframe
from core.domain.people import Approval, Language, Profile
from core.domain.tuning import Tuning


def test_nothing_typed_is_what_the_dataclass_says():
    assert read_backtest([]) == BacktestAsked()


def test_everything_typed_is_read():
    words = (
        "--candles a b --symbols btc,eth --timeframe 4h --from 2024-01-01 --to 2024-12-31 --seed 3"
        " --profile bold --equity 5000 --slippage 0.05% --approval autopilot --set horizon=24"
        " --set quorum=1 --one-target --models rules --report out --json --progress --language en"
    )
    assert read_backtest(words.split()) == BacktestAsked(
        candles=(Path("a"), Path("b")),
        symbols=("BTC/USDT:USDT", "ETH/USDT:USDT"),
        timeframe=Timeframe.H4,
        first=date(2024, 1, 1),
        last=date(2024, 12, 31),
        seed=3,
        profile=Profile.BOLD,
        equity=Decimal(5000),
        slippage=Decimal("0.0005"),
        approval=Approval.AUTOPILOT,
        tuning=Tuning(horizon=24, quorum=1),
        two_targets=False,
        models=ModelUse.RULES,
        report=Path("out"),
        json=True,
        progress=True,
        language=Language.EN,
    )


def test_two_lines_do_not_share_their_lists():
    read_backtest(["--candles", "a", "--set", "horizon=24"])
    assert read_backtest([]) == BacktestAsked()


def test_a_search_can_ask_the_same_and_more():
    parser = Parser(parents=[backtest_options()])
    parser.add_argument("--trials", type=int)
    said = parser.parse_args(["--days", "90", "--trials", "500"])
    assert asked(said) == BacktestAsked(days=90)
    assert said.trials == 500


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--wings", "unrecognized arguments: --wings (python -m bot backtest --help)"),
        ("--timeframe 2h", "argument --timeframe: '2h' is none of 1m, 5m, 15m, 1h, 4h, 1d"),
        ("--profile wild", "argument --profile: 'wild' is none of cautious, balanced, bold"),
        ("--approval small", "argument --approval: 'small' is none of ask, autopilot"),
        ("--equity 0", "argument --equity: '0' is no sum of money above 0"),
        ("--slippage 1", "argument --slippage: '1' is no fraction"),
        ("--days 0", "argument --days: '0' is no number from 1 up"),
        ("--set horizon", "argument --set: 'horizon' is not NAME=VALUE"),
        ("--set wings=2", "--set: there is no 'wings'"),
        ("--models oracle", "argument --models: 'oracle' is none of rules, replay, record"),
        ("--from 2024-01-01 --to 2024-02-01 --days 3", "--from, --to and --days: two of them"),
        ("--from 2024-02-01 --to 2024-01-01", "--from 2024-02-01 comes after --to 2024-01-01"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(words, says):
    with pytest.raises(WrongQuestion) as refused:
        read_backtest(words.split())
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


def test_help_names_every_option(capsys):
    with pytest.raises(SystemExit) as left:
        read_backtest(["--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    for option in ("--candles", "--days", "--set", "--report", "--json", "--progress", "0.02%"):
        assert option in shown
