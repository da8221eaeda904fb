"""Desks and readers with one thing missing: the simulation must find each of them out."""

import re
import sys
from dataclasses import replace
from decimal import Decimal

from core.domain.objection import Objection
from core.domain.opinion import Opinion
from core.domain.proposal import Proposal, TradePlan
from core.domain.trading import Side
from core.prompt import Faults, read_news, read_objections, read_opinions
from core.prompt.parsing import read_object
from core.voices.verifying import InTurn
from handlers.views import voices, why
from tests.simulation.models_desk import HostileDesk
from tests.simulation.models_oracle import SECRET
from tests.simulation.models_reading import Examiner


def _against(desk: HostileDesk, *opposition) -> None:
    desk.propose = replace(desk.propose, opposition=InTurn(opposition))
    desk.approve = replace(desk.approve, propose=desk.propose)
    desk.autopilot = replace(desk.autopilot, approve=desk.approve)


def _opposition(desk: HostileDesk):
    return desk.propose.opposition.objectors


def _twice(one: Objection) -> Objection:
    object.__setattr__(one, "scale", Decimal(2))
    return one


def the_brake_enlarges(desk: HostileDesk, patch) -> None:
    """Good news double a trade."""
    brake, verify = _opposition(desk)

    async def eager(account, wishes):
        said = await brake(account, wishes)
        return tuple(tuple(_twice(one) for one in each if one.scale) for each in said)

    _against(desk, eager, verify)


def the_verifiers_word_is_taken(desk: HostileDesk, patch) -> None:
    """Whatever number a model writes multiplies the size."""
    brake, verify = _opposition(desk)

    async def believing(account, wishes):
        said = await verify(account, wishes)
        return tuple(tuple(map(_twice, each)) for each in said)

    _against(desk, brake, believing)


def news_open_trades(desk: HostileDesk, patch) -> None:
    """A wish that nobody has goes through because a headline cheers it."""
    heard = desk.propose.__class__._heard

    async def cheered(self, decisions):
        wishes = await heard(self, decisions)
        if not desk.with_news:
            return wishes
        return tuple(
            replace(wish, scale=Decimal(1)) if hasattr(wish, "scale") else wish for wish in wishes
        )

    patch(desk.propose.__class__, "_heard", cheered)


def symbols_come_from_the_text(desk: HostileDesk, patch) -> None:
    """A card is for whatever symbol the desk was told about, not for the one it decided on."""
    card = desk.propose.__class__.card

    def misled(self, candidate, plan, known):
        return card(self, candidate, replace(plan, symbol="DOGE/USDT:USDT"), known)

    patch(desk.propose.__class__, "card", misled)


def size_comes_from_the_text(desk: HostileDesk, patch) -> None:
    """A model's leverage finds its way to the card."""
    card = desk.propose.__class__.card

    def misled(self, candidate, plan: TradePlan, known) -> Proposal:
        larger = replace(plan, amount=plan.amount * 2, risk=plan.risk * 2)
        return card(self, candidate, larger, known)

    patch(desk.propose.__class__, "card", misled)


def nobody_protects(desk: HostileDesk, patch) -> None:
    """A model has talked the desk out of its stops."""

    async def nothing() -> None:
        return

    desk.protect = nothing
    desk.approve = replace(desk.approve, protect=nothing)
    desk.autopilot = replace(desk.autopilot, approve=desk.approve)


def limits_are_suggestions(desk: HostileDesk, patch) -> None:
    """The autopilot takes as much as a person might."""

    async def whole(self, proposal, known):
        most = known.limits.risk_per_trade * Decimal("0.98")
        return most * proposal.plan.equity / proposal.plan.risk

    patch(desk.autopilot.__class__, "_part", whole)


def voices_read_the_news(desk: HostileDesk, patch) -> None:
    """Headlines stand beside the numbers."""
    titles = " ".join(fact.title for fact in desk.strangers.titles)
    for oracle in desk.oracles:
        oracle.asked = _Gossip(oracle.asked, titles)


def headlines_are_not_looked_at(desk: HostileDesk, patch) -> None:
    """A headline may look like the end of the block that it stands in."""
    patch(sys.modules["core.prompt.news"], "FENCE", re.compile("(?!)"))


class _Gossip(list):
    def __init__(self, asked, titles) -> None:
        super().__init__(asked)
        self.titles = titles

    def append(self, prompt) -> None:
        super().append(replace(prompt, user=prompt.user + self.titles))


def words_are_sent_as_they_are(desk: HostileDesk, patch) -> None:
    patch(why, "quoted", str)
    patch(voices, "quoted", str)


def words_are_only_escaped(desk: HostileDesk, patch) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    patch(why, "quoted", escaped)
    patch(voices, "quoted", escaped)


def a_failure_is_shown_word_for_word(desk: HostileDesk, patch) -> None:
    def told(view_text: str) -> str:
        return f"{view_text} {SECRET}"

    patch(why, "quoted", told)


DESKS = {
    "shrink": the_verifiers_word_is_taken,
    "shrink, by news": the_brake_enlarges,
    "legal": news_open_trades,
    "symbol": symbols_come_from_the_text,
    "larger": size_comes_from_the_text,
    "stop": nobody_protects,
    "limits": limits_are_suggestions,
    "unread": voices_read_the_news,
    "fenced": headlines_are_not_looked_at,
    "markup": words_are_sent_as_they_are,
    "markup, tapped": words_are_only_escaped,
    "secret": a_failure_is_shown_word_for_word,
}


def takes_symbols_from_the_text(text, sheet, analyst):
    """Whoever is named is heard, asked about or not."""
    found = read_opinions(text, sheet, analyst)
    whole = read_object(text, ("schema_version", "opinions"), "1")
    if isinstance(found, Faults) or isinstance(whole, Faults):
        return found
    return tuple(
        replace(view, symbol=str(entry.get("symbol")))
        for view, entry in zip(found, whole["opinions"], strict=False)
    )


def believes_any_number(text, sheet, analyst):
    found = read_opinions(text, sheet, analyst)
    if isinstance(found, Faults):
        return found
    return tuple(
        replace(view, p_up=1.0, p_target_first=dict.fromkeys(Side, 1.0))
        if isinstance(view, Opinion)
        else view
        for view in found
    )


def multiplies_by_two(text, cases, model):
    found = read_objections(text, cases, model)
    return found if isinstance(found, Faults) else {s: _twice(o) for s, o in found.items()}


def believes_one_site(said, coins, now):
    found = read_news(said, coins, now)
    if isinstance(found, Faults):
        return found
    return tuple(replace(one, materiality=3) for one in found)


def keeps_words_as_they_came(text, sheet, analyst):
    found = read_opinions(text, sheet, analyst)
    if isinstance(found, Faults):
        return found
    return tuple(
        replace(view, rationale=text[:4_000]) if isinstance(view, Opinion) else view
        for view in found
    )


READERS = {
    "legal, symbols": Examiner({"opinions": takes_symbols_from_the_text}),
    "legal, numbers": Examiner({"opinions": believes_any_number}),
    "legal, one site": Examiner({"news": believes_one_site}),
    "shrink": Examiner({"objections": multiplies_by_two}),
    "clean": Examiner({"opinions": keeps_words_as_they_came}),
}
