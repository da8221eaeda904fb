"""A key is looked at before it is kept: one with which money could leave is not kept at all."""

from dataclasses import dataclass

from core.domain.account import DeskAccount
from core.domain.rights import Proof, Rights
from core.domain.secret import Credential
from core.ports import Inspector, Vault


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
