"""The models of a living desk: who is on duty, who objects, who reads the news, as of today's roll."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.analysts.catalogue import Catalogue, Profile, Voice
from bot.analysts.clients import Clients
from bot.analysts.opening import open_oracle
from bot.analysts.roll import Finding, settled
from bot.analysts.roll_call import call_the_roll
from bot.analysts.roll_notices import tell_findings
from bot.analysts.team import Team
from bot.jobs import Every, Job
from bot.markets import Market
from bot.stores import Stores
from bot.treasury import Treasury
from core.domain.account import ON_PAPER, Roster
from core.domain.objection import Objection
from core.domain.opinion import Decision, Question
from core.domain.people import Language, Role
from core.domain.proposal import Candidate
from core.domain.snapshot import MarketSnapshot
from core.ports import Analyst, Clock, Opposition
from core.prompt import FORECASTS
from core.spending.ladder import Rung
from core.voices.analyst import ModelAnalyst
from core.voices.braking import Brake
from core.voices.consult import Consult
from core.voices.duty import AllPaused, HoldsAny, OnDuty
from core.voices.duty import Profile as Parts
from core.voices.gating import Asked
from core.voices.hearing import AskNews
from core.voices.lateness import KeepLate
from core.voices.portfolio import Seat
from core.voices.sheets import Sheets
from core.voices.verifying import InTurn, Verify

READS_NEWS, CALLS_THE_ROLL = timedelta(minutes=5), timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Seats:
    """Everybody in their place; `cheaper` speak when most of the money is gone."""

    duty: OnDuty
    full: Opposition
    cheaper: Opposition
    news: AskNews | None
    profile: Profile


@dataclass
class Council:
    """`core.ports.Duty` and `core.ports.Opposition` of a team that may change overnight. It writes
    to people in the owner's language. What was asked already stays asked, whoever sits there now.
    """

    team: Team
    treasury: Treasury
    clients: Clients
    clock: Clock
    exchange: Market
    stores: Stores
    roster: Roster = ON_PAPER
    language: Language = field(init=False)
    catalogue: Catalogue = field(init=False)
    keep_late: KeepLate = field(init=False)
    asked: dict[str, Asked] = field(default_factory=dict)
    heard: list[datetime] = field(default_factory=list)
    seats: Seats = field(init=False)

    def __post_init__(self) -> None:
        self.keep_late = KeepLate(self.stores.ledger, self.stores.past)
        self.language, self.catalogue = self.team.language, self.team.catalogue
        self.seats = self._seated()

    @property
    def main(self) -> str:
        return self.seats.duty.main

    async def on_duty(
        self, snapshots: Sequence[MarketSnapshot], questions: Sequence[Question], *, wanted: bool
    ) -> tuple[Analyst, ...]:
        await self._listen()
        return await self.seats.duty.on_duty(snapshots, questions, wanted=wanted)

    async def _listen(self) -> None:
        """To which language the owner has chosen by now."""
        people = await self.stores.ledger.people()
        owner = next((person for person in people if person.role is Role.OWNER), None)
        if owner is not None and owner.language is not self.language:
            self.language = owner.language
            self.seats = self._seated()

    async def __call__(
        self, account: str, wishes: Sequence[tuple[Candidate, Decision]]
    ) -> tuple[tuple[Objection, ...], ...]:
        rung = (await self.treasury.take_budget()).rung
        objects = self.seats.full if rung is Rung.FULL else self.seats.cheaper
        return await objects(account, wishes)

    def names(self) -> tuple[str, ...]:
        """Whose forecasts are asked for while there is money."""
        return tuple(voice.name for voice in self.seats.profile.voices)

    def jobs(self) -> Iterator[Job]:
        """The first of each comes at once."""
        yield Job("roll", Every(CALLS_THE_ROLL), self.call_the_roll, thinks=True)
        yield Job("facts", Every(READS_NEWS), self.read_news, thinks=True)

    async def read_news(self) -> None:
        if self.seats.news is not None:
            await self.seats.news()

    async def call_the_roll(self) -> None:
        """Whoever is gone is replaced before the next question; people are told once."""
        now = self.treasury.desk.clock.now()
        roll = await call_the_roll(self.clients)
        self.catalogue, findings = settled(self.team.catalogue, roll, now.date())
        self.seats = self._seated()
        ours = self._of_ours(findings)
        await tell_findings(self.roster.main.name, ours, self.stores, now)

    def _of_ours(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Nobody needs to hear of models that have no part in the profile."""
        whole = self.team.catalogue.usable(self.team.profile, self.team.access).profile
        names = {voice.name for voice in whole.everyone}
        return tuple(finding for finding in findings if finding.model in names)

    def _seated(self) -> Seats:
        catalogue = self.catalogue
        full = catalogue.usable(self.team.profile, self.team.access).profile
        cheaper = full
        if full.cheaper:
            cheaper = catalogue.usable(full.cheaper, self.team.access).profile
        sheets = Sheets()
        teams = self._analysts(full, sheets), self._analysts(cheaper, sheets)
        parts = Parts(*teams, full.main, cheaper.main)
        ledger, accounts = self.stores.ledger, self.roster.names
        return Seats(
            duty=OnDuty(
                profile=parts,
                budget=self.treasury.take_budget,
                holds=HoldsAny(ledger, accounts),
                paused=AllPaused(ledger, accounts),
                asked=self.asked,
            ),
            full=self._opposition(full),
            cheaper=self._opposition(cheaper),
            news=self._news(full),
            profile=full,
        )

    def _analysts(self, profile: Profile, sheets: Sheets) -> tuple[ModelAnalyst, ...]:
        return tuple(
            ModelAnalyst(
                name=voice.name,
                consult=self.consult(voice),
                write=FORECASTS[voice.kind],
                language=self.language,
                aliased=self.team.aliased,
                sheets=sheets,
                keep_late=self.keep_late,
            )
            for voice in profile.voices
        )

    def consult(self, voice: Voice) -> Consult:
        return Consult(voice.model, open_oracle(voice.model, self.clients), self.treasury.desk)

    def balancer(self) -> Seat | None:
        """Who suggests how to spread the account, if anybody does."""
        voice = self.seats.profile.balance
        return Seat(voice.model, self.consult(voice), self.team.aliased) if voice else None

    def _opposition(self, profile: Profile) -> Opposition:
        brake = Brake(self.clock, self.stores.tidings)
        if profile.verifier is None:
            return brake
        verify = Verify(
            name=profile.verifier.name,
            consult=self.consult(profile.verifier),
            budget=self.treasury.take_budget,
            clock=self.clock,
            market=self.exchange,
            quotes=self.exchange,
            ledger=self.stores.ledger,
            language=self.language,
            aliased=self.team.aliased,
        )
        return InTurn((brake, verify))

    def _news(self, profile: Profile) -> AskNews | None:
        if profile.news is None:
            return None
        return AskNews(
            accounts=self.roster.names,
            consult=self.consult(profile.news),
            budget=self.treasury.take_budget,
            clock=self.clock,
            ledger=self.stores.ledger,
            news=self.stores.news,
            tidings=self.stores.tidings,
            language=self.language,
            last=self.heard,
        )
