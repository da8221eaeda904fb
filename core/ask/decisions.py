"""What was decided and why: every voice's numbers, what spoke against it, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.ask.arguments import Given
from core.ask.holdings import SIDES, card, trade
from core.ask.ports import Endings, Pages, Past
from core.ask.telling import coin, filled, moment, number, percent
from core.domain.objection import Fate, Objection, Resolution
from core.domain.opinion import Decision, Opinion, View
from core.domain.proposal import Proposal
from core.domain.trading import Side
from core.errors import NotFound

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class LastDecisions:
    account: str
    pages: Pages
    past: Past
    endings: Endings

    async def __call__(self, given: Given) -> object:
        """Of one coin, newest first."""
        wanted = str(given["coin"]).upper()
        symbol = await self._symbol(wanted)
        if symbol is None:
            return {"error": f"the desk does not follow {wanted}", "known": await self._coins()}
        found = await self.past.latest(symbol, int(given["count"]))
        return [
            decision(one) | ending(await self.endings.fate(self.account, one.id)) for one in found
        ]

    async def _symbol(self, wanted: str) -> str | None:
        symbols = (await self.pages.settings(self.account)).symbols
        held = [trade.symbol for trade in await self.pages.live_trades(self.account)]
        return next((each for each in (*symbols, *held) if coin(each).upper() == wanted), None)

    async def _coins(self) -> list[str]:
        return [coin(symbol) for symbol in (await self.pages.settings(self.account)).symbols]


@dataclass(frozen=True, slots=True)
class WholeTrail:
    """A decision, its card and its trade, by the id of any of them."""

    account: str
    pages: Pages
    endings: Endings

    async def __call__(self, given: Given) -> object:
        identity = str(given["id"]).lower()
        found = await self._card(identity)
        try:
            one = await self.pages.decision(found.candidate.decision_id if found else identity)
        except NotFound:
            return await self._without(found, identity)
        fate = await self.endings.fate(self.account, one.id)
        if found is None and fate is not None and fate.proposal:
            found = await self._card(fate.proposal)
        answer = outcome(await self.endings.resolution(one.id))
        return decision(one) | ending(fate) | answer | await self._rest(found)

    async def _without(self, found: Proposal | None, identity: str) -> dict[str, object]:
        if found is None:
            return {"error": f"the ledger knows nothing by the id {identity}"}
        return await self._rest(found)

    async def _card(self, identity: str) -> Proposal | None:
        try:
            found = await self.pages.proposal(identity)
        except NotFound:
            return None
        return found if found.account == self.account else None

    async def _rest(self, found: Proposal | None) -> dict[str, object]:
        if found is None:
            return {}
        try:
            made = {"trade": trade(await self.pages.trade(found.id))}
        except NotFound:
            made = {}
        against = objections(found.candidate.objections)
        return {"proposal": card(found), **made, **({"against": against} if against else {})}


def decision(one: Decision) -> dict[str, object]:
    return filled(
        {
            "id": one.id,
            "coin": coin(one.symbol),
            "time": moment(one.as_of),
            "verdict": one.verdict.value,
            "side": SIDES[one.side] if one.side else "none",
            "better_side": SIDES[one.best.side],
            "p_up": percent(one.p_up),
            "p_target_first": percent(one.best.p_target_first),
            "break_even": percent(one.best.break_even),
            "expected_percent": percent(one.best.expected),
            "disagreement": number(one.disagreement),
            "horizon_hours": number(one.question.horizon.total_seconds() / 3600),
            "price_asked_about": number(one.question.price),
            "voices": [voice(view, one) for view in one.views],
        }
    )


def voice(view: View, within: Decision) -> dict[str, object]:
    trust = within.trusts.get(view.analyst)
    believed = {"weight": percent(trust.weight)} if trust else {}
    name = {"voice": view.analyst[:LONGEST_NAME]}
    if isinstance(view, Opinion):
        return filled(name | believed | _forecast(view))
    silent = {"abstains": view.reason.value, "failure": view.failure, "note": view.note}
    return filled(name | silent)


def _forecast(view: Opinion) -> dict[str, object]:
    return {
        "p_up": percent(view.p_up),
        "p_long_target_first": percent(view.p_target_first[Side.BUY]),
        "p_short_target_first": percent(view.p_target_first[Side.SELL]),
        "for": {each.code: number(each.value) for each in view.evidence},
        "against": {each.code: number(each.value) for each in view.counter},
        "in_its_words": view.rationale,
    }


def ending(fate: Fate | None) -> dict[str, object]:
    if fate is None:
        return {}
    return filled(
        {
            "ended": fate.ending.value,
            "refused_by_rule": fate.rule,
            "became_proposal": fate.proposal,
            "objections": objections(fate.objections),
        }
    )


def objections(found: Sequence[Objection]) -> list[dict[str, object]]:
    return [
        filled(
            {
                "by": one.by.value,
                "left_of_size": percent(one.scale),
                "because": [ground.value for ground in one.grounds],
                "in_its_words": one.note,
            }
        )
        for one in found
    ]


def outcome(answer: Resolution | None) -> dict[str, object]:
    if answer is None:
        return {}
    first = {SIDES[side]: percent(share) for side, share in answer.target_first.items()}
    return {
        "market_answered": {
            "time": moment(answer.at),
            "price": number(answer.ended),
            "went_up": percent(answer.up),
            "target_first": first,
        }
    }
