"""The buttons of a card: yes, half, otherwise, why, no; and a side that a person wants alone."""

from decimal import Decimal

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from core.approval import Adjustment, AdjustProposal, ApproveProposal, PriceMoved, RejectProposal
from core.domain.proposal import Proposal, Refusal, Rule, Yes
from core.domain.trading import Side
from core.errors import BadArgument
from core.proposing import OpenManually
from core.reading import ReadCard, ReadStatus
from core.trail import ReadTrail
from handlers.arguments import shown
from handlers.pressed import Press, Pressed
from handlers.screens import Screen
from handlers.views.proposal import adjust_keyboard, card, moved
from handlers.views.refusal import refusal_text
from handlers.views.view import Keyboard, Verb, View
from handlers.views.why import why
from handlers.waiting import show_waiting

PART = {Verb.APPROVE: Decimal(1), Verb.HALF: Decimal("0.5")}
STEPS = {
    (Verb.SIZE, "up"): Adjustment(size=Decimal("1.25")),
    (Verb.SIZE, "down"): Adjustment(size=Decimal("0.75")),
    (Verb.STOP, "up"): Adjustment(stop=Decimal("1.15")),
    (Verb.STOP, "down"): Adjustment(stop=Decimal("0.87")),
    (Verb.TARGET, "up"): Adjustment(target=Decimal("1.15")),
    (Verb.TARGET, "down"): Adjustment(target=Decimal("0.87")),
    (Verb.REPRICE, ""): Adjustment(),
}


async def approve(
    query: CallbackQuery,
    press: Press,
    verb: Verb,
    screen: Screen,
    approve_proposal: ApproveProposal,
    read_card: ReadCard,
) -> None:
    """The press is answered first: from there on nobody has to tap again."""
    await screen.toast(query, screen.reader.t("approve.sent"))
    outcome = await approve_proposal(press.subject, Yes.PERSON, part=PART[verb], claim=press.claim)
    if isinstance(outcome, PriceMoved):
        facts = await read_card(press.subject)
        view = moved(screen.reader, facts, outcome.price)
        await screen.change(press.message_id, view, photo=press.photo)
    elif isinstance(outcome, Refusal):
        await _redraw(screen, press, read_card, press.subject, None)
        await screen.show(View(refusal_text(screen.reader, outcome)))


async def reject(
    query: CallbackQuery, press: Press, screen: Screen, reject_proposal: RejectProposal
) -> None:
    await reject_proposal(press.subject, press.claim)
    await screen.toast(query, screen.reader.t("reject.done"))


async def adjust(query: CallbackQuery, press: Press, screen: Screen, read_card: ReadCard) -> None:
    await screen.toast(query)
    facts = await read_card(press.subject)
    await screen.keys(press.message_id, adjust_keyboard(screen.reader, facts.proposal))


async def back(query: CallbackQuery, press: Press, screen: Screen, read_card: ReadCard) -> None:
    await screen.toast(query)
    view = card(screen.reader, await read_card(press.subject))
    await screen.keys(press.message_id, view.keyboard)


async def step(
    query: CallbackQuery,
    press: Press,
    verb: Verb,
    screen: Screen,
    adjust_proposal: AdjustProposal,
    read_card: ReadCard,
) -> None:
    """One step of size, stop or target: a new card in the same message."""
    outcome = await adjust_proposal(press.subject, STEPS[verb, press.argument])
    if isinstance(outcome, Refusal):
        await screen.toast(query, refusal_text(screen.reader, outcome)[:200], show_alert=True)
        return
    await screen.toast(query)
    await _replace(screen, press, read_card, outcome, verb)


async def _replace(
    screen: Screen, press: Press, read_card: ReadCard, new: Proposal, verb: Verb
) -> None:
    await screen.track("proposal", new.id, press.message_id)
    keys = None if verb is Verb.REPRICE else adjust_keyboard(screen.reader, new)
    await _redraw(screen, press, read_card, new.id, keys)


async def _redraw(
    screen: Screen, press: Press, read_card: ReadCard, proposal: str, keys: Keyboard | None
) -> None:
    view = card(screen.reader, await read_card(proposal), keys)
    await screen.change(press.message_id, view, photo=press.photo)


async def explain(
    query: CallbackQuery, press: Press, screen: Screen, read_trail: ReadTrail
) -> None:
    await screen.toast(query)
    trail = await read_trail(press.subject)
    await screen.show(View(why(screen.reader, trail)), silent=True)


async def explain_said(
    _message: Message, command: CommandObject, screen: Screen, read_trail: ReadTrail
) -> None:
    """`/why ID`, a card's id or a decision's; `/why BTC` and `/why`, the last decision."""
    name = (command.args or "").strip().lstrip("#").lower().partition("/")[0]
    if name and not name.isalnum():
        raise BadArgument("usage.why", text=shown(name))
    await screen.show(View(why(screen.reader, await read_trail(name))))


async def open_manually(
    query: CallbackQuery,
    press: Press,
    verb: Verb,
    screen: Screen,
    open_trade: OpenManually,
    read_card: ReadCard,
    read_status: ReadStatus,
) -> None:
    side = Side.BUY if verb is Verb.LONG else Side.SELL
    outcome = await open_trade(press.subject, side)
    await screen.toast(query)
    if isinstance(outcome, Refusal) and outcome.rule is Rule.WAITING:
        await show_waiting(screen, await read_status(), read_card)
    elif isinstance(outcome, Refusal):
        await screen.show(View(refusal_text(screen.reader, outcome)))


def build() -> Router:
    router = Router(name=__name__)
    press = router.callback_query.register
    press(approve, Pressed(Verb.APPROVE, Verb.HALF))
    press(reject, Pressed(Verb.REJECT))
    press(adjust, Pressed(Verb.ADJUST))
    press(back, Pressed(Verb.CARD))
    press(step, Pressed(Verb.SIZE, Verb.STOP, Verb.TARGET, Verb.REPRICE))
    press(explain, Pressed(Verb.WHY))
    router.message.register(explain_said, Command("why", ignore_case=True))
    press(open_manually, Pressed(Verb.LONG, Verb.SHORT))
    return router
