"""`python -m bot doctor`, whole, against a fake Binance."""

import asyncio
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.errors import WrongQuestion
from tests.bot.rescue.scene import ACCOUNT, ETH
from tests.venues.trading.accidents import Mishap

DEMO = (
    "✓ 12:00:00 the door: demo-fapi.binance.com",
    "✓ 12:00:00 clock and price: +0.000 s, BTC/USDT:USDT 50,000.0",
    "· 12:00:00 what the key may do: Binance's demo does not tell what a key may do",
    "✓ 12:00:00 the account: 10,000.00 USDT, free 10,000.00, -, 0 orders",
    "✓ 12:00:00 nobody is in the way: BTC/USDT:USDT",
    "✓ 12:00:00 position mode, margin, leverage: one-way, isolated, 3x, then 2x, read back",
    "✓ 12:00:00 an order far away: ID e1 0.001 at 48,500.0: found, listed, cancelled",
    "✓ 12:00:00 the smallest entry: ID e2 0.001 is held",
    "✓ 12:00:00 its stop: ID s1 at 48,500.0, seen after 0.0 s",
    "✓ 12:00:00 the close: ID c1 0.001 sold",
    "✓ 12:00:00 left over and taken out: -",
    "✓ 12:00:00 nothing is left: 4 orders sent, no position, no order",
    "Nothing failed.",
)


def named(line):
    """Without the name that no two examinations share."""
    return re.sub(r"\b[a-z2-7]{6}([esc]\d)\b", r"ID \1", line)


async def clean(owner):
    return owner.position() == 0 and await owner.waits() == []


async def test_with_demo_keys_everything_is_tried_and_nothing_is_left(owner, visits):
    code, lines = await visits("--demo")
    assert lines[0] == "2026-01-01 12:00:00 UTC · binance · main · DEMO"
    assert [named(line) for line in lines[1:]] == list(DEMO)
    assert code == 0
    assert await clean(owner)
    setting = owner.floor.ledger.setting("BTCUSDT")
    assert (setting.leverage, setting.isolated) == (2, True)


async def test_nothing_is_written_to_the_ledger(owner, visits):
    before = owner.file.read_bytes()
    await visits("--demo")
    assert owner.file.read_bytes() == before


async def test_with_real_money_it_only_reads_until_told_otherwise(owner, visits):
    code, lines = await visits()
    assert code == 0
    assert "✓ 12:00:00 the door: fapi.binance.com" in lines
    assert any(line.endswith("trades, moves nothing out, bound to an address") for line in lines)
    assert lines[-2].startswith("· real money: nothing was set or traded")
    assert owner.floor.ledger.setting("BTCUSDT").leverage == 20
    code, lines = await visits("--trade")
    assert (code, lines[-1]) == (0, "Nothing failed.")
    assert await clean(owner)


async def test_a_key_that_can_take_money_out_fails(owner, visits):
    owner.floor.keys = replace(owner.floor.keys, withdraws=True)
    code, lines = await visits()
    assert code == 1
    assert "✗ 12:00:00 what the key may do: it may take money out: enableWithdrawals" in lines


@pytest.mark.parametrize(
    ("path", "kind", "step"),
    [
        ("POST /fapi/v1/leverage", Mishap.SWALLOWED, "position mode, margin, leverage"),
        ("GET /fapi/v1/openOrders", Mishap.STALE, "an order far away"),
        ("POST /fapi/v1/algoOrder", Mishap.REJECTED, "its stop"),
        ("GET /fapi/v1/openAlgoOrders", Mishap.STALE, "its stop"),
    ],
)
async def test_a_step_that_fails_is_named_and_everything_is_taken_out(
    owner, visits, path, kind, step
):
    with owner.floor.begin(kind, path) as accident:
        code, lines = await visits("--demo")
    assert accident.struck
    assert code == 1
    assert (
        next(line for line in lines if line.startswith("✗")).partition(" ")[2][9:].startswith(step)
    )
    assert lines[-1].endswith("steps failed: do not trade this account yet")
    assert owner.position() == 0


async def test_an_entry_whose_answer_is_lost_is_sold_all_the_same(owner, visits):
    with owner.floor.begin(Mishap.UNKNOWN, "POST /fapi/v1/order?"):
        code, lines = await visits("--demo")
    assert code == 1
    assert await clean(owner), lines


async def test_a_contract_that_is_in_use_is_left_alone(owner, visits):
    await owner.buys_by_hand("0.2", ETH)
    code, lines = await visits("--demo", "--symbol", "ETH")
    assert code == 1
    assert any(line.endswith("ETH/USDT:USDT is in use; name another --symbol") for line in lines)
    assert owner.position("ETHUSDT") == Decimal("0.2")
    assert owner.floor.ledger.position("BTCUSDT").amount == 0


async def test_without_a_key_it_says_how_to_add_one(owner, visits):
    with pytest.raises(WrongQuestion, match="python -m bot keys add binance --account other"):
        await visits("--demo", "--account", "other")
    await asyncio.to_thread(owner.does, f"remove binance --account {ACCOUNT}")
    with pytest.raises(WrongQuestion, match="python -m bot keys add binance --account main"):
        await visits("--demo")


@pytest.mark.parametrize("symbol", ["NOPE", "BTC,ETH"])
async def test_a_contract_that_is_not_listed_is_no_examination(visits, symbol):
    with pytest.raises(WrongQuestion, match="--symbol"):
        await visits("--demo", "--symbol", symbol)
