"""What happens to the market's news at a close: decisions once for all accounts, then each one's cards."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from core.arms import RunArms
from core.autopilot import Autopilot
from core.domain.opinion import Decision
from core.domain.people import AccountSettings
from core.domain.proposal import Proposal
from core.engine import FormDecisions
from core.ports import Ledger
from core.proposing import ProposeTrades


@dataclass(frozen=True, slots=True)
class Look:
    """Form decisions at once, for all `accounts` that follow them; each takes up its own later.

    Between the two an account lives through the candle that has closed.
    """

    accounts: tuple[str, ...]
    ledger: Ledger
    form_decisions: FormDecisions
    formed: dict[str, tuple[Decision, ...]] = field(default_factory=dict)

    async def form(self) -> None:
        self.formed.clear()
        for alike in _alike([await self.ledger.settings(name) for name in self.accounts]):
            symbols = tuple(dict.fromkeys(symbol for one in alike for symbol in one.symbols))
            asked = (symbols, alike[0].timeframe, alike[0].tuning)
            decisions = await self.form_decisions(*asked)
            for one in alike:
                mine = tuple(made for made in decisions if made.symbol in one.symbols)
                self.formed[one.account] = mine


def _alike(everybody: Sequence[AccountSettings]) -> list[list[AccountSettings]]:
    """Those who ask the same question of the market; whoever is first is asked for first."""
    found: dict[Hashable, list[AccountSettings]] = {}
    for one in everybody:
        found.setdefault((one.timeframe, one.tuning), []).append(one)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Propose:
    """Make cards of what was formed for an account, and let the autopilot answer where it may."""

    account: str
    look: Look
    propose_trades: ProposeTrades
    autopilot: Autopilot
    arms: RunArms

    async def __call__(self) -> None:
        answers = await self.propose_trades(self.look.formed.pop(self.account, ()))
        for answer in answers:
            if isinstance(answer.outcome, Proposal) and answer.outcome.is_pending:
                await self.autopilot(answer.outcome)
        await self.arms(answers)
