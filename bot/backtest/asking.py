"""`--models record`: says what it would cost, asks within the budget, says what it has cost."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.analysts.team import Team
from bot.backtest.allotment import Allotment
from bot.backtest.answers import known_answers, must_be_writable, write_answers
from bot.backtest.options import BacktestAsked
from bot.backtest.pricing import Pricing, estimate
from bot.backtest.progress import Progress
from bot.backtest.question import scenario
from bot.backtest.recording import RecordAnswers, Stopped
from bot.backtest.room import asking_room, team_to_ask, voices_of
from bot.backtest.stretch import Stretch
from bot.backtest.telling import Teller
from bot.backtest.witnesses import Moment, Witness, batch, moments
from bot.errors import WrongQuestion
from core.domain.tuning import Tuning

LEAST = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Task:
    """Whom to ask about what; `known` is what has been answered before."""

    witnesses: tuple[Witness, ...]
    closes: Sequence[Moment]
    tuning: Tuning
    known: frozenset[str]
    path: Path


def record_answers(
    asked: BacktestAsked, path: Path, market: Stretch, progress: Progress, tell: Teller
) -> None:
    """Raises WrongQuestion and WrongSetting before anybody has been asked."""
    team = team_to_ask(asked.language)
    replayed = scenario(asked, market)
    tuning = replayed.settings.tuning
    task = Task(
        witnesses=tuple(Witness(voice, team.aliased) for voice in voices_of(team)),
        closes=list(moments(market.histories, replayed)),
        tuning=tuning,
        known=frozenset(answer.key for answer in known_answers(path)),
        path=path,
    )
    pricing = Pricing(team.catalogue, team.language)
    parts = estimate(task.witnesses, task.closes, tuning, pricing, task.known)
    tell.estimate(parts, team.catalogue.as_of)
    if any(part.calls for part in parts):
        budget = enough(asked.budget)
        must_be_writable(path)
        asyncio.run(_asked(task, team, Allotment(budget), progress, tell))


def enough(budget: Decimal | None) -> Decimal:
    """Nobody is asked for money that nobody has allowed. Raises WrongQuestion."""
    if budget is None:
        raise WrongQuestion("asking costs money: say with --budget USD how much at most")
    if budget < LEAST:
        raise WrongQuestion(f"--budget: {budget} is less than {LEAST} US dollars")
    return budget


async def _asked(
    task: Task, team: Team, purse: Allotment, progress: Progress, tell: Teller
) -> Stopped | None:
    async with asking_room(team, purse, task.path) as room:
        record = RecordAnswers(
            seats=[(one, room.analyst(one.voice, aliased=one.aliased)) for one in task.witnesses],
            purse=purse,
            keep=partial(write_answers, task.path),
            known=task.known,
            done=lambda done: progress("ask", done, len(task.closes)),
        )
        try:
            stopped = await record(batch(moment, task.tuning) for moment in task.closes)
        finally:
            tell.spent(purse.made.values(), purse.spent)
    tell.kept(task.path, stopped)
    return stopped
