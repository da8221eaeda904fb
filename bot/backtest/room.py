"""The room in which models are asked about the past: a budget, minutes beside the answers, nobody else."""

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.analysts.catalogue import Voice, with_only
from bot.analysts.clients import Clients
from bot.analysts.models_file import load_catalogue
from bot.analysts.opening import open_oracle
from bot.analysts.team import Team, team_of
from bot.backtest.allotment import Allotment
from bot.errors import WrongQuestion
from bot.market.clock import SystemClock
from bot.settings import load_settings
from bot.storage.minutes import SqlMinutes
from bot.storage.opening import opened
from bot.stores import short_id
from core.domain.model import Failure, Prompt
from core.domain.people import Language
from core.ports import Minutes
from core.prompt import FORECASTS, Sheet
from core.spending.ladder import Budget
from core.voices.analyst import ModelAnalyst
from core.voices.breaker import Health
from core.voices.consult import Consult, Consults, Desk
from core.voices.ports import Endless
from core.voices.replaying import AskOnce, Recall, Replaying
from core.voices.sheets import Sheets

NOBODY = "no language model is set up to be asked: MODEL_PROFILE and the providers' keys say who"
CALL_ID = 10


class Untold:
    """`core.spending.ports.Tell` where whoever asked sits at the console and sees it."""

    async def off(self, provider: str, failure: Failure) -> None:
        return None

    async def bites(self, budget: Budget, at: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Room:
    """With a `desk` models are asked, each question once; without one they are only heard again."""

    language: Language
    minutes: Minutes
    desk: Desk | None = None
    clients: Clients | None = None
    sheets: Sheets = field(default_factory=Sheets)

    def analyst(self, voice: Voice, *, aliased: bool = True, sample: int = 0) -> ModelAnalyst:
        """Each `sample` of a question is asked anew."""

        def write(shown: Sheet) -> Prompt:
            prompt = FORECASTS[voice.kind](shown)
            return replace(prompt, input=f"{prompt.input}#{sample}") if sample else prompt

        return ModelAnalyst(
            name=voice.name,
            consult=self._consult(voice),
            write=write,
            language=self.language,
            aliased=aliased,
            sheets=self.sheets,
        )

    def _consult(self, voice: Voice) -> Consults:
        recall = Recall(Replaying(voice.model.provider, voice.name, self.minutes))
        if self.desk is None or self.clients is None:
            return recall
        oracle = open_oracle(voice.model, self.clients)
        return AskOnce(recall, Consult(voice.model, oracle, self.desk))


async def team_to_ask(language: Language) -> Team:
    """Raises WrongSetting, and WrongQuestion where the settings name nobody."""
    from bot.vault.start import keys_of_settings  # noqa: PLC0415 - cryptography

    settings = load_settings()
    team = team_of(settings, language, await keys_of_settings(settings))
    if team is None or not voices_of(team):
        raise WrongQuestion(NOBODY)
    return team


def voices_of(team: Team) -> tuple[Voice, ...]:
    """Who forecasts, and can be asked."""
    return team.catalogue.usable(team.profile, team.access).profile.voices


def main_of(voices: Collection[str]) -> str:
    """Whose word is a quorum by itself among these, as in a desk of these settings."""
    settings = load_settings()
    profile = load_catalogue(settings.models_file).profile(settings.model_profile)
    return with_only(profile, lambda voice: voice.name in voices).main


@asynccontextmanager
async def asking_room(team: Team, purse: Allotment, answers: Path) -> AsyncGenerator[Room, None]:
    """Every request and answer is kept in a file beside the answers."""
    clients = Clients(team.access)
    async with minutes_beside(answers) as minutes:
        desk = Desk(
            purse=purse,
            minutes=minutes,
            health=Health(),
            tell=Untold(),
            clock=SystemClock(),
            patience=Endless(),
            new_id=lambda: short_id(CALL_ID),
        )
        try:
            yield Room(team.language, minutes, desk, clients)
        finally:
            await clients.aclose()


@asynccontextmanager
async def minutes_beside(answers: Path) -> AsyncGenerator[SqlMinutes, None]:
    async with opened(f"sqlite+aiosqlite:///{minutes_path(answers).absolute()}") as database:
        yield SqlMinutes(database)


def minutes_path(answers: Path) -> Path:
    return answers.with_name(f"{answers.name}.minutes")
