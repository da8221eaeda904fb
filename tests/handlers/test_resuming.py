"""Going on after the desk has stopped itself."""

from core.domain.restraint import Reason
from core.guard.ports import AGREED
from tests.phone import labels


async def test_a_halt_rings_and_nothing_is_entered(town, phone):
    await town.halts(Reason.DISK)
    await phone.look()
    assert phone.hears("⛔ Trading halted · paper: the disk is nearly full (12 MiB).")
    await phone.says("/analyze BTC")
    await phone.taps("Long anyway")
    assert phone.text.startswith("No entry: the desk holds itself back: the disk is nearly full.")
    await phone.says("/status")
    assert phone.hears("⛔ Halted since")


async def test_resume_says_what_it_was_for_asks_once_and_goes_on(town, phone):
    await town.halts(Reason.DISK)
    await phone.says("/pause")
    await phone.says("/resume")
    assert phone.hears("Trading was halted for this")
    assert phone.hears("the disk is nearly full (12 MiB)")
    assert (await town.settings()).halts
    await phone.taps("I have looked")
    assert phone.sees("Entries are on again.")
    known = await town.settings()
    assert (known.causes, known.paused) == ((), False)


async def test_the_button_of_the_alarm_asks_too(town, phone):
    await town.halts(Reason.DISK)
    await phone.look()
    await phone.taps("Resume")
    assert phone.hears("Trading was halted for this")
    assert (await town.settings()).halts


async def test_another_reason_meanwhile_is_shown_before_it_is_lifted(town, phone):
    await town.halts(Reason.DISK)
    await phone.says("/resume")
    question = phone.with_button("I have looked")
    await town.halts(Reason.BALANCE)
    await phone.taps("I have looked", on=question)
    assert phone.hears("money is missing")
    assert len((await town.settings()).halts) == 2
    await phone.taps("I have looked", on=phone.with_button("I have looked"))
    assert (await town.settings()).causes == ()


async def test_while_ledger_and_venue_do_not_agree_nothing_is_resumed(town, phone, monkeypatch):
    monkeypatch.setattr(type(AGREED), "is_reconciled", False)
    await town.halts(Reason.UNRECONCILED)
    await phone.says("/resume")
    assert (await phone.taps("I have looked")).startswith("Not resumed: ledger and exchange")
    assert (await town.settings()).halts
    assert "I have looked · resume" in labels(phone.messages[-1])
