"""Who thinks: the models where there are any, what they may cost, and how far each is believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from bot.analysts.chat_opening import open_chatter
from bot.analysts.clients import Clients
from bot.analysts.team import Team
from bot.around import balancing
from bot.asking import open_ask_desk, open_sources
from bot.council import Council
from bot.engine import Engine
from bot.markets import Market
from bot.stores import Stores
from bot.treasury import Treasury
from bot.venue import Venue
from bot.world import World
from core.ask.asking import AskDesk
from core.domain.account import Roster
from core.domain.market import Origin
from core.domain.tuning import VOICES
from core.ports import Clock
from core.scoring.answering import ReadAnswers
from core.scoring.believing import Believe
from core.scoring.objecting import ReadObjections
from core.scoring.reliability import ReadReliability
from core.scoring.standings import ReadStandings


@dataclass(frozen=True, slots=True)
class Minds:
    """`council` is None for a desk of rules alone."""

    treasury: Treasury
    council: Council | None
    stores: Stores
    origin: Origin

    @classmethod
    def of(
        cls,
        roster: Roster,
        team: Team | None,
        treasury: Treasury,
        market: Market,
        clock: Clock,
        stores: Stores,
    ) -> Self:
        council = None
        if team is not None:
            council = Council(team, treasury, Clients(team.access), clock, market, stores, roster)
        return cls(treasury, council, stores, market.origin)

    def heard(self) -> dict[str, Any]:
        """Whom the desk asks, believes and hears; a record is believed as a backtest believes it."""
        lives = self.council is not None or self.origin is Origin.LIVE
        earned = {"belief": Believe(self.stores.scores)} if lives else {}
        return earned | (
            {"duty": self.council, "opposition": self.council} if self.council else {}
        )

    def seats(self) -> Sequence[str]:
        return VOICES if self.council is None else (*VOICES, *self.council.names())

    def hands(self, world: World, venue: Venue, engine: Engine) -> dict[str, object]:
        """What handlers ask for by name."""
        name = world.account.name
        clock, scores, ledger = world.clock, self.stores.scores, self.stores.ledger
        return {
            "read_budget": self.treasury.read_budget,
            "wishes": self.treasury.wishes,
            "lacking": self.council.team.missing if self.council else None,
            "read_standings": ReadStandings(clock, scores, world.purse, self.seats),
            "read_reliability": ReadReliability(clock, scores, self.seats),
            "read_objections": ReadObjections(name, clock, scores),
            "read_answers": ReadAnswers(name, clock, ledger),
            "ask_desk": self._ask_desk(world, venue, engine),
            **balancing(world, venue, self.treasury, self.council),
        }

    def _ask_desk(self, world: World, venue: Venue, engine: Engine) -> AskDesk | None:
        """None where no model talks."""
        council = self.council
        talks = council.seats.profile.chat if council else None
        if council is None or talks is None:
            return None
        chatter = open_chatter(talks.model, council.clients)
        sources = open_sources(world, venue, engine)
        return open_ask_desk(sources, self.treasury.desk, talks.model, chatter)

    async def aclose(self) -> None:
        if self.council is not None:
            await self.council.clients.aclose()
