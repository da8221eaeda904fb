"""A key is kept only when it is known to move no money out, or somebody answers for that."""

import asyncio

import pytest

from core.domain.account import DeskAccount, Mode
from core.domain.restraint import Reason
from core.domain.rights import Proof, Rights
from core.domain.secret import Credential, Secret
from core.errors import BrokerUnavailable, KeyRefused
from core.guard.restraining import RestrainTrading
from core.keeping import CheckKey, KeepKey
from tests.builders import settings
from tests.core.domain.memory_ledger import MemoryLedger
from tests.core.memory_vault import MemoryVault
from tests.core.paper.fakes import FakeClock

MAIN = DeskAccount("main", "binance", Mode.LIVE)
CREDENTIAL = Credential("main", "binance", {"key": Secret("k" * 30), "secret": Secret("s" * 30)})


class Venue:
    """Says what it was told to say of every key."""

    def __init__(self, says):
        self.says = says

    async def __call__(self, _account, _credential):
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@pytest.mark.parametrize(
    ("proof", "accepted", "kept"),
    [
        (Proof.TRADES_ONLY, False, True),
        (Proof.UNPROVEN, False, False),
        (Proof.UNPROVEN, True, True),
        (Proof.FORBIDDEN, False, False),
        (Proof.FORBIDDEN, True, False),
    ],
)
async def test_what_is_not_proven_is_kept_only_for_somebody_who_answers_for_it(
    proof, accepted, kept
):
    vault = MemoryVault()

    _, is_kept = await KeepKey(vault, Venue(Rights(proof=proof)))(
        MAIN, CREDENTIAL, accepted=accepted
    )

    assert is_kept is kept
    assert (await vault.get("main", "binance") == CREDENTIAL) is kept


@pytest.mark.parametrize("error", [BrokerUnavailable, KeyRefused])
async def test_a_venue_that_says_nothing_leaves_nothing_kept(error):
    vault = MemoryVault()

    with pytest.raises(error):
        await KeepKey(vault, Venue(error()))(MAIN, CREDENTIAL, accepted=True)

    assert await vault.list() == ()


@pytest.mark.parametrize(
    ("says", "found"),
    [
        (Rights(proof=Proof.FORBIDDEN, too_much=("enableWithdrawals",)), [Reason.KEY]),
        (Rights(proof=Proof.TRADES_ONLY), []),
        (Rights(proof=Proof.UNPROVEN), []),
        (BrokerUnavailable(), []),
    ],
)
async def test_a_key_that_was_given_more_rights_halts_its_account(says, found):
    ledger, clock = MemoryLedger(settings(account="main")), FakeClock()
    restrain = RestrainTrading("main", clock, ledger, asyncio.Lock())

    await CheckKey(MAIN, CREDENTIAL, clock, Venue(says), restrain)()

    assert [cause.reason for cause in (await ledger.settings("main")).causes] == found
