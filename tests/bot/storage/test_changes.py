"""Nothing that has ended begins again, and a commit happens whole or not at all."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.storage.database import Database
from bot.storage.ledger import SqlLedger
from bot.storage.outbox import SqlOutbox
from core.domain.intent import IntentStatus
from core.domain.ledger import Claim
from core.domain.proposal import ProposalStatus, Yes
from core.domain.trade import Kind, TradeStatus
from core.errors import ButtonSpent, ProposalClosed
from tests.bot.storage.places import OnPostgres, OnSqlite
from tests.bot.storage.presses import issued
from tests.builders import (
    ACCOUNT,
    NOON,
    booked,
    equity_mark,
    fill,
    funding,
    intent,
    notice,
    person,
    proposal,
    trade,
)

HOUR = timedelta(hours=1)


class Rules:
    """Nothing that has ended begins again."""

    async def test_a_pending_proposal_is_answered(self, ledger):
        await ledger.commit(proposal())
        await ledger.commit(proposal().approve(NOON, Yes.PERSON))

        assert (await ledger.proposal("k7q2e")).status is ProposalStatus.APPROVED

    async def test_a_closed_proposal_is_not_reopened(self, ledger):
        await ledger.commit(proposal().reject(NOON))

        with pytest.raises(ProposalClosed) as refusal:
            await ledger.commit(proposal())

        assert refusal.value.numbers == {"proposal": "k7q2e", "status": "rejected"}
        assert (await ledger.proposal("k7q2e")).status is ProposalStatus.REJECTED

    async def test_the_same_answer_twice_is_harmless(self, ledger):
        rejected = proposal().reject(NOON)
        await ledger.commit(rejected)
        await ledger.commit(rejected)

        assert await ledger.proposal("k7q2e") == rejected

    async def test_a_proposal_that_lost_takes_the_whole_commit_back(self, ledger):
        await ledger.commit(proposal().reject(NOON))

        with pytest.raises(ProposalClosed):
            await ledger.commit(trade(), proposal().approve(NOON, Yes.PERSON), intent())

        assert await ledger.live_trades(ACCOUNT) == ()
        assert await ledger.trade_intents("k7q2e") == ()

    async def test_a_trade_is_followed_until_it_ends(self, ledger):
        await ledger.commit(trade())
        await ledger.commit(trade(remaining=Decimal("0.013"), targets_hit=1))

        assert (await ledger.trade("k7q2e")).targets_hit == 1

    @pytest.mark.parametrize("end", [TradeStatus.CLOSED, TradeStatus.VOID])
    async def test_an_ended_trade_never_changes(self, ledger, end):
        ended = trade(status=end, closed_at=NOON)
        await ledger.commit(ended)
        await ledger.commit(ended)

        with pytest.raises(ValueError, match="k7q2e has ended"):
            await ledger.commit(trade())

        assert await ledger.trade("k7q2e") == ended

    async def test_a_trade_and_its_shadow_are_two(self, ledger):
        await ledger.commit(trade(), trade(kind=Kind.SHADOW, status=TradeStatus.CLOSED))

        assert (await ledger.trade("k7q2e")).is_live
        assert not (await ledger.trade("k7q2e", Kind.SHADOW)).is_live

    async def test_an_intent_only_moves_forward(self, ledger):
        sending = intent(status=IntentStatus.SENDING, sent_at=NOON)
        accepted = replace(sending, status=IntentStatus.ACCEPTED)
        known = []
        for news in (intent(), sending, intent(), accepted, sending, intent()):
            await ledger.commit(news)
            known += await ledger.trade_intents("k7q2e")

        assert known == [intent(), sending, sending, accepted, accepted, accepted]

    @pytest.mark.parametrize(
        "fate", [IntentStatus.ACCEPTED, IntentStatus.REFUSED, IntentStatus.ABSENT]
    )
    async def test_a_settled_intent_stays_settled(self, ledger, fate):
        await ledger.commit(intent(status=fate, code="first"))
        for other in (IntentStatus.ACCEPTED, IntentStatus.REFUSED, IntentStatus.ABSENT):
            await ledger.commit(intent(status=other, code="second"))

        assert await ledger.trade_intents("k7q2e") == (intent(status=fate, code="first"),)

    async def test_activity_is_booked_once(self, ledger):
        await ledger.commit(booked(fill()), booked(funding()))
        await ledger.commit(booked(fill(fee=Decimal(99))))

        assert await ledger.booked(ACCOUNT) == (booked(fill()), booked(funding()))


class Presses:
    """A claim wins or nothing happens."""

    async def test_a_claim_that_loses_takes_the_whole_commit_back(self, ledger, database):
        await ledger.commit(person())
        press = Claim(await issued(database), 42, 42, NOON)
        await ledger.commit(press)

        with pytest.raises(ButtonSpent):
            await ledger.commit(proposal(), intent(), equity_mark(), notice(), press)

        assert await ledger.proposals(ACCOUNT) == ()
        assert await ledger.trade_intents("k7q2e") == ()
        assert await ledger.equity_marks(ACCOUNT) == ()
        assert await SqlOutbox(database).waiting() == 0

    async def test_of_twenty_presses_one_wins(self, ledger, database, url):
        button = await issued(database)
        second = await Database.open(url)

        async def press(number):
            claim = Claim(button, 42, 42, NOON)
            mark = equity_mark(NOON + number * HOUR)
            with suppress(ButtonSpent):
                await SqlLedger((database, second)[number % 2]).commit(mark, claim)

        await asyncio.gather(*(press(number) for number in range(20)))
        await second.close()

        assert len(await ledger.equity_marks(ACCOUNT)) == 1


class TestChangesOnSqlite(OnSqlite, Rules, Presses):
    pass


class TestChangesOnPostgres(OnPostgres, Rules, Presses):
    pass
