"""What must hold after everybody has tapped: by what the taps were told, and by what can be seen."""

from collections.abc import AsyncIterator
from decimal import Decimal
from enum import StrEnum

from core.domain.proposal import Proposal, ProposalStatus, Refusal
from core.domain.trade import Trade
from core.errors import ButtonSpent, ProposalClosed
from core.panic import Panicked
from tests.builders import ACCOUNT
from tests.core.desk import Desk
from tests.core.paper.builders import instrument
from tests.simulation.races_taps import HALF, Race, Tap

LOST = (ButtonSpent, ProposalClosed)


class Effect(StrEnum):
    BOUGHT = "bought"
    REFUSED = "refused"
    REPLACED = "replaced"
    REJECTED = "rejected"


ENDS = {
    Effect.BOUGHT: ProposalStatus.APPROVED,
    Effect.REFUSED: ProposalStatus.REFUSED,
    Effect.REPLACED: ProposalStatus.REPLACED,
    Effect.REJECTED: ProposalStatus.REJECTED,
}


async def laws(race: Race, kinds: list[Tap], outcomes: list[object]) -> AsyncIterator[str]:
    """Every law that does not hold, as a sentence."""
    desk, card, pairs = race.desks[0], race.card, list(zip(kinds, outcomes, strict=True))
    strange = [o for o in outcomes if isinstance(o, BaseException) and not isinstance(o, LOST)]
    if strange:
        yield f"a loser is told so: {strange[0]!r}"
    effects = {kind: effect for kind, told in pairs if (effect := effect_of(kind, told))}
    many = sum(effect_of(kind, told) is not None for kind, told in pairs)
    heard = sum(isinstance(told, Panicked) for told in outcomes)
    if heard != (Tap.PANIC in kinds):
        yield f"panic is heard once: {heard}"
    if many > 1 or not (many or heard):
        yield f"one effect: {many} of {effects}"
    for words in await _seen(race, effects, panics=bool(heard)):
        yield words
    before = await _picture(desk, card)
    await (await desk.restarted()).watch()
    if before != await _picture(desk, card):
        yield f"a restart changes nothing: {before} became {await _picture(desk, card)}"


async def _picture(desk: Desk, card: Proposal) -> tuple[object, ...]:
    """What is held, what waits, and what is known of it."""
    held = [(p.symbol, p.amount) for p in (await desk.broker.account()).positions]
    known = await desk.ledger.live_trades(ACCOUNT)
    status = (await desk.ledger.proposal(card.id)).status
    return held, await desk.orders(), [(t.id, t.remaining, t.stop) for t in known], status


def effect_of(kind: Tap, outcome: object) -> Effect | None:
    """What this tap has done to the card; losing, and a new card that risk refuses, do nothing."""
    match kind, outcome:
        case Tap.APPROVE | Tap.HALF, Trade():
            return Effect.BOUGHT
        case Tap.APPROVE | Tap.HALF, Refusal():
            return Effect.REFUSED
        case Tap.ADJUST, Proposal():
            return Effect.REPLACED
        case Tap.REJECT, Proposal():
            return Effect.REJECTED
    return None


async def _seen(race: Race, effects: dict[Tap, Effect], *, panics: bool) -> list[str]:
    """What broker and ledger say, which need not be what the taps were told."""
    desk, card, said = race.desks[0], race.card, list(effects.values())
    sent = [name for each in race.desks for name in each.line.placed(f"{card.id}e")]
    status = (await desk.ledger.proposal(card.id)).status
    wanted = ENDS[said[0]] if said else ProposalStatus.EXPIRED
    cards = await desk.ledger.proposals(ACCOUNT, status=ProposalStatus.PENDING)
    held = sum((p.amount for p in (await desk.broker.account()).positions), Decimal(0))
    stops = await desk.stops()
    paused = (await desk.ledger.settings(ACCOUNT)).paused
    laws = {
        f"one entry is sent for a yes: {sent}": len(sent) == (Effect.BOUGHT in said),
        f"the card ends as it was answered: {status}": status is wanted,
        f"one new card for one that is replaced: {len(cards)}": len(cards)
        == (Effect.REPLACED in said and not panics),
        f"a position is what was said yes to: {held}": held == _bought(card, effects, panics),
        f"a position has one stop, nothing has none: {list(stops)}": len(stops) == bool(held),
        "after panic nothing waits, and the desk is paused": not panics
        or (paused and not await desk.orders()),
    }
    return [words for words, holds in laws.items() if not holds]


def _bought(card: Proposal, effects: dict[Tap, Effect], panics: bool) -> Decimal:
    if panics or Effect.BOUGHT not in effects.values():
        return Decimal(0)
    part = HALF if Tap.HALF in effects else Decimal(1)
    return instrument().round_amount(card.plan.amount * part)
