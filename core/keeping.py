"""A key is looked at before it is kept, and daily: with one that could move money nobody trades."""

from contextlib import suppress
from dataclasses import dataclass

from core.domain.account import DeskAccount
from core.domain.restraint import Cause, Reason
from core.domain.rights import Proof, Rights
from core.domain.secret import Credential
from core.errors import BrokerUnavailable, KeyRefused
from core.guard.restraining import RestrainTrading
from core.ports import Clock, Inspector, Vault


@dataclass(frozen=True, slots=True)
class KeepKey:
    """Ask the venue what the key may do, then keep it or say why not."""

    vault: Vault
    inspect: Inspector

    async def __call__(
        self, account: DeskAccount, credential: Credential, *, accepted: bool = False
    ) -> tuple[Rights, bool]:
        """What it may do, and whether it is kept. What cannot be proven is kept only when somebody
        has `accepted` that. Raises BrokerUnavailable, KeyRefused; then nothing is kept.
        """
        rights = await self.inspect(account, credential)
        keeps = rights.proof is Proof.TRADES_ONLY or (rights.proof is Proof.UNPROVEN and accepted)
        if keeps:
            await self.vault.put(credential)
        return rights, keeps


@dataclass(frozen=True, slots=True)
class CheckKey:
    """Somebody may have given the key more rights since it was added: then the account is halted."""

    account: DeskAccount
    credential: Credential
    clock: Clock
    inspect: Inspector
    restrain: RestrainTrading

    async def __call__(self) -> None:
        """A venue that does not answer is asked again tomorrow."""
        with suppress(BrokerUnavailable, KeyRefused):
            rights = await self.inspect(self.account, self.credential)
            if rights.proof is Proof.FORBIDDEN:
                detail = ", ".join(rights.too_much)
                await self.restrain([Cause(Reason.KEY, self.clock.now(), detail)])
