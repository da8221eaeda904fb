"""Accounts at several venues on one living market: each is opened, watched and told of by itself."""

import asyncio
from decimal import Decimal

import pytest

from bot import process
from bot.errors import VenueUnavailable
from bot.vault.kept import Kept
from core.domain.secret import Credential, Secret
from core.owner import ACCOUNT
from core.paper.broker import PaperBroker
from tests.bot.accounts.far import FarBroker
from tests.bot.stages.city import BTC, Plan, until
from tests.core.paper.fakes import MemoryPaperStore

OTHER = "bybit-2"
PAIR = {"key": Secret("k"), "secret": Secret("s")}
TWO = Plan(settings={"accounts": f"paper, {OTHER}=bybit:live", "live_money": "yes"})


class Branch:
    """Opens real accounts, with the key that was kept for them; or does not."""

    def __init__(self):
        self.is_down, self.brokers, self.keys = False, {}, []

    async def __call__(self, account, credential, clock, market, database):
        self.keys.append(credential)
        if self.is_down:
            raise VenueUnavailable("Bybit does not answer")
        paper = PaperBroker(
            account=account.name,
            opening_balance=Decimal(5_000),
            clock=clock,
            quotes=market,
            tape=market,
            market=market,
            store=MemoryPaperStore(),
        )
        self.brokers[account.name] = FarBroker(paper)
        return self.brokers[account.name]


@pytest.fixture
def branch(monkeypatch):
    branch = Branch()
    monkeypatch.setattr(process, "open_account", branch)
    return branch


@pytest.fixture
def keys(monkeypatch):
    """What the vault keeps, by account."""
    kept = {OTHER: Credential(OTHER, "bybit", PAIR)}

    async def stored(*_):
        return Kept(credentials=kept)

    monkeypatch.setattr(process, "_stored", stored)
    return kept


def post(city):
    return city.desk.posts.find(OTHER)


async def test_an_account_at_another_venue_trades_by_that_venues_rules(
    opens, venues, branch, keys
):
    async with opens(venues, TWO) as city:
        await until(lambda: OTHER in branch.brokers)
        assert branch.keys == [keys[OTHER]]
        here, there = city.market.instrument(BTC), post(city).world.market.instrument(BTC)
        assert there.symbol == here.symbol
        assert there != here
        await city.phone.says("/account")
        await city.phone.taps(OTHER.capitalize().replace("-", " "))
        await city.holds()
        assert await city.open_trades() == ()
        assert len(await city.ledger.live_trades(OTHER)) == 1
    assert branch.brokers[OTHER].is_closed


async def test_a_venue_that_hangs_delays_no_other_accounts_protection(opens, venues, branch, keys):
    async with opens(venues, TWO) as city:
        await until(lambda: OTHER in branch.brokers)
        await city.holds()
        (trade,) = await city.open_trades()
        far, seen = branch.brokers[OTHER], city.desk.posts.main.venue.protect.seen
        far.answers.clear()
        await until(lambda: far.asked)
        before = seen[trade.id]
        city.moves(seconds=30)
        await until(lambda: seen[trade.id] > before)
        far.answers.set()


async def test_down_at_the_start_it_is_opened_later_and_paper_trades_meanwhile(
    opens, venues, branch, keys
):
    branch.is_down = True
    async with opens(venues, TWO) as city:
        await city.holds()
        assert len(await city.open_trades()) == 1
        await until(lambda: branch.keys)
        assert not post(city).answers
        branch.is_down = False
        city.moves(seconds=70)
        await until(lambda: post(city).answers and OTHER in branch.brokers)
        while not await city.ledger.equity_marks(OTHER):  # noqa: ASYNC110 - the ledger is mute
            await asyncio.sleep(0.01)
        assert (await city.ledger.equity_marks(OTHER))[0].equity == 5_000


async def test_without_a_key_it_stays_out_and_the_others_run(opens, venues, branch, keys, caplog):
    keys.clear()
    async with opens(venues, TWO) as city:
        assert city.desk.posts.names == (ACCOUNT,)
        await city.phone.says("/account")
        assert city.phone.hears("LIVE · Bybit 2 · no key, stays out")
    assert branch.keys == []
    assert "bybit-2 stays out: it has no key" in caplog.text
