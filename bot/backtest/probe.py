"""`python -m bot placebo --models …`: what changes a model's answers, and what finding out costs."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.analysts.catalogue import Voice
from bot.analysts.models_file import load_catalogue
from bot.analysts.team import Team
from bot.backtest.allotment import Allotment
from bot.backtest.answers import must_be_writable
from bot.backtest.asking import enough
from bot.backtest.options import BacktestAsked
from bot.backtest.pricing import Part, Pricing, more
from bot.backtest.probing import Probing, sampled, versions, worlds
from bot.backtest.progress import Progress
from bot.backtest.question import scenario
from bot.backtest.room import (
    Room,
    asking_room,
    minutes_beside,
    minutes_path,
    team_to_ask,
    voices_of,
)
from bot.backtest.stretch import Stretch
from bot.backtest.telling import Teller
from bot.backtest.witnesses import Moment, Witness, batch, moments
from bot.errors import WrongQuestion
from bot.settings import load_settings
from core.backtest.reciting import Effect, Recital, recital
from core.backtest.record import ModelUse
from core.domain.tuning import Tuning
from handlers.words import Translator


@dataclass(frozen=True, slots=True)
class Sample:
    """So many closes, the same question so often; `block` candles stay together in a shuffle."""

    closes: int
    repeats: int
    block: int


@dataclass(frozen=True, slots=True)
class Task:
    asked: BacktestAsked
    path: Path
    market: Stretch
    sample: Sample
    closes: Sequence[Moment]
    tuning: Tuning
    progress: Progress
    tell: Teller


def probe(
    asked: BacktestAsked, market: Stretch, sample: Sample, progress: Progress, tell: Teller
) -> None:
    """Raises WrongQuestion and WrongSetting before anybody has been asked."""
    replayed, path = scenario(asked, market), asked.answers
    if path is None:
        raise WrongQuestion(f"--models {asked.models} and --answers FILE go together")
    whole = list(moments(market.histories, replayed))
    if not whole:
        raise WrongQuestion("there is no close with enough candles behind it to ask about")
    closes, tuning = sampled(whole, sample.closes, asked.seed), replayed.settings.tuning
    task = Task(asked, path, market, sample, closes, tuning, progress, tell)
    asyncio.run(_replayed(task) if asked.models is ModelUse.REPLAY else _recorded(task))


async def _replayed(task: Task) -> None:
    """Only what the minutes hold; the whole profile may have spoken, with a key or without."""
    if not minutes_path(task.path).exists():
        raise WrongQuestion(f"{minutes_path(task.path)}: there are no minutes to replay")
    settings = load_settings()
    profile = load_catalogue(settings.models_file).profile(settings.model_profile)
    async with minutes_beside(task.path) as minutes:
        await _probed(task, Room(task.asked.language, minutes), profile.voices)


async def _recorded(task: Task) -> None:
    team = await team_to_ask(task.asked.language)
    task.tell.estimate(tuple(_estimate(task, team)), team.catalogue.as_of)
    purse = Allotment(enough(task.asked.budget))
    must_be_writable(minutes_path(task.path))
    async with asking_room(team, purse, task.path) as room:
        try:
            await _probed(task, room, voices_of(team))
        finally:
            task.tell.spent(purse.made.values(), purse.spent)


def _estimate(task: Task, team: Team) -> Iterator[Part]:
    """As if nothing had been asked before."""
    pricing = Pricing(team.catalogue, team.language)
    for voice in voices_of(team):
        part = Part(Witness(voice))
        for close in task.closes:
            for _ in versions(task.sample.repeats):
                part = more(part, len(close), pricing, partial(batch, close, task.tuning))
        yield part


async def _probed(task: Task, room: Room, voices: Sequence[Voice]) -> None:
    probing = Probing(
        room=room,
        witnesses=[Witness(voice) for voice in voices],
        worlds=worlds(task.market.histories, task.asked.seed, task.sample.block),
        tuning=task.tuning,
        repeats=task.sample.repeats,
        done=lambda done: task.progress("ask", done, len(task.closes)),
    )
    stopped = await probing(task.closes)
    heard = (witness for witness in probing.witnesses if witness in probing.probes)
    for witness in heard:
        probes = probing.probes[witness]
        task.tell.say(*told(task.tell.t, witness.voice.name, recital(probes), len(probes)))
    if stopped:
        task.tell.stopped(stopped)


def told(t: Translator, model: str, found: Recital, probes: int) -> Iterator[str]:
    """A line for each way of asking."""
    yield t("recital.title", model=model, n=probes)
    effects: dict[str, Effect] = {
        "recital.repeated": found.repeated,
        "recital.named": found.named,
        "recital.shuffled": found.shuffled,
        "recital.flipped": found.flipped,
    }
    for key, one in effects.items():
        yield t(key, n=one.n, changed=_said(one.changed, ".0%"), moved=_said(one.moved, ".3f"))
    yield t("recital.mirrored", off=_said(found.mirrored, ".3f"))


def _said(number: float | None, form: str) -> str:
    return "-" if number is None else format(number, form)
