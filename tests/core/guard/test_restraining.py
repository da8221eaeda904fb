"""The desk stops an account by itself; only a person lets it go."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.ledger import Claim
from core.domain.notice import NoticeKind
from core.domain.people import Role
from core.domain.restraint import Cause, Reason, TradingState
from core.errors import ButtonSpent, NotAllowed, NotReconciled
from core.guard.restraining import RestrainTrading, ResumeTrading
from tests.builders import ACCOUNT, NOON, PERSON, button, settings
from tests.core.guard.fakes import FakeReconciliation
from tests.fakes import FakeClock, MemoryLedger

LEAKED = Cause(Reason.BALANCE, NOON, "35.20")
FULL = Cause(Reason.DISK, NOON, "12 MiB")
LOST = Cause(Reason.DAY_LOSS, NOON, "1.02%", NOON + timedelta(hours=12))


class Office:
    def __init__(self):
        self.clock, self.ledger, self.turn = FakeClock(), MemoryLedger(), asyncio.Lock()
        self.reconcile = FakeReconciliation()
        self.restrain = RestrainTrading(ACCOUNT, self.clock, self.ledger, self.turn)
        self.resume = ResumeTrading(ACCOUNT, self.clock, self.ledger, self.turn, self.reconcile)

    async def settings(self):
        return await self.ledger.settings(ACCOUNT)

    def told(self):
        return [(notice.kind, notice.subject) for notice in self.ledger.pages.notices]


@pytest.fixture
async def office():
    office = Office()
    await office.ledger.commit(settings())
    return office


async def test_a_halt_is_written_down_and_told_aloud_with_its_numbers(office):
    assert await office.restrain([LEAKED]) == (LEAKED,)
    assert (await office.settings()).causes == (LEAKED,)
    assert (await office.settings()).trading is TradingState.HALTED
    (notice,) = office.ledger.pages.notices
    assert (notice.kind, notice.subject) == (NoticeKind.HALTED, "balance")
    assert notice.numbers == {"detail": "35.20"}
    assert not notice.silent


async def test_the_same_reason_is_told_once_and_another_one_too(office):
    await office.restrain([LEAKED, replace(LEAKED, detail="36.00")])
    await office.restrain([replace(LEAKED, detail="99.00"), FULL])
    assert office.told() == [(NoticeKind.HALTED, "balance"), (NoticeKind.HALTED, "disk")]
    assert (await office.settings()).causes == (LEAKED, FULL)


async def test_what_only_reduces_says_until_when_and_passes_by_itself(office):
    await office.restrain([LOST])
    (notice,) = office.ledger.pages.notices
    assert (notice.kind, notice.numbers["until"]) == (NoticeKind.REDUCING, LOST.until)
    office.clock.advance(hours=11)
    await office.restrain()
    assert (await office.settings()).causes == (LOST,)
    office.clock.advance(hours=1)
    await office.restrain()
    assert (await office.settings()).trading is TradingState.ACTIVE
    assert len(office.told()) == 1


async def test_a_pause_of_a_person_stays_what_it_is(office):
    await office.ledger.commit(settings(paused=True, paused_at=NOON))
    await office.restrain([LOST])
    assert (await office.settings()).paused


async def test_a_person_lets_it_go_once_ledger_and_venue_agree(office):
    await office.restrain([LEAKED, LOST])
    office.clock.advance(minutes=5)
    resumed = await office.resume(PERSON, 1)
    assert office.reconcile.asked == 1
    assert resumed == await office.settings()
    assert resumed.causes == (LOST,)
    assert resumed.released_at == office.clock.now()


async def test_a_person_who_resumes_has_not_paused_any_more(office):
    await office.ledger.commit(settings(paused=True, paused_at=NOON))
    await office.restrain([LEAKED])
    resumed = await office.resume(PERSON, 1)
    assert (resumed.paused, resumed.paused_at) == (False, None)


async def test_nothing_is_resumed_while_they_do_not_agree(office):
    await office.ledger.commit(settings(), PERSON)
    office.ledger.pages.buttons["b"] = button(verb="go!")
    await office.restrain([LEAKED])
    office.reconcile.agrees_when_asked = False
    with pytest.raises(NotReconciled):
        await office.resume(PERSON, 1, Claim("b", PERSON.id, PERSON.chat, NOON))
    assert (await office.settings()).causes == (LEAKED,)
    office.reconcile.agrees_when_asked = True
    await office.resume(PERSON, 1, Claim("b", PERSON.id, PERSON.chat, NOON))
    with pytest.raises(ButtonSpent):
        await office.resume(PERSON, 0, Claim("b", PERSON.id, PERSON.chat, NOON))


async def test_a_reason_that_the_person_has_not_seen_is_not_lifted(office):
    await office.restrain([LEAKED])
    await office.restrain([FULL])
    assert (await office.resume(PERSON, 1)).halts == (LEAKED, FULL)
    assert (await office.settings()).trading is TradingState.HALTED


async def test_viewers_only_look_on(office):
    await office.restrain([LEAKED])
    with pytest.raises(NotAllowed):
        await office.resume(replace(PERSON, role=Role.VIEWER), 1)
    assert office.reconcile.asked == 0


async def test_two_halts_at_once_are_both_kept(office):
    await asyncio.gather(office.restrain([LEAKED]), office.restrain([FULL]))
    assert {cause.reason for cause in (await office.settings()).causes} == {
        Reason.BALANCE,
        Reason.DISK,
    }
