"""One life of a desk whose models mean harm, and a hundred of their answers read one by one.

What must hold:

    legal     what is read is a view for each question, about what was asked, within its bounds
    shrink    an objection scales by 1, a half, a quarter or nothing
    clean     a model's own words are one line of what can be seen
    symbol    no card and no order on a symbol that the desk does not trade
    risk      every card is what risk.review makes of a decision
    larger    and none is larger than the decision alone would have been
    stop      no position without its stop
    limits    and none beyond a limit
    news      with news there are fewer or smaller orders than without, and no others
    unread    a forecaster is never shown the news
    fenced    no headline closes the block of data that it stands in
    markup    nothing on a screen is formatted, or can be tapped, that a model or a stranger wrote
    secret    no screen and no prompt tells a key or a chat
    alive     nothing raises
"""

import asyncio
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from core.domain.model import Prompt
from core.domain.proposal import Proposal
from tests.simulation.models_desk import CYCLES, Cycle, HostileDesk, hostile_desk
from tests.simulation.models_laws import braked, cards, less_with_news, orders
from tests.simulation.models_oracle import FORECASTS, SECRET
from tests.simulation.models_reading import Examiner, examiner, readings
from tests.simulation.models_screens import PEOPLE, screens, shown

READ = 100
FENCE = re.compile(r"\bDATA\b.{0,40}\b(?:begins|ends)\b", re.IGNORECASE)

Bend = Callable[[HostileDesk], None]


@dataclass
class Verdict:
    """What one seed has broken, and how much was tried."""

    seed: int
    broken: list[str] = field(default_factory=list)
    tricks: Counter[str] = field(default_factory=Counter)
    headlines: set[str] = field(default_factory=set)
    outputs: int = 0
    cycles: int = 0
    cards: int = 0
    trades: int = 0
    braked: int = 0
    screens: int = 0


def run(seed: int, bend: Bend | None = None, examines: Examiner | None = None) -> Verdict:
    verdict = Verdict(seed)
    for trick, kind, broken in readings(Random(seed), READ, examines or examiner()):
        verdict.outputs += 1
        verdict.tricks[trick] += 1
        if broken:
            verdict.broken.append(f"{broken} ({trick}, {kind})")
    try:
        asyncio.run(_lives(verdict, bend))
    except Exception as error:  # noqa: BLE001 - that nothing raises is one of the laws
        verdict.broken.append(f"alive: {error!r}")
    return verdict


async def _lives(verdict: Verdict, bend: Bend | None) -> None:
    """Twice the same life, once without any news."""
    roomy = verdict.seed % 2 == 0
    first: list[Cycle] = []
    prompts: list[list[Prompt]] = []
    for with_news in (False, True):
        desk = hostile_desk(verdict.seed, with_news=with_news, roomy=roomy)
        await desk.restarted()
        if bend:
            bend(desk)
        first.append(await _cycle(desk, verdict))
        prompts.append([p for o in desk.oracles for p in o.asked if p.kind in FORECASTS])
        for _ in range(CYCLES - 1):
            await desk.an_hour_passes()
            await _cycle(desk, verdict)
        _ends(desk, verdict)
    if roomy:
        verdict.broken += less_with_news(*first)
    if prompts[0] != prompts[1]:
        verdict.broken.append("unread: headlines have changed a question")


async def _cycle(desk: HostileDesk, verdict: Verdict) -> Cycle:
    cycle = await desk.cycle()
    verdict.broken += await cards(desk, cycle)
    await desk.answer(cycle)
    verdict.broken += await orders(desk)
    told = await screens(desk, cycle)
    verdict.broken += [one for screen in told for one in shown(screen)]
    verdict.cycles += 1
    verdict.screens += len(told)
    verdict.braked += braked(cycle)
    verdict.cards += sum(isinstance(a.outcome, Proposal) for a in cycle.answers)
    return cycle


def _ends(desk: HostileDesk, verdict: Verdict) -> None:
    verdict.headlines |= {fact.title for fact in desk.strangers.titles}
    verdict.outputs += sum(len(oracle.outputs) for oracle in desk.oracles)
    verdict.trades += len(desk.ledger.pages.trades)
    told = (SECRET, *(str(person) for person in PEOPLE))
    for oracle in desk.oracles:
        for prompt in oracle.asked:
            if any(one in prompt.user + prompt.system for one in told):
                verdict.broken.append(f"secret: a prompt of {prompt.kind} tells one")
            if len(FENCE.findall(prompt.user)) != 2:
                verdict.broken.append(f"fenced: a prompt of {prompt.kind} has another fence")
