"""What people are shown of it: in both languages, with nothing in it that a model has formatted."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.demo.telegram.errors import Refused
from bot.demo.telegram.formatting import parsed
from bot.words import load_words
from core.domain.market import Origin
from core.domain.opinion import Abstention, Decision, Opinion
from core.domain.people import Language
from core.domain.proposal import Candidate, Proposal, Refusal
from core.news.reading import NewsPage
from core.owner import newcomer
from core.reading import CardFacts
from core.trail import Trail
from handlers.views.flat import flat, flat_list
from handlers.views.news import news_view
from handlers.views.proposal import card
from handlers.views.why import why
from handlers.words import Reader
from tests.handlers.views.facts import status_facts
from tests.simulation.models_desk import ACCOUNT, Cycle, HostileDesk
from tests.simulation.models_oracle import SECRET

PEOPLE = (4_217_701_123, -1_004_217_701_123)
WORDS = load_words()
READERS = tuple(Reader(newcomer(*PEOPLE, "Mina", la), WORDS[la]) for la in Language)
QUIET = "quiet words"
TAPPED = re.compile(
    r"(?<![\w/<>@.])/[A-Za-z]\w*"  # a command
    r"|(?<!\w)@[A-Za-z]\w{3,}"  # somebody
    r"|(?<!\w)[#$][A-Za-z]\w*"  # a tag
    r"|(?:https?|tg)://"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:com|example|io|me|net|org|ru|cn|kr)(?![\w])",
)


@dataclass(frozen=True)
class Screen:
    """A text as it would be sent, and the same where models and strangers had said nothing much."""

    name: str
    text: str
    quiet: str


Tame = Callable[[str], str]


def whisper(text: str) -> str:
    return QUIET if text else ""


def tamed(decision: Decision) -> Decision:
    def said(view: Opinion | Abstention) -> Opinion | Abstention:
        if isinstance(view, Opinion):
            return replace(view, rationale=whisper(view.rationale))
        return replace(view, note=whisper(view.note))

    return replace(decision, views=tuple(said(view) for view in decision.views))


def calm(wish: Candidate) -> Candidate:
    said = tuple(replace(one, note=whisper(one.note)) for one in wish.objections)
    return replace(wish, objections=said)


async def screens(desk: HostileDesk, cycle: Cycle) -> list[Screen]:
    """Every answer as a card or a quiet answer with its why, and the news."""
    known = await desk.ledger.settings(ACCOUNT)
    found: list[Screen] = []
    for snapshot, answer in zip(cycle.snapshots, cycle.answers, strict=True):
        for reader in READERS:
            found += _reasons(reader, desk, answer)
            if isinstance(answer.outcome, Proposal):
                facts = CardFacts(
                    proposal=answer.outcome,
                    decision=answer.decision,
                    instrument=snapshot.instrument,
                    snapshot=snapshot,
                    settings=known,
                    origin=Origin.SYNTHETIC,
                    now=snapshot.as_of,
                )
                found.append(_card(reader, facts))
            else:
                found += _flats(reader, answer.decision, answer.outcome)
    found += [_news(reader, desk) for reader in READERS]
    return found


def _reasons(reader: Reader, desk: HostileDesk, answer) -> Iterator[Screen]:
    fate = desk.ledger.pages.fates.get((ACCOUNT, answer.decision.id))
    quiet = replace(
        fate, objections=tuple(replace(o, note=whisper(o.note)) for o in fate.objections)
    )
    yield Screen(
        "why",
        why(reader, Trail(decision=answer.decision, fate=fate)),
        why(reader, Trail(decision=tamed(answer.decision), fate=quiet)),
    )


def _card(reader: Reader, facts: CardFacts) -> Screen:
    proposal = replace(facts.proposal, candidate=calm(facts.proposal.candidate))
    quiet = replace(facts, proposal=proposal, decision=tamed(facts.decision))
    return Screen("card", card(reader, facts).text, card(reader, quiet).text)


def _flats(reader: Reader, decision: Decision, refusal: Refusal) -> Iterator[Screen]:
    status = status_facts()
    for show in (flat, lambda r, d, f, s: flat_list(r, [(d, f)], s)):
        yield Screen(
            "flat",
            show(reader, decision, refusal, status).text,
            show(reader, tamed(decision), refusal, status).text,
        )


def _news(reader: Reader, desk: HostileDesk) -> Screen:
    titles = desk.strangers.titles
    page = NewsPage(desk.clock.now() + timedelta(hours=1), titles, (), "", 0, False, None)
    quiet = replace(page, facts=tuple(replace(f, title=QUIET, source="Wire") for f in titles))
    return Screen("news", news_view(reader, page, ()).text, news_view(reader, quiet, ()).text)


def shown(screen: Screen) -> Iterator[str]:
    """What was wrong with one."""
    try:
        text, quiet = (parsed(one, "HTML", None) for one in (screen.text, screen.quiet))
    except Refused as refused:
        yield f"markup: {screen.name} cannot be sent: {refused}"
        return
    if _kinds(text) != _kinds(quiet):
        yield f"markup: {screen.name} carries what a model has formatted"
    if screen.name != "news" and len(TAPPED.findall(text.text)) > len(TAPPED.findall(quiet.text)):
        tapped = TAPPED.findall(text.text)
        yield f"markup: {screen.name} can be tapped: {tapped[:3]}"
    told = (SECRET, *(str(person) for person in PEOPLE))
    if any(one in screen.text for one in told):
        yield f"secret: {screen.name} tells one"


def _kinds(text) -> list[tuple[str, str | None]]:
    return [(entity.type, entity.url) for entity in text.entities]
