"""How one person wants to be spoken to, and of which account."""

from dataclasses import dataclass, replace

from core.domain.account import Roster
from core.domain.people import Language, Person
from core.errors import NotFound
from core.owner import COLOURS, ZONES
from core.ports import Ledger


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Write one change of a person's habits."""

    ledger: Ledger
    roster: Roster

    async def language(self, person: Person, language: Language) -> Person:
        changed = replace(
            person, language=language, timezone=ZONES[language], colours=COLOURS[language]
        )
        await self.ledger.commit(changed)
        return changed

    async def account(self, person: Person, name: str) -> Person:
        """From now on this one is meant. Raises NotFound for one that the desk does not have."""
        if self.roster.find(name) is None:
            raise NotFound(account=name)
        changed = replace(person, account=name)
        await self.ledger.commit(changed)
        return changed
