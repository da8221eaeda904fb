"""Puts together what answers questions in plain words: readers of everything, writers of nothing."""

from bot.engine import Engine
from bot.stores import short_id
from bot.venue import Venue
from bot.world import World
from core.ask.asking import AskDesk
from core.ask.round import TakeTurn
from core.ask.suggesting import Suggestions
from core.ask.tools import Sources, lookups
from core.domain.model import Model
from core.ports.chat import Chatter
from core.voices.consult import Desk
from handlers.ask import SUGGESTIBLE

NONCE = 12


def open_ask_desk(sources: Sources, desk: Desk, model: Model, chatter: Chatter) -> AskDesk:
    """`desk` is what all who ask models share."""
    return AskDesk(
        clock=sources.clock,
        take_turn=TakeTurn(desk, chatter, model),
        shelf=lookups(sources),
        suggestions=Suggestions(SUGGESTIBLE),
    )


def open_sources(world: World, venue: Venue, engine: Engine) -> Sources:
    stores, market = world.stores, world.market
    return Sources(
        account=world.account.name,
        clock=world.clock,
        pages=stores.ledger,
        past=stores.past,
        endings=stores.scores,
        quotes=market,
        stand=venue.stand,
        report=engine.make_report,
        bills=world.purse,
        news=stores.news,
        nonce=lambda: short_id(NONCE),
    )
