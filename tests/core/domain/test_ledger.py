"""What a commit adds for a press, and whether the ledger of the tests keeps a ledger's promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.intent import IntentStatus
from core.domain.ledger import Claim, claimed
from core.domain.proposal import Yes
from core.domain.trade import Exit, TradeStatus
from core.errors import ButtonSpent, ProposalClosed
from tests.bot.storage.test_ledger import Questions, Values
from tests.builders import ACCOUNT, NOON, button, intent, notice, proposal, settings, trade
from tests.fakes import MemoryLedger

PRESS = Claim("b", 42, 42, NOON)


def test_a_commit_without_a_button_spends_none():
    assert claimed(None) == ()
    assert claimed(PRESS) == (PRESS,)


class TestMemoryLedger(Values, Questions):
    """The same questions that the databases are asked."""

    @pytest.fixture
    def ledger(self):
        return MemoryLedger()

    async def test_a_button_is_spent_once_by_the_one_it_was_made_for(self, ledger):
        for place, made in enumerate((button(), button(person=0), button(person=7))):
            ledger.pages.buttons[str(place)] = made
        late = button(expires_at=NOON)
        ledger.pages.buttons["late"] = late

        await ledger.commit(replace(PRESS, button="0"), replace(PRESS, button="1"))

        for spent in ("0", "1", "2", "late", "never made"):
            with pytest.raises(ButtonSpent):
                await ledger.commit(replace(PRESS, button=spent))

    async def test_a_commit_that_fails_writes_nothing(self, ledger):
        rejected = proposal().reject(NOON)
        await ledger.commit(rejected)

        with pytest.raises(ProposalClosed):
            await ledger.commit(settings(), notice(), proposal().approve(NOON, Yes.PERSON))

        assert ledger.notices == []
        assert ledger.pages.settings == {}
        assert await ledger.proposals(ACCOUNT) == (rejected,)

    async def test_a_closed_trade_and_a_settled_intent_are_never_reopened(self, ledger):
        closed = trade(status=TradeStatus.CLOSED, exit=Exit.STOP, closed_at=NOON)
        refused = intent(status=IntentStatus.REFUSED)
        await ledger.commit(trade(), closed, refused, intent(status=IntentStatus.SENDING))

        with pytest.raises(ValueError, match="has ended"):
            await ledger.commit(trade())

        assert await ledger.trade("k7q2e") == closed
        assert await ledger.trade_intents("k7q2e") == (refused,)

    async def test_a_moment_keeps_its_zone(self, ledger):
        await ledger.commit(proposal(created_at=NOON + timedelta(hours=1)))

        assert await ledger.proposals(ACCOUNT, end=NOON) == ()
