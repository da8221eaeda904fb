"""A check of the real record tells its known oddities, and nothing that is not there."""

import json
from pathlib import Path

import pytest

from bot.candles.command import main
from core.domain.history import Kind

MARKET = Path(__file__).parents[4] / "shared" / "market"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not MARKET.exists(), reason="no recorded market beside the checkout"),
]


@pytest.fixture
def check(capsys):
    def check(*names, code):
        assert main(["check", *(str(MARKET / name) for name in names), "--json"]) == code
        told = json.loads(capsys.readouterr().out)
        return {Kind(one["kind"]): one for one in told}

    return check


@pytest.mark.parametrize(
    ("name", "gaps", "missing"),
    [("UNITTEST_BTC_1m_538gaps", 538, 717), ("XRPETH_spot_1m_676gaps", 676, 1_091)],
)
def test_the_dirty_files_are_broken_by_their_gaps(check, name, gaps, missing):
    candles = check(f"dirty/{name}.csv.gz", code=3)[Kind.CANDLES]
    assert (candles["grade"], len(candles["gaps"]), candles["missing"]) == (
        "broken",
        gaps,
        missing,
    )


@pytest.mark.parametrize(
    ("name", "outages"),
    [
        ("ETHUSDT_5m_2023-2024", [("2023-09-12T08:35", 3)]),
        ("BTCUSDT_5m_2023-11_2024-12", [("2024-10-28T16:25", 2), ("2024-10-28T20:00", 14)]),
    ],
)
def test_outages_are_told_and_break_nothing(check, name, outages):
    candles = check(f"5m/{name}.csv.gz", code=0)[Kind.CANDLES]
    told = [(one["start"][:16], one["candles"]) for one in candles["silent"]]
    assert (told, candles["gaps"], candles["grade"]) == (outages, [], "ok")


def test_late_funding_stamps_are_counted(check):
    late = check("funding/SOLUSDT_funding.csv.gz", code=0)[Kind.FUNDING]
    on_time = check("funding/BTCUSDT_funding.csv.gz", code=0)[Kind.FUNDING]
    assert (late["late"], late["latest"], late["rows"], late["gaps"]) == (680, 16, 1_379, [])
    assert (on_time["late"], on_time["grade"]) == (0, "ok")


def test_the_last_price_that_the_mark_did_not_follow_is_told(check):
    told = check("1h/BTCUSDT_1h.csv.gz", "mark_1h/BTCUSDT_mark_1h.csv.gz", code=0)[Kind.CANDLES]
    (cascade,) = [far for far in told["divergences"] if far["time"].startswith("2021-12-04T05")]
    assert (cascade["last"], round(cascade["mark"], 2)) == (40_888.89, 43_403.66)
    assert told["grade"] == "ok"
