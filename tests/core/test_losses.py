"""What limits count from."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.errors import BrokerUnavailable
from core.losses import Losses
from core.risk import Period
from tests.builders import ACCOUNT, NOON, equity_mark
from tests.core.guard.fakes import FakeTransfers
from tests.fakes import MemoryLedger

DAY = timedelta(days=1)


def losses(*marks, moved=()):
    made = [(at, Decimal(amount)) for at, amount in moved]
    return Losses(account=ACCOUNT, ledger=MemoryLedger(*marks), transfers=FakeTransfers(made))


async def test_each_period_counts_from_the_last_mark_before_it_began():
    marks = equity_mark(NOON - 40 * DAY, 9_000), equity_mark(NOON - DAY, 10_000)
    found = await losses(*marks).started(NOON)
    assert found == {
        Period.DAY: 10_000,
        Period.WEEK: 10_000,
        Period.MONTH: 10_000,
        Period.ROLLING: 9_000,
    }


async def test_what_was_moved_after_a_mark_belongs_to_where_it_counts_from():
    marks = equity_mark(NOON - 40 * DAY, 9_000), equity_mark(NOON - DAY, 10_000)
    moved = [(NOON - 20 * DAY, 2_000), (NOON - timedelta(hours=1), -500)]
    found = await losses(*marks, moved=moved).started(NOON)
    assert found[Period.ROLLING] == 9_000 + 2_000 - 500
    assert found[Period.DAY] == 10_000 - 500


async def test_without_a_mark_nothing_is_known():
    assert await losses().started(NOON) == {}


async def test_transfers_that_cannot_be_read_are_no_zero():
    broken = losses(equity_mark(NOON - DAY))
    broken.transfers.silent = True
    with pytest.raises(BrokerUnavailable):
        await broken.started(NOON)
