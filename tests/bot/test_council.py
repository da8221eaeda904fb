"""The models of a living desk take their seats, answer, object, and are replaced when they are gone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.analysts.access import accesses
from bot.analysts.clients import Clients
from bot.analysts.models_file import load_catalogue
from bot.analysts.team import Team, team_of
from bot.council import Council
from bot.settings import Settings
from bot.storage.codec import decode_notice
from bot.storage.opening import opened
from bot.storage.tables import outbox
from bot.stores import Stores
from bot.treasury import open_treasury
from core.committee.merging import Rules
from core.domain.market import Timeframe
from core.domain.model import CallStatus, PromptKind
from core.domain.notice import NoticeKind
from core.domain.objection import Objector
from core.domain.opinion import Abstention, Opinion, Silence
from core.domain.people import Language
from core.engine import FormDecisions
from core.owner import ACCOUNT
from tests.bot.analysts.clever import SERVED, Providers
from tests.builders import PERSON, SYMBOL, candidate, settings
from tests.core.voices.markets import seen
from tests.fakes import FakeClock, FakeMarket, FakeWon, frame

KEYS = {"openai_api_key": "sk-o", "anthropic_api_key": "sk-a", "perplexity_api_key": "pplx-p"}
ETH = "ETH/USDT:USDT"


def configured(**changes) -> Settings:
    return Settings(_env_file=None, **(KEYS | changes))


class Room:
    """A council over a calm market, a real ledger, and providers inside the process."""

    def __init__(self, stores, treasury, providers, **changes):
        self.stores, self.treasury, self.providers = stores, treasury, providers
        self.clock = FakeClock()
        closes = seen().frame.close
        frames = {symbol: frame(closes, reach=50) for symbol in (SYMBOL, ETH)}
        self.market = FakeMarket(self.clock, frames)
        team = team_of(configured(**changes), Language.EN)
        clients = Clients(team.access, providers.transport)
        self.council = Council(team, treasury, clients, self.clock, self.market, stores)

    async def decides(self, **more):
        form = FormDecisions(
            self.market,
            (),
            self.stores.ledger,
            Rules(),
            Decimal("0.0002"),
            iter(f"dec{n:05}" for n in range(99)).__next__,
            models=self.council,
        )
        return await form((SYMBOL, ETH), Timeframe.H1, **more)

    async def told(self):
        """What waits in the outbox about models."""
        asked = select(outbox.c.body)
        bodies = await self.stores.ledger.database.read(lambda c: c.scalars(asked).all())
        notices = [decode_notice(body) for body in bodies]
        return [n for n in notices if n.kind in {NoticeKind.MODEL_GONE, NoticeKind.MODEL_ENDING}]

    async def calls(self):
        now = datetime.now(UTC)
        return await self.treasury.books.calls(now - timedelta(days=1), now + timedelta(days=1))


@pytest.fixture
async def opens(tmp_path):
    """Rooms over one ledger."""
    rooms = []
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'desk.sqlite3'}") as database:
        stores = Stores.over(database)
        account = settings(symbols=(SYMBOL, ETH), timeframe=Timeframe.H1)
        await stores.ledger.commit(account, PERSON)
        treasury = open_treasury(ACCOUNT, stores, database, FakeWon())

        def room(providers=None, **changes):
            rooms.append(Room(stores, treasury, providers or Providers(), **changes))
            return rooms[-1]

        yield room
        for one in rooms:
            await one.council.clients.aclose()


async def test_every_voice_is_asked_once_about_all_symbols_and_paid(opens):
    room = opens()
    decisions = await room.decides()
    assert room.council.main == "gpt-6.1-terra"
    assert sorted(room.providers.models()) == ["claude-haiku-5-5", "gpt-6.1-terra"]
    for decision in decisions:
        assert {v.analyst for v in decision.views} == {"gpt-6.1-terra", "claude-haiku-5-5"}
        assert all(isinstance(view, Opinion) for view in decision.views)
    calls = await room.calls()
    assert {call.status for call in calls} == {CallStatus.ANSWERED}
    assert {call.symbols for call in calls} == {(SYMBOL, ETH)}
    assert all(0 < call.cost <= call.reserved for call in calls)


async def test_in_a_quiet_market_models_are_spared_unless_a_person_asks(opens):
    room = opens()
    await room.decides()
    quiet = await room.decides()
    assert {v.reason for d in quiet for v in d.views if isinstance(v, Abstention)} == {
        Silence.QUIET
    }
    assert len(room.providers.asked) == 2
    await room.decides(wanted=True)
    assert len(room.providers.asked) == 4


async def test_the_verifier_and_the_news_object(opens):
    room = opens()
    made = await room.decides()
    wishes = [(candidate(symbol=d.symbol), d) for d in made]
    said = await room.council(ACCOUNT, wishes)
    assert [[(o.by, o.scale, o.grounds) for o in each] for each in said] == [
        [(Objector.VERIFIER, Decimal("0.5"), ())]
    ] * 2
    await room.council.read_news()
    assert {PromptKind.RISK, PromptKind.NEWS} <= {call.kind for call in await room.calls()}


async def test_with_one_key_the_rest_of_the_profile_is_left_out(opens):
    room = opens(anthropic_api_key="", perplexity_api_key="")
    (made, _) = await room.decides()
    assert [view.analyst for view in made.views] == ["gpt-6.1-terra"]
    assert await room.council(ACCOUNT, [(candidate(), made)]) == ((),)
    await room.council.read_news()
    assert len(room.providers.asked) == 1


def test_without_keys_or_with_rules_alone_there_is_nobody_to_ask():
    assert team_of(Settings(_env_file=None), Language.EN) is None
    assert team_of(configured(model_profile="rules"), Language.EN) is None


async def test_who_is_gone_is_replaced_and_it_is_told_once(opens):
    room = opens(Providers(*(name for name in SERVED if name != "gpt-6.1-terra")))
    await room.council.call_the_roll()
    await room.council.call_the_roll()
    assert (room.council.main, room.council.names()[0]) == ("gpt-6-luna", "gpt-6-luna")
    (notice,) = await room.told()
    assert (notice.kind, notice.numbers["instead"]) == (NoticeKind.MODEL_GONE, "gpt-6-luna")
    await room.decides()
    assert "gpt-6-luna" in room.providers.models()


async def test_who_ends_soon_goes_on_and_is_announced_once(opens):
    last = (datetime.now(UTC) + timedelta(days=10)).date().isoformat()
    room = opens(Providers(claude_haiku_5_5=last))
    await room.council.call_the_roll()
    again = opens(room.providers)
    await again.council.call_the_roll()
    (notice,) = await room.told()
    assert notice.kind is NoticeKind.MODEL_ENDING
    assert notice.numbers["model"] == "claude-haiku-5-5"
    assert "claude-haiku-5-5" in again.council.names()


async def test_models_write_in_the_language_that_the_owner_has_chosen_by_now(opens):
    room = opens()
    await room.stores.ledger.commit(replace(PERSON, language=Language.KO))
    await room.decides()
    assert all("Korean" in str(body) for body in room.providers.asked)


async def test_a_roll_call_asks_nobody_a_second_time(opens):
    room = opens()
    await room.decides()
    await room.council.read_news()
    asked = len(await room.calls())
    await room.council.call_the_roll()
    await room.decides()
    await room.council.read_news()
    assert len(await room.calls()) == asked


async def test_a_team_says_which_keys_it_lacks():
    team = team_of(configured(perplexity_api_key=""), Language.KO)
    assert isinstance(team, Team)
    assert team.missing == ("perplexity",)
    assert "perplexity" not in accesses(load_catalogue(), configured(perplexity_api_key=""))
