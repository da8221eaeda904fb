"""A vault that keeps everything in the open, in memory."""

from core.domain.secret import Credential


class MemoryVault:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Credential] = {}

    async def put(self, credential: Credential) -> None:
        self.kept[credential.account, credential.venue] = credential

    async def get(self, account: str, venue: str) -> Credential | None:
        return self.kept.get((account, venue))

    async def list(self) -> tuple[Credential, ...]:
        return tuple(self.kept[place] for place in sorted(self.kept))

    async def remove(self, account: str, venue: str) -> bool:
        return self.kept.pop((account, venue), None) is not None
