"""What a running desk is sure of, kept for whoever looks from a console."""

from bot.accounts.noting import NoteSure, Sure, was_sure
from bot.storage.notes import SqlNotes

pytest_plugins = "tests.core.desk"


async def test_what_a_running_desk_is_sure_of_is_noted_every_ten_seconds(lasting_desk):
    desk, notes = lasting_desk, SqlNotes(lasting_desk.ledger.database)
    note = NoteSure("paper", desk.clock, notes, desk.protect, desk.truth)
    assert await was_sure(notes, "paper") is None
    trade = await desk.trade()
    await desk.watch()
    await note()
    first = await was_sure(notes, "paper")
    assert first == Sure(desk.clock.now(), desk.truth.at, {trade.id: desk.clock.now()})
    desk.clock.advance(seconds=9)
    await note()
    assert await was_sure(notes, "paper") == first
    desk.clock.advance(seconds=1)
    await note()
    assert (await was_sure(notes, "paper")).at == desk.clock.now()
